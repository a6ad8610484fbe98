//! Servers that make the TLS handshake fail.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::contract::listener::Listener;

/// The response to a ClientHello.
#[derive(Clone)]
pub(crate) enum Handshake {
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
    /// Keeps the connection open, and sends nothing.
    Silence,
    /// Sends these bytes, and keeps the connection open.
    Send(Vec<u8>),
}

/// A server that makes each TLS handshake fail in the same way.
pub(crate) struct TlsPeer(Listener);

impl TlsPeer {
    pub(crate) fn start(handshake: Handshake) -> Result<Self, String> {
        // Errors of `respond` are ignored: they mean that the client closed the connection.
        let server = Listener::start(move |stream| drop(respond(stream, &handshake)));
        server.map(Self)
    }

    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}/", self.0.port())
    }
}

fn respond(mut stream: TcpStream, handshake: &Handshake) -> std::io::Result<()> {
    if matches!(handshake, Handshake::Reset) {
        // The system resets a connection that is closed before all of its data was read.
        return stream.read_exact(&mut [0]);
    }
    let (mut head, mut length) = ([0; 3], [0; 2]);
    stream.read_exact(&mut head)?;
    stream.read_exact(&mut length)?;
    stream.read_exact(&mut vec![0; u16::from_be_bytes(length).into()])?;
    match handshake {
        Handshake::Close | Handshake::Reset => return Ok(()),
        Handshake::Silence => {}
        Handshake::Send(bytes) => stream.write_all(bytes)?,
    }
    std::io::copy(&mut stream, &mut std::io::sink()).map(drop)
}

/// Returns the messages of a TLS 1.2 server with a self-signed certificate for 127.0.0.1. The
/// signature of the key exchange is a dummy, because a client rejects the certificate first.
pub(crate) fn untrusted_certificate() -> Vec<u8> {
    let certificate = include_bytes!("untrusted.der");
    let cipher_suite = [0xc0, 0x2b]; // ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    let renegotiation_info = [0xff, 0x01, 0x00, 0x01, 0x00];
    let hello = [
        &[0x03, 0x03][..],
        &[0x5a; 32], // the random
        &[0],        // no session
        &cipher_suite,
        &[0, 0, 5],
        &renegotiation_info,
    ];
    let x25519 = [0x03, 0x00, 0x1d, 32];
    let ecdsa_sha256 = [0x04, 0x03];
    let key_exchange = [&x25519[..], &[9; 32], &ecdsa_sha256, &[0, 8], &[0; 8]];
    let flight = [
        message(2, &hello.concat()),
        message(11, &with_length(&with_length(certificate))),
        message(12, &key_exchange.concat()),
        message(14, &[]),
    ]
    .concat();
    let length = u16::try_from(flight.len()).unwrap_or_default();
    [&[0x16, 0x03, 0x03][..], &length.to_be_bytes(), &flight].concat()
}

/// Returns a handshake message.
fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind][..], &with_length(body)].concat()
}

/// Prepends the length of the bytes, as three bytes.
fn with_length(bytes: &[u8]) -> Vec<u8> {
    let [_, length @ ..] = u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes();
    [&length[..], bytes].concat()
}
