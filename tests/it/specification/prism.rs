//! Calls the operations of Clerk's published specification over each transport. Prism validates
//! each request against the specification, and returns a random body that conforms to it.
//!
//! `CLERK_PRISM_URL` is the address of Prism, and `CLERK_PRISM_SPECIFICATION` is the file that
//! Prism serves. Without these variables, the test is skipped and says so.

use std::collections::BTreeSet;
use std::env;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{
    Clerk, OperationInfo, ReqwestTransport, SecretKey, SmolTransport, SurfTransport, TokioTransport,
};
use serde_json::Value;

use crate::specification::document::Document;
use crate::specification::{NO_JSON, id};
use crate::support::samples::{sample_calls, sampler};

/// The number of calls of each operation over each transport.
const ROUNDS: usize = 10;

/// A transport that records the violations that Prism reports.
#[derive(Debug)]
struct Watched<T> {
    transport: T,
    violations: Mutex<Vec<String>>,
}

#[async_trait]
impl<T: HttpTransport> HttpTransport for Watched<T> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let line = format!("{} {}", request.method(), request.uri());
        let response = self.transport.send(request).await?;
        // With a 2xx, Prism only warns, for example about deprecated parameters.
        let found = response
            .headers()
            .get("sl-violations")
            .filter(|_| !response.status().is_success());
        let found = found.map(|found| String::from_utf8_lossy(found.as_bytes()));
        if let Some(found) = found.filter(|found| found.contains("\"request\"")) {
            self.violations
                .lock()
                .unwrap()
                .push(format!("{line}: {found}"));
        }
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }
}

#[test]
fn prism_accepts_every_request() {
    let url = env::var("CLERK_PRISM_URL");
    let document = Document::from_env("CLERK_PRISM_SPECIFICATION");
    let (Ok(url), Some(document)) = (url, document) else {
        println!("skipped: CLERK_PRISM_URL or CLERK_PRISM_SPECIFICATION is not set");
        return;
    };
    let tokio = TokioTransport::new().unwrap();
    crate::support::run(drive("tokio", tokio, &url, &document));
    let reqwest = ReqwestTransport::new().unwrap();
    crate::support::run(drive("reqwest", reqwest, &url, &document));
    smol::block_on(drive(
        "smol",
        SmolTransport::new().unwrap(),
        &url,
        &document,
    ));
    smol::block_on(drive(
        "surf",
        SurfTransport::new().unwrap(),
        &url,
        &document,
    ));
}

async fn drive(name: &str, transport: impl HttpTransport, url: &str, document: &Document) {
    let transport = Arc::new(Watched {
        transport,
        violations: Mutex::default(),
    });
    let clerk = Clerk::builder(transport.clone(), SecretKey::new("sk_test_prism").unwrap());
    let clerk = clerk.base_url(url).api_version(document.version());
    let clerk = clerk.build().unwrap();

    // If Prism serves another version of the specification, only its operations on users are
    // called.
    let is_current = document.version() == clerk_client::API_VERSION;
    let mut specified = document.operations(if is_current { "/" } else { "/users" });
    specified.retain(|(.., operation)| !NO_JSON.contains(&id(operation)));
    let is_specified = |info: &OperationInfo| {
        let is_this = |operation: &Value| operation["operationId"] == info.operation_id();
        specified.iter().any(|(.., operation)| is_this(operation))
    };
    let (mut operations, mut calls, mut failures) = (BTreeSet::new(), 0, Vec::new());
    for round in 0..ROUNDS {
        for sample in sample_calls(&clerk, &sampler("user_2abc", round)) {
            if !is_specified(&sample.operation) {
                continue;
            }
            operations.insert(sample.operation.operation_id());
            calls += 1;
            if let Err(error) = sample.call.send().await {
                let body = String::from_utf8_lossy(error.body()).into_owned();
                failures.push(format!("{error}\n  {body}"));
            }
        }
    }
    let violations = transport.violations.lock().unwrap();
    println!(
        "{} over {name}: {} operations, {calls} calls, {} request violations, {} failures",
        document.version(),
        operations.len(),
        violations.len(),
        failures.len()
    );
    assert_eq!(operations.len(), specified.len());
    assert!(violations.is_empty(), "{violations:#?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
