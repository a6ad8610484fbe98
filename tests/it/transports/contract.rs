//! Runs the contract suite over every transport, and over transports with faults.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use clerk_client::mock::contract::{Outcome, Settings, TransportUnderTest, check};
use clerk_client::transport::{DynTransport, TransportBuilder};
use clerk_client::{ReqwestTransport, SmolTransport, SurfTransport, TokioTransport};
use reqwest::ClientBuilder;
use reqwest::redirect::Policy;

use crate::support::h2_bridge::Bridge;

fn with<T>(settings: &Settings, builder: TransportBuilder<T>) -> TransportBuilder<T> {
    let builder = builder
        .max_response_bytes(settings.max_response_bytes)
        .pool_idle_timeout(settings.pool_idle_timeout)
        .connect_timeout(settings.connect_timeout);
    match settings.host.clone() {
        Some((host, addresses)) => builder.resolve(host, addresses),
        None => builder,
    }
}

fn tokio_transport(settings: &Settings) -> TransportBuilder<TokioTransport> {
    with(settings, TokioTransport::builder())
}

fn on_tokio(future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future);
}

struct Tokio;

impl TransportUnderTest for Tokio {
    fn transport(&self, settings: &Settings) -> DynTransport {
        Arc::new(tokio_transport(settings).build().unwrap())
    }

    fn http2_transport(&self, settings: &Settings) -> Option<DynTransport> {
        let transport = tokio_transport(settings).http2_prior_knowledge().build();
        Some(Arc::new(transport.unwrap()))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        on_tokio(future);
    }
}

struct TokioHttp2(Arc<Bridge>);

impl TransportUnderTest for TokioHttp2 {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = tokio_transport(settings).http2_prior_knowledge().build();
        self.0.over(Arc::new(transport.unwrap()))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        on_tokio(future);
    }

    fn speaks_http2(&self) -> bool {
        true
    }
}

fn smol_transport(settings: &Settings) -> TransportBuilder<SmolTransport> {
    with(settings, SmolTransport::builder())
}

struct Smol;

impl TransportUnderTest for Smol {
    fn transport(&self, settings: &Settings) -> DynTransport {
        Arc::new(smol_transport(settings).build().unwrap())
    }

    fn http2_transport(&self, settings: &Settings) -> Option<DynTransport> {
        let transport = smol_transport(settings).http2_prior_knowledge().build();
        Some(Arc::new(transport.unwrap()))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        smol::block_on(future);
    }
}

struct SmolHttp2(Arc<Bridge>);

impl TransportUnderTest for SmolHttp2 {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = smol_transport(settings).http2_prior_knowledge().build();
        self.0.over(Arc::new(transport.unwrap()))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        smol::block_on(future);
    }

    fn speaks_http2(&self) -> bool {
        true
    }
}

fn reqwest_builder(settings: &Settings) -> ClientBuilder {
    let builder = ClientBuilder::new()
        .no_proxy()
        // Reading the system's certificates for each of the many runtimes would take minutes.
        .tls_certs_only([])
        .pool_idle_timeout(settings.pool_idle_timeout)
        .connect_timeout(settings.connect_timeout);
    match &settings.host {
        Some((host, addresses)) => {
            // reqwest replaces port 0 by the port of the URL.
            let addresses: Vec<_> = addresses.iter().map(|&ip| (ip, 0).into()).collect();
            builder.resolve_to_addrs(host, &addresses)
        }
        None => builder,
    }
}

/// reqwest with the TLS library that the field selects.
#[derive(Clone, Copy)]
struct Reqwest(fn(ClientBuilder) -> ClientBuilder);

impl Reqwest {
    fn build(
        self,
        settings: &Settings,
        set: fn(ClientBuilder) -> ClientBuilder,
    ) -> ReqwestTransport {
        let max_response_bytes = settings.max_response_bytes;
        let settings = settings.clone();
        ReqwestTransport::from_builder(move || set(self.0(reqwest_builder(&settings))))
            .unwrap()
            .max_response_bytes(max_response_bytes)
    }
}

impl TransportUnderTest for Reqwest {
    fn transport(&self, settings: &Settings) -> DynTransport {
        Arc::new(self.build(settings, |builder| builder))
    }

    fn http2_transport(&self, settings: &Settings) -> Option<DynTransport> {
        let transport = self.build(settings, ClientBuilder::http2_prior_knowledge);
        Some(Arc::new(transport))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        on_tokio(future);
    }
}

struct ReqwestHttp2(Arc<Bridge>);

impl TransportUnderTest for ReqwestHttp2 {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let reqwest = Reqwest(ClientBuilder::tls_backend_rustls);
        let transport = reqwest.build(settings, ClientBuilder::http2_prior_knowledge);
        self.0.over(Arc::new(transport))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        on_tokio(future);
    }

    fn speaks_http2(&self) -> bool {
        true
    }
}

/// A transport on the application's own reqwest client.
struct ReqwestClient;

impl TransportUnderTest for ReqwestClient {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let client = reqwest_builder(settings).redirect(Policy::none()).build();
        let transport = ReqwestTransport::from_client(client.unwrap());
        Arc::new(transport.max_response_bytes(settings.max_response_bytes))
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        on_tokio(future);
    }
}

struct Surf;

impl TransportUnderTest for Surf {
    fn transport(&self, settings: &Settings) -> DynTransport {
        let transport = SurfTransport::builder()
            .max_response_bytes(settings.max_response_bytes)
            .pool_idle_timeout(settings.pool_idle_timeout)
            .connect_timeout(settings.connect_timeout)
            .build();
        Arc::new(transport.unwrap())
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        smol::block_on(future);
    }

    fn clause_exemption(&self, clause: u8) -> Option<&str> {
        (clause == 18).then_some("libcurl resolves every host itself, and races the addresses")
    }
}

#[test]
fn every_transport_keeps_the_contract() {
    let reports = [
        ("tokio h1", check(Tokio)),
        ("tokio h2", check(TokioHttp2(Bridge::start()))),
        ("smol h1", check(Smol)),
        ("smol h2", check(SmolHttp2(Bridge::start()))),
        ("reqwest", check(Reqwest(ClientBuilder::tls_backend_rustls))),
        ("r. h2", check(ReqwestHttp2(Bridge::start()))),
        (
            "r. native",
            check(Reqwest(ClientBuilder::tls_backend_native)),
        ),
        ("r. client", check(ReqwestClient)),
        ("surf", check(Surf)),
    ];
    let cell = |outcome: &Outcome| match outcome {
        Outcome::Passed => "ok".to_owned(),
        Outcome::PartiallyPassed(_) => "in part".to_owned(),
        Outcome::Failed(_) => "FAILED".to_owned(),
        Outcome::Exempt(_) => "exempt".to_owned(),
        other => format!("{other:?}"),
    };
    print!("{:<42}", "");
    reports.iter().for_each(|(name, _)| print!("{name:<10}"));
    for (at, (text, _)) in reports[0].1.clauses().enumerate() {
        print!("\n{:>2} {text:<39}", at + 1);
        for (_, report) in &reports {
            print!("{:<10}", cell(report.clauses().nth(at).unwrap().1));
        }
    }
    println!();
    for (name, report) in &reports {
        for (text, outcome) in report.clauses() {
            if let Outcome::PartiallyPassed(why) | Outcome::Exempt(why) = outcome {
                println!("{name}, {text}: {why}");
            }
        }
        assert!(report.is_ok(), "{name}\n{report}");
        assert_eq!(report.clauses().count(), 19);
    }
}

/// Transports with one fault each. The suite must detect each fault in the clause that the test
/// names.
mod broken {
    use super::*;
    use clerk_client::transport::{
        HttpRequest, HttpResponse, HttpTransport, TransportError, TransportErrorKind, async_trait,
    };
    use std::sync::OnceLock;
    use std::thread::ThreadId;
    use std::time::Duration;

    /// The fault of a transport.
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
        OneAddress,
        OneThread,
    }

    #[derive(Debug)]
    struct Broken(
        TokioTransport,
        Fault,
        TransportBuilder<TokioTransport>,
        OnceLock<ThreadId>,
    );

    #[async_trait]
    impl HttpTransport for Broken {
        async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
            if matches!(self.1, Fault::InventsContentType) {
                let json = http::HeaderValue::from_static("text/plain");
                request.headers_mut().insert("content-type", json);
            }
            let thread = std::thread::current().id();
            if matches!(self.1, Fault::OneThread) && *self.3.get_or_init(|| thread) != thread {
                return Err(TransportError::new(
                    TransportErrorKind::Other,
                    "a dead task",
                ));
            }
            let fresh = self.2.clone().build().unwrap();
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

    impl TransportUnderTest for BrokenSubject {
        fn transport(&self, settings: &Settings) -> DynTransport {
            let mut settings = settings.clone();
            if let (Fault::OneAddress, Some((_, addresses))) = (self.0, &mut settings.host) {
                addresses.truncate(1);
                settings.connect_timeout = Duration::from_millis(100);
            }
            let builder = tokio_transport(&settings);
            let transport = builder.clone().build().unwrap();
            Arc::new(Broken(transport, self.0, builder, OnceLock::new()))
        }

        fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
            on_tokio(future);
        }
    }

    #[test]
    fn broken_transports_fail_their_clause() {
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
            (Fault::OneAddress, 18),
            (Fault::OneThread, 19),
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
