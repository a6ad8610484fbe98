//! HTTP/2, with frames that a server rarely sends.

use clerk_client::ReqwestTransport;
use clerk_client::transport::TransportErrorKind;
use reqwest::ClientBuilder;

use super::{get, send};
use crate::support::raw_http2::{GOAWAY, RESET, RawHttp2, frame};

fn kind_after(
    respond: impl Fn(u32) -> (Vec<u8>, bool) + Send + Sync + 'static,
) -> TransportErrorKind {
    let server = RawHttp2::start(respond);
    let transport =
        ReqwestTransport::from_builder(|| ClientBuilder::new().no_proxy().http2_prior_knowledge());
    send(&transport.unwrap(), get(&server.url()))
        .unwrap_err()
        .kind()
}

#[test]
fn a_refused_stream_was_not_processed() {
    const REFUSED: [u8; 4] = [0, 0, 0, 7];
    let kind = kind_after(|id| (frame(RESET, 0, id, &REFUSED), true));
    assert_eq!(kind, TransportErrorKind::NotSent);
}

#[test]
fn a_goaway_says_whether_the_request_was_processed() {
    for reason in [0x0_u32, 0x2, 0xb, 0xd] {
        let away = move |last: u32| {
            let payload = [last.to_be_bytes(), reason.to_be_bytes()].concat();
            (frame(GOAWAY, 0, 0, &payload), false)
        };
        assert_eq!(
            kind_after(move |_| away(0)),
            TransportErrorKind::NotSent,
            "{reason}"
        );
        // The server may have processed this stream.
        assert_eq!(kind_after(away), TransportErrorKind::Io, "{reason}");
    }
}
