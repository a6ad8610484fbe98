//! The page at `/`, which shows the fake in a browser and controls it.
//!
//! It is one document without external resources. Its content security policy allows only the
//! page's own script, so that no text from the fake's data runs as a script.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clerk_core::bytes::Bytes;
use clerk_core::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use clerk_core::http::{HeaderValue, Method, StatusCode};
use clerk_core::{HttpResponse, OperationInfo};
use sha2::{Digest, Sha256};

/// The path of the page.
pub(crate) const PATH: &str = "/";

const STYLE: &str = include_str!("page/page.css");

/// The parts of the script, which share one scope.
const SCRIPT: &str = concat!(
    include_str!("page/script/dom.js"),
    include_str!("page/script/server.js"),
    include_str!("page/script/messages.js"),
    include_str!("page/script/routes.js"),
    include_str!("page/script/overview.js"),
    include_str!("page/script/users.js"),
    include_str!("page/script/organizations.js"),
    include_str!("page/script/sessions.js"),
    include_str!("page/script/requests.js"),
    include_str!("page/script/faults.js"),
    include_str!("page/script/webhooks.js"),
    include_str!("page/script/main.js"),
);

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| {
    let mut operations = String::new();
    for operation in OperationInfo::all() {
        operations.extend(["<option value=\"", operation.operation_id(), "\">"]);
    }
    let document = include_str!("page/page.html")
        .replace("{{operations}}", &operations)
        .replace("{{style}}", STYLE)
        .replace("{{script}}", SCRIPT);
    document.into()
});

/// The content security policy. It allows only the page's own script and style, images in `data:`
/// URLs, and requests to this server.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(SCRIPT),
        hash(STYLE),
    );
    let strictest = |_| HeaderValue::from_static("default-src 'none'");
    HeaderValue::try_from(policy).unwrap_or_else(strictest)
});

/// Responds with the page.
pub(crate) fn respond(method: &Method) -> HttpResponse {
    if method != Method::GET && method != Method::HEAD {
        return not_allowed();
    }
    let body = if method == Method::HEAD {
        Bytes::new()
    } else {
        DOCUMENT.clone()
    };
    let mut response = HttpResponse::new(body);
    let headers = response.headers_mut();
    for (name, value) in [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (CONTENT_LENGTH, DOCUMENT.len().into()),
        (CONTENT_SECURITY_POLICY, POLICY.clone()),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ] {
        headers.insert(name, value);
    }
    response
}

fn not_allowed() -> HttpResponse {
    let mut response = HttpResponse::default();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
