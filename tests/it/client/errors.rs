//! Errors of responses and transports: their parts, and their text.

use std::error::Error as _;
use std::time::Duration;

use clerk_client::mock::Reply;
use clerk_client::transport::TransportErrorKind;
use clerk_client::{Error, ErrorKind, OperationInfo, http::Method};
use serde_json::{Value, json};

use crate::support::samples::{sample_call, sampler};
use crate::support::{client_replying, run};

const CLERK: &str = r#"{"errors":[{"message":"is missing","long_message":"first_name is missing","code":"form_param_missing","meta":{"param_name":"first_name"}},{"message":"taken","long_message":"That email address is taken.","code":"form_identifier_exists","meta":{"param_name":"email_address"}}],"meta":{"x":1},"clerk_trace_id":"trace-in-body"}"#;

/// A response, and the properties of the error made from it.
struct Case {
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    kind: ErrorKind,
    code: Option<&'static str>,
    trace_id: Option<&'static str>,
    retry_after: Option<u64>,
    line: &'static str,
}

const CASES: &[Case] = &[
    Case {
        status: 422,
        headers: &[
            ("content-type", "application/json"),
            ("clerk-trace-id", "in-header"),
        ],
        body: CLERK,
        kind: ErrorKind::Api,
        code: Some("form_param_missing"),
        trace_id: Some("trace-in-body"),
        retry_after: None,
        line: "GetUser: 422 Unprocessable Entity: form_param_missing: first_name is missing (and 1 more) [trace trace-in-body]",
    },
    Case {
        status: 404,
        headers: &[
            ("content-type", "application/json; charset=utf-8"),
            ("Clerk-Trace-Id", "in-header"),
            ("cf-ray", "ray"),
        ],
        body: r#"{"errors":[{"message":"not found","code":"resource_not_found"}]}"#,
        kind: ErrorKind::Api,
        code: Some("resource_not_found"),
        trace_id: Some("in-header"),
        retry_after: None,
        line: "GetUser: 404 Not Found: resource_not_found: not found [trace in-header]",
    },
    Case {
        status: 429,
        headers: &[("retry-after", "7")],
        body: r#"{"errors":[{"message":"Too many requests","long_message":"Slow down","code":"too_many_requests"}]}"#,
        kind: ErrorKind::Api,
        code: Some("too_many_requests"),
        trace_id: None,
        retry_after: Some(7),
        line: "GetUser: 429 Too Many Requests: too_many_requests: Slow down; retry after 7 s",
    },
    Case {
        status: 503,
        headers: &[
            ("retry-after", "Wed, 21 Oct 2015 07:28:10 GMT"),
            ("date", "Wed, 21 Oct 2015 07:28:00 GMT"),
            ("cf-ray", "ray"),
        ],
        body: "",
        kind: ErrorKind::Api,
        code: None,
        trace_id: Some("ray"),
        retry_after: Some(10),
        line: "GetUser: 503 Service Unavailable: not a Clerk error body (0 bytes); retry after 10 s [trace ray]",
    },
    Case {
        status: 502,
        headers: &[("content-type", "text/html")],
        body: "<html>\nBad gateway</html>",
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 502 Bad Gateway: not a Clerk error body (25 bytes, text/html)",
    },
    Case {
        status: 520,
        headers: &[],
        body: "error code: 520",
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 520: not a Clerk error body (15 bytes)",
    },
    Case {
        status: 401,
        headers: &[],
        body: r#"{"errors":[{"message":"Unauthenticated"}]}"#,
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 401 Unauthorized: Unauthenticated",
    },
    Case {
        status: 400,
        headers: &[],
        body: r#"{"errors":[{}]}"#,
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 400 Bad Request: a Clerk error without a code and a message",
    },
    Case {
        status: 302,
        headers: &[("location", "https://elsewhere.example/")],
        body: "",
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 302 Found: redirects are not followed; is the base URL right?",
    },
    Case {
        status: 304,
        headers: &[],
        body: "",
        kind: ErrorKind::Api,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 304 Not Modified: redirects are not followed; is the base URL right?",
    },
    Case {
        status: 400,
        headers: &[],
        body: r#"{"errors":[{"message":{"odd":1},"code":"c","meta":[]},7],"clerk_trace_id":5}"#,
        kind: ErrorKind::Api,
        code: Some("c"),
        trace_id: None,
        retry_after: None,
        line: "GetUser: 400 Bad Request: c",
    },
    Case {
        status: 200,
        headers: &[("clerk-trace-id", "t")],
        body: r#"{"id":"user_1","email_addresses":[{"id":"#,
        kind: ErrorKind::Decode,
        code: None,
        trace_id: Some("t"),
        retry_after: None,
        line: "GetUser: 200 OK, but the body could not be decoded: the body is not JSON: EOF while parsing a value at line 1 column 40 [trace t]",
    },
    Case {
        status: 204,
        headers: &[("clerk-trace-id", "t")],
        body: "",
        kind: ErrorKind::Decode,
        code: None,
        trace_id: Some("t"),
        retry_after: None,
        line: "GetUser: 204 No Content, but the body could not be decoded: expected an object (User), found null [trace t]",
    },
    Case {
        status: 200,
        headers: &[("content-type", "text/html")],
        body: "<html>",
        kind: ErrorKind::Decode,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 200 OK, but the body could not be decoded: the body is not JSON: expected value at line 1 column 1",
    },
    Case {
        status: 200,
        headers: &[],
        body: r#"{"username":"ada"}"#,
        kind: ErrorKind::Decode,
        code: None,
        trace_id: None,
        retry_after: None,
        line: "GetUser: 200 OK, but the body could not be decoded: missing field `id`",
    },
];

fn get_user(case: &'static Case) -> Error {
    let (clerk, _) = client_replying(move || {
        let reply = Reply::bytes(case.status, case.body);
        case.headers
            .iter()
            .fold(reply, |reply, (name, value)| reply.header(*name, *value))
    });
    run(clerk.users().get_user("user_1")).unwrap_err()
}

#[test]
fn errors_keep_the_whole_response() {
    for case in CASES {
        let error = get_user(case);
        assert_eq!(error.to_string(), case.line);
        assert_eq!(error.kind(), case.kind, "{error}");
        assert_eq!(error.operation_id(), Some("GetUser"));
        assert_eq!(error.status().unwrap(), case.status);
        assert_eq!(error.code(), case.code);
        assert_eq!(error.trace_id(), case.trace_id);
        assert_eq!(
            error.retry_after(),
            case.retry_after.map(Duration::from_secs)
        );
        assert_eq!(error.body(), case.body.as_bytes());
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_not_sent());
        for (name, value) in case.headers {
            assert_eq!(error.headers().unwrap()[*name], value);
        }
    }
}

#[test]
fn json_is_decoded_without_a_content_type() {
    let (clerk, _) = client_replying(|| Reply::bytes(200, r#" {"id":"user_1"} "#));
    let user = run(clerk.users().get_user("user_1")).unwrap();
    assert_eq!(user.id, "user_1");
}

#[test]
fn errors_can_be_filtered_by_parameter() {
    let error = get_user(&CASES[0]);
    let of = |name| {
        error
            .for_param(name)
            .iter()
            .map(|error| &*error.long_message)
            .collect::<Vec<_>>()
    };
    assert_eq!(of("email_address"), ["That email address is taken."]);
    assert_eq!(of("first_name"), ["first_name is missing"]);
    assert!(of("last_name").is_empty());
    let meta: Value = error.clerk_errors()[0].meta.get().unwrap();
    assert_eq!(meta, json!({ "param_name": "first_name" }));
}

#[test]
fn errors_are_classified_by_the_status_of_the_response() {
    for status in [400, 401, 403, 404, 409, 422, 429, 500] {
        let (clerk, _) = client_replying(move || Reply::bytes(status, ""));
        let error = run(clerk.users().get_user("user_1")).unwrap_err();
        assert_eq!(error.is_not_found(), status == 404);
        assert_eq!(error.is_rate_limited(), status == 429);
        assert_eq!(error.is_unauthorized(), status == 401);
        assert_eq!(error.is_conflict(), status == 409);
        assert!(!error.is_timeout() && !error.is_not_sent());
    }
}

#[test]
fn retry_after_accepts_seconds_and_dates() {
    const DATE: &str = "Wed, 21 Oct 2015 07:28:00 GMT";
    for (value, date, expected) in [
        ("0", None, Some(0)),
        ("120", None, Some(120)),
        (" 5 ", None, Some(5)),
        ("99999999999999999999999", None, Some(u64::MAX)),
        ("-1", None, None),
        ("1.5", None, None),
        ("soon", Some(DATE), None),
        (DATE, None, None),
        (DATE, Some(DATE), Some(0)),
        ("Wed, 21 Oct 2015 07:28:30 GMT", Some(DATE), Some(30)),
        ("Wednesday, 21-Oct-15 07:28:30 GMT", Some(DATE), Some(30)),
        ("Wed, 21 Oct 2015 07:27:00 GMT", Some(DATE), Some(0)),
    ] {
        let (clerk, _) = client_replying(move || {
            let reply = Reply::bytes(429, "").header("retry-after", value);
            match date {
                Some(date) => reply.header("date", date),
                None => reply,
            }
        });
        let error = run(clerk.users().get_user("user_1")).unwrap_err();
        assert_eq!(
            error.retry_after(),
            expected.map(Duration::from_secs),
            "{value}"
        );
    }
}

#[test]
fn transport_errors_say_whether_the_request_was_sent() {
    use TransportErrorKind::{
        Body, BodyTooLarge, InvalidRequest, Io, NotSent, Other, Timeout, Tls,
    };
    for (kind, not_sent, timeout) in [
        (NotSent, true, false),
        (Tls, true, false),
        (InvalidRequest, true, false),
        (Timeout, false, true),
        (Io, false, false),
        (Body, false, false),
        (BodyTooLarge, false, false),
        (Other, false, false),
    ] {
        let (clerk, _) = client_replying(move || Reply::fail(kind, "the cable\nwas cut"));
        let error = run(clerk.users().get_user("user_1")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport(kind));
        assert_eq!(
            (error.is_not_sent(), error.is_timeout()),
            (not_sent, timeout),
            "{error}"
        );
        let line = error.to_string();
        assert!(
            line.starts_with("GetUser: ") && line.ends_with(": the cable was cut"),
            "{line}"
        );
        assert_eq!(
            error.source().unwrap().source().unwrap().to_string(),
            "the cable\nwas cut"
        );
        assert_eq!(
            (error.status(), error.headers(), error.body()),
            (None, None, &b""[..])
        );
    }
}

#[test]
fn errors_name_the_operation() {
    for info in OperationInfo::all() {
        let (clerk, _) = client_replying(|| Reply::bytes(500, ""));
        let error = run(sample_call(&clerk, info, &sampler("user_1", 0)).send())
            .err()
            .unwrap();
        assert!(
            error
                .to_string()
                .starts_with(&format!("{}: 500 ", info.operation_id())),
            "{error}"
        );
    }
    let (clerk, _) = client_replying(|| Reply::bytes(500, ""));
    let error = run(async { clerk.request::<()>(Method::GET, ["x"]).await }).unwrap_err();
    assert!(error.to_string().starts_with("request: 500 "), "{error}");
}

#[test]
fn the_text_of_an_error_is_one_line_of_limited_length() {
    let message = format!("a\\nb\\u0007\\u2028c\\u2029{}", "x".repeat(5_000));
    let body = format!(
        r#"{{"errors":[{{"message":"{message}","code":"c\\nd"}}],"clerk_trace_id":"t\\r"}}"#
    );
    let (clerk, _) = client_replying(move || Reply::bytes(400, body.replace("\\\\", "\\")));
    let line = run(clerk.users().get_user("user_1"))
        .unwrap_err()
        .to_string();
    assert!(!line.contains(char::is_control), "{line}");
    assert!(!line.contains(['\u{2028}', '\u{2029}']), "{line:?}");
    assert!(line.len() < 600, "{}", line.len());
    assert!(line.contains(&"x".repeat(100)), "{line}");
}
