//! Connections that the server closes between two calls.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use clerk_client::{Clerk, TokioTransport, User};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;

use crate::support::tls_server::{Authority, acceptor};
use crate::support::{key, server_runtime};

/// An HTTP/2 server that serves one connection at a time, and closes it when a test says so.
struct ClosingServer {
    url: String,
    close: UnboundedSender<()>,
    closed: Receiver<()>,
    _runtime: tokio::runtime::Runtime,
}

impl ClosingServer {
    fn start(authority: &Authority) -> Self {
        let acceptor = acceptor(authority, "localhost", 2200, &["h2"]);
        let runtime = server_runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        let ((close, is_asked), (report, closed)) = (unbounded_channel(), channel());
        runtime.spawn(serve(listener, acceptor, is_asked, report));
        Self {
            url: format!("https://localhost:{port}/v1"),
            close,
            closed,
            _runtime: runtime,
        }
    }

    /// Closes the connection, and blocks the thread until the connection is closed.
    fn close(&self) {
        self.close.send(()).unwrap();
        self.closed.recv().unwrap();
    }
}

async fn serve(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    mut is_asked: UnboundedReceiver<()>,
    report: Sender<()>,
) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = acceptor.accept(stream).await.unwrap();
        let mut connection = h2::server::handshake(stream).await.unwrap();
        loop {
            tokio::select! {
                request = connection.accept() => {
                    let Some(Ok((_, mut respond))) = request else { break };
                    let user = serde_json::to_vec(&User::new("u")).unwrap();
                    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                    body.send_data(user.into(), true).unwrap();
                }
                _ = is_asked.recv() => {
                    drop(connection);
                    report.send(()).unwrap();
                    break;
                }
            }
        }
    }
}

/// A call finds that its pooled connection is closed, and hyper opens another connection within the
/// call. A later call that opens a connection must not wait for the earlier call. Without a connect
/// timeout, as here, such a wait ends only after 10 s.
#[test]
fn a_call_that_replaces_a_closed_connection_delays_no_later_call() {
    let authority = Authority::new("ours");
    let server = ClosingServer::start(&authority);
    let transport = TokioTransport::builder()
        .add_root_certificate(authority.der())
        .connect_timeout(Duration::MAX);
    let clerk = Clerk::builder(transport.build().unwrap(), key()).base_url(&server.url);
    let users = clerk.build().unwrap().users();
    crate::support::run(async {
        let call = || {
            let call = users.get_user("u").timeout(Duration::MAX);
            call.attempt_timeout(Duration::MAX)
        };
        call().await.unwrap();
        // The tasks of the client do not run while the server closes the connection.
        server.close();
        // The runtime learns that the connection is closed. The next call then takes the connection
        // from the pool before the connection's task runs.
        tokio::task::yield_now().await;
        call().await.unwrap();
        server.close();
        // The connection's task runs, and the pool drops the connection.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        let start = Instant::now();
        call().await.unwrap();
        assert!(start.elapsed() < Duration::from_secs(10));
    });
}
