//! Which requests a test means, and what is different about those that it does not.

use std::fmt;

use clerk_core::OperationInfo;
use serde_json::Value;

use crate::Recorded;

/// What messages do not show of a body.
const HIDDEN: [&str; 8] = [
    "backup_codes",
    "code",
    "password",
    "password_digest",
    "private_metadata",
    "token",
    "totp_secret",
    "unsafe_metadata",
];

/// Which requests are meant: those that fit all that is said of them.
///
/// ```
/// use clerk_client::UpdateUserRequest;
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
/// fake.assert_requested(1, &renamed);
/// fake.assert_requested(0, &renamed.path("/v1/users/user_alan"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use = "a matcher does nothing until requests are held against it"]
pub struct RequestMatcher {
    operation: Option<String>,
    path: Option<String>,
    query: Vec<(String, Vec<String>)>,
    headers: Vec<(String, String)>,
    json: Option<Value>,
}

impl RequestMatcher {
    /// Any request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Those of an operation, by Clerk's operationId: `CreateUser`.
    ///
    /// # Panics
    ///
    /// Where there is no such operation.
    #[track_caller]
    pub fn operation(id: &str) -> Self {
        assert_known(id);
        Self {
            operation: Some(id.to_owned()),
            ..Self::default()
        }
    }

    /// Those to this path, as it is sent: `/v1/users/user_1`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Those with these values of a query parameter, in this order; with none, those without it.
    pub fn query<V: Into<String>>(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.query.push((name.into(), values));
        self
    }

    /// Those with this value of a header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Those whose body is JSON that has all of this: objects may have more keys, everything else is
    /// equal.
    pub fn json(mut self, part: Value) -> Self {
        self.json = Some(part);
        self
    }

    /// Whether a request is meant.
    #[must_use]
    pub fn fits(&self, request: &Recorded) -> bool {
        self.differences(request).is_empty()
    }

    fn fits_operation(&self, request: &Recorded) -> bool {
        let operation = self.operation.as_deref();
        operation.is_none() || operation == request.operation_id()
    }

    /// What keeps a request from being meant, a line each.
    fn differences(&self, request: &Recorded) -> Vec<String> {
        let mut lines = Vec::new();
        let mut compare = |what: &str, expected: &str, was: &str| {
            if expected != was {
                lines.push(format!("{what}: expected {expected:?}, was {was:?}"));
            }
        };
        if let Some(operation) = &self.operation {
            let was = request.operation_id().unwrap_or("none of Clerk's");
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

    /// What a test should read when so many requests were expected, and others came.
    pub(crate) fn complaint(&self, expected: usize, requests: &[Recorded]) -> Option<String> {
        let (fit, others): (Vec<_>, Vec<_>) =
            requests.iter().partition(|request| self.fits(request));
        if fit.len() == expected {
            return None;
        }
        let mut text = format!(
            "expected {expected} requests{self}\nthere were {} of {}",
            fit.len(),
            requests.len()
        );
        for request in &fit {
            text += &format!("\n  {}", line(request));
        }
        let nearest = others
            .iter()
            .map(|request| (request, self.differences(request)))
            .min_by_key(|(request, differences)| {
                (!self.fits_operation(request), differences.len())
            });
        if let Some((request, differences)) = nearest.filter(|_| fit.len() < expected) {
            text += &format!("\nthe nearest other one is\n  {}", line(request));
            for difference in differences {
                text += &format!("\n    {difference}");
            }
        }
        Some(text)
    }
}

/// Without what bodies and headers have to have.
impl fmt::Debug for RequestMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestMatcher")
            .field(&self.to_string())
            .finish()
    }
}

/// `, of CreateUser, to /v1/users, …`, without what a body has.
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

/// A test that means an operation that is none would pass for ever.
#[track_caller]
pub(crate) fn assert_known(operation_id: &str) {
    let mut known = OperationInfo::all().iter();
    assert!(
        known.any(|operation| operation.id() == operation_id),
        "Clerk has no operation {operation_id:?} on users"
    );
}

fn line(request: &Recorded) -> String {
    let (method, path) = (request.method(), request.path());
    match request.request().uri().query() {
        Some(query) => format!("{method} {path}?{query}"),
        None => format!("{method} {path}"),
    }
}

fn header_difference(name: &str, expected: &str, was: Option<&str>) -> String {
    if name.eq_ignore_ascii_case("authorization") {
        return format!("header {name}: not the expected one");
    }
    match was {
        Some(was) => format!("header {name}: expected {expected:?}, was {was:?}"),
        None => format!("header {name}: expected {expected:?}, was not there"),
    }
}

fn compare_json(place: &str, part: &Value, whole: Option<&Value>, lines: &mut Vec<String>) {
    let hidden = place.split('.').any(|key| HIDDEN.contains(&key));
    match (part, whole) {
        (Value::Object(part), Some(Value::Object(whole))) => {
            for (key, part) in part {
                compare_json(&format!("{place}.{key}"), part, whole.get(key), lines);
            }
        }
        (part, Some(whole)) if part == whole => {}
        _ if hidden => lines.push(format!("{place}: not the expected one (values not shown)")),
        (part, Some(whole)) => {
            let (part, whole) = (shown(part), shown(whole));
            lines.push(format!("{place}: expected {part}, was {whole}"));
        }
        (part, None) => {
            let part = shown(part);
            lines.push(format!("{place}: expected {part}, was not there"));
        }
    }
}

/// The value without what is hidden in it.
fn shown(value: &Value) -> Value {
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
        other => other.clone(),
    }
}
