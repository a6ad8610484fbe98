//! A client of the control paths, by which tests control a served fake. It validates the responses.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use clerk_client::http::Request;
use clerk_client::mock::FakeServer;
use clerk_client::transport::{HttpRequest, HttpTransport};
use clerk_client::{Clerk, RetryPolicy, TokioTransport};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::specification::document::Document;
use crate::specification::validator::ResponseValidator;
use crate::support::key;

pub(super) static OPENAPI: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("../../../../clerk-mock/src/server/control/openapi.json");
    serde_json::from_str(text).unwrap()
});

static VALIDATOR: LazyLock<ResponseValidator> =
    LazyLock::new(|| ResponseValidator::new(Document::from_value(OPENAPI.clone())));

/// The validators of the bodies of requests, by operationId.
static BODIES: Mutex<BTreeMap<String, Validator>> = Mutex::new(BTreeMap::new());

/// A client of a server, or of one of its worlds. A world is an independent fake.
#[derive(Clone)]
pub(super) struct Control {
    origin: String,
    transport: TokioTransport,
    world: Option<String>,
}

impl Control {
    pub(super) fn new(server: &FakeServer) -> Self {
        Self {
            origin: server.url().trim_end_matches("/v1").to_owned(),
            transport: TokioTransport::new().unwrap(),
            world: None,
        }
    }

    pub(super) fn world(&self, name: &str) -> Self {
        let world = Some(name.to_owned());
        Self {
            world,
            ..self.clone()
        }
    }

    /// Creates a client of Clerk's operations, for the same world.
    pub(super) fn clerk(&self) -> Clerk {
        let world = self.world.as_ref();
        let world = world.map_or_else(String::new, |name| format!("/__clerk_mock/worlds/{name}"));
        let builder = Clerk::builder(self.transport.clone(), key());
        let builder = builder.base_url(format!("{}{world}/v1", self.origin));
        builder.retry(RetryPolicy::none()).build().unwrap()
    }

    /// Sends a request to any path. The returned body is null if the response has no JSON body.
    pub(super) async fn send(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .header("authorization", "Bearer sk_test_surface")
            .header("content-type", "application/json");
        if let Some(world) = &self.world {
            request = request.header("x-clerk-mock-world", world);
        }
        let request: HttpRequest = request.body(body.to_owned().into()).unwrap();
        let response = self.transport.send(request).await.unwrap();
        let body = serde_json::from_slice(response.body()).unwrap_or_default();
        (response.status().as_u16(), body)
    }

    /// Sends a control request. Asserts that the response conforms to the OpenAPI document. If the
    /// server accepts the request, the request's body must conform too.
    pub(super) async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let path = format!("/__clerk_mock/{path}");
        let text = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let (status, response) = self.send(method, &path, &text).await;
        let operation = operation(method, &path);
        let id = operation["operationId"].as_str().unwrap();
        let errors = VALIDATOR.check(id, status, &response);
        assert!(errors.is_empty(), "{errors:#?}\n{response:#}");
        if status == 200 && !body.is_null() {
            assert!(is_valid(operation, &body), "{method} {path} {body}");
        }
        (status, response)
    }

    /// Sends a control request that must be accepted, and returns the body of the response.
    pub(super) async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, response) = self.call(method, path, body).await;
        assert_eq!(status, 200, "{method} {path}: {response}");
        response
    }

    /// Sends a control request that must be refused with a 422, and returns the error.
    pub(super) async fn refused(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, mut response) = self.call(method, path, body).await;
        assert_eq!(status, 422, "{method} {path}: {response}");
        response["errors"][0].take()
    }
}

/// Returns the operation with this method and path in the OpenAPI document.
pub(super) fn operation(method: &str, path: &str) -> &'static Value {
    let path = path.split('?').next().unwrap();
    let paths = OPENAPI["paths"].as_object().unwrap();
    let parameter = |pattern: &str| {
        let before = pattern.split('{').next().unwrap();
        pattern.contains('{') && path.len() > before.len() && path.starts_with(before)
    };
    let exact = paths.get(path);
    let item = exact.or_else(|| Some(paths.iter().find(|(pattern, _)| parameter(pattern))?.1));
    &item.unwrap()[method.to_lowercase()]
}

/// Whether the OpenAPI document allows this body for a request of the operation.
pub(super) fn is_valid(operation: &Value, body: &Value) -> bool {
    let id = operation["operationId"].as_str().unwrap();
    let mut bodies = BODIES.lock().unwrap();
    let validator = bodies
        .entry(id.to_owned())
        .or_insert_with(|| body_validator(operation));
    validator.is_valid(body)
}

fn body_validator(operation: &Value) -> Validator {
    let mut schema = operation["requestBody"]["content"]["application/json"]["schema"].clone();
    schema["components"] = json!({ "schemas": OPENAPI["components"]["schemas"] });
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.build(&schema).unwrap()
}
