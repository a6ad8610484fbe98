//! The results of `has` for random conditions, compared with those of Clerk's SDK for JavaScript.

use std::collections::BTreeMap;

use clerk_client::auth::{Authorization, Reverification, ReverificationLevel, Verifier};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{NOW, now};
use crate::support::run;

/// The differences between the SDK and this crate. With tokens that Clerk issues, only
/// [`Self::MixedScopes`] and [`Self::NameWithColon`] can occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Difference {
    /// `fea` has features of the user and of the organization. Clerk's SDKs disagree about which
    /// mask of `fpm` belongs to which feature. This crate grants a permission only if all SDKs
    /// grant it.
    MixedScopes,
    /// The condition has a second colon, such as `o:docs:a`. The SDK ignores the colon and the text
    /// after it.
    NameWithColon,
    /// The id, the role or the permissions of the organization are not a text. This crate then
    /// ignores the organization. The SDK converts some of these values to a text.
    OrganizationOfAnotherType,
    /// The organization lacks the role or, in version 1, the permissions. This crate then
    /// grants no role or permission.
    IncompleteOrganization,
    /// The age of a factor is not a whole number that fits 64 bits. This crate then ignores all
    /// ages.
    FractionalAge,
    /// An entry of `fea` or `pla` has no colon. The SDK refuses all entries. This crate ignores
    /// only this entry.
    EntryWithoutScope,
    /// The SDK fails on malformed claims. This crate ignores them, and checks only the claims that
    /// the condition needs.
    Failure,
}

impl Difference {
    const ALL: [Self; 7] = [
        Self::MixedScopes,
        Self::NameWithColon,
        Self::OrganizationOfAnotherType,
        Self::IncompleteOrganization,
        Self::FractionalAge,
        Self::EntryWithoutScope,
        Self::Failure,
    ];

    /// Whether this difference explains why the SDK and this crate disagree about a condition.
    /// `granted` is the result of this crate. `theirs` is the result of the SDK, or null if the SDK
    /// fails.
    fn explains(self, claims: &Value, asked: &Value, granted: bool, theirs: &Value) -> bool {
        let is_v2 = claims["v"] == 2;
        let organization = !asked["role"].is_null() || !asked["permission"].is_null();
        match self {
            Self::MixedScopes => {
                !granted && is_v2 && !asked["permission"].is_null() && has_mixed_scopes(claims)
            }
            Self::NameWithColon => ["feature", "plan"].iter().any(|name| {
                let asked = asked[name].as_str().unwrap_or_default();
                asked.matches(':').count() > 1
            }),
            Self::OrganizationOfAnotherType => {
                let o = &claims["o"];
                let parts = if is_v2 {
                    [&o["id"], &o["rol"], &o["per"], &o["fpm"]]
                } else {
                    [&claims["org_id"]; 4]
                };
                let mut parts = parts.iter();
                let is_other = parts.any(|part| !part.is_string() && !part.is_null());
                !granted && organization && is_other
            }
            Self::IncompleteOrganization => {
                let role = if is_v2 {
                    &claims["o"]["rol"]
                } else {
                    &claims["org_role"]
                };
                let role = role.as_str().unwrap_or_default();
                let permissions = claims["org_permissions"].as_array();
                let are_texts = permissions.is_some_and(|list| list.iter().all(Value::is_string));
                let has_role = !role.trim_start_matches("org:").is_empty();
                let is_complete = has_role && (is_v2 || are_texts);
                !granted && organization && !is_complete
            }
            Self::FractionalAge => {
                let ages = claims["fva"].as_array();
                let whole = ages.is_some_and(|ages| ages.iter().all(Value::is_i64));
                !granted && !asked["reverification"].is_null() && !whole
            }
            Self::EntryWithoutScope => ["fea", "pla"].iter().any(|claim| {
                let mut entries = claims[*claim].as_str().unwrap_or_default().split(',');
                granted && entries.any(|entry| !entry.contains(':'))
            }),
            Self::Failure => granted && theirs.is_null(),
        }
    }
}

fn has_mixed_scopes(claims: &Value) -> bool {
    let features = claims["fea"].as_str().unwrap_or_default().split(',');
    let of_organization = |feature: &&str| {
        let scope = feature.split(':').next().unwrap_or_default();
        scope.contains('o')
    };
    let (of_organization, others): (Vec<_>, Vec<_>) = features.partition(of_organization);
    !of_organization.is_empty() && !others.is_empty()
}

/// Whether a token of version 2 grants a permission according to Clerk's documentation. The
/// documentation says that the nth mask belongs to the nth entry of `fea`.
fn is_documented(claims: &Value, permission: &str) -> bool {
    let list = |text: &Value| -> Vec<String> {
        let text = text.as_str().unwrap_or_default();
        text.split(',').map(|item| item.trim().to_owned()).collect()
    };
    let (features, actions) = (list(&claims["fea"]), list(&claims["o"]["per"]));
    let asked = permission.trim_start_matches("org:");
    let masks = list(&claims["o"]["fpm"]);
    features.iter().zip(&masks).any(|(feature, mask)| {
        let Some((scope, feature)) = feature.split_once(':') else {
            return false;
        };
        let mask: u128 = mask.parse().unwrap_or_default();
        scope.contains('o')
            && actions
                .iter()
                .enumerate()
                .any(|(bit, action)| mask >> bit & 1 == 1 && asked == format!("{feature}:{action}"))
    })
}

/// Converts a condition from JSON.
fn authorization(asked: &Value) -> Authorization {
    let mut authorization = Authorization::default();
    let text = |name: &str| asked[name].as_str();
    if let Some(role) = text("role") {
        authorization = authorization.and_role(role);
    }
    if let Some(permission) = text("permission") {
        authorization = authorization.and_permission(permission);
    }
    if let Some(feature) = text("feature") {
        authorization = authorization.and_feature(feature);
    }
    if let Some(plan) = text("plan") {
        authorization = authorization.and_plan(plan);
    }
    let reverification = &asked["reverification"];
    if let Some(minutes) = reverification["afterMinutes"].as_u64() {
        let level = match reverification["level"].as_str().unwrap() {
            "first_factor" => ReverificationLevel::FirstFactor,
            "second_factor" => ReverificationLevel::SecondFactor,
            _ => ReverificationLevel::MultiFactor,
        };
        authorization = authorization.and_reverification(Reverification::new(level, minutes));
    }
    authorization
}

#[test]
fn conditions_hold_as_in_clerks_sdk_for_javascript() {
    let Ok(path) = std::env::var("CLERK_HAS_CASES") else {
        println!("skipped: CLERK_HAS_CASES is not set");
        return;
    };
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let signer = Signer::first();
    let verifier = Verifier::from_jwt_key(signer.pem()).build().unwrap();
    let mut differences = BTreeMap::<Difference, usize>::new();
    let (mut granted, mut of_mixed_scopes) = (0, 0);
    for case in &cases {
        let mut claims = case["claims"].clone();
        claims["iat"] = json!(NOW);
        claims["exp"] = json!(NOW + 60);
        let verified = run(verifier.verify_at(&signer.token(&claims), now())).unwrap();
        for condition in case["conditions"].as_array().unwrap() {
            let asked = &condition["asked"];
            let ours = verified.has(&authorization(asked));
            // If the SDK fails, it grants nothing.
            let theirs = condition["has"] == true;
            granted += usize::from(ours);
            if ours != theirs {
                let mut all = Difference::ALL.into_iter();
                let why = all.find(|difference| {
                    difference.explains(&claims, asked, ours, &condition["has"])
                });
                let why = why.unwrap_or_else(|| panic!("{ours} but {theirs}: {asked} of {claims}"));
                *differences.entry(why).or_default() += 1;
            }
            if let Some(permission) = asked["permission"].as_str()
                && ours
                && claims["v"] == 2
            {
                of_mixed_scopes += usize::from(has_mixed_scopes(&claims));
                assert!(is_documented(&claims, permission), "{asked} of {claims}");
            }
        }
    }
    println!(
        "{granted} granted, {of_mixed_scopes} with mixed scopes; differences: {differences:?}"
    );
    assert!(granted > 1_000 && of_mixed_scopes > 10);
    assert_eq!(differences.len(), Difference::ALL.len(), "{differences:?}");
}
