//! Bodies that are not quite JSON, or have an unexpected form: the valid parts are kept.

use clerk_client::http::StatusCode;
use clerk_client::transport::{HttpResponse, decode};
use clerk_client::webhooks::{WebhookData, WebhookEvent};
use clerk_client::{Error, Metadata, OperationInfo, User};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<R: DeserializeOwned>(status: u16, body: impl AsRef<[u8]>) -> Result<R, Error> {
    let mut response = HttpResponse::new(body.as_ref().to_vec().into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    decode(&OperationInfo::all()[0], response)
}

#[test]
fn lone_surrogates_become_replacement_characters() {
    for (escaped, text) in [
        (r"\ud83d", "\u{fffd}"),
        (r"\udc00", "\u{fffd}"),
        (r"\uD83D\uD83D\uDE00", "\u{fffd}😀"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"a\ud83d\\u", "a\u{fffd}\\u"),
        (r"\\ud83d \ud83d", "\\ud83d \u{fffd}"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"ü\ud83dü", "ü\u{fffd}ü"),
        (r"\ud83d\ude00\ude00", "😀\u{fffd}"),
    ] {
        let body = format!(
            r#"[{{"id":"u","first_name":"{escaped}","public_metadata":{{"{escaped}":"{escaped}"}}}},{{"id":"v"}}]"#
        );
        let users: Vec<User> = read(200, &body).unwrap();
        assert_eq!(users.len(), 2);
        assert_eq!(users[0].first_name.as_deref(), Some(text), "{escaped}");
        let metadata: Value = users[0].public_metadata.get().unwrap();
        assert_eq!(metadata, json!({ text: text }));

        let event =
            format!(r#"{{"type":"user.created","data":{{"id":"u","last_name":"{escaped}"}}}}"#);
        let event = WebhookEvent::from_slice(event.as_bytes()).unwrap();
        let WebhookData::UserCreated(user) = event.data else {
            panic!("{event:?}");
        };
        assert_eq!(user.last_name.as_deref(), Some(text));

        let body = format!(r#"{{"errors":[{{"long_message":"{escaped}","code":"c"}}]}}"#);
        let error = read::<()>(422, &body).unwrap_err();
        assert_eq!(error.code(), Some("c"));
        assert_eq!(error.clerk_errors()[0].long_message, text);

        let metadata: Metadata = serde_json::from_str(&format!(r#"{{"a":"{escaped}"}}"#)).unwrap();
        assert_eq!(metadata.get::<Value>().unwrap(), json!({ "a": text }));
    }
    // Other invalid escapes remain errors, and so does a newline that is not escaped.
    for escaped in [r"\ud83", r"\x", r"\ud83d\x", "\n"] {
        read::<User>(200, format!(r#"{{"id":"{escaped}"}}"#)).unwrap_err();
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let user: User = read(200, "\u{feff}{\"id\":\"u\"}").unwrap();
    assert_eq!(user.id, "u");
    let error = read::<()>(404, "\u{feff}{\"errors\":[{\"code\":\"c\"}]}").unwrap_err();
    assert_eq!(error.code(), Some("c"));
    let event = "\u{feff}{\"type\":\"user.deleted\",\"data\":{\"id\":\"u\"}}";
    WebhookEvent::from_slice(event.as_bytes()).unwrap();
    // A body that contains only a byte order mark is empty.
    read::<Option<User>>(200, "\u{feff}").unwrap();
    let error = read::<User>(200, "\u{feff}{\"id\":\"u\",\"banned\":7}").unwrap_err();
    assert!(error.to_string().contains("at banned: "), "{error}");
}

#[test]
fn bytes_that_are_not_utf8_become_replacement_characters() {
    let with =
        |prefix: &str, suffix: &str| [prefix.as_bytes(), b"caf\xe9", suffix.as_bytes()].concat();
    let users: Vec<User> =
        read(200, with(r#"[{"id":"u","username":""#, r#""},{"id":"v"}]"#)).unwrap();
    assert_eq!(users[0].username.as_deref(), Some("caf\u{fffd}"));
    assert_eq!(users[1].id, "v");
    let error = read::<()>(
        422,
        with(r#"{"errors":[{"message":""#, r#"","code":"c"}]}"#),
    );
    let error = error.unwrap_err();
    assert_eq!(error.code(), Some("c"));
    assert_eq!(error.clerk_errors()[0].message, "caf\u{fffd}");
    // A body in UTF-16 is an error, and so is a body with many bytes that are not UTF-8.
    let utf16: Vec<u8> = r#"{"id":"u"}"#.encode_utf16().flat_map(u16::to_be_bytes).collect();
    read::<User>(200, utf16).unwrap_err();
    let error = read::<User>(200, [b"\xe9".repeat(5_000), b"{}".to_vec()].concat()).unwrap_err();
    assert!(
        error.to_string().contains("the body is not UTF-8"),
        "{error}"
    );
}

#[test]
fn an_error_that_is_cut_off_keeps_what_came_before() {
    let body = r#"{"clerk_trace_id":"t","errors":[{"code":"c","meta":{"param_name":"p"},"message":"m"},{"code":"d","mess"#;
    let error = read::<()>(422, body).unwrap_err();
    assert_eq!((error.code(), error.trace_id()), (Some("c"), Some("t")));
    assert_eq!(error.clerk_errors().len(), 2);
    assert_eq!(error.for_param("p").len(), 1);
}

#[test]
fn parts_of_an_error_with_another_form_are_skipped() {
    for (body, codes) in [
        (r#"{"errors":{"code":"c"}}"#, &[][..]),
        (
            r#"{"errors":[1,"x",null,[{"code":"x"}],{"code":"c"},true,1.5,-1]}"#,
            &["c"],
        ),
        (
            r#"{"errors":[{"code":7,"message":["m"]},{"code":"c","meta":[]}]}"#,
            &["", "c"],
        ),
        (
            r#"{"meta":7,"clerk_trace_id":{},"errors":[{"code":"c"}]}"#,
            &["c"],
        ),
        (r#"[{"errors":[{"code":"c"}]}]"#, &[]),
        (r#""errors""#, &[]),
        ("null", &[]),
    ] {
        let error = read::<()>(422, body).unwrap_err();
        let found: Vec<&str> = error
            .clerk_errors()
            .iter()
            .map(|error| &*error.code)
            .collect();
        assert_eq!(found, codes, "{body}");
        assert_eq!(error.trace_id(), None);
    }
}

#[test]
fn an_event_with_an_odd_envelope_keeps_its_data() {
    for odd in [
        r#""timestamp":"2026-01-01T00:00:00Z""#,
        r#""timestamp":{}"#,
        r#""timestamp":[1]"#,
        r#""timestamp":null"#,
        r#""timestamp":1e300"#,
        r#""event_attributes":"none""#,
        r#""event_attributes":[]"#,
        r#""event_attributes":{"http_request":"GET /"}"#,
        r#""event_attributes":{"http_request":{"client_ip":7}}"#,
        r#""instance_id":7"#,
        r#""instance_id":{"id":"ins_1"}"#,
    ] {
        let body = format!(r#"{{"type":"user.deleted",{odd},"data":{{"id":"u"}}}}"#);
        let event = WebhookEvent::from_slice(body.as_bytes()).unwrap();
        assert_eq!(event.data.event_type(), "user.deleted", "{odd}");
        assert_eq!(event.event_attributes, None, "{odd}");
    }
    let timestamp = |text: &str| {
        let body = format!(r#"{{"type":"a","timestamp":{text},"data":{{}}}}"#);
        WebhookEvent::from_slice(body.as_bytes()).unwrap().timestamp
    };
    assert_eq!(timestamp("1716883200123"), 1_716_883_200_123);
    assert_eq!(timestamp("1716883200.9"), 1_716_883_200);
    assert_eq!(timestamp("\"x\""), 0);
}
