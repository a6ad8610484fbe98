//! HTTP/2: large heads, truncated responses, and servers that send GOAWAY.

use clerk_client::transport::{HttpResponse, HttpTransport, TransportError, TransportErrorKind};

use super::{Runtime, get, on_both};
use crate::support::raw_http2::{
    CONTENT_ENCODING, CONTENT_LENGTH, DATA, GOAWAY, HEADERS, RESET, RawHttp2, frame, head,
};

on_both! {
    a_head_of_60_kilobytes_is_received,
    a_response_that_is_reset_is_truncated,
    a_response_may_be_complete_before_its_reset,
    a_goaway_says_whether_the_request_was_processed,
}

/// Sends a request to a server that responds with these frames.
fn send<R: Runtime>(
    respond: impl Fn(u32) -> (Vec<u8>, bool) + Send + Sync + 'static,
) -> Result<HttpResponse, TransportError> {
    let server = RawHttp2::start(respond);
    let transport = R::build(R::builder().http2_prior_knowledge());
    R::run(transport.send(get(&server.url())))
}

fn a_head_of_60_kilobytes_is_received<R: Runtime>() {
    const END_STREAM_AND_HEADERS: u8 = 5;
    const COUNT: usize = 20;
    // HPACK: `:status: 200`, a header that enters the dynamic table, and references to this header.
    // Its name has 1 byte, and its value has 3000 bytes. HPACK writes this length in three bytes,
    // because 3000 = 127 + 57 + 22 × 128.
    let mut block = vec![0x88, 0x40, 1, b'x', 0x7f, 57 | 0x80, 22];
    block.extend([b'y'; 3000]);
    block.extend([0x80 | 62; COUNT - 1]);
    let response = send::<R>(move |id| (frame(HEADERS, END_STREAM_AND_HEADERS, id, &block), true));
    let response = response.unwrap();
    assert_eq!(response.headers().get_all("x").iter().count(), COUNT);
}

/// Returns an RST_STREAM frame with the code NO_ERROR, which ends a response early.
fn reset(id: u32) -> Vec<u8> {
    frame(RESET, 0, id, &[0; 4])
}

fn a_response_that_is_reset_is_truncated<R: Runtime>() {
    for (headers, body) in [
        (&[(CONTENT_LENGTH, "10")][..], "short"),
        (&[(CONTENT_LENGTH, "10")], ""),
        // Without a length, only the missing end of the stream shows that the body is truncated.
        (&[], "short"),
        (&[], ""),
        (&[(CONTENT_ENCODING, "gzip"), (CONTENT_LENGTH, "10")], ""),
        (&[(CONTENT_ENCODING, "gzip")], ""),
    ] {
        let data = move |id| frame(DATA, 0, id, body.as_bytes());
        let result = send::<R>(move |id| ([head(id, headers), data(id), reset(id)].concat(), true));
        let error = result.unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::Body,
            "{headers:?} {body}: {error:?}"
        );
    }
}

fn a_response_may_be_complete_before_its_reset<R: Runtime>() {
    const END_STREAM: u8 = 1;
    for (headers, flags) in [
        (&[(CONTENT_LENGTH, "5")][..], 0),
        (&[(CONTENT_LENGTH, "5")], END_STREAM),
        (&[], END_STREAM),
    ] {
        let data = move |id| frame(DATA, flags, id, b"whole");
        let result = send::<R>(move |id| ([head(id, headers), data(id), reset(id)].concat(), true));
        assert_eq!(result.unwrap().body(), "whole", "{headers:?} {flags}");
    }
}

fn a_goaway_says_whether_the_request_was_processed<R: Runtime>() {
    const REASONS: [u32; 4] = [0x0, 0x2, 0xb, 0xd];
    for reason in REASONS {
        let away = move |last: u32| {
            let payload = [last.to_be_bytes(), reason.to_be_bytes()].concat();
            (frame(GOAWAY, 0, 0, &payload), false)
        };
        let error = send::<R>(move |_| away(0)).unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::NotSent,
            "{reason}: {error:?}"
        );
        // The server may have processed this stream.
        let error = send::<R>(away).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Io, "{reason}: {error:?}");
    }
}
