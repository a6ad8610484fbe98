//! The session that a test starts.

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
    organization: Option<(OrganizationId, String)>,
    /// The pairs of a feature of the organization and an action that is allowed with it.
    permissions: Vec<(String, String)>,
    features: Vec<String>,
    plans: Vec<String>,
    claims: Map<String, Value>,
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

    /// Sets the active organization and the user's role in it, such as `org:admin`.
    pub fn organization(mut self, id: impl Into<OrganizationId>, role: &str) -> Self {
        let role = role.strip_prefix("org:").unwrap_or(role).to_owned();
        self.organization = Some((id.into(), role));
        self
    }

    /// Adds permissions in the active organization, in the form `org:feature:action`. Also adds
    /// their features to the organization. Ignores permissions without an action.
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

    /// Sets how many minutes ago the user verified each factor. `None` means never.
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

    /// Sets a claim of the tokens, such as a custom claim. A value that cannot be serialized
    /// becomes null.
    pub fn claim(mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.claims.insert(name.to_owned(), value);
        self
    }

    /// Returns the claims of version 2 that do not depend on the time.
    pub(crate) fn claims(&self) -> Map<String, Value> {
        let mut claims = Map::new();
        claims.insert("v".to_owned(), json!(2));
        claims.insert("sub".to_owned(), json!(self.user_id));
        let mut features: Vec<String> = Vec::new();
        let mut actions: Vec<&str> = Vec::new();
        for (feature, action) in &self.permissions {
            let feature = format!("o:{feature}");
            if !features.contains(&feature) {
                features.push(feature);
            }
            if !actions.contains(&action.as_str()) {
                actions.push(action);
            }
        }
        let masks: Vec<String> = features
            .iter()
            .map(|feature| self.mask(feature, &actions))
            .collect();
        let others = self
            .features
            .iter()
            .filter(|feature| !features.contains(feature));
        let all: Vec<String> = features.iter().chain(others).cloned().collect();
        if let Some((id, role)) = &self.organization {
            let organization = if actions.is_empty() {
                json!({ "id": id, "rol": role })
            } else {
                let (per, fpm) = (actions.join(","), masks.join(","));
                json!({ "id": id, "rol": role, "per": per, "fpm": fpm })
            };
            claims.insert("o".to_owned(), organization);
        }
        for (name, list) in [("fea", all), ("pla", self.plans.clone())] {
            if !list.is_empty() {
                claims.insert(name.to_owned(), json!(list.join(",")));
            }
        }
        claims.extend(self.claims.clone());
        claims
    }

    /// Returns the actions that are allowed with a feature, as a bit mask of the first 128 actions.
    fn mask(&self, feature: &str, actions: &[&str]) -> String {
        let mut mask = 0_u128;
        for (own, action) in &self.permissions {
            let bit = actions.iter().position(|other| other == action);
            if feature.strip_prefix("o:") == Some(own)
                && let Some(bit) = bit.and_then(|bit| 1_u128.checked_shl(u32::try_from(bit).ok()?))
            {
                mask |= bit;
            }
        }
        mask.to_string()
    }
}

impl<I: Into<UserId>> From<I> for FakeSession {
    fn from(user_id: I) -> Self {
        Self::new(user_id)
    }
}
