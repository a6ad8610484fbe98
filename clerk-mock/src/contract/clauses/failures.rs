//! The checks of clauses 3, 10 and 12 of the transport contract: retries, panics and the kinds of
//! failures.

use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use clerk_core::TransportErrorKind::{Io, NotSent, Tls};
use clerk_core::http::{HeaderValue, Method, Uri};
use clerk_core::{HttpRequest, HttpTransport};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_failure, expect_response, get, request};
use crate::contract::server::{Server, ServerResponse};
use crate::contract::tls_peer::{Handshake, TlsPeer, untrusted_certificate};
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn no_retries(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            for method in [Method::GET, Method::POST, Method::DELETE] {
                let server = Server::start(|request| match request.name() {
                    "first" => ServerResponse::keep("first"),
                    _ => ServerResponse::close(""),
                })?;
                let lost = request(method.clone(), &server.url("lost"), "")?;
                expect_failure(transport.send(lost.clone()).await, &[Io], "no response")?;
                ensure!(server.requests().len() == 1, "a lost {method} was retried");
                if method == Method::GET {
                    continue;
                }
                // The second request `lost` uses the connection that served `first`.
                let first = transport.send(get(&server.url("first"))?).await;
                expect_response(first, "the first request")?;
                expect_failure(transport.send(lost).await, &[Io], "no second response")?;
                ensure!(server.requests().len() == 3, "a lost {method} was retried");
            }
            Ok(())
        }),
    )
}

pub(crate) fn kinds(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            let port = {
                let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
                listener.local_addr().map_err(|e| e.to_string())?.port()
            };
            let refused = transport
                .send(get(&format!("http://127.0.0.1:{port}/"))?)
                .await;
            expect_failure(refused, &[NotSent], "refused")?;
            // A label of 64 bytes is invalid, so no name server is contacted.
            let host = "x".repeat(64);
            let unresolvable = transport
                .send(get(&format!("http://{host}.invalid/"))?)
                .await;
            expect_failure(unresolvable, &[NotSent], "unresolvable")?;
            let silent = Server::sending("")?;
            let closed = transport.send(get(&silent.url("x"))?).await;
            expect_failure(closed, &[Io], "closed without a response")?;
            handshakes(subject, &transport).await
        }),
    )
}

/// Checks the error kinds of failed TLS handshakes.
async fn handshakes(
    subject: &dyn TransportUnderTest,
    transport: &dyn HttpTransport,
) -> Result<(), String> {
    let not_tls = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_vec();
    for (handshake, expected, of) in [
        (Handshake::Close, NotSent, "a handshake that is closed"),
        (Handshake::Reset, NotSent, "a handshake that is reset"),
        (Handshake::Send(not_tls), Tls, "a server without TLS"),
        (
            Handshake::Send(untrusted_certificate()),
            Tls,
            "an untrusted certificate",
        ),
    ] {
        let peer = TlsPeer::start(handshake)?;
        let result = transport.send(get(&peer.url())?).await;
        expect_failure(result, &[expected], of)?;
    }
    let hasty = subject.transport(&Settings {
        connect_timeout: Duration::from_millis(100),
        ..Settings::default()
    });
    let peer = TlsPeer::start(Handshake::Silence)?;
    let result = hasty.send(get(&peer.url())?).await;
    expect_failure(result, &[NotSent], "a handshake that hangs")
}

pub(crate) fn no_panic(subject: &dyn TransportUnderTest) -> Result<(), String> {
    for response_bytes in [
        "HTTP/1.1 99999 Far\r\n\r\n",
        "HTTP/1.1 099 Low\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 -1 x\r\n\r\n",
        "HTTP/1.1 2OO OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad name: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ndate: date: x\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: \u{80}/\u{81}; charset=\u{82}\r\ncontent-length: 0\r\n\r\n",
        "\0\0\0\0",
        "\r\n\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
    ] {
        let server = Server::sending(response_bytes)?;
        does_not_panic(subject, get(&server.url("x"))?, response_bytes)?;
    }
    let many = "x: y\r\n".repeat(20_000);
    let server = Server::sending(format!(
        "HTTP/1.1 200 OK\r\n{many}content-length: 0\r\n\r\n"
    ))?;
    does_not_panic(subject, get(&server.url("x"))?, "20,000 headers")?;

    let server = Server::echoing()?;
    let mut odd = get(&server.url("x"))?;
    if let Ok(value) = HeaderValue::from_bytes(b"caf\xc3\xa9") {
        odd.headers_mut().insert("x-name", value);
    }
    does_not_panic(subject, odd, "a header that is not ASCII")?;
    let mut relative = get(&server.url("x"))?;
    *relative.uri_mut() = Uri::from_static("/v1/users");
    does_not_panic(subject, relative, "a URI without a host")?;
    for method in ["PROPFIND", "x"] {
        let method = Method::from_bytes(method.as_bytes()).map_err(|error| error.to_string())?;
        does_not_panic(
            subject,
            request(method, &server.url("x"), "")?,
            "an odd method",
        )?;
    }
    does_not_panic(subject, get("ftp://127.0.0.1/x")?, "another scheme")
}

/// Sends a request, which may succeed or fail but must not panic.
fn does_not_panic(
    subject: &dyn TransportUnderTest,
    request: HttpRequest,
    of: &str,
) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    let sent = catch_unwind(AssertUnwindSafe(|| {
        block_on(
            subject,
            Box::pin(async {
                let _ = transport.send(request).await;
                Ok(())
            }),
        )
    }));
    sent.unwrap_or_else(|_| Err(format!("it panicked: {of:?}")))
}
