//! Limits on responses: no response makes the client panic, loop or use unbounded memory.

use std::fmt::Write;
use std::sync::Arc;

use clerk_client::mock::Reply;
use clerk_client::models::User;
use clerk_client::transport::HttpTransport;
use clerk_client::{
    Clerk, Error, ErrorKind, ReqwestTransport, RetryPolicy, SmolTransport, SurfTransport,
    TokioTransport,
};
use serde_json::Value;

use crate::support::{RawServer, client_replying, client_replying_ok, key, run};

const DEEP: usize = 200_000;

fn get(body: String) -> Result<User, Error> {
    let clerk = client_replying_ok(body);
    run(clerk.users().get_user("user_1"))
}

#[test]
fn json_depth_is_bounded() {
    let (open, close) = ("[".repeat(DEEP), "]".repeat(DEEP));
    let (open_objects, close_objects) = (r#"{"a":"#.repeat(DEEP), "}".repeat(DEEP));
    // Unknown fields are skipped at any depth.
    let user = get(format!(r#"{{"id":"u","new":{open}{close}}}"#)).unwrap();
    assert_eq!(user.id, "u");
    for body in [
        format!("{open}{close}"),
        open.clone(),
        open_objects.clone(),
        format!(r#"{{"id":"u","email_addresses":{open}{close}}}"#),
        format!(r#"{{"id":{open_objects}1{close_objects}}}"#),
    ] {
        let error = get(body).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().len() < 1_000);
    }
    // Metadata is kept as text, so the user is decoded in spite of the depth. Only decoding the
    // metadata itself fails.
    let user = get(format!(
        r#"{{"id":"u","public_metadata":{open_objects}1{close_objects}}}"#
    ))
    .unwrap();
    assert_eq!(user, user.clone());
    let error = user.public_metadata.get::<Value>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    // An error keeps its whole body, even if the body is nested too deeply or is not valid JSON.
    for body in [
        open.clone(),
        format!(r#"{{"errors":{open}{close}}}"#),
        format!(r#"{{"errors":[{{"code":"c","meta":{open_objects}1{close_objects}}}]}}"#),
    ] {
        let length = body.len();
        let (clerk, _) = client_replying(move || Reply::bytes(422, body.clone()));
        let error = run(clerk.users().get_user("user_1")).unwrap_err();
        assert_eq!(
            (error.status().unwrap().as_u16(), error.body().len()),
            (422, length)
        );
    }
}

#[test]
fn error_messages_are_bounded() {
    let long = "ü\n".repeat(100_000);
    let body = serde_json::json!({ "errors": [{ "code": long, "long_message": long, "message": long }], "clerk_trace_id": long });
    let (clerk, _) = client_replying(move || Reply::json(422, &body));
    let error = run(clerk.users().get_user("user_1")).unwrap_err();
    let text = error.to_string();
    assert!(
        text.chars().count() < 2_000 && !text.contains('\n'),
        "{}",
        text.len()
    );
    assert!(text.contains('ü'), "{text}");
    let many = vec![serde_json::json!({ "code": "c", "message": "m" }); 100_000];
    let (clerk, _) =
        client_replying(move || Reply::json(422, &serde_json::json!({ "errors": many })));
    let error = run(clerk.users().get_user("user_1")).unwrap_err();
    assert_eq!(error.clerk_errors().len(), 100_000);
    assert!(error.to_string().contains("(and 99999 more)"), "{error}");
}

/// The server responds with a head of four megabytes. Each transport refuses the response.
#[test]
fn response_heads_are_bounded() {
    let server = RawServer::start(|_| {
        let mut head = "HTTP/1.1 200 OK\r\n".to_owned();
        for number in 0..40_000 {
            write!(head, "x-{number}: {}\r\n", "v".repeat(100)).unwrap();
        }
        (head + "content-length: 2\r\n\r\n{}").into_bytes()
    });
    let error = |transport: Arc<dyn HttpTransport>| {
        let builder = Clerk::builder(transport, key()).base_url(server.url());
        let clerk = builder.retry(RetryPolicy::none()).build().unwrap();
        clerk.users().get_user("user_1")
    };
    let transports: [(&str, Arc<dyn HttpTransport>); 4] = [
        ("tokio", Arc::new(TokioTransport::new().unwrap())),
        ("smol", Arc::new(SmolTransport::new().unwrap())),
        ("reqwest", Arc::new(ReqwestTransport::new().unwrap())),
        ("surf", Arc::new(SurfTransport::new().unwrap())),
    ];
    for (name, transport) in transports {
        let call = error(transport);
        let held = allocation_counter::measure(|| {
            let result = match name {
                "tokio" | "reqwest" => run(call),
                _ => smol::block_on(call),
            };
            let error = result.unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Transport(_)),
                "{name}: {error}"
            );
        });
        assert!(
            held.bytes_max < 1 << 20,
            "{name} held {} bytes",
            held.bytes_max
        );
    }
}
