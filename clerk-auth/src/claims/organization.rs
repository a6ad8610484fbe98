use clerk_core::OrganizationId;

use crate::claims::billing::Scoped;
use crate::claims::mask::Mask;
use crate::token::payload::{Organization, Payload, lenient};

/// The maximum number of permissions. Further permissions of a token are ignored.
const MAX_PERMISSIONS: usize = 4_096;

/// The organization that is active in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveOrganization {
    /// The id of the organization.
    pub id: OrganizationId,
    /// The URL slug. `None` if the organization has none.
    pub slug: Option<String>,
    /// The role of the user with its prefix, such as `org:admin`. `None` if the token has none.
    pub role: Option<String>,
    /// The custom permissions of the user, such as `org:invoices:create`, at most 4,096. Session
    /// tokens never contain system permissions (`org:sys_…`).
    pub permissions: Vec<String>,
    /// Whether the token has a role. In version 1 of the claims, the token must also have a list of
    /// permissions. If this field is false, the organization grants no role and no permission, as
    /// in Clerk's SDKs.
    pub(crate) is_complete: bool,
}

impl ActiveOrganization {
    /// Returns the organization of a token of version 2. `None` if the claim `o` has no id.
    pub(crate) fn of_v2(claim: Organization<'_>, features: &Scoped) -> Option<Self> {
        let id = claim.id.filter(|id| !id.is_empty())?;
        let per = claim.per.unwrap_or_default();
        let fpm = claim.fpm.unwrap_or_default();
        let role = role(claim.rol.as_deref());
        Some(Self {
            id: id.into(),
            is_complete: role.is_some(),
            slug: claim.slg.filter(|slug| !slug.is_empty()),
            role,
            permissions: permissions(features, &per, &fpm),
        })
    }

    /// Returns the organization of a token of version 1. `None` if the claims have no id.
    pub(crate) fn of_v1(claims: &mut Payload<'_>) -> Option<Self> {
        let id = lenient(claims.org_id.take()).filter(|id| !id.is_empty())?;
        let role = role(lenient(claims.org_role.take()).as_deref());
        let permissions = lenient(claims.org_permissions.take());
        let is_complete = role.is_some() && permissions.is_some();
        let mut permissions = permissions.unwrap_or_default();
        permissions.truncate(MAX_PERMISSIONS);
        Some(Self {
            id: id.into(),
            slug: lenient(claims.org_slug.take()).filter(|slug| !slug.is_empty()),
            role,
            permissions,
            is_complete,
        })
    }
}

/// Adds the prefix `org:`, which tokens of version 2 omit. `None` if the role is empty.
fn role(role: Option<&str>) -> Option<String> {
    let role = without_prefix(role?);
    (!role.is_empty()).then(|| with_prefix(role))
}

/// Returns the name of a role or permission with exactly one prefix `org:`.
pub(crate) fn with_prefix(name: &str) -> String {
    ["org:", without_prefix(name)].concat()
}

fn without_prefix(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix("org:") {
        name = rest;
    }
    name
}

/// Returns the permissions of a token of version 2. Its claim `per` has the names of permissions.
/// Its claim `fpm` has a bit mask for each feature. Bit 0 of a mask stands for the
/// first name in `per`.
///
/// In Clerk's documentation, the nth mask belongs to the nth feature in the claim `fea`. Clerk's
/// JavaScript SDK counts only the features in `fea` that belong to the organization. A permission
/// is granted only if both rules grant it.
fn permissions(features: &Scoped, per: &str, fpm: &str) -> Vec<String> {
    let names: Vec<&str> = per.split(',').map(str::trim).collect();
    let masks: Vec<Mask> = fpm.split(',').map(Mask::parse).collect();
    let mut granted = Vec::new();
    let mut of_organization = 0;
    for (place, (scope, feature)) in features.entries().enumerate() {
        if !scope.is_some_and(|scope| scope.is_of_organization()) {
            continue;
        }
        let (Some(mask), Some(other)) = (masks.get(place), masks.get(of_organization)) else {
            break;
        };
        of_organization += 1;
        for (bit, name) in names.iter().enumerate() {
            if !name.is_empty() && mask.has(bit) && other.has(bit) {
                if granted.len() == MAX_PERMISSIONS {
                    return granted;
                }
                let mut permission = String::with_capacity(feature.len() + name.len() + 5);
                for part in ["org:", feature, ":", name] {
                    permission.push_str(part);
                }
                granted.push(permission);
            }
        }
    }
    granted
}
