//! A client on libcurl. Its responses keep statuses and headers that surf's types cannot represent.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use curl::easy::{Easy2, HttpVersion, List};
use surf::http::Request;

use crate::transfer::Transfer;
use crate::worker::Worker;

/// The longest timeout that libcurl supports on all platforms: 24 days.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

/// The settings of libcurl.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) roots: Option<PathBuf>,
}

/// A client on libcurl.
///
/// It is no backend of a `surf::Client`: with surf's feature `middleware-logger`, every
/// `surf::Client` logs the URLs of its requests, which may contain e-mail addresses.
pub(crate) struct Curl {
    settings: Settings,
    /// The worker for GET, which reuses connections. If a reused connection dies, libcurl resends
    /// the request. For a GET, this is harmless.
    reads: Worker,
    /// The worker for all other methods. It never reuses a connection, so libcurl resends nothing.
    writes: Worker,
}

impl Curl {
    /// Creates a client. A worker's thread starts with its first request.
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            reads: Worker::new(settings.idle_timeout),
            writes: Worker::new(settings.idle_timeout),
            settings,
        }
    }

    /// Sends a request.
    pub(crate) async fn send(&self, mut request: Request) -> Result<HttpResponse, TransportError> {
        // The headers are read first, because taking the body adds a content type.
        let headers = headers(&request).map_err(refused)?;
        let body = request.body_bytes().await.map_err(unreadable)?;
        let is_head = request.method() == surf::http::Method::Head;
        let (transfer, reply) = Transfer::new(is_head, body, self.settings.max_response_bytes);
        let reads = request.method() == surf::http::Method::Get;
        let mut easy = prepare(&request, transfer, &self.settings, reads).map_err(refused)?;
        easy.http_headers(headers).map_err(refused)?;
        let worker = if reads { &self.reads } else { &self.writes };
        worker.run(easy, reply).await
    }
}

fn refused(error: curl::Error) -> TransportError {
    let message = format!("libcurl refused the request: {error}");
    TransportError::new(TransportErrorKind::InvalidRequest, message)
}

fn unreadable(error: surf::Error) -> TransportError {
    let message = format!("cannot read the body of the request: {error}");
    TransportError::new(TransportErrorKind::InvalidRequest, message)
}

/// Translates a request and the settings to options of libcurl.
fn prepare(
    request: &Request,
    transfer: Transfer,
    settings: &Settings,
    reuse: bool,
) -> Result<Easy2<Transfer>, curl::Error> {
    let length = transfer.request_length();
    let mut easy = Easy2::new(transfer);
    easy.signal(false)?;
    easy.url(request.url().as_str())?;
    // An empty proxy prevents libcurl from using the proxy of the environment.
    easy.proxy("")?;
    easy.tcp_nodelay(true)?;
    easy.http_version(HttpVersion::V2TLS)?;
    // libcurl reads zero as its default of five minutes, so the timeout is at least 1 ms.
    let connect_timeout = settings.connect_timeout;
    easy.connect_timeout(connect_timeout.clamp(Duration::from_millis(1), LONGEST))?;
    easy.maxage_conn(max_age(settings.idle_timeout))?;
    let reuse = reuse && !settings.idle_timeout.is_zero();
    easy.fresh_connect(!reuse)?;
    easy.forbid_reuse(!reuse)?;
    if let Some(roots) = &settings.roots {
        trust_only(&mut easy, roots)?;
    }
    set_method(&mut easy, request.method().as_ref(), length)?;
    Ok(easy)
}

/// Trusts the certificates of the file `roots` in place of those of the system.
fn trust_only(easy: &mut Easy2<Transfer>, roots: &Path) -> Result<(), curl::Error> {
    easy.cainfo(roots)?;
    // The curl crate has set the system's folder of certificates, too. The crate cannot unset the
    // folder, so it is replaced by a path that cannot contain files.
    match easy.capath("/dev/null") {
        // `CURLE_NOT_BUILT_IN`: libcurl uses no folder on this platform.
        Err(error) if error.code() == 4 => Ok(()),
        result => result,
    }
}

/// Returns the idle timeout for libcurl, rounded up to whole seconds. Returns zero, which libcurl
/// reads as no limit, if the timeout is longer than [`LONGEST`].
fn max_age(idle_timeout: Duration) -> Duration {
    if idle_timeout > LONGEST {
        return Duration::ZERO;
    }
    Duration::from_secs(idle_timeout.as_millis().div_ceil(1000).max(1) as u64)
}

/// Sets the method, and the length of the body in bytes if there is a body.
fn set_method(easy: &mut Easy2<Transfer>, method: &str, length: u64) -> Result<(), curl::Error> {
    match (method, length) {
        ("GET", 0) => easy.get(true),
        ("HEAD", 0) => easy.nobody(true),
        ("POST", _) => {
            easy.post(true)?;
            easy.post_field_size(length)
        }
        ("PUT" | "PATCH", _) | (_, 1..) => {
            easy.upload(true)?;
            easy.custom_request(method)?;
            easy.in_filesize(length)
        }
        _ => easy.custom_request(method),
    }
}

fn headers(request: &Request) -> Result<List, curl::Error> {
    let mut list = List::new();
    // A name without a value prevents libcurl from adding the header. With `expect`, libcurl would
    // wait for the status 100 before it sends a large body. libcurl's own `content-type` would
    // declare a body to be a form.
    list.append("expect:")?;
    if request.header("content-type").is_none() {
        list.append("content-type:")?;
    }
    for (name, values) in request.iter() {
        // libcurl adds the length itself.
        if name.as_str() == "content-length" {
            continue;
        }
        for value in values {
            let header = match value.as_str().trim() {
                "" => format!("{name};"),
                value => format!("{name}: {value}"),
            };
            list.append(&header)?;
        }
    }
    Ok(list)
}
