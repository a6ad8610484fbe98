//! Converts requests and responses between JavaScript's types and the types of the crate `http`.

use clerk_client::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, ResponseInit};

/// Reads a request with its body.
pub(crate) async fn request(request: &web_sys::Request) -> Result<Request<String>, JsValue> {
    let body = JsFuture::from(request.text()?).await?;
    let mut copy = Request::new(body.as_string().unwrap_or_default());
    *copy.method_mut() = Method::from_bytes(request.method().as_bytes()).map_err(invalid)?;
    *copy.uri_mut() = request.url().parse::<Uri>().map_err(invalid)?;
    *copy.headers_mut() = headers(&request.headers());
    Ok(copy)
}

fn headers(headers: &Headers) -> HeaderMap {
    let mut copy = HeaderMap::new();
    for entry in headers.entries().into_iter().flatten() {
        let entry: Array = entry.unchecked_into();
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let name = name.and_then(|name| HeaderName::from_bytes(name.as_bytes()).ok());
        // JavaScript represents each byte of a header value as a character.
        let bytes = |value: String| {
            value
                .chars()
                .map(u8::try_from)
                .collect::<Result<Vec<u8>, _>>()
        };
        let value = value.and_then(|value| HeaderValue::from_bytes(&bytes(value).ok()?).ok());
        if let (Some(name), Some(value)) = (name, value) {
            copy.append(name, value);
        }
    }
    copy
}

/// Writes a response.
pub(crate) fn response(response: &Response<String>) -> Result<web_sys::Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in response.headers() {
        headers.append(name.as_str(), value.to_str().map_err(invalid)?)?;
    }
    let init = ResponseInit::new();
    init.set_status(response.status().as_u16());
    init.set_headers(&headers);
    web_sys::Response::new_with_opt_str_and_init(Some(response.body()), &init)
}

fn invalid(error: impl std::error::Error) -> JsValue {
    JsError::from(error).into()
}
