//! The session cookies.

use clerk_client::auth::{Cookies, PublishableKey, Verifier};
use clerk_client::http::header::COOKIE;
use clerk_client::http::{HeaderMap, HeaderValue};
use serde_json::json;

use super::{SIGNED_IN, authenticate, authenticate_headers, headers};
use crate::auth::signer::{Signer, encoded};
use crate::auth::{NOW, claims, claims_with, clerk_with_keys, reason};
use crate::support::run;

/// The publishable key of `clerk.example.com`.
const KEY: &str = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k";

fn suffix() -> String {
    // The suffix is the first 8 characters of the key's SHA-1 digest in base64url. `clerk-auth` has
    // its own implementation of SHA-1, so the test uses that of ring.
    let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, KEY.as_bytes());
    encoded(digest)[..8].to_owned()
}

#[test]
fn cookies_count_only_if_they_are_accepted() {
    let cookie = format!(
        "{SIGNED_IN}; __session={}",
        Signer::first().token(&claims())
    );
    let pairs = [("cookie", cookie.as_str())];
    assert_eq!(reason(&authenticate(None, &pairs)), "session-token-missing");
    assert_eq!(
        reason(&authenticate(Some(Cookies::any()), &pairs)),
        "accepted"
    );
}

#[test]
fn session_cookies_are_found_among_others() {
    let signer = Signer::first();
    let token = signer.token(&claims());
    let other = Signer::second().token(&claims());
    let own = suffix();
    let missing = "session-token-missing";
    let of = || Cookies::of(&PublishableKey::new(KEY).unwrap());
    for (cookie, any, known) in [
        (format!("__session={token}"), "accepted", "accepted"),
        (
            format!("a=b; __session={token}; c=d"),
            "accepted",
            "accepted",
        ),
        (format!("a=b;__session={token};c"), "accepted", "accepted"),
        (format!("__session=\"{token}\""), "accepted", "accepted"),
        (format!("__session_{own}={token}"), "accepted", "accepted"),
        (format!("__session_AAAAAAAA={token}"), "accepted", missing),
        (
            format!("__session_AAAAAAAA={other}; __session_{own}={token}"),
            "accepted",
            "accepted",
        ),
        (
            format!("__session={other}; __session_{own}={token}"),
            "accepted",
            "accepted",
        ),
        (
            format!("__session={token}; __session={other}"),
            "accepted",
            "accepted",
        ),
        (
            format!("__session={other}"),
            "jwk-kid-mismatch",
            "jwk-kid-mismatch",
        ),
        (format!("__sessions={token}"), missing, missing),
        (format!("x__session={token}"), missing, missing),
        (format!("__Session={token}"), missing, missing),
        (format!("__session_={token}"), missing, missing),
        ("__session=".to_owned(), missing, missing),
        ("__session".to_owned(), missing, missing),
        (";;=;".to_owned(), missing, missing),
    ] {
        let signed_in = format!("{SIGNED_IN}; __client_uat_{own}=1; {cookie}");
        let pairs = [("cookie", signed_in.as_str())];
        let shown = cookie.chars().take(30).collect::<String>();
        assert_eq!(
            reason(&authenticate(Some(Cookies::any()), &pairs)),
            any,
            "{shown}"
        );
        assert_eq!(reason(&authenticate(Some(of()), &pairs)), known, "{shown}");
    }
    // A cookie of another application may contain any bytes.
    let session = format!("__session={token}; {SIGNED_IN}");
    let cookies = [&b"a=Zo\xeb; "[..], session.as_bytes()].concat();
    let mut headers = HeaderMap::new();
    headers.insert(COOKIE, HeaderValue::from_bytes(&cookies).unwrap());
    assert_eq!(
        reason(&authenticate_headers(Some(of()), &headers)),
        "accepted"
    );
    // HTTP/2 may split cookies over several headers.
    let cookie = format!("__session={token}");
    let pairs = [
        ("cookie", "a=\u{e9}"),
        ("cookie", cookie.as_str()),
        ("cookie", SIGNED_IN),
    ];
    assert_eq!(reason(&authenticate(Some(of()), &pairs)), "accepted");
}

#[test]
fn at_most_eight_cookies_are_verified() {
    let token = Signer::first().token(&claims());
    let bad = (0..8).map(|n| format!("__session_{n}=x; __client_uat_{n}=1"));
    let bad: Vec<String> = bad.collect();
    let good = format!("__session_9={token}; __client_uat_9=1");
    let seven = [&bad[1..], std::slice::from_ref(&good)].concat().join("; ");
    let pairs = [("cookie", seven.as_str())];
    assert_eq!(
        reason(&authenticate(Some(Cookies::any()), &pairs)),
        "accepted"
    );
    let eight = [&bad[..], &[good]].concat().join("; ");
    let pairs = [("cookie", eight.as_str())];
    assert_eq!(
        reason(&authenticate(Some(Cookies::any()), &pairs)),
        "token-invalid"
    );
}

#[test]
fn an_outage_is_not_hidden_by_a_malformed_cookie() {
    let token = Signer::first().token(&claims());
    let clerk = clerk_with_keys(|| json!({ "keys": [] }));
    let builder = Verifier::builder(&clerk)
        .any_party()
        .cookies(Cookies::any());
    let verifier = builder.build().unwrap();
    for cookie in [
        format!("__session_a=x; __session={token}"),
        format!("__session_a={token}; __session=x"),
    ] {
        let signed_in = format!("{cookie}; __client_uat=1; __client_uat_a=1");
        let error = run(verifier.authenticate(&headers(&[("cookie", &signed_in)]))).unwrap_err();
        assert_eq!(error.status(), 503, "{cookie}: {error}");
        // If the browser is signed out, the token does not matter.
        for uat in ["__client_uat=0; __client_uat_a=0", "other=1"] {
            let signed_out = format!("{cookie}; {uat}");
            let result = run(verifier.authenticate(&headers(&[("cookie", &signed_out)])));
            let expected = "session-token-but-no-client-uat";
            assert_eq!(reason(&result), expected, "{signed_out}");
        }
    }
}

#[test]
fn the_newest_session_counts() {
    let of = |user: &str, iat: i64| {
        Signer::first().token(&claims_with(json!({ "sub": user, "iat": iat })))
    };
    for order in [[0, 1], [1, 0]] {
        let tokens = [of("user_old", NOW - 20), of("user_new", NOW - 10)];
        let cookie = format!(
            "{SIGNED_IN}; __client_uat_a=1; __session_a={}; __session={}",
            tokens[order[0]], tokens[order[1]]
        );
        let claims = authenticate(Some(Cookies::any()), &[("cookie", &cookie)]).unwrap();
        assert_eq!(claims.user_id, "user_new");
    }
}

#[test]
fn a_token_from_before_the_last_change_of_the_sign_in_is_refused() {
    let token = Signer::first().token(&claims());
    let own = suffix();
    let of = || Cookies::of(&PublishableKey::new(KEY).unwrap());
    let (out, before) = (
        "session-token-but-no-client-uat",
        "session-token-iat-before-client-uat",
    );
    for (session, uat, expected) in [
        ("__session", format!("__client_uat={NOW}"), "accepted"),
        ("__session", format!("__client_uat={}", NOW - 1), "accepted"),
        ("__session", format!("__client_uat=\"{NOW}\""), "accepted"),
        ("__session", format!("__client_uat={}", NOW + 1), before),
        (
            "__session",
            "__client_uat=18446744073709551615".to_owned(),
            before,
        ),
        // If `__client_uat` is missing, zero or malformed, the verifier treats the browser as
        // signed out.
        ("__session", String::new(), out),
        ("__session", "__client_uat".to_owned(), out),
        ("__session", "__client_uat=".to_owned(), out),
        ("__session", "__client_uat=0".to_owned(), out),
        ("__session", "__client_uat=00".to_owned(), out),
        ("__session", "__client_uat=x".to_owned(), out),
        ("__session", "__client_uat=-1".to_owned(), out),
        ("__session", "__client_uat=+1".to_owned(), out),
        ("__session", "__client_uat=1.5".to_owned(), out),
        ("__session", "__client_uat=1e9".to_owned(), out),
        (
            "__session",
            "__client_uat=99999999999999999999".to_owned(),
            out,
        ),
        ("__session", "__Client_uat=1".to_owned(), out),
        // If there are several values, the strictest one applies. The order does not matter.
        (
            "__session",
            format!("__client_uat=0; __client_uat={NOW}"),
            out,
        ),
        (
            "__session",
            format!("__client_uat={NOW}; __client_uat=0"),
            out,
        ),
        (
            "__session",
            format!("__client_uat={NOW}; __client_uat=x"),
            out,
        ),
        (
            "__session",
            format!("__client_uat={NOW}; __client_uat={}", NOW + 1),
            before,
        ),
        (
            "__session",
            format!("__client_uat={}; __client_uat=1", NOW + 1),
            before,
        ),
        (
            "__session",
            "__client_uat=1; __client_uat=2".to_owned(),
            "accepted",
        ),
        // A session cookie is checked against the `__client_uat` with the same suffix.
        ("__session_own", "__client_uat_own=1".to_owned(), "accepted"),
        (
            "__session_own",
            "__client_uat_own=1; __client_uat=0".to_owned(),
            "accepted",
        ),
        (
            "__session_own",
            "__client_uat_own=1; __client_uat_AAAAAAAA=0".to_owned(),
            "accepted",
        ),
        (
            "__session_own",
            "__client_uat_own=0; __client_uat=1".to_owned(),
            out,
        ),
        ("__session_own", "__client_uat=1".to_owned(), out),
        ("__session_own", "__client_uat_AAAAAAAA=1".to_owned(), out),
        ("__session", "__client_uat_own=1".to_owned(), out),
    ] {
        let uat = uat.replace("_own", &format!("_{own}"));
        let cookie = format!(
            "{}={token}; {uat}",
            session.replace("_own", &format!("_{own}"))
        );
        for cookies in [of(), Cookies::any()] {
            let result = authenticate(Some(cookies), &[("cookie", &cookie)]);
            assert_eq!(reason(&result), expected, "{session}, {uat}");
        }
        // A bearer token comes from a script, so `__client_uat` does not matter.
        let value = format!("Bearer {token}");
        let pairs = [("authorization", value.as_str()), ("cookie", uat.as_str())];
        assert_eq!(
            reason(&authenticate(Some(of()), &pairs)),
            "accepted",
            "{uat}"
        );
    }
}
