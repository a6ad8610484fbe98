//! The check of clause 19 of the transport contract: several runtimes.

use std::future::poll_fn;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use clerk_core::{HttpTransport, TransportErrorKind};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, get};
use crate::contract::server::Server;
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn several(subject: &dyn TransportUnderTest) -> Result<(), String> {
    const THREADS: usize = 8;
    const RUNTIMES: usize = 30;
    let transport = &subject.transport(&Settings::default());
    let server = &Server::echoing()?;
    let exchange = || block_on(subject, Box::pin(exchange(transport, server)));
    // Runtimes end and leave connections behind, while other runtimes use the transport.
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| scope.spawn(|| (0..RUNTIMES).try_for_each(|_| exchange())))
            .collect();
        threads.into_iter().try_for_each(join)
    })?;
    // A runtime is blocked and keeps an idle connection, while another runtime sends a request.
    block_on(
        subject,
        Box::pin(async {
            self::exchange(transport, server).await?;
            thread::scope(|scope| join(scope.spawn(exchange)))
        }),
    )
}

fn join(thread: thread::ScopedJoinHandle<'_, Result<(), String>>) -> Result<(), String> {
    let panicked = |_| Err("sending panicked".to_owned());
    thread.join().unwrap_or_else(panicked)
}

/// Sends a request, and checks the response. Also accepts an error that names the required runtime.
async fn exchange(transport: &dyn HttpTransport, server: &Server) -> Result<(), String> {
    let request = get(&server.url("x"))?;
    let mut sending = transport.send(request);
    let mut late = transport.sleep(Duration::from_secs(20));
    let result = poll_fn(|context| match sending.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    });
    match result.await {
        None => Err("a call waited for a runtime that is not running".to_owned()),
        Some(Ok(response)) => {
            ensure!(
                response.body() == "x",
                "the response was {:?}",
                response.body()
            );
            Ok(())
        }
        Some(Err(error)) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            let names_it = source.as_ref().is_some_and(|text| text.contains("runtime"));
            ensure!(
                error.kind() == TransportErrorKind::Other && names_it,
                "a call failed, but not with an Other error that names the runtime: {error:?}"
            );
            Ok(())
        }
    }
}
