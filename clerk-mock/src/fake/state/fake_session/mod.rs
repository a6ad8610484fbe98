//! The description of a session that a test starts.

#[cfg(feature = "auth")]
mod claims;

use clerk_core::{OrganizationId, UserId};
use serde_core::Serialize;
use serde_json::{Map, Value, json};

/// A session of a user, for [`FakeClerk::sign_in`](crate::FakeClerk::sign_in).
///
/// ```
/// use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
///
/// let fake = FakeClerk::new();
/// fake.add(FakeUser::new("user_1"));
/// let session = FakeSession::new("user_1")
///     .organization("org_1", "org:admin")
///     .permissions(["org:invoices:create"]);
/// let token = fake.sign_in(session).token();
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct FakeSession {
    pub(crate) user_id: UserId,
    /// The active organization, and the user's role in it without the prefix `org:`. If the role is
    /// `None`, tokens have the role of the membership.
    pub(crate) organization: Option<(OrganizationId, Option<String>)>,
    /// The permissions: pairs of a feature of the organization and an allowed action.
    pub(crate) permissions: Vec<(String, String)>,
    pub(crate) features: Vec<String>,
    pub(crate) plans: Vec<String>,
    /// The other claims, such as the status of the session (`sts`) and the ages of the factors
    /// (`fva`).
    pub(crate) claims: Map<String, Value>,
}

impl FakeSession {
    /// Creates an active session. The user has just verified the first factor.
    pub fn new(user_id: impl Into<UserId>) -> Self {
        let mut claims = Map::new();
        claims.insert("sts".to_owned(), json!("active"));
        claims.insert("fva".to_owned(), json!([0, -1]));
        Self {
            user_id: user_id.into(),
            organization: None,
            permissions: Vec::new(),
            features: Vec::new(),
            plans: Vec::new(),
            claims,
        }
    }

    /// Sets the active organization and the user's role in it, such as `org:admin`. If the fake has
    /// the organization, tokens also have its slug.
    pub fn organization(mut self, id: impl Into<OrganizationId>, role: &str) -> Self {
        let role = role.strip_prefix("org:").unwrap_or(role).to_owned();
        self.organization = Some((id.into(), Some(role)));
        self
    }

    /// Sets the active organization. Each token has the role and the custom permissions that the
    /// user has in the organization when the token is issued. If you add permissions with
    /// [`permissions`](Self::permissions), tokens have the added permissions instead.
    ///
    /// If the user is not a member when the token is issued, the token has no organization, and no
    /// features and plans of an organization.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeSession, FakeUser};
    ///
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_1").member_of("org_1", "org:admin"));
    /// let session = fake.sign_in(FakeSession::new("user_1").member_of("org_1"));
    /// let token = session.token();
    /// ```
    pub fn member_of(mut self, id: impl Into<OrganizationId>) -> Self {
        self.organization = Some((id.into(), None));
        self
    }

    /// Adds permissions in the active organization, in the form `org:feature:action`. The tokens
    /// also name the features of these permissions as features of the organization. Ignores
    /// permissions without an action. Without an active organization, the permissions have no
    /// effect.
    pub fn permissions(mut self, permissions: impl IntoIterator<Item: AsRef<str>>) -> Self {
        for permission in permissions {
            let permission = permission.as_ref();
            let name = permission.strip_prefix("org:").unwrap_or(permission);
            if let Some((feature, action)) = name.split_once(':') {
                self.permissions
                    .push((feature.to_owned(), action.to_owned()));
            }
        }
        self
    }

    /// Adds a feature of the organization (`o:docs`) or of the user (`u:docs`).
    pub fn feature(mut self, feature: impl Into<String>) -> Self {
        self.features.push(feature.into());
        self
    }

    /// Adds a plan of the organization (`o:pro`) or of the user (`u:pro`).
    pub fn plan(mut self, plan: impl Into<String>) -> Self {
        self.plans.push(plan.into());
        self
    }

    /// Sets the ages of the factors at the sign-in: how many minutes earlier the user verified each
    /// factor. `None` means never. As the fake's clock advances, the ages in new tokens grow.
    pub fn factor_ages(self, first: Option<u32>, second: Option<u32>) -> Self {
        let age = |age: Option<u32>| age.map_or(-1, i64::from);
        self.claim("fva", &[age(first), age(second)])
    }

    /// Sets the origin that requests tokens (`azp`).
    pub fn authorized_party(self, origin: &str) -> Self {
        self.claim("azp", origin)
    }

    /// Makes the session `pending`: the user still has tasks to complete.
    pub fn pending(self) -> Self {
        self.claim("sts", "pending")
    }

    /// Whether an organization is the active one.
    pub(crate) fn is_active(&self, organization_id: &str) -> bool {
        let active = self.organization.as_ref();
        active.is_some_and(|(id, _)| id == organization_id)
    }

    /// Removes the active organization from the session, with its permissions, features and plans.
    pub(crate) fn leave_organization(&mut self) {
        self.organization = None;
        self.permissions.clear();
        for list in [&mut self.features, &mut self.plans] {
            list.retain_mut(|entry| match entry.split_once(':') {
                Some(("o", _)) => false,
                Some(("ou" | "uo", name)) => {
                    *entry = format!("u:{name}");
                    true
                }
                _ => true,
            });
        }
    }

    /// Sets a claim of the tokens, such as a custom claim. A value that cannot be serialized
    /// becomes null.
    pub fn claim(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.claims.insert(name.to_owned(), value);
        self
    }
}

impl<I: Into<UserId>> From<I> for FakeSession {
    fn from(user_id: I) -> Self {
        Self::new(user_id)
    }
}
