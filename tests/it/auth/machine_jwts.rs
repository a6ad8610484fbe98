//! Tokens of machines in the form of JWTs.

use clerk_client::auth::{
    AuthError, Claims, MachineClaims, MachineTokenType, TokenTypes, Verifier, VerifierBuilder,
};
use clerk_client::http::HeaderMap;
use serde_json::{Value, json};

use super::signer::Signer;
use super::{NOW, claims, claims_with, clerk_with_keys};
use crate::support::run;

const SESSION: &str = "cl_B7d4PD111AAA";
const TEMPLATE: &str = "cl_B7d4PD222AAA";
const M2M: &str = "cl_B7d4PD333AAA";

fn header(typ: Value, category: Value) -> Value {
    let mut header = json!({ "alg": "RS256", "kid": "ins_1" });
    for (name, value) in [("typ", typ), ("cat", category)] {
        if !value.is_null() {
            header[name] = value;
        }
    }
    header
}

fn m2m_header() -> Value {
    header(json!("JWT"), json!(M2M))
}

/// Returns the claims of an M2M token, with some of them changed. Null removes a claim.
fn m2m_with(changes: Value) -> Value {
    let mut all = json!({
        "sub": "mch_1", "sid": null, "sts": null, "azp": null, "fva": null, "v": null,
        "jti": "mt_1", "scopes": "mch_2 mch_3", "region": "eu",
    });
    for (name, value) in changes.as_object().unwrap() {
        all[name] = value.clone();
    }
    claims_with(all)
}

/// Returns the claims of an OAuth access token, with some of them changed. Null removes a claim.
fn oauth_with(changes: Value) -> Value {
    let mut all = json!({
        "sid": null, "sts": null, "azp": null, "fva": null, "v": null,
        "jti": "oat_1", "client_id": "client_1", "scope": "profile email",
    });
    for (name, value) in changes.as_object().unwrap() {
        all[name] = value.clone();
    }
    claims_with(all)
}

fn token(header: &Value, claims: &Value) -> String {
    Signer::first().sign(header.to_string(), claims.to_string())
}

/// Returns a builder with a client that can fetch keys. Any other request fails an assertion.
fn builder() -> VerifierBuilder {
    Verifier::builder(&clerk_with_keys(
        || json!({ "keys": [Signer::first().jwk()] }),
    ))
}

fn all() -> TokenTypes {
    TokenTypes::SESSION | TokenTypes::API_KEY | TokenTypes::M2M | TokenTypes::OAUTH
}

fn verify(builder: VerifierBuilder, token: &str) -> Result<MachineClaims, AuthError> {
    run(builder.build().unwrap().verify_machine(&token.into()))
}

/// Returns the sender of a request with this bearer token, or the reason why the token is refused.
fn sender(builder: VerifierBuilder, token: &str) -> String {
    let mut headers = HeaderMap::new();
    let value = format!("Bearer {token}").parse().unwrap();
    headers.insert("authorization", value);
    match run(builder.build().unwrap().authenticate_any(&headers)) {
        Ok(Claims::Session(claims)) => claims.user_id.to_string(),
        Ok(Claims::Machine(claims)) => claims.subject,
        Ok(_) => unreachable!(),
        Err(error) => error.reason().as_str().to_owned(),
    }
}

fn name_of<C>(result: &Result<C, AuthError>) -> &'static str {
    match result {
        Ok(_) => "accepted",
        Err(error) => error.reason().as_str(),
    }
}

#[test]
fn jwts_of_machines_return_their_claims() {
    let m2m = verify(
        builder().accept(TokenTypes::M2M),
        &token(&m2m_header(), &m2m_with(json!({}))),
    )
    .unwrap();
    assert_eq!(m2m.token_type, MachineTokenType::M2m);
    assert_eq!(m2m.token_id.as_deref(), Some("mt_1"));
    assert_eq!((m2m.machine_id(), m2m.user_id()), (Some("mch_1"), None));
    assert_eq!(m2m.scopes, ["mch_2", "mch_3"]);
    assert!(m2m.has_scope("mch_3") && !m2m.has_scope("mch") && !m2m.has_scope(""));
    assert_eq!(m2m.expires_at.unwrap().as_millis(), (NOW + 60) * 1_000);
    let custom: Value = m2m.custom().unwrap();
    assert_eq!(custom["region"], "eu");
    assert!(!format!("{m2m:?}").contains("region"));

    let header = header(json!("at+jwt"), json!(null));
    let accepted = || builder().accept(TokenTypes::OAUTH_JWT);
    let oauth = verify(accepted(), &token(&header, &oauth_with(json!({})))).unwrap();
    assert_eq!(oauth.token_type, MachineTokenType::OAuth);
    assert_eq!(oauth.user_id().unwrap(), "user_1");
    assert_eq!(oauth.client_id.as_deref(), Some("client_1"));
    assert_eq!(oauth.scopes, ["profile", "email"]);
    let list = oauth_with(json!({ "scp": ["a", "b"] }));
    let oauth = verify(accepted(), &token(&header, &list)).unwrap();
    assert_eq!(oauth.scopes, ["a", "b"]);
    let malformed = oauth_with(json!({ "scp": "a", "scope": ["b"], "client_id": 1 }));
    let oauth = verify(accepted(), &token(&header, &malformed)).unwrap();
    assert!(oauth.scopes.is_empty() && oauth.client_id.is_none());
}

#[test]
fn jwts_of_machines_are_told_from_other_tokens() {
    let mismatch = "token-type-mismatch";
    let session = claims();
    for (header, claims, expected) in [
        (m2m_header(), m2m_with(json!({})), "accepted"),
        (
            header(json!(null), json!(M2M)),
            m2m_with(json!({})),
            "accepted",
        ),
        (
            header(json!("JWT"), json!(null)),
            m2m_with(json!({})),
            "accepted",
        ),
        (
            header(json!("JWT"), json!(SESSION)),
            m2m_with(json!({})),
            mismatch,
        ),
        (
            header(json!("JWT"), json!(TEMPLATE)),
            m2m_with(json!({})),
            mismatch,
        ),
        (
            header(json!("JWT"), json!("cl_I7d4PD111III")),
            m2m_with(json!({})),
            "accepted",
        ),
        (
            header(json!("at+jwt"), json!(M2M)),
            m2m_with(json!({})),
            mismatch,
        ),
        (
            header(json!("at+jwt"), json!(null)),
            m2m_with(json!({})),
            mismatch,
        ),
        (m2m_header(), m2m_with(json!({ "sub": "user_1" })), mismatch),
        (m2m_header(), m2m_with(json!({ "sub": "Mch_1" })), mismatch),
        (m2m_header(), m2m_with(json!({ "sub": "mch_" })), mismatch),
        (
            m2m_header(),
            m2m_with(json!({ "sub": "" })),
            "token-invalid",
        ),
        (
            m2m_header(),
            m2m_with(json!({ "sub": null })),
            "token-invalid",
        ),
        (
            m2m_header(),
            m2m_with(json!({ "sid": "sess_1" })),
            "accepted",
        ),
        (m2m_header(), session.clone(), mismatch),
        (
            header(json!("JWT"), json!(SESSION)),
            session.clone(),
            mismatch,
        ),
        (header(json!("JWT"), json!(null)), session.clone(), mismatch),
        (
            header(json!("at+jwt"), json!(null)),
            oauth_with(json!({})),
            "accepted",
        ),
        (
            header(json!("AT+JWT"), json!(null)),
            oauth_with(json!({})),
            "accepted",
        ),
        (
            header(json!("application/at+jwt"), json!(null)),
            oauth_with(json!({})),
            "accepted",
        ),
        (
            header(json!("x/at+jwt"), json!(null)),
            oauth_with(json!({})),
            mismatch,
        ),
        (
            header(json!("at+jwt"), json!(SESSION)),
            oauth_with(json!({})),
            mismatch,
        ),
        (
            header(json!("at+jwt"), json!(TEMPLATE)),
            oauth_with(json!({})),
            mismatch,
        ),
        (
            header(json!("JWT"), json!(null)),
            oauth_with(json!({})),
            mismatch,
        ),
        (
            header(json!("at+jwt"), json!(null)),
            oauth_with(json!({ "sub": null })),
            "token-invalid",
        ),
    ] {
        let token = token(&header, &claims);
        let result = verify(builder().accept(all()), &token);
        assert_eq!(name_of(&result), expected, "{header} {claims}");
        // `verify` accepts only session tokens.
        let result = run(builder().accept(all()).build().unwrap().verify(&token));
        let is_session = claims == session && header["typ"] == "JWT" && header["cat"] != M2M;
        assert_eq!(result.is_ok(), is_session, "{header} {claims}");
    }
}

#[test]
fn jwts_of_machines_are_checked_by_the_rules_of_session_tokens() {
    for (changes, expected) in [
        (json!({ "exp": null }), "token-invalid"),
        (json!({ "exp": NOW - 5 }), "token-expired"),
        (json!({ "nbf": NOW + 6 }), "token-not-active-yet"),
        (json!({ "iat": NOW + 6 }), "token-iat-in-the-future"),
        (
            json!({ "iss": "https://evil.example" }),
            "token-invalid-issuer",
        ),
        (json!({ "iss": null }), "token-invalid-issuer"),
        (json!({ "aud": "x" }), "token-invalid-audience"),
        (json!({ "aud": null }), "token-invalid-audience"),
        // A machine has no origin, so `azp` is ignored.
        (json!({ "azp": "https://evil.example" }), "accepted"),
    ] {
        let mut all_changes = json!({ "aud": "api" });
        for (name, value) in changes.as_object().unwrap() {
            all_changes[name] = value.clone();
        }
        let m2m = token(&m2m_header(), &m2m_with(all_changes.clone()));
        let at_jwt = header(json!("at+jwt"), json!(null));
        let oauth = token(&at_jwt, &oauth_with(all_changes));
        for token in [m2m, oauth] {
            let builder = builder()
                .accept(all())
                .issuer("https://clerk.example.com")
                .audience(["api"])
                .authorized_parties(["https://example.com"]);
            assert_eq!(name_of(&verify(builder, &token)), expected, "{changes}");
        }
    }
    let forged = Signer::second().named("ins_1");
    let forged = forged.sign(m2m_header().to_string(), m2m_with(json!({})).to_string());
    let result = verify(builder().accept(all()), &forged);
    assert_eq!(name_of(&result), "token-invalid-signature");
}

#[test]
fn only_accepted_types_are_verified() {
    let m2m = token(&m2m_header(), &m2m_with(json!({})));
    let at_jwt = header(json!("at+jwt"), json!(null));
    let oauth = token(&at_jwt, &oauth_with(json!({})));
    let session = Signer::first().token(&claims());
    let refused = "token-type-mismatch";
    let types = TokenTypes::SESSION;
    for (accepted, of_m2m, of_oauth, of_session) in [
        (types, refused, refused, "user_1"),
        (TokenTypes::API_KEY, refused, refused, refused),
        (TokenTypes::M2M, "mch_1", refused, refused),
        (TokenTypes::M2M_JWT, "mch_1", refused, refused),
        (TokenTypes::OAUTH, refused, "user_1", refused),
        (types | TokenTypes::OAUTH_JWT, refused, "user_1", "user_1"),
        (all(), "mch_1", "user_1", "user_1"),
    ] {
        for (token, expected) in [(&m2m, of_m2m), (&oauth, of_oauth), (&session, of_session)] {
            let sender = sender(builder().accept(accepted), token);
            assert_eq!(sender, expected, "{accepted:?}");
        }
        let builder = builder().accept(accepted);
        let result = run(builder.build().unwrap().verify(&session));
        let expected = if of_session == refused {
            refused
        } else {
            "accepted"
        };
        assert_eq!(name_of(&result), expected, "{accepted:?}");
    }
}

#[test]
fn a_refusal_names_the_type_that_the_header_names() {
    let at_jwt = header(json!("at+jwt"), json!(null));
    for (accepted, header, expected) in [
        (
            TokenTypes::OAUTH,
            m2m_header(),
            "invalid token: it is an M2M token, which this verifier does not accept; see VerifierBuilder::accept",
        ),
        (
            TokenTypes::M2M,
            at_jwt,
            "invalid token: it is an OAuth access token, which this verifier does not accept; see VerifierBuilder::accept",
        ),
        (
            TokenTypes::OAUTH,
            header(json!("JWT"), json!(SESSION)),
            "invalid machine token: it is a session token; Verifier::verify takes such tokens",
        ),
        (
            TokenTypes::API_KEY,
            header(json!("JWT"), json!(TEMPLATE)),
            "invalid machine token: it is a token of a JWT template; Verifier::verify_template takes such tokens",
        ),
        (
            TokenTypes::OAUTH,
            header(json!("JWT"), json!(null)),
            "invalid machine token: this verifier accepts no M2M tokens that are JWTs; see VerifierBuilder::accept",
        ),
    ] {
        let token = token(&header, &claims());
        let error = verify(builder().accept(accepted), &token).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("token-type-mismatch: {expected}")
        );
    }
}

/// A verifier that has the JWT public key needs no network for the JWTs of machines.
#[test]
fn jwts_of_machines_need_no_secret_key() {
    let soon = m2m_with(json!({ "exp": 4_000_000_000_i64, "iat": null, "nbf": null }));
    let token = token(&m2m_header(), &soon);
    let builder = Verifier::from_jwt_key(Signer::first().pem()).accept(TokenTypes::M2M_JWT);
    assert_eq!(verify(builder, &token).unwrap().subject, "mch_1");
}

/// Without a category (`cat`), the claims decide whether a token is of a session or a machine.
#[test]
fn tokens_without_a_category_are_told_from_each_other() {
    let untagged = header(json!("JWT"), json!(null));
    let session = token(&untagged, &claims());
    let machine = token(&untagged, &m2m_with(json!({})));
    let neither = token(&untagged, &claims_with(json!({ "sid": null })));
    let pending = token(&untagged, &claims_with(json!({ "sts": "pending" })));
    let expired = token(&untagged, &m2m_with(json!({ "exp": NOW - 60 })));
    for (token, expected) in [
        (&session, "user_1"),
        (&machine, "mch_1"),
        (&neither, "token-type-mismatch"),
        (&pending, "session-token-pending"),
        (&expired, "token-expired"),
    ] {
        assert_eq!(sender(builder().accept(all()), token), expected);
    }
    let machines = || builder().accept(TokenTypes::M2M);
    assert_eq!(sender(machines(), &session), "token-type-mismatch");
    assert_eq!(sender(machines(), &machine), "mch_1");
}

/// The creator of an M2M token chooses its custom claims. A custom claim may have the name of a
/// claim of session tokens.
#[test]
fn custom_claims_of_a_machine_do_not_hide_its_kind() {
    let untagged = header(json!("JWT"), json!(null));
    for custom in [
        json!({ "v": "1.2" }),
        json!({ "v": -1 }),
        json!({ "act": "sync" }),
        json!({ "sts": 7 }),
        json!({ "sid": 7 }),
        json!({ "azp": ["https://example.com"] }),
    ] {
        let machine = token(&untagged, &m2m_with(custom.clone()));
        assert_eq!(sender(builder().accept(all()), &machine), "mch_1");
        let sessions = builder().build().unwrap();
        let refused = run(sessions.verify(&machine));
        assert_eq!(name_of(&refused), "token-type-mismatch", "{custom}");
        // In the token of a session, the same claims are malformed.
        let session = token(&untagged, &claims_with(custom.clone()));
        let refused = sender(builder().accept(all()), &session);
        assert_eq!(refused, "token-invalid", "{custom}");
    }
}
