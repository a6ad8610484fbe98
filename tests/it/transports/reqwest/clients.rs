//! The reqwest clients that a transport creates, or that an application passes to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clerk_client::transport::{HttpTransport, TransportErrorKind};
use clerk_client::{Clerk, ErrorKind, ReqwestTransport, RetryPolicy};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};

use super::{cause, get, send};
use crate::support::{RawServer, key, run};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\n{}";

fn client(builder: ClientBuilder) -> Client {
    builder.no_proxy().build().unwrap()
}

/// Starts a server that redirects `/from` to `/to`, with an e-mail address in the query.
fn redirecting(status: &'static str) -> RawServer {
    RawServer::start(move |request| {
        if request.contains("/from") {
            let head = format!("HTTP/1.1 {status}\r\nlocation: /to?email=ada@example.com\r\n");
            format!("{head}connection: keep-alive\r\ncontent-length: 0\r\n\r\n").into_bytes()
        } else {
            OK.to_vec()
        }
    })
}

#[test]
fn a_redirect_that_the_client_followed_is_an_error() {
    for status in ["302 Found", "307 Temporary Redirect"] {
        let server = redirecting(status);
        let url = format!("{}/from", server.url());
        let transport = ReqwestTransport::from_client(client(Client::builder()));
        let error = send(&transport, get(&url)).unwrap_err();
        // The kind is `Other`, because the request may have been processed.
        assert_eq!(error.kind(), TransportErrorKind::Other);
        assert!(
            cause(&error).contains("redirect(Policy::none())"),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("ada"), "{error:?}");
    }
}

#[test]
fn a_client_that_gives_up_redirects_has_sent_the_request() {
    let server = redirecting("302 Found");
    let url = format!("{}/from", server.url());
    let policy = Policy::custom(|attempt| attempt.error("too many"));
    let transport = ReqwestTransport::from_client(client(Client::builder().redirect(policy)));
    let error = send(&transport, get(&url)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(!format!("{error:?}").contains("ada"), "{error:?}");
}

#[test]
fn a_transport_from_a_builder_follows_no_redirect() {
    let server = redirecting("302 Found");
    let url = format!("{}/from", server.url());
    let builder = || ClientBuilder::new().no_proxy().redirect(Policy::limited(3));
    let transport = ReqwestTransport::from_builder(builder).unwrap();
    assert_eq!(send(&transport, get(&url)).unwrap().status(), 302);
}

#[test]
fn a_second_runtime_needs_another_client() {
    let server = RawServer::start(|_| OK.to_vec());
    let transport = ReqwestTransport::from_client(client(Client::builder()));
    let error = run(async {
        for _ in 0..2 {
            transport.send(get(&server.url())).await.unwrap();
        }
        let other = || send(&transport, get(&server.url())).unwrap_err();
        std::thread::scope(|scope| scope.spawn(other).join().unwrap())
    });
    assert_eq!(error.kind(), TransportErrorKind::Other);
    assert!(cause(&error).contains("second tokio runtime"), "{error:?}");
}

#[test]
fn each_runtime_has_its_own_client() {
    let server = RawServer::start(|_| OK.to_vec());
    let built = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&built);
    let transport = ReqwestTransport::from_builder(move || {
        count.fetch_add(1, Ordering::SeqCst);
        ClientBuilder::new().no_proxy()
    });
    let transport = transport.unwrap();
    for runtimes in 1..=3 {
        run(async {
            for _ in 0..2 {
                transport.send(get(&server.url())).await.unwrap();
            }
            // While this runtime is blocked, another one uses the transport.
            let other = || send(&transport, get(&server.url())).unwrap();
            std::thread::scope(|scope| scope.spawn(other).join().unwrap());
        });
        assert_eq!(built.load(Ordering::SeqCst), 2 * runtimes);
    }
}

#[test]
fn a_client_that_cannot_be_built_is_a_configuration_error() {
    let builder = || ClientBuilder::new().user_agent("no\nheader");
    let error = ReqwestTransport::from_builder(builder).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("cannot create"), "{error}");
}

/// The timeout of the reqwest client applies in addition to the timeouts of [`Clerk`]. Its error
/// says that the request may have been processed.
#[test]
fn the_timeout_of_the_client_applies() {
    let (respond, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let server = RawServer::start(move |_| {
        // This waits until the end of the test.
        let _ = held.lock().unwrap().recv();
        Vec::new()
    });
    let timeout = Duration::from_millis(50);
    let transport = ReqwestTransport::from_client(client(Client::builder().timeout(timeout)));
    let clerk = Clerk::builder(transport, key())
        .base_url(server.url())
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = run(async { clerk.users().get_user("u").await }).unwrap_err();
    drop(respond);
    assert_eq!(
        error.kind(),
        ErrorKind::Transport(TransportErrorKind::Timeout),
        "{error}"
    );
}
