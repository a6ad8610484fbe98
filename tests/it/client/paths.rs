//! Ids in paths: no id makes a request reach another endpoint.

use std::collections::BTreeSet;

use clerk_client::mock::Reply;
use clerk_client::models::Done;
use clerk_client::requests::PageParams;
use clerk_client::{ErrorKind, OperationInfo, http::Method, tags};

use crate::support::samples::{path_with, sample_call, sampler};
use crate::support::{client_replying, run};

/// Returns ids, each with its encoded segment. The segment is `None` if the client rejects the id.
fn cases() -> Vec<(String, Option<String>)> {
    let own = |id: &str, segment: Option<&str>| (id.to_owned(), segment.map(str::to_owned));
    vec![
        own("user_2abc", Some("user_2abc")),
        own("", None),
        own(".", None),
        own("..", None),
        own("../organizations", Some("..%2Forganizations")),
        own("a/b", Some("a%2Fb")),
        own("a?b", Some("a%3Fb")),
        own("a#b", Some("a%23b")),
        own("%2e%2e", Some("%252e%252e")),
        own("%2F", Some("%252F")),
        own("a b", Some("a%20b")),
        own("a+b", Some("a%2Bb")),
        own("...", Some("...")),
        own("a\nb", None),
        own("a\0b", None),
        own("a\u{7f}b", None),
        own("a\u{85}b", None),
        own("日本", Some("%E6%97%A5%E6%9C%AC")),
        own("\\..\\x", Some("%5C..%5Cx")),
        ("x".repeat(10_000), Some("x".repeat(10_000))),
        ("x".repeat(70_000), None),
        ("日".repeat(10_000), None),
    ]
}

#[test]
fn ids_are_encoded_into_one_segment_or_rejected() {
    let with_ids = |info: &&OperationInfo| {
        let route = info.route().replace("{template_type}", "email");
        route.contains('{')
    };
    for info in OperationInfo::all().iter().filter(with_ids) {
        for (id, segment) in cases() {
            let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
            let call = sample_call(&clerk, info, &sampler("", 0).with_all(&id));
            let error = run(call.send()).err().unwrap();
            let requests = requests.lock().unwrap();
            let shown: String = id.chars().take(20).collect();
            match segment {
                Some(segment) => {
                    assert_eq!(
                        requests.len(),
                        1,
                        "{} {shown:?}: {error}",
                        info.operation_id()
                    );
                    let path = path_with(info, &segment);
                    let sent = requests[0].path().strip_prefix("/v1").unwrap();
                    assert!(is_same(info, sent, &path), "{sent} and {path}");
                    assert_eq!(requests[0].method(), info.method());
                }
                None => {
                    assert!(
                        requests.is_empty(),
                        "{} {shown:?} was sent",
                        info.operation_id()
                    );
                    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
                    assert_eq!(error.operation_id(), Some(info.operation_id()));
                    assert_eq!(error.attempts(), 0);
                    assert!(error.is_not_sent());
                    assert!(error.to_string().len() < 300, "{error}");
                }
            }
        }
    }
}

/// Whether two paths are equal, apart from segments that are enumerations.
fn is_same(info: &OperationInfo, one: &str, other: &str) -> bool {
    let segments = || one.split('/').zip(other.split('/'));
    one.split('/').count() == other.split('/').count()
        && segments()
            .zip(info.route().split('/'))
            .all(|((one, other), name)| one == other || name == "{template_type}")
}

/// The test collects the words from the routes. Each word is a literal segment of a route, at a
/// place where another route of the same tag has an id.
#[test]
fn words_that_are_endpoints_are_no_ids() {
    let mut words = BTreeSet::new();
    for tag in tags() {
        for (info, other) in pairs(&tag.operations, &tag.operations) {
            let (route, other) = (info.route().split('/'), other.route().split('/'));
            let pair = route.zip(other).find(|(part, word)| part != word);
            let Some((part, word)) =
                pair.filter(|(part, word)| part.starts_with('{') && !word.starts_with('{'))
            else {
                continue;
            };
            words.insert((tag.accessor, part, word));
            let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
            let call = sample_call(&clerk, info, &sampler("an_id", 0).with_all(word));
            let error = run(call.send()).err().unwrap();
            assert!(requests.lock().unwrap().is_empty(), "{word}");
            assert!(
                error.to_string().contains("is an endpoint of the API"),
                "{error}"
            );
        }
    }
    let expected = [
        ("api_keys", "{apiKeyID}", "verify"),
        ("clients", "{client_id}", "verify"),
        ("invitations", "{invitation_id}", "bulk"),
        ("m2m_tokens", "{m2m_token_id}", "verify"),
        ("organization_invitations", "{invitation_id}", "bulk"),
        ("organization_invitations", "{invitation_id}", "pending"),
        ("users", "{user_id}", "ban"),
        ("users", "{user_id}", "count"),
        ("users", "{user_id}", "unban"),
        ("waitlist_entries", "{waitlist_entry_id}", "bulk"),
    ];
    assert_eq!(words, BTreeSet::from(expected));
}

#[test]
fn no_id_reaches_an_endpoint_of_another_tag() {
    let tags = tags();
    for (tag, other_tag) in pairs(&tags, &tags).filter(|(tag, other)| tag.api != other.api) {
        for (info, other) in pairs(&tag.operations, &other_tag.operations) {
            let (route, other_route) = (info.route().split('/'), other.route().split('/'));
            let is_same_length = route.clone().count() == other_route.clone().count();
            let reaches = is_same_length
                && info.method() == other.method()
                && route
                    .zip(other_route)
                    .all(|(part, word)| part == word || part.starts_with('{'));
            let (info, other) = (info.route(), other.route());
            assert!(!reaches, "{info} of {} reaches {other}", tag.api);
        }
    }
}

/// Returns every pair of an item of `ones` and an item of `others`.
fn pairs<'a, T>(ones: &'a [T], others: &'a [T]) -> impl Iterator<Item = (&'a T, &'a T)> {
    let pairs = move |one| others.iter().map(move |other| (one, other));
    ones.iter().flat_map(pairs)
}

/// `count`, `ban` and `unban` are endpoints only directly below `/users`, so providers may have
/// these names.
#[test]
fn other_path_parameters_are_encoded_or_rejected() {
    let words = ["count", "ban", "unban"].map(|word| (word.to_owned(), Some(word.to_owned())));
    for (id, segment) in cases().into_iter().chain(words) {
        let (clerk, requests) = client_replying(|| Reply::json(200, &[(); 0]));
        let tokens = clerk
            .users()
            .get_o_auth_access_token("user_1", &*id, PageParams::new());
        let result = run(tokens);
        let paths: Vec<String> = requests
            .lock()
            .unwrap()
            .iter()
            .map(|request| request.path().to_owned())
            .collect();
        assert_eq!(result.is_ok(), segment.is_some());
        let expected =
            segment.map(|segment| format!("/v1/users/user_1/oauth_access_tokens/{segment}"));
        assert_eq!(paths, Vec::from_iter(expected));
    }
}

#[test]
fn blank_bodies_decode_like_empty_ones() {
    for body in ["", " ", "\r\n", "\u{feff}\n\t"] {
        let (clerk, _) = client_replying(move || Reply::bytes(200, body));
        run(async {
            let call = clerk.request::<()>(Method::POST, ["actions"]);
            call.await.unwrap();
            let call = clerk.request::<Done>(Method::POST, ["actions"]);
            assert_eq!(call.await.unwrap(), Done::default(), "{body:?}");
            let error = clerk.users().get_user("u").await.unwrap_err();
            assert!(error.to_string().contains("found null"), "{error}");
        });
    }
}

#[test]
fn custom_requests_encode_their_segments() {
    let (clerk, requests) = client_replying(|| Reply::bytes(204, ""));
    run(async {
        clerk
            .request::<()>(Method::DELETE, ["organizations", "a/b"])
            .await
            .unwrap();
        clerk
            .request::<()>(Method::POST, ["users", "ban"])
            .json(&["x"])
            .await
            .unwrap();
        for bad in [vec![], vec!["users", ".."], vec!["users", ""], vec!["a\rb"]] {
            let error = clerk.request::<()>(Method::GET, bad).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        }
    });
    let paths: Vec<String> = requests
        .lock()
        .unwrap()
        .iter()
        .map(|request| request.path().to_owned())
        .collect();
    assert_eq!(paths, ["/v1/organizations/a%2Fb", "/v1/users/ban"]);
}
