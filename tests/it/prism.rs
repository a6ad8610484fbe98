//! Every operation over every transport against Prism, which checks each request against Clerk's published
//! specification and answers with a random body that fits it.
//!
//! `CLERK_PRISM_URL` says where it listens; without it, this test says that it was skipped.

use std::env;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, OperationInfo, SecretKey, SmolTransport, SurfTransport, TokioTransport};

use crate::every_operation::call;
use crate::rounds::ROUNDS;

/// A transport that keeps what Prism found wrong with the requests.
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
        // Warnings, such as that a parameter is deprecated, come with a 2xx.
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
fn every_operation_fits_the_published_specification() {
    let Ok(url) = env::var("CLERK_PRISM_URL") else {
        println!("skipped: CLERK_PRISM_URL does not say where Prism listens");
        return;
    };
    crate::support::run(drive("tokio", TokioTransport::new().unwrap(), &url));
    smol::block_on(drive("smol", SmolTransport::new().unwrap(), &url));
    smol::block_on(drive("surf", SurfTransport::new().unwrap(), &url));
}

async fn drive(name: &str, transport: impl HttpTransport, url: &str) {
    let transport = Arc::new(Watched {
        transport,
        violations: Mutex::default(),
    });
    let clerk = Clerk::builder(transport.clone(), SecretKey::new("sk_test_prism").unwrap());
    let users = clerk.base_url(url).build().unwrap().users();

    let (mut calls, mut failures) = (0, Vec::new());
    for operation in OperationInfo::all() {
        for round in 0..ROUNDS {
            calls += 1;
            if let Err(error) = call(&users, operation, "user_2abc", round).make().await {
                let body = String::from_utf8_lossy(error.body()).into_owned();
                failures.push(format!("{error}\n  {body}"));
            }
        }
    }
    let violations = transport.violations.lock().unwrap();
    println!(
        "{name}: {} operations, {calls} calls, {} request violations, {} failures",
        OperationInfo::all().len(),
        violations.len(),
        failures.len()
    );
    assert!(violations.is_empty(), "{violations:#?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
