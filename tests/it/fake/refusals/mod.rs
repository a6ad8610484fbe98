//! Rejected requests. The errors have Clerk's status, code and parameter, and a trace id.

mod bodies;
mod images;
mod requests;
mod rules;
mod settings;

use clerk_client::http::{Method, Request};
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::transport::HttpTransport;
use clerk_client::transport::bytes::Bytes;
use futures_util::FutureExt;
use serde_json::Value;

use crate::specification::catalogue::{assert_in_catalogue, is_of_machine_tokens};

pub(super) struct RawRequest<'a> {
    method: &'a str,
    path: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: &'a str,
}

pub(super) fn request<'a>(method: &'a str, path: &'a str) -> RawRequest<'a> {
    RawRequest {
        method,
        path,
        headers: vec![
            ("authorization", "Bearer sk_test_1"),
            ("content-type", "application/json; charset=utf-8"),
        ],
        body: "",
    }
}

impl<'a> RawRequest<'a> {
    pub(crate) fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    pub(crate) fn body(mut self, body: &'a str) -> Self {
        self.body = body;
        self
    }

    /// Sends the request, and returns the status, the body and the trace id. Asserts that Clerk's
    /// catalogue of errors contains the errors of the response.
    pub(crate) fn send(&self, fake: &FakeClerk) -> (u16, Value, Option<String>) {
        let method: Method = self.method.parse().unwrap();
        let mut request = Request::builder().method(method).uri(self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Bytes::from(self.body.to_owned())).unwrap();
        let response = fake.send(request).now_or_never().unwrap().unwrap();
        let body = serde_json::from_slice(response.body()).unwrap();
        let trace = response.headers().get("clerk-trace-id");
        let trace = trace.map(|trace| trace.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        assert_in_catalogue(status, &body, is_of_machine_tokens(self.path));
        (status, body, trace)
    }
}

/// Asserts the status, code and parameter of the first error, and returns this error.
pub(super) fn assert_first_error<'a>(
    body: &'a Value,
    status: u16,
    expected: (u16, &str, &str),
    what: &str,
) -> &'a Value {
    let error = &body["errors"][0];
    let param = error["meta"]["param_name"].as_str().unwrap_or_default();
    let got = (status, error["code"].as_str().unwrap_or_default(), param);
    assert_eq!(got, expected, "{what}");
    error
}

fn seeded_fake() -> FakeClerk {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").email_address("ada@example.com");
    fake.add(
        ada.username("ada_l")
            .external_id("1815")
            .phone_number("+15555550100"),
    );
    fake.add(FakeUser::new("user_alan"));
    fake
}
