//! The checks of clauses 4 and 5 of the transport contract: bodies that are too long or truncated.

use clerk_core::HttpTransport;
use clerk_core::TransportErrorKind::{Body, BodyTooLarge, Io};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_failure, expect_response, get};
use crate::contract::http2_server::{End, Http2Server};
use crate::contract::server::{Server, ServerResponse};
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

const LIMIT: usize = 1000;

pub(crate) fn body_limit(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let settings = Settings {
        max_response_bytes: LIMIT,
        ..Settings::default()
    };
    let transport = subject.transport(&settings);
    block_on(
        subject,
        Box::pin(async {
            let full = "x".repeat(LIMIT);
            let fits = format!("HTTP/1.1 200 OK\r\ncontent-length: {LIMIT}\r\n\r\n{full}");
            let server = Server::sending(fits)?;
            let result = transport.send(get(&server.url("x"))?).await;
            let response = expect_response(result, "a body of just the limit")?;
            ensure!(
                response.body().len() == LIMIT,
                "a body of just the limit was truncated"
            );

            // The announced length alone must cause the error, because the rest of the body is
            // never sent.
            for length in [LIMIT + 1, 1 << 40] {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\nx");
                let server = Server::start(move |_| ServerResponse::open(head.clone()))?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(
                    result,
                    &[BodyTooLarge],
                    &format!("a body of {length} bytes"),
                )?;
            }
            let chunk = format!("{LIMIT:x}\r\n{full}\r\n");
            for response_bytes in [
                format!("HTTP/1.1 200 OK\r\n\r\n{full}x"),
                format!(
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}1\r\nx\r\n0\r\n\r\n"
                ),
            ] {
                let server = Server::sending(response_bytes)?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(result, &[BodyTooLarge], "one byte more than the limit")?;
            }
            Ok(())
        }),
    )
}

pub(crate) fn truncated(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let expected: &[_] = if subject.speaks_http2() {
        &[Body, Io]
    } else {
        &[Body]
    };
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for response_bytes in [
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
                "HTTP/1.1 500 Oops\r\ncontent-length: 10\r\n\r\nshort",
            ] {
                let server = Server::sending(response_bytes)?;
                let result = transport.send(get(&server.url("x"))?).await;
                expect_failure(result, expected, response_bytes)?;
            }
            match subject.http2_transport(&Settings::default()) {
                Some(transport) => truncated_http2(&transport).await,
                None => Ok(()),
            }
        }),
    )
}

async fn truncated_http2(transport: &dyn HttpTransport) -> Result<(), String> {
    let complete = Http2Server::start(5, "whole", End::Complete)?;
    let result = transport.send(get(&complete.url())?).await;
    let response = expect_response(result, "a complete response over HTTP/2")?;
    ensure!(response.body() == "whole", "a body over HTTP/2 was changed");
    for body in ["short", ""] {
        let server = Http2Server::start(10, body, End::Reset)?;
        let result = transport.send(get(&server.url())?).await;
        let of = format!("a reset after {} of 10 bytes over HTTP/2", body.len());
        expect_failure(result, &[Body], &of)?;
    }
    Ok(())
}
