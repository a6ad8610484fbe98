//! The parts of a runtime that hyper needs, implemented with smol.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use smol::future::FutureExt;
use smol::io::{AsyncRead, AsyncWrite};
use smol::net::TcpStream;
use tower_service::Service;

/// The size of the buffer for reads. The bytes are copied from it, which avoids `unsafe`.
const READ_BUFFER: usize = 16 << 10;

/// An executor for connections: the application's, or smol's global one if it is `None`.
#[derive(Clone, Default)]
pub(crate) struct SmolExecutor(pub(crate) Option<Arc<smol::Executor<'static>>>);

impl<F> Executor<F> for SmolExecutor
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    fn execute(&self, future: F) {
        match &self.0 {
            Some(executor) => executor.spawn(future).detach(),
            None => smol::spawn(future).detach(),
        }
    }
}

/// A timer of smol's.
#[derive(Clone)]
pub(crate) struct SmolTimer;

impl Timer for SmolTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(SmolSleep(smol::Timer::after(duration)))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(SmolSleep(smol::Timer::at(deadline)))
    }

    fn reset(&self, sleep: &mut Pin<Box<dyn Sleep>>, deadline: Instant) {
        *sleep = self.sleep_until(deadline);
    }
}

struct SmolSleep(smol::Timer);

impl Sleep for SmolSleep {}

impl Future for SmolSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll(context).map(drop)
    }
}

/// A connector that opens TCP connections with smol.
#[derive(Clone)]
pub(crate) struct SmolConnector {
    pub(crate) timeout: Duration,
}

impl Service<Uri> for SmolConnector {
    type Response = SmolStream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<SmolStream>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let timeout = self.timeout;
        Box::pin(async move {
            let connect = async {
                let host = target.host().unwrap_or_default();
                let host = host.trim_start_matches('[').trim_end_matches(']');
                let https = target.scheme() == Some(&Scheme::HTTPS);
                let port = target.port_u16().unwrap_or(if https { 443 } else { 80 });
                let stream = TcpStream::connect((host, port)).await?;
                stream.set_nodelay(true)?;
                Ok(SmolStream(stream))
            };
            let timed_out = async {
                smol::Timer::after(timeout).await;
                Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("not connected within {timeout:?}"),
                ))
            };
            connect.or(timed_out).await
        })
    }
}

/// A TCP connection that implements hyper's traits.
pub(crate) struct SmolStream(TcpStream);

impl Connection for SmolStream {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for SmolStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut cursor: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut buffer = [0; READ_BUFFER];
        let length = cursor.remaining().min(READ_BUFFER);
        let Some(buffer) = buffer.get_mut(..length) else {
            return Poll::Ready(Ok(()));
        };
        let read = ready!(Pin::new(&mut self.0).poll_read(context, buffer))?;
        cursor.put_slice(buffer.get(..read).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

impl Write for SmolStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, data)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(context, data)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_close(context)
    }
}
