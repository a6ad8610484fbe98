//! The class of a token (session, template, M2M or OAuth), and the claims of a session token.

use serde_json::json;

use super::{assert_refused, header_with};
use crate::auth::signer::Signer;
use crate::auth::{claims, claims_with, reason, verify, verify_with};

#[test]
fn other_kinds_of_tokens_are_refused() {
    let signer = Signer::first();
    let payload = claims().to_string();
    let mismatch = "token-type-mismatch";
    for (name, changes, expected) in [
        (
            "JWT template",
            json!({ "cat": "cl_B7d4PD222AAA" }),
            mismatch,
        ),
        ("M2M", json!({ "cat": "cl_B7d4PD333AAA" }), mismatch),
        (
            "another digit",
            json!({ "cat": "cl_I7d4PD111II1" }),
            mismatch,
        ),
        ("empty", json!({ "cat": "" }), mismatch),
        ("case", json!({ "cat": "CL_B7D4PD111AAA" }), mismatch),
        ("type of cat", json!({ "cat": 1 }), "token-invalid"),
        ("null cat", json!({ "cat": null }), "token-invalid"),
        ("OAuth", json!({ "typ": "at+jwt" }), mismatch),
        (
            "application",
            json!({ "typ": "application/at+jwt" }),
            mismatch,
        ),
        ("empty typ", json!({ "typ": "" }), mismatch),
        ("type of typ", json!({ "typ": ["JWT"] }), "token-invalid"),
    ] {
        assert_refused(name, &signer.sign(header_with(changes), &payload), expected);
    }
    for (name, changes, expected) in [
        ("machine", json!({ "sub": "mch_1" }), mismatch),
        ("no session", json!({ "sid": null }), mismatch),
        ("empty session", json!({ "sid": "" }), mismatch),
        ("type of sid", json!({ "sid": 1 }), "token-invalid"),
        ("no user", json!({ "sub": null }), "token-invalid"),
        ("empty user", json!({ "sub": "" }), "token-invalid"),
        ("type of sub", json!({ "sub": ["user_1"] }), "token-invalid"),
        (
            "pending",
            json!({ "sts": "pending" }),
            "session-token-pending",
        ),
        (
            "unknown status",
            json!({ "sts": "dreaming" }),
            "session-token-pending",
        ),
        (
            "empty status",
            json!({ "sts": "" }),
            "session-token-pending",
        ),
        ("type of sts", json!({ "sts": 1 }), "token-invalid"),
        ("type of act", json!({ "act": "user_2" }), "token-invalid"),
        ("no actor", json!({ "act": {} }), "token-invalid"),
        (
            "type of azp",
            json!({ "azp": ["https://example.com"] }),
            "token-invalid",
        ),
        ("type of v", json!({ "v": "2" }), "token-invalid"),
    ] {
        assert_refused(name, &signer.token(&claims_with(changes)), expected);
    }
}

#[test]
fn tokens_are_accepted_that_other_libraries_refuse() {
    let signer = Signer::first();
    let payload = claims().to_string();
    for (name, header) in [
        (
            "no typ and cat",
            r#"{"alg":"RS256","kid":"ins_1"}"#.to_owned(),
        ),
        ("typ in lower case", header_with(json!({ "typ": "jwt" }))),
        (
            "unknown members",
            header_with(json!({ "x": [1, { "y": null }] })),
        ),
        ("white space", format!(" {} \n", signer.header())),
    ] {
        assert!(verify(&signer.sign(header, &payload)).is_ok(), "{name}");
    }
    for (name, changes) in [
        ("no nbf", json!({ "nbf": null })),
        ("no iat", json!({ "iat": null })),
        ("no azp", json!({ "azp": null })),
        ("no status", json!({ "sts": null })),
        ("no version", json!({ "v": null })),
        ("aud", json!({ "aud": ["a", "b"] })),
        ("aud of another type", json!({ "aud": 5 })),
        (
            "fractional times",
            json!({ "exp": 1_767_225_660.25, "iat": 1_767_225_600.5 }),
        ),
        ("exp past 2^31", json!({ "exp": 4_102_444_800_i64 })),
        ("exp past 2^63", json!({ "exp": 1e19 })),
        (
            "custom claims",
            json!({ "metadata": { "role": "admin" }, "org": [1] }),
        ),
        ("malformed organization", json!({ "o": "org_1" })),
        (
            "malformed features",
            json!({ "fea": 5, "pla": [], "fva": "x" }),
        ),
    ] {
        let token = signer.token(&claims_with(changes));
        assert_eq!(reason(&verify(&token)), "accepted", "{name}");
    }
    let pending = signer.token(&claims_with(json!({ "sts": "pending" })));
    assert!(verify_with(|builder| builder.allow_pending(), &pending).is_ok());
}
