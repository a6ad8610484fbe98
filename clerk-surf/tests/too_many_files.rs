//! libcurl fails while the process has too many open files. Afterwards, the transport works again.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use clerk_core::http::Request;
use clerk_core::{HttpTransport, TransportErrorKind, bytes::Bytes};
use clerk_surf::SurfTransport;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A number of files above the limit of `select`.
const TOO_MANY: usize = 1_100;

/// The tests change the limits of the process, so only one of them runs at a time.
static LIMITS: Mutex<()> = Mutex::new(());

#[test]
fn the_transport_survives_too_many_files() {
    let _limits = LIMITS.lock().unwrap_or_else(PoisonError::into_inner);
    let limit = getrlimit(Resource::Nofile);
    let needed = TOO_MANY as u64 + 200;
    assert!(limit.maximum.is_none_or(|most| most >= needed), "{limit:?}");
    if limit.current.is_some_and(|now| now < needed) {
        let raised = Rlimit {
            current: Some(needed),
            ..limit
        };
        setrlimit(Resource::Nofile, raised).unwrap();
    }
    let url = serve();
    let transport = SurfTransport::new().unwrap();
    let get = || {
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        smol::block_on(transport.send(request))
    };
    assert_eq!(get().unwrap().status(), 200);

    let one = TcpListener::bind("127.0.0.1:0").unwrap();
    let many: Vec<_> = (0..TOO_MANY).map(|_| one.try_clone().unwrap()).collect();
    let error = get().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NotSent);

    drop(many);
    assert_eq!(get().unwrap().status(), 200);
    drop(transport);
}

#[test]
fn a_request_is_not_sent_while_no_file_can_be_opened() {
    let _limits = LIMITS.lock().unwrap_or_else(PoisonError::into_inner);
    let url = serve();
    let transport = SurfTransport::new().unwrap();
    let get = || {
        let request = Request::get(&url).body(Bytes::new()).unwrap();
        smol::block_on(transport.send(request))
    };
    // smol opens its own files here, before the limit forbids new files.
    smol::block_on(transport.sleep(Duration::from_millis(1)));

    let limit = getrlimit(Resource::Nofile);
    let none = Rlimit {
        current: Some(0),
        ..limit
    };
    setrlimit(Resource::Nofile, none).unwrap();
    let result = get();
    setrlimit(Resource::Nofile, limit).unwrap();
    assert_eq!(result.unwrap_err().kind(), TransportErrorKind::NotSent);
    assert_eq!(get().unwrap().status(), 200);
}

/// Starts a server. Returns its URL.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            respond(stream.unwrap());
        }
    });
    url
}

fn respond(mut stream: TcpStream) {
    let mut read = [0; 1_024];
    if stream.read(&mut read).is_ok() {
        let response = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let _ = stream.write_all(response.as_bytes());
    }
}
