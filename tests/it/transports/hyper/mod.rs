//! Tests of the hyper transports in addition to the contract suite. Most of them run on tokio and
//! on smol.

mod bursts;
mod connections;
mod durations;
mod http2;
mod proxies;
mod reconnects;
mod runtimes;
pub(in crate::transports) mod tls;
mod unpolled;

use std::future::Future;

use clerk_client::transport::{HttpTransport, TransportBuilder};
use clerk_client::{Error, SmolTransport, TokioTransport};

use super::{cause, get};

/// A runtime that builds its transport and runs futures.
trait Runtime {
    type Transport: HttpTransport;

    const NAME: &str;

    fn builder() -> TransportBuilder<Self::Transport>;
    fn try_build(builder: TransportBuilder<Self::Transport>) -> Result<Self::Transport, Error>;
    fn run<T>(future: impl Future<Output = T>) -> T;

    fn build(builder: TransportBuilder<Self::Transport>) -> Self::Transport {
        Self::try_build(builder).unwrap()
    }
}

struct Tokio;

impl Runtime for Tokio {
    type Transport = TokioTransport;

    const NAME: &str = "tokio";

    fn builder() -> TransportBuilder<TokioTransport> {
        TokioTransport::builder()
    }

    fn try_build(builder: TransportBuilder<TokioTransport>) -> Result<TokioTransport, Error> {
        builder.build()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        crate::support::run(future)
    }
}

struct Smol;

impl Runtime for Smol {
    type Transport = SmolTransport;

    const NAME: &str = "smol";

    fn builder() -> TransportBuilder<SmolTransport> {
        SmolTransport::builder()
    }

    fn try_build(builder: TransportBuilder<SmolTransport>) -> Result<SmolTransport, Error> {
        builder.build()
    }

    fn run<T>(future: impl Future<Output = T>) -> T {
        smol::block_on(future)
    }
}

/// Defines a test of each scenario for each runtime.
macro_rules! on_both {
    ($($scenario:ident,)+) => {
        mod on_tokio {
            $(#[test] fn $scenario() { super::$scenario::<crate::transports::hyper::Tokio>(); })+
        }
        mod on_smol {
            $(#[test] fn $scenario() { super::$scenario::<crate::transports::hyper::Smol>(); })+
        }
    };
}

use on_both;
