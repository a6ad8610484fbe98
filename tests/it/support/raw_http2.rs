//! A server that sends prepared HTTP/2 frames, without TLS.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RESET: u8 = 3;
pub(crate) const GOAWAY: u8 = 7;
const SETTINGS: u8 = 4;

/// A server that responds to each request with frames, and may then close the connection.
pub(crate) struct RawHttp2 {
    port: u16,
}

impl RawHttp2 {
    /// Starts a server. `respond` returns the frames for the stream of a request, and whether the
    /// connection stays open.
    pub(crate) fn start(respond: impl Fn(u32) -> (Vec<u8>, bool) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let respond = Arc::new(respond);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let respond = Arc::clone(&respond);
                // An error means that the client closed the connection.
                thread::spawn(move || drop(serve(stream, &*respond)));
            }
        });
        Self { port }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1/users/u", self.port)
    }
}

fn serve(mut stream: TcpStream, respond: &dyn Fn(u32) -> (Vec<u8>, bool)) -> std::io::Result<()> {
    stream.read_exact(&mut [0; 24])?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        stream.read_exact(&mut vec![0; length as usize])?;
        let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
        match (head[3], head[4]) {
            (SETTINGS, 0) => stream.write_all(&frame(SETTINGS, 1, 0, &[]))?,
            (HEADERS, _) => {
                let (frames, stays) = respond(id);
                stream.write_all(&frames)?;
                if !stays {
                    stream.shutdown(std::net::Shutdown::Write)?;
                }
            }
            _ => {}
        }
    }
}

pub(crate) fn frame(kind: u8, flags: u8, id: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &id.to_be_bytes(), payload].concat()
}

/// Returns the head of a response with status 200 and these headers. Each header consists of the
/// index of its name in HPACK's static table, and its value.
pub(crate) fn head(id: u32, headers: &[(u8, &str)]) -> Vec<u8> {
    let mut block = vec![0x88];
    for (index, value) in headers {
        block.extend([0x0f, index - 15, u8::try_from(value.len()).unwrap()]);
        block.extend(value.as_bytes());
    }
    frame(HEADERS, 4, id, &block)
}

/// The indices of headers in HPACK's static table.
pub(crate) const CONTENT_ENCODING: u8 = 26;
pub(crate) const CONTENT_LENGTH: u8 = 28;
