//! The claims of a session's tokens.

use serde_json::{Map, Value, json};

use crate::fake::state::fake_session::FakeSession;

/// The claims that the tokens of a JWT template do not have.
const OF_SESSIONS: [&str; 2] = ["sts", "fva"];

impl FakeSession {
    /// Returns the claims for a token of a JWT template, without those that depend on the time.
    pub(crate) fn template_claims(&self) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        claims.retain(|name, _| !OF_SESSIONS.contains(&name.as_str()));
        claims.insert("sub".to_owned(), json!(self.user_id));
        claims
    }

    /// Returns the claims of a session token (version 2), without those that depend on the time.
    pub(crate) fn claims(&self) -> Map<String, Value> {
        let mut claims = Map::new();
        claims.insert("v".to_owned(), json!(2));
        claims.insert("sub".to_owned(), json!(self.user_id));
        let mut features: Vec<String> = Vec::new();
        let mut actions: Vec<&str> = Vec::new();
        // Without an active organization, its permissions add no features either.
        let is_active = matches!(self.organization, Some((_, Some(_))));
        for (feature, action) in self.permissions.iter().filter(|_| is_active) {
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
        if let Some((id, Some(role))) = &self.organization {
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
