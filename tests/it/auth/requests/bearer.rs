//! The header `Authorization: Bearer`.

use clerk_client::auth::Cookies;

use super::{SIGNED_IN, authenticate};
use crate::auth::signer::Signer;
use crate::auth::{claims, reason};

#[test]
fn the_bearer_token_of_a_request_is_verified() {
    let token = Signer::first().token(&claims());
    let missing = "session-token-missing";
    for (value, expected) in [
        (format!("Bearer {token}"), "accepted"),
        (format!("bearer {token}"), "accepted"),
        (format!("BEARER {token}"), "accepted"),
        (format!("Bearer   {token} "), "accepted"),
        ("Bearer".to_owned(), "token-invalid"),
        ("bearer ".to_owned(), "token-invalid"),
        ("Bearer   ".to_owned(), "token-invalid"),
        (format!("Bearer\t{token}"), "token-invalid"),
        (format!("Bearer,{token}"), "token-invalid"),
        (format!("Bearer{token}"), missing),
        (format!("Basic {token}"), missing),
        (format!("Token {token}"), missing),
        (token.clone(), missing),
        (String::new(), missing),
        (format!("Bearer {token} {token}"), "token-invalid"),
        (format!("Bearer {token},"), "token-invalid"),
        (format!("Bearer \"{token}\""), "token-invalid"),
        (format!("Bearer é{token}"), "token-invalid"),
        ("Bearer x".to_owned(), "token-invalid"),
    ] {
        let result = authenticate(None, &[("authorization", &value)]);
        assert_eq!(reason(&result), expected, "{value:.20}");
    }
    assert_eq!(reason(&authenticate(None, &[])), missing);
    let value = format!("Bearer {token}");
    let twice = [
        ("authorization", value.as_str()),
        ("authorization", value.as_str()),
    ];
    assert_eq!(reason(&authenticate(None, &twice)), "token-invalid");
    let mixed = [
        ("authorization", value.as_str()),
        ("authorization", "Basic x"),
    ];
    assert_eq!(reason(&authenticate(None, &mixed)), "token-invalid");
}

#[test]
fn refusals_say_what_rfc_6750_asks_for() {
    let error = authenticate(None, &[]).unwrap_err();
    let response = error.to_response();
    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
    assert_eq!(response.body(), r#"{"error":"session-token-missing"}"#);
    let error = authenticate(None, &[("authorization", "Bearer x")]).unwrap_err();
    assert_eq!(
        error.www_authenticate().unwrap(),
        r#"Bearer error="invalid_token", error_description="token-invalid""#
    );
}

#[test]
fn a_bad_bearer_token_is_not_replaced_by_a_cookie() {
    let cookie = format!(
        "{SIGNED_IN}; __session={}",
        Signer::first().token(&claims())
    );
    for value in ["Bearer x", "Bearer", "bearer ", "Bearer\t"] {
        let pairs = [("authorization", value), ("cookie", cookie.as_str())];
        assert_eq!(
            reason(&authenticate(Some(Cookies::any()), &pairs)),
            "token-invalid",
            "{value:?}"
        );
    }
    let pairs = [("authorization", "Basic x"), ("cookie", cookie.as_str())];
    assert_eq!(
        reason(&authenticate(Some(Cookies::any()), &pairs)),
        "accepted"
    );
}
