//! The requirements of the tokio transports on their runtime.

use std::sync::Arc;

use clerk_client::transport::{DynTransport, HttpTransport, TransportErrorKind};
use clerk_client::{ReqwestTransport, TokioTransport};

use super::{cause, get};

#[test]
fn a_tokio_runtime_without_io_is_reported() {
    let transports: [DynTransport; 2] = [
        Arc::new(TokioTransport::new().unwrap()),
        Arc::new(ReqwestTransport::new().unwrap()),
    ];
    for transport in transports {
        let without_io = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let error = without_io
            .block_on(transport.send(get("http://127.0.0.1:9/")))
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Other);
        assert!(cause(&error).contains("enable_all"), "{error:?}");
    }
}
