//! The claims of a session's tokens.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::fake::state::fake_session::FakeSession;

/// The claims in the field `claims` of a session that tokens of a JWT template do not get.
const OF_SESSIONS: [&str; 2] = ["sts", "fva"];

impl FakeSession {
    /// Returns the claims that the session adds to a token of a JWT template.
    pub(crate) fn template_claims(&self) -> Map<String, Value> {
        let mut claims = self.claims.clone();
        claims.retain(|name, _| !OF_SESSIONS.contains(&name.as_str()));
        claims.insert("sub".to_owned(), json!(self.user_id));
        claims
    }

    /// Returns the claims of a session token (version 2), without those that depend on the time.
    /// `slug` is the slug of the active organization.
    pub(crate) fn claims(&self, slug: Option<&str>) -> Map<String, Value> {
        let mut claims = Map::new();
        claims.insert("v".to_owned(), json!(2));
        claims.insert("sub".to_owned(), json!(self.user_id));
        let mut features: Vec<String> = Vec::new();
        let mut actions: Vec<&str> = Vec::new();
        // If no organization is active, the permissions add no features.
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
            let mut organization = Map::new();
            let mut set = |name: &str, value| organization.insert(name.to_owned(), value);
            set("id", json!(id));
            if let Some(slug) = slug {
                set("slg", json!(slug));
            }
            set("rol", json!(role));
            if !actions.is_empty() {
                set("per", json!(actions.join(",")));
                set("fpm", json!(masks.join(",")));
            }
            claims.insert("o".to_owned(), organization.into());
        }
        for (name, list) in [("fea", all), ("pla", self.plans.clone())] {
            if !list.is_empty() {
                claims.insert(name.to_owned(), json!(list.join(",")));
            }
        }
        claims.extend(self.claims.clone());
        claims
    }

    /// Returns the actions that are allowed with a feature, as a bit mask in decimal. The lowest bit
    /// is that of the first action.
    fn mask(&self, feature: &str, actions: &[&str]) -> String {
        let feature = feature.strip_prefix("o:").unwrap_or_default();
        let own = self.permissions.iter().filter(|(own, _)| own == feature);
        let allowed: BTreeSet<&str> = own.map(|(_, action)| action.as_str()).collect();
        // The decimal digits of the mask, the lowest first. There may be more actions than an
        // integer has bits.
        let mut digits = vec![0_u8];
        for action in actions.iter().rev() {
            let mut carry = u8::from(allowed.contains(action));
            for digit in &mut digits {
                let doubled = *digit * 2 + carry;
                *digit = doubled % 10;
                carry = doubled / 10;
            }
            if carry > 0 {
                digits.push(carry);
            }
        }
        let digits = digits.into_iter().rev();
        digits.map(|digit| char::from(b'0' + digit)).collect()
    }
}
