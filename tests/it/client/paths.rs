//! Ids in paths: no id makes a request reach another endpoint.

use std::collections::BTreeSet;

use clerk_client::mock::Reply;
use clerk_client::requests::PageParams;
use clerk_client::{ErrorKind, OperationInfo, http::Method};

use crate::support::samples::{path_with, sample_call, sampler};
use crate::support::{client_replying, run};

/// Returns ids with their encoded segment, or `None` if the id is rejected.
fn cases() -> Vec<(String, Option<String>)> {
    let own = |id: &str, segment: Option<&str>| (id.to_owned(), segment.map(str::to_owned));
    vec![
        own("user_2abc", Some("user_2abc")),
        own("", None),
        own(".", None),
        own("..", None),
        own("count", None),
        own("ban", None),
        own("unban", None),
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
    let with_ids = |info: &&OperationInfo| info.route().contains('{');
    for info in OperationInfo::all().iter().filter(with_ids) {
        for (id, segment) in cases() {
            let (clerk, requests) = client_replying(|| Reply::bytes(500, ""));
            let call = sample_call(&clerk, info, &sampler("", 0).with_all(&id));
            let error = run(call.send()).err().unwrap();
            let requests = requests.lock().unwrap();
            let shown: String = id.chars().take(20).collect();
            match segment {
                Some(segment) => {
                    let path = path_with(info, &segment);
                    assert_eq!(requests.len(), 1, "{} {shown:?}", info.operation_id());
                    assert_eq!(requests[0].path(), format!("/v1{path}"));
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

/// The words come from the table of operations: literal segments of a route where another route
/// has an id.
#[test]
fn words_that_are_endpoints_are_no_ids() {
    let mut words = BTreeSet::new();
    for info in OperationInfo::all() {
        for other in OperationInfo::all() {
            let (route, other) = (info.route().split('/'), other.route().split('/'));
            let pair = route.zip(other).find(|(part, word)| part != word);
            if let Some((part, word)) =
                pair.filter(|(part, word)| part.starts_with('{') && !word.starts_with('{'))
            {
                words.insert((part, word));
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
    }
    let expected = ["ban", "count", "unban"].map(|word| ("{user_id}", word));
    assert_eq!(words, BTreeSet::from(expected));
}

#[test]
fn other_path_parameters_are_encoded_or_rejected() {
    for (id, segment) in cases() {
        let (clerk, requests) = client_replying(|| Reply::json(200, &[(); 0]));
        // Only below `/users` are `count`, `ban` and `unban` endpoints, so providers may have these
        // names.
        let segment = segment.or_else(|| {
            ["count", "ban", "unban"]
                .contains(&&*id)
                .then(|| id.clone())
        });
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
