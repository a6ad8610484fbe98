//! libcurl fails while the process has too many open files. Afterwards, the transport works again.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first unexpected result"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use clerk_core::http::Request;
use clerk_core::{HttpTransport, TransportErrorKind, bytes::Bytes};
use clerk_surf::SurfTransport;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// A number of files above the limit of `select`.
const TOO_MANY: usize = 1_100;

#[test]
fn the_transport_survives_too_many_files() {
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
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            respond(stream.unwrap());
        }
    });
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

fn respond(mut stream: TcpStream) {
    let mut read = [0; 1_024];
    if stream.read(&mut read).is_ok() {
        let response = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let _ = stream.write_all(response.as_bytes());
    }
}
