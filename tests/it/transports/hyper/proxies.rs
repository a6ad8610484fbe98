//! HTTPS through a proxy.

use std::process::Command;

use clerk_client::TokioTransport;
use clerk_client::mock::FakeClerk;
use clerk_client::transport::{HttpTransport, TransportErrorKind};

use super::{Runtime, get, on_both};
use crate::support::proxy::Proxy;
use crate::support::tls_server::{Authority, TlsServer};

on_both! {
    https_goes_through_the_proxy,
}

fn https_goes_through_the_proxy<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "clerk.example", 2200, &["h2"]);
    let proxy = Proxy::start(Some(server.port()));
    let builder = || R::builder().add_root_certificate(authority.der());
    let address = format!("http://me:secret@127.0.0.1:{}", proxy.port);

    let transport = R::build(builder().https_proxy(&address, "localhost,127.0.0.1"));
    // A name that only the proxy knows.
    let response = R::run(transport.send(get("https://clerk.example/v1/users/u"))).unwrap();
    assert_eq!(response.status(), 200);
    let asked = proxy.asked();
    assert_eq!(asked.len(), 1);
    assert!(
        asked[0].starts_with("connect clerk.example:443 http/1.1\r\n"),
        "{}",
        asked[0]
    );
    assert!(
        asked[0].contains("proxy-authorization: basic bwu6c2vjcmv0"),
        "{}",
        asked[0]
    );

    // Hosts that are excepted, and plain HTTP, go without.
    let local = FakeClerk::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let url = runtime.block_on(crate::support::serve(&local));
    R::run(transport.send(get(&url))).unwrap();
    let excepted = R::run(transport.send(get(&server.url))).unwrap_err();
    assert_eq!(
        excepted.kind(),
        TransportErrorKind::Tls,
        "the certificate is for another name"
    );
    assert_eq!(proxy.asked().len(), 1);

    // A proxy that refuses, and one of another kind.
    let refusing = Proxy::start(None);
    for address in [
        format!("http://127.0.0.1:{}", refusing.port),
        "socks5://127.0.0.1:1".to_owned(),
    ] {
        let transport = R::build(builder().https_proxy(address, ""));
        let error = R::run(transport.send(get("https://clerk.example/"))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}

/// The environment is read when the builder is told to; it is set for a process of its own.
#[test]
fn the_proxy_can_come_from_the_environment() {
    const INNER: &str = "transports::hyper::proxies::the_proxy_of_this_environment_is_used";
    let proxy = Proxy::start(None);
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args([INNER, "--exact", "--nocapture"])
        .env("CLERK_TEST_INNER", "1")
        .env("HTTPS_PROXY", format!("http://127.0.0.1:{}", proxy.port))
        .env("NO_PROXY", "excepted.example");
    let output = test.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
    assert_eq!(proxy.asked().len(), 1);
    assert!(proxy.asked()[0].starts_with("connect clerk.example:443 "));
}

#[test]
fn the_proxy_of_this_environment_is_used() {
    if std::env::var_os("CLERK_TEST_INNER").is_none() {
        return;
    }
    let transport = TokioTransport::builder().proxy_from_env().build().unwrap();
    crate::support::run(transport.send(get("https://clerk.example/"))).unwrap_err();
}
