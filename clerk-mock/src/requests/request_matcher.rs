//! Conditions for requests, and how a request differs from them.

use std::fmt::{self, Display};

use clerk_core::OperationInfo;
use serde_json::Value;

use crate::requests::recorded_request::RecordedRequest;

/// The fields of a body whose values are hidden in messages and in the journal of a `FakeServer`.
const HIDDEN: [&str; 24] = [
    "access_token",
    "api_key",
    "backup_codes",
    "client_secret",
    "code",
    "cookies",
    "expired_token",
    "id_token",
    "jwt",
    "password",
    "password_digest",
    "private_metadata",
    "refresh_token",
    "relay_state",
    "request_headers",
    "saml_response",
    "secret",
    "secret_key",
    "signing_key",
    "svix_url",
    "token",
    "token_secret",
    "totp_secret",
    "unsafe_metadata",
];

/// The headers whose values are hidden in messages and in the journal of a `FakeServer`.
pub(crate) const HIDDEN_HEADERS: [&str; 3] = ["authorization", "cookie", "set-cookie"];

/// The text before a secret in a URL.
const TICKET: &str = "ticket=";

/// Conditions for a request. A request matches if it satisfies all of them.
///
/// ```
/// use clerk_client::requests::UpdateUserRequest;
/// use clerk_client::mock::{FakeClerk, FakeUser, RequestMatcher};
/// use serde_json::json;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), clerk_client::Error> {
/// let fake = FakeClerk::new();
/// fake.add(FakeUser::new("user_ada"));
/// let request = UpdateUserRequest::new().first_name("Ada").last_name("Lovelace");
/// fake.client().users().update_user("user_ada", request).await?;
///
/// let renamed = RequestMatcher::operation("UpdateUser").json(json!({ "first_name": "Ada" }));
/// fake.assert_requested(&renamed, 1);
/// fake.assert_requested(&renamed.path("/v1/users/user_alan"), 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use = "a matcher does nothing until it is passed to a fake"]
pub struct RequestMatcher {
    operation: Option<&'static str>,
    path: Option<String>,
    query: Vec<(String, Vec<String>)>,
    headers: Vec<(String, String)>,
    json: Option<Value>,
}

impl RequestMatcher {
    /// Creates a matcher without conditions, which matches any request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Creates a matcher for the requests of an operation.
    ///
    /// The operation is a constant of [`operations`](clerk_core::operations), the name of a method,
    /// or Clerk's operationId: `operations::CreateUser`, `"create_user"` or `"CreateUser"`.
    ///
    /// # Panics
    ///
    /// Panics if Clerk has no such operation.
    #[track_caller]
    pub fn operation(operation: impl TryInto<OperationInfo, Error: Display>) -> Self {
        Self {
            operation: Some(known_operation(operation).operation_id()),
            ..Self::default()
        }
    }

    /// Also requires this path, percent-encoded as in the request, such as `/v1/users/user_1`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Also requires a query parameter to have these values, in this order.
    ///
    /// If `values` is empty, the parameter must be missing.
    pub fn query<V: Into<String>>(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.query.push((name.into(), values));
        self
    }

    /// Also requires a header to have this value.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Also requires a JSON body that contains `part`.
    ///
    /// Objects of the body may have more keys than those of `part`. All other values, such as
    /// arrays, must be equal.
    pub fn json(mut self, part: Value) -> Self {
        self.json = Some(part);
        self
    }

    /// Whether a request matches.
    #[must_use]
    pub fn matches(&self, request: &RecordedRequest) -> bool {
        self.differences(request).is_empty()
    }

    fn matches_operation(&self, request: &RecordedRequest) -> bool {
        self.operation.is_none() || self.operation == request.operation_id()
    }

    /// Returns a line for each value of a request that does not satisfy a condition.
    fn differences(&self, request: &RecordedRequest) -> Vec<String> {
        let mut lines = Vec::new();
        let mut compare = |what: &str, expected: &str, was: &str| {
            if expected != was {
                lines.push(format!("{what}: expected {expected:?}, was {was:?}"));
            }
        };
        if let Some(operation) = &self.operation {
            let was = request.operation_id().unwrap_or("unknown");
            compare("operation", operation, was);
        }
        if let Some(path) = &self.path {
            compare("path", path, request.path());
        }
        for (name, expected) in &self.query {
            let was = request.query_values(name);
            if *expected != was {
                lines.push(format!("query {name}: expected {expected:?}, was {was:?}"));
            }
        }
        for (name, expected) in &self.headers {
            let was = request.header(name);
            if was != Some(expected) {
                lines.push(header_difference(name, expected, was));
            }
        }
        if let Some(part) = &self.json {
            compare_json("json", part, Some(&request.json()), &mut lines);
        }
        lines
    }

    /// Describes the most similar of the `others`, which do not match. Returns an empty text if
    /// there are no others.
    pub(crate) fn nearest<'a>(
        &self,
        which: &str,
        others: impl IntoIterator<Item = &'a RecordedRequest>,
    ) -> String {
        let nearest = others
            .into_iter()
            .map(|request| (request, self.differences(request)))
            .min_by_key(|(request, differences)| {
                (!self.matches_operation(request), differences.len())
            });
        let Some((request, differences)) = nearest else {
            return String::new();
        };
        let mut text = format!("\nthe most similar {which} request is\n  {}", line(request));
        for difference in differences {
            text += &format!("\n    {difference}");
        }
        text
    }

    /// Returns the message of a failed assertion, or `None` if exactly `expected` requests match.
    pub(crate) fn mismatch(&self, expected: usize, requests: &[RecordedRequest]) -> Option<String> {
        let (matching, others): (Vec<_>, Vec<_>) =
            requests.iter().partition(|request| self.matches(request));
        if matching.len() == expected {
            return None;
        }
        let mut text = format!(
            "expected {expected} requests{self}\nfound {} among {} recorded requests",
            matching.len(),
            requests.len()
        );
        for request in &matching {
            text += &format!("\n  {}", line(request));
        }
        if matching.len() < expected {
            text += &self.nearest("other", others);
        }
        Some(text)
    }
}

/// Hides the required values of bodies and headers.
impl fmt::Debug for RequestMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestMatcher")
            .field(&self.to_string())
            .finish()
    }
}

/// Writes `, of CreateUser, to /v1/users, …`, without the required values of bodies and headers.
impl fmt::Display for RequestMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.operation {
            write!(f, ", of {operation}")?;
        }
        if let Some(path) = &self.path {
            write!(f, ", to {path}")?;
        }
        for (name, values) in &self.query {
            write!(f, ", with the query {name} {values:?}")?;
        }
        for (name, _) in &self.headers {
            write!(f, ", with a header {name}")?;
        }
        if let Some(Value::Object(part)) = &self.json {
            let keys: Vec<_> = part.keys().collect();
            write!(f, ", with {keys:?} in the body")?;
        } else if self.json.is_some() {
            write!(f, ", with a body")?;
        }
        Ok(())
    }
}

/// Returns an operation, or panics if it is unknown. Without the panic, a misspelled name would go
/// unnoticed in an assertion that no request matches.
#[track_caller]
#[allow(clippy::panic, reason = "an assertion of a test")]
pub(crate) fn known_operation(
    operation: impl TryInto<OperationInfo, Error: Display>,
) -> OperationInfo {
    match operation.try_into() {
        Ok(operation) => operation,
        Err(error) => panic!("{error}"),
    }
}

/// Returns a request as one line, without headers and body.
pub(crate) fn line(request: &RecordedRequest) -> String {
    let (method, path) = (request.method(), request.path());
    match request.request().uri().query() {
        Some(query) => format!("{method} {path}?{query}"),
        None => format!("{method} {path}"),
    }
}

fn header_difference(name: &str, expected: &str, was: Option<&str>) -> String {
    let mut hidden = HIDDEN_HEADERS.iter();
    let is_hidden = hidden.any(|hidden| name.eq_ignore_ascii_case(hidden));
    match was {
        Some(_) if is_hidden => format!("header {name}: unexpected value (hidden)"),
        None if is_hidden => format!("header {name}: expected [hidden], was missing"),
        Some(was) => format!("header {name}: expected {expected:?}, was {was:?}"),
        None => format!("header {name}: expected {expected:?}, was missing"),
    }
}

/// Adds a line for each difference between an expected part and the JSON of a body.
fn compare_json(place: &str, part: &Value, whole: Option<&Value>, lines: &mut Vec<String>) {
    let hidden = place.split('.').any(|key| HIDDEN.contains(&key));
    match (part, whole) {
        (Value::Object(part), Some(Value::Object(whole))) => {
            for (key, part) in part {
                compare_json(&format!("{place}.{key}"), part, whole.get(key), lines);
            }
        }
        (part, Some(whole)) if part == whole => {}
        (_, None) if hidden => lines.push(format!("{place}: expected [hidden], was missing")),
        _ if hidden => lines.push(format!("{place}: unexpected value (hidden)")),
        (part, Some(whole)) => {
            let (part, whole) = (shown(part), shown(whole));
            lines.push(format!("{place}: expected {part}, was {whole}"));
        }
        (part, None) => {
            let part = shown(part);
            lines.push(format!("{place}: expected {part}, was missing"));
        }
    }
}

/// Returns the value with its secrets replaced.
pub(crate) fn shown(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let hidden = HIDDEN.contains(&key.as_str());
                let value = if hidden {
                    "[hidden]".into()
                } else {
                    shown(value)
                };
                (key.clone(), value)
            });
            Value::Object(members.collect())
        }
        Value::String(text) if text.contains(TICKET) => "[hidden]".into(),
        other => other.clone(),
    }
}
