//! A server that speaks HTTP/2 without TLS. It builds each frame itself.

use std::io::{Read, Result, Write};
use std::net::TcpStream;

use crate::contract::listener::Listener;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// The end of a response.
#[derive(Clone, Copy)]
pub(crate) enum End {
    /// The end of the stream.
    Complete,
    /// A reset of the stream with the code `NO_ERROR`. Some proxies send it if the server behind
    /// them fails.
    Reset,
}

/// A server that sends the same response to every request.
pub(crate) struct Http2Server(Listener);

impl Http2Server {
    /// Starts a server whose response announces `length` bytes, contains `body`, and ends with
    /// `end`.
    pub(crate) fn start(
        length: usize,
        body: &'static str,
        end: End,
    ) -> std::result::Result<Self, String> {
        // Errors mean that the client closed the connection.
        let server = Listener::start(move |stream| drop(serve(stream, length, body, end)));
        server.map(Self)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.0.port())
    }
}

fn serve(mut stream: TcpStream, length: usize, body: &str, end: End) -> Result<()> {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface)?;
    stream.write_all(&frame(SETTINGS, 0, [0; 4], &[]))?;
    loop {
        let (mut size, mut kind, mut flags, mut id) = ([0; 3], [0], [0], [0; 4]);
        for part in [&mut size[..], &mut kind, &mut flags, &mut id] {
            stream.read_exact(part)?;
        }
        let [high, middle, low] = size.map(usize::from);
        stream.read_exact(&mut vec![0; (high << 16) + (middle << 8) + low])?;
        match (kind, flags) {
            ([SETTINGS], [0]) => stream.write_all(&frame(SETTINGS, ACK, id, &[]))?,
            ([HEADERS], _) => stream.write_all(&response(id, length, body, end))?,
            _ => {}
        }
    }
}

fn response(id: [u8; 4], length: usize, body: &str, end: End) -> Vec<u8> {
    let length = length.to_string();
    let size = u8::try_from(length.len()).unwrap_or_default();
    // HPACK: the indexed `:status: 200`, and `content-length` with a literal value.
    let head = [&[0x88, 0x0f, 0x0d, size][..], length.as_bytes()].concat();
    let mut frames = frame(HEADERS, END_HEADERS, id, &head);
    match end {
        End::Complete => frames.extend(frame(DATA, END_STREAM, id, body.as_bytes())),
        End::Reset => {
            frames.extend(frame(DATA, 0, id, body.as_bytes()));
            frames.extend(frame(RESET, 0, id, &[0; 4]));
        }
    }
    frames
}

fn frame(kind: u8, flags: u8, id: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap_or_default();
    let [_, length @ ..] = length.to_be_bytes();
    [&length[..], &[kind, flags], &id, payload].concat()
}
