//! Roles, permissions, features, plans and reverification.

use std::time::Duration;

use clerk_client::auth::{
    Authorization, Reverification, ReverificationLevel, SessionClaims, Verifier,
};
use serde_json::{Value, json};

use super::signer::Signer;
use super::{claims_with, now, verify};
use crate::support::run;

fn verified(changes: Value) -> SessionClaims {
    verify(&Signer::first().token(&claims_with(changes))).unwrap()
}

fn permissions(fea: &str, per: &str, fpm: &str) -> Vec<String> {
    let o = json!({ "id": "org_1", "rol": "admin", "per": per, "fpm": fpm });
    let claims = verified(json!({ "fea": fea, "o": o }));
    claims.organization.unwrap().permissions
}

#[test]
fn permissions_of_version_2_are_read_from_their_masks() {
    assert_eq!(
        permissions("o:billing,o:docs", "manage,read", "3,2"),
        ["org:billing:manage", "org:billing:read", "org:docs:read"]
    );
    assert_eq!(permissions("o:a", "read", "1"), ["org:a:read"]);
    // Clerk's SDKs assign the masks to the features in two different ways. A permission is granted
    // only if both ways grant it.
    assert_eq!(
        permissions("u:gold,o:billing,o:docs", "manage,read", "0,3,1"),
        ["org:docs:manage"]
    );
    let many: Vec<String> = (0..70).map(|n| format!("p{n}")).collect();
    // The masks of the next two tokens are 2^64 and 2^69 + 1.
    assert_eq!(
        permissions("o:a", &many.join(","), "18446744073709551616"),
        ["org:a:p64"]
    );
    assert_eq!(
        permissions("o:a", &many.join(","), "590295810358705651713"),
        ["org:a:p0", "org:a:p69"]
    );
}

#[test]
fn malformed_masks_grant_nothing() {
    for fpm in [
        "",
        "-1",
        "-9223372036854775808",
        "+1",
        "0x1",
        "1e0",
        "1.0",
        "NaN",
        "Infinity",
        "true",
        "1 1",
        "١",
        ",",
        "0",
        "00",
    ] {
        assert!(permissions("o:a", "read", fpm).is_empty(), "{fpm}");
    }
    for fea in ["", "a", "x:a", ":a", "o:", "u:a", "O:a"] {
        assert!(permissions(fea, "read", "1").is_empty(), "{fea}");
    }
    assert!(permissions("o:a", "", "1").is_empty());
    // The number of permissions is limited, even in a large token.
    let features = vec!["o:a"; 500].join(",");
    let names = vec!["p"; 500].join(",");
    let masks = vec![
        "3273390607896141870013189696827599152216642046043064789483291368096133796404674554883270092325904157150886684127560071009217256545885393053328527589375";
        20
    ];
    assert!(permissions(&features, &names, &masks.join(",")).len() <= 4_096);
}

#[test]
fn an_organization_of_version_1_is_read() {
    let claims = verified(json!({
        "v": null,
        "org_id": "org_1",
        "org_slug": "acme",
        "org_role": "org:admin",
        "org_permissions": ["org:invoices:create"],
    }));
    let organization = claims.organization.clone().unwrap();
    assert_eq!(
        (organization.id.as_str(), organization.slug.as_deref()),
        ("org_1", Some("acme"))
    );
    assert!(claims.has_role("org:admin") && claims.has_role("admin"));
    assert!(claims.has_permission("org:invoices:create"));
    assert!(claims.has_permission("invoices:create"));
    assert!(!claims.has_permission("org:invoices:delete"));
    assert_eq!(claims.version, 1);
}

#[test]
fn incomplete_or_malformed_claims_grant_nothing() {
    let all = |claims: &SessionClaims| {
        ["", "org:", "admin", "org:admin", "null", "undefined"]
            .iter()
            .any(|name| {
                claims.has_role(name)
                    || claims.has_permission(name)
                    || claims.has_feature(name)
                    || claims.has_plan(name)
            })
    };
    for changes in [
        json!({}),
        json!({ "o": null }),
        json!({ "o": {} }),
        json!({ "o": [] }),
        json!({ "o": "admin" }),
        json!({ "o": { "rol": "admin" } }),
        json!({ "o": { "id": "org_1" } }),
        json!({ "o": { "id": "org_1", "rol": "" } }),
        json!({ "o": { "id": "org_1", "rol": "org:" } }),
        json!({ "o": { "id": "", "rol": "admin" } }),
        json!({ "o": { "id": 1, "rol": "admin" } }),
        json!({ "o": { "id": "org_1", "rol": ["admin"] } }),
        json!({ "org_id": "org_1", "org_role": "admin", "org_permissions": ["org:admin"] }),
        json!({ "v": 1, "o": { "id": "org_1", "rol": "admin" } }),
        json!({ "v": 3, "o": { "id": "org_1", "rol": "admin" } }),
        json!({ "v": 3, "org_id": "org_1", "org_role": "admin", "org_permissions": ["org:admin"] }),
        json!({ "v": 1, "org_role": "admin", "org_permissions": ["admin"] }),
        json!({ "v": 1, "org_id": "org_1", "org_role": "admin" }),
        json!({ "v": 1, "org_id": "org_1", "org_permissions": ["org:admin"] }),
        json!({ "fea": "admin", "pla": "admin" }),
        json!({ "fea": ["o:admin"], "pla": { "o": "admin" } }),
        json!({ "fea": ":admin,o:,u:", "pla": "x:admin" }),
    ] {
        assert!(!all(&verified(changes.clone())), "{changes}");
    }
}

#[test]
fn features_and_plans_have_a_scope() {
    let claims = verified(json!({ "fea": "o:docs, u:gold,ou:both", "pla": "o:pro,u:free" }));
    for (asked, expected) in [
        ("docs", true),
        ("o:docs", true),
        ("org:docs", true),
        ("organization:docs", true),
        ("u:docs", false),
        ("gold", true),
        ("u:gold", true),
        ("user:gold", true),
        ("o:gold", false),
        ("o:both", true),
        ("u:both", true),
        ("x:docs", false),
        ("doc", false),
        ("", false),
        ("o:", false),
    ] {
        assert_eq!(claims.has_feature(asked), expected, "{asked}");
    }
    assert!(claims.has_plan("o:pro") && claims.has_plan("free") && !claims.has_plan("u:pro"));
}

#[test]
fn everything_that_is_asked_for_must_hold() {
    let o = json!({ "id": "org_1", "rol": "admin", "per": "read", "fpm": "1" });
    let claims = verified(json!({ "o": o, "fea": "o:docs", "pla": "o:pro" }));
    let read = || Authorization::permission("org:docs:read");
    assert!(!claims.has(&Authorization::default()));
    assert!(claims.has(&read()));
    assert!(
        claims.has(
            &read()
                .and_role("org:admin")
                .and_feature("docs")
                .and_plan("o:pro")
        )
    );
    assert!(!claims.has(&read().and_role("org:member")));
    assert!(!claims.has(&read().and_permission("org:docs:write")));
    assert!(!claims.has(&read().and_plan("o:free")));
    assert!(
        !claims.has(
            &read().and_reverification(Reverification::new(ReverificationLevel::FirstFactor, 3))
        )
    );
    assert!(claims.has(&read().and_reverification(Reverification::STRICT)));
}

#[test]
fn reverification_counts_the_minutes_since_each_factor() {
    let levels = [
        ReverificationLevel::FirstFactor,
        ReverificationLevel::SecondFactor,
        ReverificationLevel::MultiFactor,
    ];
    for (fva, expected) in [
        (json!([5, 5]), [true, true, true]),
        (json!([5, -1]), [true, true, true]),
        (json!([15, 5]), [false, true, false]),
        (json!([5, 15]), [true, false, false]),
        (json!([-1, 5]), [false, true, false]),
        (json!([-1, -1]), [false, false, false]),
        (json!([10, 10]), [false, false, false]),
        (json!([-2, 5]), [false, false, false]),
        (json!([5]), [false, false, false]),
        (json!([5, 5, 5]), [false, false, false]),
        (json!(["5", "5"]), [false, false, false]),
        (json!(null), [false, false, false]),
    ] {
        let claims = verified(json!({ "fva": fva }));
        let has = levels.map(|level| claims.is_verified_within(Reverification::new(level, 10)));
        assert_eq!(has, expected, "{fva}");
        assert!(!claims.is_verified_within(Reverification::new(levels[0], 0)));
    }
}

/// Any crate of an application may enable serde_json's feature `arbitrary_precision`. serde_json
/// then passes the numbers in `fva` to this crate as objects.
#[test]
fn ages_are_read_if_serde_json_keeps_the_digits_of_numbers() {
    for (digits, expected) in [
        ("5", true),
        ("15", false),
        ("5.5", false),
        ("-2", false),
        ("", false),
        ("x", false),
        ("inf", false),
        ("99999999999999999999", false),
    ] {
        let number = |digits: &str| json!({ "$serde_json::private::Number": digits });
        let claims = verified(json!({ "fva": [number(digits), number("-1")] }));
        assert_eq!(
            claims.is_verified_within(Reverification::STRICT),
            expected,
            "{digits}"
        );
    }
}

/// The ages of the factors in a token are relative to the time at which the token was created.
#[test]
fn factors_age_with_the_token() {
    let changes = json!({ "fva": [5, -1], "exp": super::NOW + 3_600 });
    let token = Signer::first().token(&claims_with(changes));
    let verifier = Verifier::from_jwt_key(Signer::first().pem())
        .build()
        .unwrap();
    for (seconds, expected) in [(0, true), (299, true), (300, false), (3_000, false)] {
        let at = now() + Duration::from_secs(seconds);
        let claims = run(verifier.verify_at(&token, at)).unwrap();
        assert_eq!(
            claims.is_verified_within(Reverification::STRICT),
            expected,
            "{seconds}"
        );
    }
}

#[test]
fn a_refusal_is_a_response_that_clerks_frontend_reads() {
    let claims = verified(json!({ "fva": [15, -1] }));
    let strict = Authorization::reverification(Reverification::STRICT_MFA);
    let error = claims.require(&strict).unwrap_err();
    assert_eq!(error.status(), 403);
    assert_eq!(
        error.body(),
        r#"{"clerk_error":{"type":"forbidden","reason":"reverification-error","metadata":{"reverification":{"level":"multi_factor","afterMinutes":10}}}}"#
    );
    let error = claims.require(&strict.and_role("org:admin")).unwrap_err();
    assert_eq!(
        (error.status().as_u16(), error.body().as_str()),
        (403, r#"{"error":"forbidden"}"#)
    );
    assert_eq!(error.to_response().headers().get("www-authenticate"), None);
    claims
        .require(&Authorization::reverification(Reverification::MODERATE))
        .unwrap();
}
