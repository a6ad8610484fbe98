//! The parts of a runtime that hyper needs, implemented with smol.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use smol::io::{AsyncRead, AsyncWrite};
use smol::net::TcpStream;

use crate::net::Net;

/// The size of the buffer for reads, in bytes. Copying from a buffer avoids `unsafe`.
const READ_BUFFER: usize = 16 << 10;

/// An executor for connections. `None` means smol's global executor.
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

/// smol's timer.
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

/// smol's resolver, sockets and timer.
#[derive(Clone)]
pub(crate) struct SmolNet;

impl Net for SmolNet {
    type Stream = SmolStream;

    async fn resolve(&self, host: String, port: u16) -> io::Result<Vec<SocketAddr>> {
        smol::net::resolve((host, port)).await
    }

    async fn connect(&self, address: SocketAddr) -> io::Result<SmolStream> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(SmolStream(stream))
    }

    async fn sleep(&self, duration: Duration) {
        smol::Timer::after(duration).await;
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
