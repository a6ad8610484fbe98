//! HTTPS through a proxy.

use std::io::Read;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use clerk_client::mock::FakeClerk;
use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{Error, ErrorKind, TokioTransport};

use super::{Runtime, cause, get, on_both};
use crate::support::proxy::Proxy;
use crate::support::tls_server::{Authority, TlsServer};

on_both! {
    https_goes_through_the_proxy,
    a_proxy_that_refuses_is_named_with_its_status,
    a_proxy_that_closes_the_connection_is_named,
    a_proxy_that_hangs_received_no_request,
    an_invalid_proxy_is_refused,
}

fn https_goes_through_the_proxy<R: Runtime>() {
    let authority = Authority::new("ours");
    let server = TlsServer::start(&authority, "clerk.example", 2200, &["h2"]);
    let proxy = Proxy::start(server.port());
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
}

fn a_proxy_that_refuses_is_named_with_its_status<R: Runtime>() {
    for (status, message) in [
        (
            "407 Who are you",
            "the proxy answered 407 Proxy Authentication Required to CONNECT clerk.example:443; \
             check the user name and the password",
        ),
        (
            "403 Forbidden",
            "the proxy answered 403 Forbidden to CONNECT clerk.example:443; ask its administrator \
             to allow this host",
        ),
        (
            "nonsense",
            "the proxy did not answer in HTTP/1; is it an HTTP proxy?",
        ),
    ] {
        let proxy = Proxy::rejecting(status);
        let address = format!("http://me:secret@127.0.0.1:{}", proxy.port);
        let transport = R::build(R::builder().https_proxy(address, ""));
        let error = R::run(transport.send(get("https://clerk.example/"))).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
        assert_eq!(cause(&error), message);
        assert!(!format!("{error:?}").contains("secret"));
    }
}

fn a_proxy_that_closes_the_connection_is_named<R: Runtime>() {
    // If the proxy closes the connection before it has read all bytes, the connection is reset.
    for unread in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let proxy = std::thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            let mut head = [0; 1024];
            let length = if unread { 1 } else { head.len() };
            assert_ne!(client.read(&mut head[..length]).unwrap(), 0);
        });
        let transport = R::build(R::builder().https_proxy(address, ""));
        let error = R::run(transport.send(get("https://clerk.example/"))).unwrap_err();
        proxy.join().unwrap();
        assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
        assert_eq!(
            cause(&error),
            "the proxy closed the connection; is it an HTTP proxy?"
        );
    }
}

fn a_proxy_that_hangs_received_no_request<R: Runtime>() {
    let proxy = Proxy::rejecting("");
    let builder = R::builder()
        .https_proxy(format!("127.0.0.1:{}", proxy.port), "")
        .connect_timeout(Duration::from_millis(100));
    let transport = R::build(builder);
    let error = R::run(transport.send(get("https://clerk.example/"))).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NotSent, "{error:?}");
    assert!(cause(&error).contains("within 100ms"), "{error:?}");
}

/// Malformed addresses of proxies. Most contain a password.
const INVALID: [&str; 24] = [
    "http://me:secret@proxy.example:8080\n",
    "http://me:secret@proxy.example:8080\r\n",
    " http://me:secret@proxy.example:8080",
    " ",
    "\n",
    "htp://me:secret@proxy.example:8080",
    "http//me:secret@proxy.example:8080",
    "http:/me:secret@proxy.example:8080",
    "http:me:secret@proxy.example:8080",
    "http://me:sec ret@proxy.example:8080",
    "http://me:sec\tret@proxy.example:8080",
    "http://me:sécret@proxy.example:8080",
    "http://me:secret%2@proxy.example:8080",
    "http://me:secret/@proxy.example:8080",
    "http://me:12/secret@proxy.example:8080",
    "http://me:12#secret@proxy.example:8080",
    "http://me:secret@12@proxy.example:8080",
    "host:8080:1",
    "http://proxy.example:",
    "http://proxy.example:0",
    "http://proxy.example:65536",
    "http://:8080",
    "http://",
    "/",
];

/// Addresses of proxies that are not HTTP proxies.
const UNSUPPORTED: [&str; 4] = [
    "https://me:secret@proxy.example",
    "socks4://me:secret@proxy.example",
    "socks5://me:secret@proxy.example",
    "SOCKS5H://me:secret@proxy.example",
];

/// Valid addresses of proxies.
const VALID: [&str; 9] = [
    "http://me:secret@proxy.example:8080",
    "http://me:secret@proxy.example:8080/",
    "HTTP://proxy.example",
    "proxy.example",
    "proxy.example:8080",
    "me:secret@proxy.example:8080",
    "http://me:%2F%20%40@proxy.example:8080",
    "http://me@127.0.0.1:8080",
    "http://[::1]:8080",
];

fn assert_refused(error: &Error, name: &str, address: &str) {
    assert_eq!(error.kind(), ErrorKind::Configuration, "{address}: {error}");
    let text = format!("{error} {error:?}");
    assert!(
        text.contains(&format!("invalid {name}: ")),
        "{address}: {error}"
    );
    assert!(
        !text.contains("sec") && !text.contains("proxy.example"),
        "{text}"
    );
}

fn an_invalid_proxy_is_refused<R: Runtime>() {
    for address in INVALID.into_iter().chain(UNSUPPORTED) {
        let built = R::try_build(R::builder().https_proxy(address, ""));
        let error = built
            .err()
            .unwrap_or_else(|| panic!("accepted: {address:?}"));
        assert_refused(&error, "proxy", address);
    }
    for address in VALID.into_iter().chain([""]) {
        R::build(R::builder().https_proxy(address, ""));
    }
}

/// Runs a test of this file in a child process, because all tests share the environment of this
/// process.
fn run_with(test: &str, environment: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for name in ["HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        child.env_remove(name).env_remove(name.to_lowercase());
    }
    child
        .args([
            &format!("transports::hyper::proxies::{test}"),
            "--exact",
            "--nocapture",
        ])
        .env("CLERK_TEST_INNER", "1")
        .envs(environment.iter().copied());
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{environment:?}: {said}{failed}"
    );
}

fn is_child() -> bool {
    std::env::var_os("CLERK_TEST_INNER").is_some()
}

#[test]
fn proxy_settings_are_read_from_the_environment() {
    let proxy = Proxy::rejecting("407 Who are you");
    let address = &*format!("http://127.0.0.1:{}", proxy.port);
    for environment in [
        &[("HTTPS_PROXY", address), ("ALL_PROXY", "socks5://unused")][..],
        &[("https_proxy", address), ("HTTPS_PROXY", "")],
        &[("all_proxy", address), ("HTTPS_PROXY", "")],
        &[("ALL_PROXY", address), ("HTTP_PROXY", "socks5://unused")],
    ] {
        let environment = [environment, &[("NO_PROXY", "excepted.example")]].concat();
        run_with(
            "child_process_uses_the_proxy_of_its_environment",
            &environment,
        );
    }
    assert_eq!(proxy.requests().len(), 4);
    for request in proxy.requests() {
        assert!(
            request.starts_with("connect clerk.example:443 "),
            "{request}"
        );
    }
}

#[test]
fn child_process_uses_the_proxy_of_its_environment() {
    if !is_child() {
        return;
    }
    let transport = TokioTransport::builder().proxy_from_env().build().unwrap();
    crate::support::run(transport.send(get("https://clerk.example/"))).unwrap_err();
}

#[test]
fn an_invalid_proxy_of_the_environment_is_refused() {
    let test = "child_process_refuses_the_proxy_of_its_environment";
    for name in [
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "HTTP_PROXY",
        "http_proxy",
    ] {
        for address in [
            "http://me:secret@proxy.example:8080\n",
            "htp://proxy.example",
        ] {
            run_with(test, &[(name, address), ("CLERK_TEST_NAME", name)]);
        }
    }
    for name in ["HTTPS_PROXY", "ALL_PROXY"] {
        let address = "socks5://me:secret@proxy.example";
        run_with(test, &[(name, address), ("CLERK_TEST_NAME", name)]);
    }
}

#[test]
fn child_process_refuses_the_proxy_of_its_environment() {
    if !is_child() {
        return;
    }
    let name = std::env::var("CLERK_TEST_NAME").unwrap();
    let error = TokioTransport::builder()
        .proxy_from_env()
        .build()
        .unwrap_err();
    assert_refused(&error, &name, "of the environment");
}
