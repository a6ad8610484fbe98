//! Clauses 4 and 5: bodies that are too long, or too short.

use clerk_core::TransportErrorKind::{Body, BodyTooLarge};

use super::ensure;
use super::server::Server;
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

            for (head, body) in [
                (format!("content-length: {}\r\n", LIMIT + 1), ""),
                ("content-length: 1099511627776\r\n".to_owned(), ""),
                (String::new(), "x"),
                (
                    "transfer-encoding: chunked\r\n".to_owned(),
                    "1\r\nx\r\n0\r\n\r\n",
                ),
            ] {
                let filled = match head.as_str() {
                    "" => full.clone(),
                    "transfer-encoding: chunked\r\n" => format!("{LIMIT:x}\r\n{full}\r\n"),
                    _ => String::new(),
                };
                let server =
                    Server::saying(format!("HTTP/1.1 200 OK\r\n{head}\r\n{filled}{body}"))?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(
                    result,
                    &[BodyTooLarge],
                    &format!("more than the limit, {head:?}"),
                )?;
            }
            Ok(())
        }),
    )
}

pub(super) fn truncated(subject: &dyn Subject) -> Result<(), String> {
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
                expect_failure(result, &[Body], answer)?;
            }
            Ok(())
        }),
    )
}
