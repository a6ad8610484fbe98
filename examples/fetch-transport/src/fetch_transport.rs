//! The transport, its timers, and the conversion of requests and responses.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use clerk_client::transport::TransportErrorKind::{
    self, Body, BodyTooLarge, InvalidRequest, Io, Other,
};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use js_sys::{Array, Date, Function, Promise, Uint8Array};
use tokio::sync::oneshot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestInit,
    RequestRedirect, Response,
};

// These functions are global in browsers, workers and Node. `web_sys` has them only as methods of
// `Window` and of `WorkerGlobalScope`.
#[wasm_bindgen]
extern "C" {
    fn fetch(url: &str, init: &RequestInit) -> Promise;

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: i32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// A transport over JavaScript's `fetch`.
#[derive(Debug, Clone)]
pub struct FetchTransport {
    /// The maximum size of a response body, in bytes.
    pub max_response_bytes: usize,
}

#[async_trait]
impl HttpTransport for FetchTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let limit = self.max_response_bytes;
        run_local(move || Box::pin(exchange(request, limit))).await?
    }

    async fn sleep(&self, duration: Duration) {
        let end = self.now().saturating_add(duration);
        // A timer may fire early, and waits for less than 2³¹ milliseconds. So the loop may start
        // several timers.
        while let Some(left) = end.checked_sub(self.now()).filter(|left| !left.is_zero()) {
            let milliseconds = left.as_nanos().div_ceil(1_000_000);
            let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            if run_local(move || Box::pin(wait(milliseconds)))
                .await
                .is_err()
            {
                std::future::pending::<()>().await;
            }
        }
    }

    fn now(&self) -> Duration {
        Duration::try_from_secs_f64(performance_now() / 1000.0).unwrap_or_default()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        Some(Timestamp::from_millis(Date::now() as i64))
    }
}

/// Runs a future on JavaScript's event loop. The returned future is `Send`, although the future
/// that runs is not.
async fn run_local<T: Send + 'static>(
    start: impl FnOnce() -> Pin<Box<dyn Future<Output = T>>>,
) -> Result<T, TransportError> {
    let (mut sender, receiver) = oneshot::channel();
    let future = start();
    spawn_local(async move {
        tokio::select! {
            // The caller has dropped the returned future, so `future` is dropped, too.
            () = sender.closed() => {}
            result = future => drop(sender.send(result)),
        }
    });
    receiver
        .await
        .map_err(|error| TransportError::new(Other, error))
}

/// Sends a request and reads the whole response.
async fn exchange(request: HttpRequest, limit: usize) -> Result<HttpResponse, TransportError> {
    let abort = AbortOnDrop(AbortController::new().map_err(failure(Other))?);
    let init = init(&request, &abort).map_err(failure(InvalidRequest))?;
    // `fetch` does not say whether the request was sent, so the error has the kind `Io`. After an
    // error of this kind, the client retries only idempotent operations.
    let response = JsFuture::from(fetch(&request.uri().to_string(), &init));
    let response = response.await.map_err(failure(Io))?;
    let response: Response = response.dyn_into().map_err(failure(Other))?;

    // In a browser, the status of a redirect is 0. In Node and in workerd, it is the real status.
    let status = StatusCode::from_u16(response.status());
    let status = status.map_err(|error| TransportError::new(Other, error))?;
    let headers = headers(&response.headers())?;
    let mut complete = HttpResponse::new(body(&response, limit).await?.into());
    *complete.status_mut() = status;
    *complete.headers_mut() = headers;
    Ok(complete)
}

fn init(request: &HttpRequest, abort: &AbortOnDrop) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        // JavaScript represents each byte of a header value as a character.
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        headers.append(name.as_str(), &value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers(&headers);
    if !request.body().is_empty() {
        init.set_body(&Uint8Array::from(&**request.body()));
    }
    // If redirects were followed, the secret key could be sent to another host.
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.0.signal()));
    Ok(init)
}

/// Copies the headers of a response. `fetch` joins the values of repeated headers.
fn headers(headers: &Headers) -> Result<HeaderMap, TransportError> {
    let mut copied = HeaderMap::new();
    for entry in headers.entries() {
        let entry: Array = entry.map_err(failure(Other))?.unchecked_into();
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let (Some(name), Some(value)) = (name, value) else {
            continue;
        };
        let value: Vec<u8> = value.chars().filter_map(|c| u8::try_from(c).ok()).collect();
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(&value)) {
            copied.append(name, value);
        }
    }
    Ok(copied)
}

/// Reads the body piece by piece. Stops at the limit, so a larger body is never in memory as a
/// whole.
async fn body(response: &Response, limit: usize) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(body);
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(failure(Body))?;
        let piece: ReadableStreamReadResult = piece.unchecked_into();
        if piece.get_done() == Some(true) {
            return Ok(body);
        }
        let piece: Uint8Array = piece.get_value().dyn_into().map_err(failure(Body))?;
        if body.len() + piece.length() as usize > limit {
            let message = format!("the response is larger than {limit} bytes");
            return Err(TransportError::new(BodyTooLarge, message));
        }
        body.extend(piece.to_vec());
    }
}

/// Returns a function that converts an error of JavaScript.
fn failure(kind: TransportErrorKind) -> impl Fn(JsValue) -> TransportError {
    move |error| {
        // Node's error `fetch failed` has a property that names the cause.
        let cause = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::cause);
        let cause = cause.filter(|cause| !cause.is_undefined());
        let cause = cause
            .map(|cause| format!(" ({cause:?})"))
            .unwrap_or_default();
        TransportError::new(kind, format!("{error:?}{cause}"))
    }
}

/// Aborts a request when this value is dropped. Dropping the future of `fetch` does not stop the
/// request.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn wait(milliseconds: i32) {
    let mut timer = ClearOnDrop(JsValue::UNDEFINED);
    let promise = Promise::new(&mut |resolve, _| timer.0 = set_timeout(&resolve, milliseconds));
    // The promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// A timer that is cleared when this value is dropped. Otherwise, Node would wait for the timer
/// before it exits.
struct ClearOnDrop(JsValue);

impl Drop for ClearOnDrop {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}
