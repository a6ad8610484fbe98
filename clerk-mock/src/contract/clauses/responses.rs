//! The checks of clauses 1, 2, 6, 7, 8 and 15 of the transport contract: responses.

use clerk_core::http::header::{AUTHORIZATION, CONTENT_ENCODING};
use clerk_core::http::{HeaderValue, Method};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_response, get, request};
use crate::contract::server::{Server, ServerResponse};
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn any_status(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            let odd = [200, 201, 226, 299, 300, 304, 400, 418, 429, 499, 500, 511];
            for status in odd.into_iter().chain(520..=530).chain([599, 600, 799, 999]) {
                // A 304 has no body.
                let body = if status == 304 { "" } else { "text" };
                let length = body.len();
                let server = Server::sending(format!(
                    "HTTP/1.1 {status} Whatever\r\ncontent-length: {length}\r\n\r\n{body}"
                ))?;
                let result = transport.send(get(&server.url("x"))?).await;
                let response = expect_response(result, &status.to_string())?;
                ensure!(
                    response.status() == status,
                    "{status} came as {}",
                    response.status()
                );
                ensure!(response.body() == body, "{status} lost its body");
            }
            Ok(())
        }),
    )
}

pub(crate) fn redirects(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for status in [301, 302, 303, 307, 308] {
                let elsewhere = Server::echoing()?;
                let location = elsewhere.url("stolen");
                let server = Server::sending(format!(
                    "HTTP/1.1 {status} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
                ))?;
                let mut request = request(Method::POST, &server.url("x"), "{}")?;
                let key = HeaderValue::from_static("Bearer sk_test_contract");
                request.headers_mut().insert(AUTHORIZATION, key);
                let response = expect_response(transport.send(request).await, "a redirect")?;
                ensure!(
                    response.status() == status,
                    "{status} came as {}",
                    response.status()
                );
                ensure!(elsewhere.connections() == 0, "{status} was followed");
                ensure!(server.requests().len() == 1, "{status} was requested again");
            }
            Ok(())
        }),
    )
}

pub(crate) fn framings(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for (response_bytes, expected) in [
                (
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
                    "abcdefg",
                ),
                (
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                    "",
                ),
                (
                    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x\r\n\r\n2\r\nab\r\n0\r\nx: y\r\n\r\n",
                    "ab",
                ),
                ("HTTP/1.1 200 OK\r\n\r\nto the end", "to the end"),
                ("HTTP/1.0 200 OK\r\n\r\nto the end", "to the end"),
                ("HTTP/1.1 204 No Content\r\n\r\n", ""),
                ("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", "abc"),
            ] {
                let server = Server::sending(response_bytes)?;
                let result = transport.send(get(&server.url("x"))?).await;
                let response = expect_response(result, response_bytes)?;
                ensure!(
                    response.body() == expected,
                    "{response_bytes:?} came as {:?}",
                    response.body()
                );
            }
            Ok(())
        }),
    )
}

pub(crate) fn odd_headers(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for value in ["café", "\u{80}", "日本"] {
                let server = Server::sending(format!(
                    "HTTP/1.1 200 OK\r\nx-name: {value}\r\nx-plain: plain\r\ncontent-length: 2\r\n\r\nok"
                ))?;
                let result = transport.send(get(&server.url("x"))?).await;
                let response = expect_response(result, value)?;
                ensure!(response.body() == "ok", "the body is lost after {value:?}");
                let plain = response.headers().get("x-plain");
                ensure!(
                    plain.is_some_and(|plain| plain == "plain"),
                    "a header is lost beside {value:?}"
                );
            }
            Ok(())
        }),
    )
}

pub(crate) fn repeated_headers(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            let server = Server::sending(
                "HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nx: y\r\nset-cookie: b=2\r\ncontent-length: 0\r\n\r\n",
            )?;
            let result = transport.send(get(&server.url("x"))?).await;
            let response = expect_response(result, "two cookies")?;
            let cookies: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
            ensure!(cookies == ["a=1", "b=2"], "set-cookie came as {cookies:?}");
            Ok(())
        }),
    )
}

/// The text `hello, world`, compressed with gzip.
const COMPRESSED: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0xd7,
    0x51, 0x28, 0xcf, 0x2f, 0xca, 0x49, 0x01, 0x00, 0x3a, 0x72, 0xab, 0xff, 0x0c, 0x00, 0x00, 0x00,
];

pub(crate) fn encodings(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            let server = Server::start(|request| {
                let accepted = request.header("accept-encoding").unwrap_or_default();
                let (head, body): (&str, &[u8]) = match accepted {
                    accepted if accepted.contains("gzip") => {
                        ("content-encoding: gzip\r\n", COMPRESSED)
                    }
                    _ => ("", b"hello, world"),
                };
                let length = body.len();
                let head = format!("HTTP/1.1 200 OK\r\n{head}content-length: {length}\r\n\r\n");
                ServerResponse::close([head.as_bytes(), body].concat())
            })?;
            let result = transport.send(get(&server.url("x"))?).await;
            let response = expect_response(result, "a compressed body")?;
            ensure!(
                response.body() == "hello, world",
                "the body came as {:?}",
                response.body()
            );
            let encoding = response.headers().get(CONTENT_ENCODING);
            ensure!(
                encoding.is_none(),
                "the body is decompressed, but content-encoding is {encoding:?}"
            );
            Ok(())
        }),
    )
}
