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
    // Only the proxy can resolve this name.
    let response = R::run(transport.send(get("https://clerk.example/v1/users/u"))).unwrap();
    assert_eq!(response.status(), 200);
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0].starts_with("connect clerk.example:443 http/1.1\r\n"),
        "{}",
        requests[0]
    );
    assert!(
        requests[0].contains("proxy-authorization: basic bwu6c2vjcmv0"),
        "{}",
        requests[0]
    );

    // Excluded hosts and plain HTTP bypass the proxy.
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
    assert_eq!(proxy.requests().len(), 1);

    // A proxy that rejects the request, and a SOCKS proxy.
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

/// Sets the environment of a child process, because the environment of this one is shared.
#[test]
fn proxy_settings_are_read_from_the_environment() {
    const INNER: &str =
        "transports::hyper::proxies::child_process_uses_the_proxy_of_its_environment";
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
    assert_eq!(proxy.requests().len(), 1);
    assert!(proxy.requests()[0].starts_with("connect clerk.example:443 "));
}

#[test]
fn child_process_uses_the_proxy_of_its_environment() {
    if std::env::var_os("CLERK_TEST_INNER").is_none() {
        return;
    }
    let transport = TokioTransport::builder().proxy_from_env().build().unwrap();
    crate::support::run(transport.send(get("https://clerk.example/"))).unwrap_err();
}
