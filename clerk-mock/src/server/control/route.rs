//! Finds the function of a control request: a request to a path below `/__clerk_mock/`.

use std::pin::Pin;

use clerk_core::http::header::ALLOW;
use clerk_core::http::{HeaderValue, StatusCode};
use clerk_core::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::fake::operations::response::{ApiError, ApiResult, http_response, json_response};
use crate::requests::recorded_request::RecordedRequest;
use crate::server::codes;
use crate::server::control::call::Call;
use crate::server::control::{
    clock, faults, keys, requests, settings, sign_in, state, webhooks, worlds,
};
use crate::server::server_state::ServerState;
use crate::server::world_name::WorldName;

/// The prefix of the paths of control requests.
const PREFIX: &str = "/__clerk_mock/";

/// The OpenAPI document of the paths.
const OPENAPI: &str = include_str!("openapi.json");

/// The trace id of errors.
const TRACE_ID: &str = "control";

/// A method and a path below [`PREFIX`], with the function that handles such requests.
struct Route {
    method: &'static str,
    /// The path below [`PREFIX`]. A part in braces is the last part of the path, and matches any
    /// text that is not empty and has no slash.
    path: &'static str,
    run: Run,
}

/// The function of a route.
enum Run {
    AtOnce(fn(&Call<'_>) -> ApiResult),
    /// A function that waits, for example for webhooks.
    Waiting(for<'a> fn(&'a Call<'a>) -> Waiting<'a>),
}

type Waiting<'a> = Pin<Box<dyn Future<Output = ApiResult> + Send + 'a>>;

const fn route(method: &'static str, path: &'static str, run: fn(&Call<'_>) -> ApiResult) -> Route {
    let run = Run::AtOnce(run);
    Route { method, path, run }
}

const fn waiting(
    method: &'static str,
    path: &'static str,
    run: for<'a> fn(&'a Call<'a>) -> Waiting<'a>,
) -> Route {
    let run = Run::Waiting(run);
    Route { method, path, run }
}

static ROUTES: [Route; 27] = [
    route("GET", "state", state::get),
    route("PUT", "state", state::replace),
    route("POST", "seed", state::seed),
    waiting("POST", "reset", |call| Box::pin(state::reset(call))),
    route("POST", "save", state::save),
    route("PUT", "random_seed", state::set_random_seed),
    route("GET", "requests", requests::list),
    route("DELETE", "requests", requests::clear),
    route("POST", "requests/count", requests::count),
    route("GET", "faults", faults::list),
    route("POST", "faults", faults::plan),
    route("DELETE", "faults", faults::end_all),
    route("DELETE", "faults/{id}", faults::end),
    route("GET", "clock", clock::get),
    route("POST", "clock", clock::set),
    route("GET", "settings", settings::get),
    route("PATCH", "settings", settings::change),
    route("POST", "sign_in", sign_in::sign_in),
    route("GET", "jwt_key", keys::get),
    route("POST", "rotate_signing_key", keys::rotate),
    route("PUT", "webhook", webhooks::set),
    waiting("DELETE", "webhook", |call| Box::pin(webhooks::remove(call))),
    route("GET", "webhooks", webhooks::list),
    waiting("POST", "webhooks/settle", |call| {
        Box::pin(webhooks::settle(call))
    }),
    route("GET", "worlds", worlds::list),
    waiting("DELETE", "worlds/{name}", |call| {
        Box::pin(worlds::delete(call))
    }),
    route("GET", "openapi.json", |_| Ok(openapi().into())),
];

/// Whether a path starts with [`PREFIX`]. Clerk's API has no such paths.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// Runs a control request on the world (an instance of Clerk) with this name. Without a name, the
/// request is for the unnamed world.
pub(crate) async fn respond(
    server: &ServerState,
    world_name: Option<&WorldName>,
    request: HttpRequest,
) -> HttpResponse {
    let request = RecordedRequest::new(request);
    let path = request.path().strip_prefix(PREFIX).unwrap_or_default();
    let routes = || {
        let routes = ROUTES.iter();
        routes.filter_map(|route| Some((route, argument(route.path, path)?)))
    };
    let method = request.method().as_str();
    let Some((route, argument)) = routes().find(|(route, _)| route.method == method) else {
        let methods: Vec<_> = routes().map(|(route, _)| route.method).collect();
        return if methods.is_empty() {
            unknown(request.path())
        } else {
            not_allowed(method, &methods)
        };
    };
    let call = Call {
        server,
        world_name,
        request: &request,
        argument,
    };
    let result = match route.run {
        Run::AtOnce(run) => run(&call),
        Run::Waiting(run) => run(&call).await,
    };
    match result {
        Ok(body) => json_response(StatusCode::OK, body),
        Err(error) => refusal(error),
    }
}

/// Converts an error into a response.
pub(crate) fn refusal(error: ApiError) -> HttpResponse {
    http_response(Err(error), TRACE_ID)
}

fn openapi() -> Value {
    serde_json::from_str(OPENAPI).unwrap_or_default()
}

/// Returns the part of a path at the braces of a pattern, or an empty text if the pattern has no
/// braces. Returns `None` if the path does not match.
fn argument<'a>(pattern: &str, path: &'a str) -> Option<&'a str> {
    let Some((before, _)) = pattern.split_once('{') else {
        return (pattern == path).then_some("");
    };
    let argument = path.strip_prefix(before)?;
    (!argument.is_empty() && !argument.contains('/')).then_some(argument)
}

fn unknown(path: &str) -> HttpResponse {
    let known = ROUTES.iter();
    let known: Vec<_> = known
        .map(|route| format!("{} {PREFIX}{}", route.method, route.path))
        .collect();
    let message = format!("There is no {path}. The paths are: {}.", known.join(", "));
    let error = json!({
        "code": "control_path_unknown",
        "message": "unknown path",
        "long_message": message,
        "meta": { "paths": known },
    });
    let body = json!({ "errors": [error], "clerk_trace_id": TRACE_ID });
    json_response(StatusCode::NOT_FOUND, body)
}

fn not_allowed(method: &str, methods: &[&str]) -> HttpResponse {
    let allowed = methods.join(", ");
    let mut response = refusal(ApiError::new(
        codes::METHOD_NOT_ALLOWED,
        &format!("This path does not allow {method}, only {allowed}."),
    ));
    if let Ok(allowed) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}
