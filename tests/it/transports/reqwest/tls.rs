//! TLS with rustls and with the operating system's library, and the errors of failed handshakes and
//! refused tunnels.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use clerk_client::ReqwestTransport;
use clerk_client::transport::{DynTransport, TransportErrorKind};
use http::Method;
use reqwest::{Certificate, ClientBuilder};

use super::{get, send};
use crate::support::proxy::Proxy;
use crate::support::run;
use crate::support::tls_server::Authority;
use crate::transports::hyper::tls::check_certificates;
use crate::transports::surf::connecting::{read_some, serve};

type Select = fn(ClientBuilder) -> ClientBuilder;

const LIBRARIES: [(&str, Select); 2] = [
    ("rustls", ClientBuilder::tls_backend_rustls),
    ("native-tls", ClientBuilder::tls_backend_native),
];

fn transport(
    set: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
) -> ReqwestTransport {
    ReqwestTransport::from_builder(move || set(ClientBuilder::new().no_proxy())).unwrap()
}

#[test]
fn certificates_are_verified() {
    for (name, select) in LIBRARIES {
        let trusting = |authority: &Authority| {
            let root = Certificate::from_der(&authority.der()).unwrap();
            let transport =
                transport(move |builder| select(builder).tls_certs_only([root.clone()]));
            Arc::new(transport) as DynTransport
        };
        check_certificates(name, trusting, run);
    }
}

/// The behaviour of a server on an accepted connection.
type Behaviour = fn(TcpStream);

#[test]
fn failed_handshakes_say_that_nothing_was_sent() {
    let cases: [(&str, Behaviour, TransportErrorKind); 6] = [
        (
            "hangs",
            |mut stream| {
                // This waits until the client closes the connection.
                let _ = stream.read_to_end(&mut Vec::new());
            },
            TransportErrorKind::NotSent,
        ),
        (
            "closes",
            |mut stream| read_some(&mut stream),
            TransportErrorKind::NotSent,
        ),
        (
            "resets",
            |mut stream| {
                read_some(&mut stream);
                let stream = socket2::Socket::from(stream);
                stream.set_linger(Some(Duration::ZERO)).unwrap();
            },
            TransportErrorKind::NotSent,
        ),
        (
            "closes within a record",
            |mut stream| {
                read_some(&mut stream);
                stream.write_all(b"\x16\x03\x03\x01\x00\x02").unwrap();
            },
            TransportErrorKind::NotSent,
        ),
        (
            "sends an alert",
            |mut stream| {
                read_some(&mut stream);
                // This is the fatal alert handshake_failure.
                stream.write_all(b"\x15\x03\x03\x00\x02\x02\x28").unwrap();
            },
            TransportErrorKind::Tls,
        ),
        (
            "speaks no TLS",
            |mut stream| {
                read_some(&mut stream);
                let response = b"HTTP/1.1 400 Bad Request\r\n\r\n";
                stream.write_all(response).unwrap();
            },
            TransportErrorKind::Tls,
        ),
    ];
    for (name, select) in LIBRARIES {
        for (what, behaviour, kind) in &cases {
            let timeout = Duration::from_millis(if *what == "hangs" { 100 } else { 60_000 });
            let transport = transport(move |builder| select(builder).connect_timeout(timeout));
            let url = format!("https://{}/", serve(*behaviour));
            for method in [Method::GET, Method::POST] {
                let mut request = get(&url);
                *request.method_mut() = method;
                let error = send(&transport, request).unwrap_err();
                assert_eq!(error.kind(), *kind, "{name}: the server {what}: {error:?}");
            }
        }
    }
}

#[test]
fn a_proxy_that_refuses_the_tunnel_has_sent_nothing() {
    for (name, select) in LIBRARIES {
        for status in ["407 Proxy Authentication Required", "403 Forbidden"] {
            let proxy = Proxy::rejecting(status);
            let address = format!("http://user:hush@127.0.0.1:{}", proxy.port);
            let transport = ReqwestTransport::from_builder(move || {
                select(ClientBuilder::new()).proxy(reqwest::Proxy::https(&address).unwrap())
            });
            let transport = transport.unwrap();
            assert!(!format!("{transport:?}").contains("hush"));
            let error = send(&transport, get("https://api.clerk.com/")).unwrap_err();
            assert_eq!(
                error.kind(),
                TransportErrorKind::NotSent,
                "{name}: {error:?}"
            );
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }
}
