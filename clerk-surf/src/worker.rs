//! A thread that runs transfers of libcurl.

use std::collections::HashMap;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clerk_core::{HttpResponse, TransportError, TransportErrorKind};
use curl::MultiError;
use curl::easy::Easy2;
use curl::multi::{Easy2Handle, Multi, MultiWaker};

use crate::reply::Reply;
use crate::transfer::Transfer;

/// The longest time between two checks of the transfers. libcurl wakes up earlier for its timers.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A thread that runs transfers, and the connections that they share.
///
/// The thread starts with the first request. It ends after the idle timeout, when the worker is
/// dropped, or if libcurl itself fails. The connections are then closed. The next request starts a
/// new thread.
pub(crate) struct Worker(Arc<Shared>);

struct Shared {
    idle_timeout: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    commands: Vec<Command>,
    next_id: usize,
    is_running: bool,
    /// The waker of the thread; `None` until the thread first takes commands, and after the thread
    /// has ended.
    waker: Option<MultiWaker>,
    is_closed: bool,
}

enum Command {
    Start(usize, Easy2<Transfer>),
    Cancel(usize),
}

impl Worker {
    pub(crate) fn new(idle_timeout: Duration) -> Self {
        Self(Arc::new(Shared {
            idle_timeout,
            state: Mutex::default(),
        }))
    }

    /// Runs a transfer. If the future is dropped, the transfer is cancelled.
    pub(crate) async fn run(
        &self,
        easy: Easy2<Transfer>,
        reply: Reply,
    ) -> Result<HttpResponse, TransportError> {
        let id = self.start(easy)?;
        let cancel = Cancel(&self.0, id);
        let result = reply.await;
        mem::forget(cancel);
        result
    }

    fn start(&self, easy: Easy2<Transfer>) -> Result<usize, TransportError> {
        let mut state = self.0.lock();
        if !state.is_running {
            let shared = Arc::clone(&self.0);
            let builder = thread::Builder::new().name("clerk-surf".to_owned());
            builder.spawn(move || shared.run()).map_err(|error| {
                let message = format!("cannot start a thread for libcurl: {error}");
                TransportError::new(TransportErrorKind::NotSent, message)
            })?;
            state.is_running = true;
        }
        let id = state.next_id;
        state.next_id = id.wrapping_add(1);
        state.push(Command::Start(id, easy));
        Ok(id)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.is_closed = true;
        state.wake();
    }
}

/// A guard that cancels a transfer when the guard is dropped.
struct Cancel<'a>(&'a Shared, usize);

impl Drop for Cancel<'_> {
    fn drop(&mut self) {
        self.0.lock().push(Command::Cancel(self.1));
    }
}

impl State {
    fn push(&mut self, command: Command) {
        self.commands.push(command);
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = &self.waker {
            // Waking up fails only if the thread has ended.
            let _ = waker.wakeup();
        }
    }

    /// Records that the thread ends. Returns the remaining commands.
    fn stop(&mut self) -> Vec<Command> {
        self.is_running = false;
        self.waker = None;
        mem::take(&mut self.commands)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let multi = Multi::new();
            let mut transfers = Transfers::default();
            if let Err(error) = self.serve(&multi, &mut transfers) {
                // Mark the thread as ended before its requests fail, so that a retry starts a new
                // thread.
                let left = self.lock().stop();
                transfers.fail(&error, left);
            }
        }));
        if ended.is_err() {
            // Dropping a transfer completes its reply.
            let left = self.lock().stop();
            drop(left);
        }
    }

    /// Runs transfers until the worker is dropped, or until no transfer has been in flight for the
    /// duration of the idle timeout.
    fn serve(&self, multi: &Multi, transfers: &mut Transfers) -> Result<(), MultiError> {
        let mut last_used = Instant::now();
        loop {
            if !transfers.0.is_empty() {
                last_used = Instant::now();
            }
            let is_idle = transfers.0.is_empty() && last_used.elapsed() >= self.idle_timeout;
            let Some(commands) = self.next(multi, is_idle) else {
                return Ok(());
            };
            for command in commands {
                match command {
                    Command::Start(id, easy) => transfers.start(multi, id, easy)?,
                    Command::Cancel(id) => drop(transfers.0.remove(&id)),
                }
                last_used = Instant::now();
            }
            multi.perform()?;
            transfers.finish(multi);
            let wait = if transfers.0.is_empty() {
                let rest = self.idle_timeout.saturating_sub(last_used.elapsed());
                rest.saturating_add(Duration::from_millis(1))
            } else {
                LONGEST_WAIT
            };
            multi.poll(&mut [], wait)?;
        }
    }

    /// Returns the commands that have arrived. `None` if the thread must end.
    fn next(&self, multi: &Multi, is_idle: bool) -> Option<Vec<Command>> {
        let mut state = self.lock();
        if state.is_closed || is_idle && state.commands.is_empty() {
            state.stop();
            return None;
        }
        state.waker.get_or_insert_with(|| multi.waker());
        Some(mem::take(&mut state.commands))
    }
}

/// The transfers in flight, by id.
#[derive(Default)]
struct Transfers(HashMap<usize, Easy2Handle<Transfer>>);

impl Transfers {
    fn start(&mut self, multi: &Multi, id: usize, easy: Easy2<Transfer>) -> Result<(), MultiError> {
        let mut handle = multi.add2(easy)?;
        handle.get_mut().start();
        match handle.set_token(id) {
            Ok(()) => drop(self.0.insert(id, handle)),
            Err(error) => handle.get_mut().finish(Err(error), false),
        }
        Ok(())
    }

    /// Completes the transfers that have ended.
    fn finish(&mut self, multi: &Multi) {
        let mut ended = Vec::new();
        multi.messages(|message| {
            if let Ok(id) = message.token()
                && let Some(handle) = self.0.get(&id)
                && let Some(result) = message.result_for2(handle)
            {
                ended.push((id, result));
            }
        });
        for (id, result) in ended {
            if let Some(mut handle) = self.0.remove(&id) {
                let sent = is_sent(&handle);
                handle.get_mut().finish(result, sent);
            }
        }
    }

    /// Completes all transfers with an error of libcurl, including transfers that have not started.
    fn fail(&mut self, error: &MultiError, left: Vec<Command>) {
        for (_, mut handle) in self.0.drain() {
            let sent = is_sent(&handle);
            handle.get_mut().abort(error, sent);
        }
        for command in left {
            if let Command::Start(_, mut easy) = command {
                easy.get_mut().abort(error, false);
            }
        }
    }
}

/// Whether a part of the request was sent or may have been sent.
fn is_sent(handle: &Easy2Handle<Transfer>) -> bool {
    handle.request_size().map_or(true, |size| size > 0)
}
