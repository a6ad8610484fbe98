use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use serde_core::Serialize;

use crate::uri::query::Query;

/// The parts of a request that differ from call to call.
#[derive(Clone)]
pub(crate) struct RequestParts {
    pub(crate) path: String,
    pub(crate) query: Query,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<RequestBody>,
}

/// A body and its content type.
#[derive(Clone)]
pub(crate) struct RequestBody {
    pub(crate) content_type: HeaderValue,
    pub(crate) bytes: Bytes,
}

impl RequestParts {
    pub(crate) fn new(path: String) -> Self {
        Self {
            path,
            query: Query::default(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// Sets the JSON body.
    pub(crate) fn json(&mut self, body: &(impl Serialize + ?Sized)) -> Result<(), String> {
        let json = serde_json::to_vec(body)
            .map_err(|error| format!("invalid body: it cannot be serialized: {error}"))?;
        self.body = Some(RequestBody {
            content_type: HeaderValue::from_static("application/json"),
            bytes: json.into(),
        });
        Ok(())
    }
}
