//! Clauses 4 and 5: bodies that are too long, or too short.

use clerk_core::TransportErrorKind::{Body, BodyTooLarge, Io};

use super::ensure;
use super::server::{Answer, Server};
use super::subject::{Settings, Subject, expect_answer, expect_failure, get, run};

const LIMIT: usize = 1000;

pub(super) fn body_limit(subject: &dyn Subject) -> Result<(), String> {
    let settings = Settings {
        max_response_bytes: LIMIT,
        ..Settings::default()
    };
    let transport = subject.transport(&settings);
    run(
        subject,
        Box::pin(async {
            let full = "x".repeat(LIMIT);
            let fits = format!("HTTP/1.1 200 OK\r\ncontent-length: {LIMIT}\r\n\r\n{full}");
            let server = Server::saying(fits)?;
            let result = transport.send(get(&server.url("x"))?).await;
            let response = expect_answer(result, "a body of just the limit")?;
            ensure!(
                response.body().len() == LIMIT,
                "a body of just the limit was cut"
            );

            // The length is enough: the rest of the body never comes.
            for length in [LIMIT + 1, 1 << 40] {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\nx");
                let server = Server::start(move |_| Answer::open(head.clone()))?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(
                    result,
                    &[BodyTooLarge],
                    &format!("a body of {length} bytes"),
                )?;
            }
            let chunk = format!("{LIMIT:x}\r\n{full}\r\n");
            for answer in [
                format!("HTTP/1.1 200 OK\r\n\r\n{full}x"),
                format!(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}1\r\nx\r\n0\r\n\r\n"
                ),
            ] {
                let server = Server::saying(answer)?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(result, &[BodyTooLarge], "one byte more than the limit")?;
            }
            Ok(())
        }),
    )
}

pub(super) fn truncated(subject: &dyn Subject) -> Result<(), String> {
    let expected: &[_] = if subject.speaks_http2() {
        &[Body, Io]
    } else {
        &[Body]
    };
    let transport = subject.transport(&Settings::default());
    run(
        subject,
        Box::pin(async {
            for answer in [
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
                "HTTP/1.1 500 Oops\r\ncontent-length: 10\r\n\r\nshort",
            ] {
                let server = Server::saying(answer)?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(result, expected, answer)?;
            }
            Ok(())
        }),
    )
}
