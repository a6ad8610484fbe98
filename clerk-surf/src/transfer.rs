//! A request and its response, which libcurl's callbacks send and receive.

use std::io::{Read, SeekFrom};

use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use curl::easy::{Handler, ReadError, SeekResult, WriteError};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::failure::{Progress, classify, too_large};
use crate::reply::{Promise, Reply, reply};

/// The maximum number of bytes that are reserved because of a `content-length`.
const MAX_RESERVE: usize = 1 << 20;

/// A request that libcurl sends, and the part of its response that libcurl has received.
pub(crate) struct Transfer {
    is_head: bool,
    request: Vec<u8>,
    /// The number of bytes of the request's body that libcurl has read.
    read: usize,
    status: Option<StatusCode>,
    headers: HeaderMap,
    head_is_complete: bool,
    body: Vec<u8>,
    max_response_bytes: usize,
    is_too_large: bool,
    promise: Option<Promise>,
}

/// Returns the length that the headers of a response announce for its body. `None` if the response
/// has no body, or if the headers announce no length.
pub(crate) fn announced(is_head: bool, status: StatusCode, headers: &HeaderMap) -> Option<u64> {
    let no_body = is_head || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    let length = headers.get(CONTENT_LENGTH).filter(|_| !no_body)?;
    length.to_str().ok()?.parse().ok()
}

impl Transfer {
    /// Creates the transfer of a request whose body is `request`, and the future of the response.
    /// `is_head` says whether the request's method is HEAD.
    pub(crate) fn new(is_head: bool, request: Vec<u8>, max_response_bytes: usize) -> (Self, Reply) {
        let (promise, reply) = reply();
        let transfer = Self {
            is_head,
            request,
            read: 0,
            status: None,
            headers: HeaderMap::new(),
            head_is_complete: false,
            body: Vec::new(),
            max_response_bytes,
            is_too_large: false,
            promise: Some(promise),
        };
        (transfer, reply)
    }

    pub(crate) fn request_length(&self) -> u64 {
        self.request.len() as u64
    }

    /// Records that libcurl starts the transfer.
    pub(crate) fn start(&mut self) {
        if let Some(promise) = &mut self.promise {
            promise.start();
        }
    }

    /// Completes the reply. `sent` says whether libcurl has sent a part of the request.
    pub(crate) fn finish(&mut self, result: Result<(), curl::Error>, sent: bool) {
        let progress = match (sent, self.head_is_complete) {
            (_, true) => Progress::Responding,
            (true, false) => Progress::Sent,
            (false, false) => Progress::Connecting,
        };
        let result = match (result, self.status) {
            _ if self.is_too_large => Err(too_large(self.max_response_bytes)),
            (Ok(()), Some(status)) if self.head_is_complete => {
                let mut response = HttpResponse::new(std::mem::take(&mut self.body).into());
                *response.status_mut() = status;
                *response.headers_mut() = std::mem::take(&mut self.headers);
                Ok(response)
            }
            (Ok(()), _) => Err(TransportError::new(
                TransportErrorKind::Body,
                "the response has no head",
            )),
            (Err(error), _) => Err(classify(error, progress)),
        };
        if let Some(promise) = self.promise.take() {
            promise.complete(result);
        }
    }

    /// Completes the reply after a failure of libcurl that ends all transfers.
    pub(crate) fn abort(&mut self, error: &curl::MultiError, sent: bool) {
        let kind = if sent {
            TransportErrorKind::Io
        } else {
            TransportErrorKind::NotSent
        };
        let message = format!("libcurl failed, and restarts with the next request: {error}");
        if let Some(promise) = self.promise.take() {
            promise.complete(Err(TransportError::new(kind, message)));
        }
    }

    /// Ends a response head. Returns whether the transfer continues.
    fn complete_head(&mut self) -> bool {
        let Some(status) = self.status.filter(|status| !status.is_informational()) else {
            return true;
        };
        self.head_is_complete = true;
        let announced = announced(self.is_head, status, &self.headers).unwrap_or_default();
        self.is_too_large = announced > self.max_response_bytes as u64;
        let reserve = usize::try_from(announced).unwrap_or(usize::MAX);
        self.body.reserve(reserve.min(MAX_RESERVE));
        !self.is_too_large
    }
}

impl Handler for Transfer {
    fn header(&mut self, line: &[u8]) -> bool {
        // Headers after the head are trailers.
        if self.head_is_complete {
            return true;
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            return self.complete_head();
        }
        if line.starts_with(b"HTTP/") {
            let mut words = line.split(u8::is_ascii_whitespace);
            let status = words.nth(1).map(StatusCode::from_bytes);
            self.status = status.and_then(Result::ok);
            self.headers.clear();
            return true;
        }
        let mut parts = line.splitn(2, |&byte| byte == b':');
        let name = parts.next().map(HeaderName::from_bytes);
        let value = parts
            .next()
            .map(|value| HeaderValue::from_bytes(value.trim_ascii()));
        // An invalid header is skipped, because the response is usable without it.
        if let (Some(Ok(name)), Some(Ok(value))) = (name, value) {
            return self.headers.try_append(name, value).is_ok();
        }
        true
    }

    fn write(&mut self, data: &[u8]) -> Result<usize, WriteError> {
        if data.len() > self.max_response_bytes.saturating_sub(self.body.len()) {
            self.is_too_large = true;
            return Ok(0);
        }
        self.body.extend_from_slice(data);
        Ok(data.len())
    }

    fn read(&mut self, into: &mut [u8]) -> Result<usize, ReadError> {
        let mut rest = self.request.get(self.read..).unwrap_or_default();
        let count = rest.read(into).map_err(|_| ReadError::Abort)?;
        self.read += count;
        Ok(count)
    }

    fn seek(&mut self, whence: SeekFrom) -> SeekResult {
        let SeekFrom::Start(position) = whence else {
            return SeekResult::CantSeek;
        };
        match usize::try_from(position) {
            Ok(position) if position <= self.request.len() => {
                self.read = position;
                SeekResult::Ok
            }
            _ => SeekResult::Fail,
        }
    }
}
