//! Validation of the client's settings, of base URLs and of headers.

use clerk_client::mock::{FakeClerk, Reply};
use clerk_client::requests::CreateM2mTokenRequest;
use clerk_client::{Clerk, ErrorKind, RateLimit, SecretKey, TokioTransport, http::Method};

use crate::support::{client_replying, key, run};

#[test]
fn malformed_keys_are_rejected() {
    for (key, why) in [
        ("", "is empty"),
        (" sk_test_abc", "white space"),
        ("sk_test_abc\n", "newline"),
        ("sk_test_a bc", "at byte 9"),
        ("sk_test_a\0bc", "at byte 9"),
        ("sk_test_ábc", "at byte 8"),
        ("pk_live_abc", "publishable"),
        ("sk_test_", "form"),
        ("sk_live_", "form"),
        ("abc", "form"),
        ("ak_abc", "SecretKey::machine"),
        ("Bearer sk_test_abc", "at byte 6"),
    ] {
        let error = SecretKey::new(key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = error.to_string();
        assert!(
            shown.starts_with("configuration: invalid secret key: "),
            "{shown}"
        );
        assert!(shown.contains(why), "{shown}");
        assert!(!shown.contains("abc"), "{shown}");
    }
    assert!(SecretKey::new("sk_live_a").unwrap().is_live());
    assert!(!SecretKey::new("sk_test_a").unwrap().is_live());
}

#[test]
fn malformed_keys_of_machines_are_rejected() {
    for (key, why) in [
        ("", "is empty"),
        ("ak_abc ", "white space"),
        ("ak_a\nbc", "at byte 4"),
        ("pk_live_abc", "publishable"),
        ("sk_live_abc", "SecretKey::new"),
        ("ak_", "form"),
        ("mt_abc", "form"),
    ] {
        let error = SecretKey::machine(key).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = error.to_string();
        assert!(
            shown.starts_with("configuration: invalid secret key: "),
            "{shown}"
        );
        assert!(shown.contains(why), "{shown}");
        assert!(!shown.contains("abc"), "{shown}");
    }
}

#[test]
fn the_key_of_a_machine_authenticates_its_requests() {
    let machine = SecretKey::machine("ak_hush").unwrap();
    assert!(machine.is_machine() && !machine.is_live());
    assert!(!key().is_machine());
    assert_eq!(RateLimit::of(&machine), RateLimit::TEST);
    assert!(!format!("{machine:?}").contains("hush"));

    let clerk = Clerk::new(FakeClerk::new(), machine);
    let call = clerk
        .m2m_tokens()
        .create_m2m_token(CreateM2mTokenRequest::new());
    let request = call.into_request().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer ak_hush");
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn unsafe_base_urls_are_rejected() {
    for (url, why) in [
        ("", "malformed"),
        ("api.clerk.com/v1", ""),
        ("/v1", "no scheme or no host"),
        ("https://", ""),
        ("https:///v1", ""),
        ("https://api.clerk.com:0x50/v1", ""),
        ("https://api.clerk.com:99999/v1", "port"),
        ("https://api.clerk.com/v1?x=1", "query"),
        ("https://api.clerk.com/v1#x", "fragment"),
        ("https://api.clerk.com/v1/../v2", "segment"),
        ("https://api.clerk.com/v1/%2e%2E/v2", "segment"),
        ("https://api.clerk.com/v1/.%2e", "segment"),
        ("https://api.clerk.com/%2E/v1", "segment"),
        ("https://user:pass@api.clerk.com/v1", "user or password"),
        ("https://api clerk.com", "malformed"),
        ("ftp://api.clerk.com/v1", "use https (or http on loopback)"),
        ("http://api.clerk.com/v1", "unencrypted"),
        ("http://127.0.0.1.example.com/v1", "unencrypted"),
        ("http://localhost.example.com/v1", "unencrypted"),
        ("http://10.0.0.1/v1", "unencrypted"),
    ] {
        let built = Clerk::builder(FakeClerk::new(), key())
            .base_url(url)
            .build();
        let error = built.expect_err(url);
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let shown = error.to_string();
        assert!(
            shown.starts_with("configuration: invalid base URL "),
            "{shown}"
        );
        assert!(
            shown.contains(why) && !shown.contains("pass@"),
            "{url}: {shown}"
        );
    }
}

#[test]
fn base_urls_are_joined_with_paths() {
    for (url, expected) in [
        (
            "https://api.clerk.com/v1",
            "https://api.clerk.com/v1/users/u",
        ),
        (
            "https://api.clerk.com/v1/",
            "https://api.clerk.com/v1/users/u",
        ),
        (
            "https://api.clerk.dev/v1",
            "https://api.clerk.dev/v1/users/u",
        ),
        (
            "https://proxy.example.com",
            "https://proxy.example.com/users/u",
        ),
        (
            "https://proxy.example.com/",
            "https://proxy.example.com/users/u",
        ),
        (
            "https://proxy.example.com/a/b%20c/",
            "https://proxy.example.com/a/b%20c/users/u",
        ),
        (
            "https://proxy.example.com/v1%2e2/",
            "https://proxy.example.com/v1%2e2/users/u",
        ),
        (
            "http://127.0.0.1:4010/v1",
            "http://127.0.0.1:4010/v1/users/u",
        ),
        ("http://127.8.9.1", "http://127.8.9.1/users/u"),
        ("http://[::1]:4010", "http://[::1]:4010/users/u"),
        ("http://localhost:4010", "http://localhost:4010/users/u"),
        (
            "http://clerk.internal/v1",
            "http://clerk.internal/v1/users/u",
        ),
    ] {
        let builder = Clerk::builder(FakeClerk::new(), key()).base_url(url);
        let clerk = builder.allow_http("clerk.internal").build().unwrap();
        let request = clerk.users().get_user("u").into_request().unwrap();
        assert_eq!(request.uri().to_string(), expected);
    }
}

#[test]
fn invalid_versions_and_user_agents_are_rejected() {
    let builder = || Clerk::builder(FakeClerk::new(), key());
    for version in ["", "2026", "2026-05-1x", "2026-05-12\n", "12-05-2026", "v1"] {
        builder().api_version(version).build().unwrap_err();
        let call = builder()
            .build()
            .unwrap()
            .users()
            .get_user("u")
            .api_version(version);
        assert_eq!(
            call.into_request().unwrap_err().kind(),
            ErrorKind::InvalidRequest
        );
    }
    builder().user_agent("a\nb").build().unwrap_err();

    let clerk = builder()
        .api_version("2025-11-10")
        .user_agent("my-app/1")
        .build()
        .unwrap();
    let request = clerk.users().get_user("u").into_request().unwrap();
    assert_eq!(request.headers()["clerk-api-version"], "2025-11-10");
    let user_agent = request.headers()["user-agent"].to_str().unwrap().to_owned();
    assert!(user_agent.starts_with("clerk-client-rust/") && user_agent.ends_with(" my-app/1"));

    let request = clerk
        .users()
        .get_user("u")
        .api_version("2024-10-01")
        .into_request()
        .unwrap();
    let versions: Vec<_> = request
        .headers()
        .get_all("clerk-api-version")
        .iter()
        .collect();
    assert_eq!(versions, ["2024-10-01"]);
}

/// In HTTP/2, a header value that ends with a space is malformed.
#[test]
fn a_user_agent_never_ends_with_a_space() {
    let user_agent = |suffix: &str| {
        let builder = Clerk::builder(FakeClerk::new(), key()).user_agent(suffix);
        let request = builder
            .build()
            .unwrap()
            .users()
            .get_user("u")
            .into_request();
        let value = request.unwrap().headers()["user-agent"].clone();
        value.to_str().unwrap().to_owned()
    };
    let alone = user_agent("");
    assert!(!alone.contains(' '), "{alone:?}");
    assert_eq!(user_agent(" \t"), alone);
    assert_eq!(user_agent(" my-app/1 "), format!("{alone} my-app/1"));
}

#[test]
fn reserved_and_invalid_headers_are_rejected() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"u"}"#));
    run(async {
        clerk
            .users()
            .get_user("u")
            .header("x-request-id", "r1")
            .await
            .unwrap();
        for (name, value) in [
            ("authorization", "Bearer x"),
            ("clerk-api-version", "x"),
            ("content-length", "2"),
            ("host", "elsewhere.example"),
            ("transfer-encoding", "chunked"),
            ("a b", "x"),
            ("a", "x\ny"),
        ] {
            clerk
                .users()
                .get_user("u")
                .header(name, value)
                .await
                .unwrap_err();
        }
        let other = clerk.request::<serde_json::Value>(Method::GET, ["x"]);
        other.header("accept", "text/plain").await.unwrap();
    });
    let requests = requests.lock().unwrap();
    assert_eq!(requests[0].header("x-request-id"), Some("r1"));
    let accept = requests[1].request().headers().get_all("accept").iter();
    assert_eq!(accept.collect::<Vec<_>>(), ["text/plain"]);
}

#[test]
fn creating_a_client_needs_no_runtime() {
    let clerk = Clerk::new(TokioTransport::new().unwrap(), key());
    drop(clerk.users().get_user("user_1"));
}
