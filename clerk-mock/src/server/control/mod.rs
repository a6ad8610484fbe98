//! The paths by which clients in other languages control the fake.

use clerk_core::http::header::ALLOW;
use clerk_core::http::{HeaderValue, StatusCode};
use clerk_core::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::fake::operations::body::body;
use crate::fake::operations::response::{ApiError, ApiResult, http_response, json_response};
use crate::fake::operations::sessions::sign_in::sign_in;
use crate::requests::recorded_request::RecordedRequest;
use crate::server::server_state::ServerState;

/// A path that Clerk does not have.
pub(crate) struct Route {
    path: &'static str,
    method: &'static str,
    run: fn(&ServerState, &RecordedRequest) -> ApiResult,
}

static ROUTES: [Route; 6] = [
    Route {
        path: "/__clerk_mock/state",
        method: "GET",
        run: |state, _| Ok(state.fake.state_body()),
    },
    Route {
        path: "/__clerk_mock/save",
        method: "POST",
        run: |state, _| save(state),
    },
    Route {
        path: "/__clerk_mock/reset",
        method: "POST",
        run: |state, _| {
            state.reset();
            Ok(json!({ "reset": true }).into())
        },
    },
    Route {
        path: "/__clerk_mock/sign_in",
        method: "POST",
        run: |state, request| {
            let now = state.fake.time();
            sign_in(&mut state.fake.world(), &body(request)?, now)
        },
    },
    Route {
        path: "/__clerk_mock/jwt_key",
        method: "GET",
        run: |state, _| Ok(json!({ "jwt_key": state.fake.jwt_key() }).into()),
    },
    Route {
        path: "/__clerk_mock/rotate_signing_key",
        method: "POST",
        run: |state, _| {
            state.fake.rotate_signing_key();
            Ok(json!({ "jwt_key": state.fake.jwt_key() }).into())
        },
    },
];

/// Returns the route with a path, or `None` if the path is Clerk's.
pub(crate) fn route(path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.path == path)
}

/// Saves the state in the file of the server.
fn save(state: &ServerState) -> ApiResult {
    let refuse = |status, code, message: &str| Err(ApiError::new(status, code, message, message));
    let Some(file) = &state.save_file else {
        let message = "The server has no file to save to. Start clerk-mock with --save FILE.";
        return refuse(StatusCode::BAD_REQUEST, "save_file_missing", message);
    };
    match file.save(&state.fake) {
        Ok(()) => Ok(json!({ "saved": true }).into()),
        Err(error) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "save_failed",
            &error.to_string(),
        ),
    }
}

impl Route {
    pub(crate) fn respond(&self, state: &ServerState, request: HttpRequest) -> HttpResponse {
        if request.method().as_str() != self.method {
            let mut response = json_response(StatusCode::METHOD_NOT_ALLOWED, Value::Null);
            let allow = HeaderValue::from_static(self.method);
            response.headers_mut().insert(ALLOW, allow);
            return response;
        }
        state.sync_clock();
        match (self.run)(state, &RecordedRequest::new(request)) {
            Ok(body) => json_response(StatusCode::OK, body),
            Err(error) => {
                let trace_id = state.fake.world().new_trace_id();
                http_response(Err(error), &trace_id)
            }
        }
    }
}
