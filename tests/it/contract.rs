//! The contract of a transport, over every transport of ours.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use clerk_client::mock::contract::{Outcome, Report, Settings, Subject, check};
use clerk_client::transport::DynTransport;
use clerk_client::{SmolTransport, SurfTransport, TokioTransport};

struct Tokio;

impl Subject for Tokio {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = TokioTransport::builder()
            .max_response_bytes(settings.max_response_bytes)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .build();
        Arc::new(transport.unwrap())
    }

    fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.unwrap().block_on(future);
    }
}

struct Smol;

impl Subject for Smol {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = SmolTransport::builder()
            .max_response_bytes(settings.max_response_bytes)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .build();
        Arc::new(transport.unwrap())
    }

    fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        smol::block_on(future);
    }
}

struct Surf;

impl Subject for Surf {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = SurfTransport::builder()
            .max_response_bytes(settings.max_response_bytes)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .build();
        Arc::new(transport.unwrap())
    }

    fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        smol::block_on(future);
    }

    /// libcurl owns the pool, and looks at it when it is used.
    fn closes_idle_connections(&self) -> bool {
        false
    }
}

#[test]
fn surf_keeps_the_contract() {
    kept("surf", &check(Surf));
}

#[test]
fn tokio_keeps_the_contract() {
    kept("tokio", &check(Tokio));
}

#[test]
fn smol_keeps_the_contract() {
    kept("smol", &check(Smol));
}

fn kept(name: &str, report: &Report) {
    println!("{name}\n{report}");
    assert!(report.is_ok(), "{name}\n{report}");
    assert_eq!(report.clauses().count(), 17);
}

/// A suite that finds nothing wrong with anything would be no suite.
mod broken {
    use super::*;
    use clerk_client::transport::{
        HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
    };
    use std::time::Duration;

    /// What is wrong with a transport.
    #[derive(Debug, Clone, Copy)]
    enum Fault {
        FollowsRedirects,
        Retries,
        ErrorForStatus,
        LosesHeaders,
        InventsContentType,
        SaysIo,
        Panics,
        WakesEarly,
        NewConnections,
        ShortBodies,
    }

    #[derive(Debug)]
    struct Broken(TokioTransport, Fault);

    #[async_trait]
    impl HttpTransport for Broken {
        async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
            if matches!(self.1, Fault::InventsContentType) {
                let json = http::HeaderValue::from_static("text/plain");
                request.headers_mut().insert("content-type", json);
            }
            let fresh = TokioTransport::new().unwrap();
            let transport = if matches!(self.1, Fault::NewConnections) {
                &fresh
            } else {
                &self.0
            };
            let again = request.clone();
            let result = transport.send(request).await;
            match (self.1, result) {
                (Fault::FollowsRedirects, Ok(response)) if response.status().is_redirection() => {
                    let Some(location) = response.headers().get("location") else {
                        return Ok(response);
                    };
                    let mut next = again;
                    *next.uri_mut() = location.to_str().unwrap().parse().unwrap();
                    self.0.send(next).await
                }
                (Fault::Retries, Err(_)) => self.0.send(again).await,
                (Fault::ErrorForStatus, Ok(response)) if !response.status().is_success() => {
                    Err(TransportError::new(TransportErrorKind::Other, "a status"))
                }
                (Fault::LosesHeaders, Ok(mut response)) => {
                    let value = response.headers_mut().remove("set-cookie");
                    response
                        .headers_mut()
                        .extend(value.map(|value| (http::header::SET_COOKIE, value)));
                    Ok(response)
                }
                (Fault::SaysIo, Err(_)) => {
                    Err(TransportError::new(TransportErrorKind::Io, "it failed"))
                }
                (Fault::Panics, Err(error)) if error.kind() == TransportErrorKind::Body => {
                    panic!("{error}")
                }
                (Fault::ShortBodies, Err(error)) if error.kind() == TransportErrorKind::Body => {
                    Ok(HttpResponse::default())
                }
                (_, result) => result,
            }
        }

        async fn sleep(&self, duration: Duration) {
            if matches!(self.1, Fault::WakesEarly) && duration < Duration::MAX {
                return;
            }
            self.0.sleep(duration).await;
        }

        fn now(&self) -> Duration {
            self.0.now()
        }
    }

    struct BrokenSubject(Fault);

    impl Subject for BrokenSubject {
        fn transport(&self, settings: &Settings) -> DynTransport {
            let builder = TokioTransport::builder().max_response_bytes(settings.max_response_bytes);
            let transport = builder
                .pool_idle_timeout(settings.pool_idle_timeout)
                .build();
            Arc::new(Broken(transport.unwrap(), self.0))
        }

        fn run(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
            Tokio.run(future);
        }
    }

    #[test]
    fn each_fault_is_found() {
        for (fault, clause) in [
            (Fault::ErrorForStatus, 1),
            (Fault::FollowsRedirects, 2),
            (Fault::Retries, 3),
            (Fault::ShortBodies, 5),
            (Fault::LosesHeaders, 8),
            (Fault::Panics, 10),
            (Fault::InventsContentType, 11),
            (Fault::SaysIo, 12),
            (Fault::NewConnections, 16),
            (Fault::WakesEarly, 17),
        ] {
            let report = check(BrokenSubject(fault));
            let (text, outcome) = report.clauses().nth(clause - 1).unwrap();
            assert!(
                matches!(outcome, Outcome::Failed(_)),
                "{fault:?}: {text}\n{report}"
            );
        }
    }
}
