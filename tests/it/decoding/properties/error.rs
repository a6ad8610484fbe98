//! Any response with a status other than 2xx is an error, and no method of the error panics.

use std::time::Duration;

use clerk_client::OperationInfo;
use clerk_client::http::{HeaderValue, StatusCode};
use clerk_client::transport::{HttpResponse, decode};

/// Checks a response. The data consists of a status, the length of a header value, the header
/// value, and the body.
pub(crate) fn check(data: &[u8]) {
    let [low, high, length, rest @ ..] = data else {
        return;
    };
    let status = 100 + u16::from_le_bytes([*low, *high]) % 900;
    let (value, body) = rest.split_at(usize::from(*length).min(rest.len()));
    let mut answer = HttpResponse::new(body.to_vec().into());
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    if let Ok(value) = HeaderValue::from_bytes(value) {
        for name in [
            "retry-after",
            "date",
            "content-type",
            "clerk-trace-id",
            "cf-ray",
        ] {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    let Err(error) = decode::<()>(&OperationInfo::all()[0], answer) else {
        assert!((200..300).contains(&status));
        return;
    };
    assert_eq!(error.status().unwrap().as_u16(), status);
    assert_eq!(error.body(), body);
    super::is_one_line(&error.to_string());
    let _ = (
        format!("{error:?}"),
        error.code(),
        error.trace_id(),
        error.is_retryable(),
    );
    assert!(
        error
            .retry_after()
            .is_none_or(|wait| wait <= Duration::from_secs(u64::MAX))
    );
    for one in error.clerk_errors() {
        assert_eq!(one.param_name().is_some(), {
            let name = one.param_name().unwrap_or_default();
            error.for_param(&name).contains(&one)
        });
    }
}
