//! The URLs that surf's middleware logs if the application enables surf's default features.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Mutex;
use std::thread;

use clerk_core::{HttpRequest, HttpTransport, async_trait};
use clerk_surf::{SurfTransport, surf};
use log::{LevelFilter, Log, Metadata, Record};

/// A logger that keeps the messages of surf.
struct Messages(Mutex<Vec<String>>);

static MESSAGES: Messages = Messages(Mutex::new(Vec::new()));

impl Log for Messages {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("surf::")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            self.0.lock().unwrap().push(record.args().to_string());
        }
    }

    fn flush(&self) {}
}

fn get(url: &str) -> HttpRequest {
    http::Request::get(url).body(Default::default()).unwrap()
}

/// A custom backend.
#[derive(Debug)]
struct Backend;

#[async_trait]
impl surf::HttpClient for Backend {
    async fn send(&self, _: surf::http::Request) -> surf::http::Result<surf::http::Response> {
        Ok(surf::http::Response::new(200))
    }
}

#[test]
fn only_custom_clients_log_urls() {
    log::set_logger(&MESSAGES).unwrap();
    log::set_max_level(LevelFilter::Trace);

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(response).unwrap();
    });
    let transport = SurfTransport::new().unwrap();
    smol::block_on(transport.send(get(&url))).unwrap();
    assert!(MESSAGES.0.lock().unwrap().is_empty());

    // A custom client shows that the middleware is on and that the logger receives its messages.
    let client = surf::Client::with_http_client(Backend);
    let transport = SurfTransport::from_client(client);
    smol::block_on(transport.send(get("http://127.0.0.1/"))).unwrap();
    assert!(!MESSAGES.0.lock().unwrap().is_empty());
}
