//! A gate for concurrent calls to a host. The first call opens a connection, and the other calls
//! wait for this connection.
//!
//! Only the TLS handshake shows whether a host speaks HTTP/2. If the host does, all calls can share
//! one connection. Without the gate, each call would first make a handshake of its own.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use http::Uri;
use http::uri::{Authority, Scheme};

/// The number of hosts at which the gate forgets the hosts that speak HTTP/1.1.
const MAX_HOSTS: usize = 64;

/// The hosts that speak HTTP/1.1, and the hosts to which a first connection is being opened.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<HashMap<Authority, Host>>>);

enum Host {
    /// A host that does not speak HTTP/2. Each call to it needs its own connection.
    Http1,
    Connecting(Arc<Mutex<Group>>),
}

/// The calls that wait for a first connection.
#[derive(Default)]
struct Group {
    /// Whether the connection has negotiated HTTP/2. The connection enters hyper's pool later.
    negotiated: bool,
    /// Whether the pool has the connection. If not, each call opens a connection of its own. `None`
    /// until this is known.
    shared: Option<bool>,
    waiting: Vec<Waker>,
}

/// A call that needs a connection.
pub(crate) enum Entry {
    First(Lead),
    Other(Wait),
}

impl Gate {
    /// Registers a call that needs a connection. Returns `None` if the call must open a connection
    /// of its own.
    pub(crate) fn enter(&self, target: &Uri) -> Option<Entry> {
        let host = self.watches(target)?;
        let mut hosts = lock(&self.0);
        match hosts.get(&host) {
            Some(Host::Http1) => None,
            Some(Host::Connecting(group)) => Some(Entry::Other(Wait {
                gate: self.clone(),
                host,
                group: Arc::clone(group),
            })),
            None => {
                if hosts.len() >= MAX_HOSTS {
                    hosts.retain(|_, host| matches!(host, Host::Connecting(_)));
                }
                let group = Arc::default();
                hosts.insert(host.clone(), Host::Connecting(Arc::clone(&group)));
                let gate = self.clone();
                Some(Entry::First(Lead(Wait { gate, host, group })))
            }
        }
    }

    /// Returns the host of a target. `None` if the first connection to the host cannot be shared.
    fn watches(&self, target: &Uri) -> Option<Authority> {
        let host = target
            .authority()
            .filter(|_| target.scheme() == Some(&Scheme::HTTPS))?;
        let known = matches!(lock(&self.0).get(host), Some(Host::Http1));
        (!known).then(|| host.clone())
    }

    /// Creates the [`Watch`] of a call to `target`. Returns `None` if the first connection to the
    /// host cannot be shared.
    pub(crate) fn watch(&self, target: &Uri) -> Option<Watch> {
        let (gate, host) = (self.clone(), self.watches(target)?);
        Some(Watch {
            gate,
            host: Some(host),
            is_connected: false,
        })
    }

    /// Ends the wait for the first connection to a host, if this connection has negotiated HTTP/2.
    ///
    /// The calls that wait now may belong to a later group than the caller. If `shared` is true,
    /// they look for a connection in the pool again. If `shared` is false, they open their own
    /// connections.
    fn settle(&self, host: &Authority, shared: bool) {
        let group = match lock(&self.0).get(host) {
            Some(Host::Connecting(group)) if lock(group).negotiated => Arc::clone(group),
            _ => return,
        };
        self.end(host, &group, shared);
    }

    /// Ends the wait of a group. `shared` says whether the pool has the connection.
    fn end(&self, host: &Authority, group: &Arc<Mutex<Group>>, shared: bool) {
        let mut hosts = lock(&self.0);
        if matches!(hosts.get(host), Some(Host::Connecting(other)) if Arc::ptr_eq(other, group)) {
            hosts.remove(host);
        }
        drop(hosts);
        let mut group = lock(group);
        group.shared.get_or_insert(shared);
        let waiting = std::mem::take(&mut group.waiting);
        drop(group);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// A call that waits for the first connection.
pub(crate) struct Wait {
    gate: Gate,
    host: Authority,
    group: Arc<Mutex<Group>>,
}

impl Wait {
    /// Waits for the first connection. Returns whether it is shared.
    pub(crate) async fn shared(&self) -> bool {
        let (mut place, mut again) = (None, false);
        poll_fn(|context| {
            let mut group = lock(&self.group);
            match group.shared {
                // hyper may have checked the pool before the connection entered the pool. Let hyper
                // check the pool again.
                Some(true) if !std::mem::replace(&mut again, true) => {
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(shared) => return Poll::Ready(shared),
                None => {}
            }
            let end = group.waiting.len();
            match group.waiting.get_mut(*place.get_or_insert(end)) {
                Some(waker) => waker.clone_from(context.waker()),
                None => group.waiting.push(context.waker().clone()),
            }
            Poll::Pending
        })
        .await
    }

    /// Lets all waiting calls open their own connections.
    pub(crate) fn give_up(&self) {
        self.gate.end(&self.host, &self.group, false);
    }
}

/// The call that opens the first connection. If this call fails or is dropped, the other calls open
/// their own connections.
pub(crate) struct Lead(Wait);

impl Lead {
    /// Records the protocol of the connection.
    pub(crate) fn connected(self, http2: bool) {
        let wait = &self.0;
        if http2 {
            lock(&wait.group).negotiated = true;
        } else {
            lock(&wait.gate.0).insert(wait.host.clone(), Host::Http1);
        }
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        if !lock(&self.0.group).negotiated {
            self.0.give_up();
        }
    }
}

/// A call to a host whose first connection can be shared.
pub(crate) struct Watch {
    gate: Gate,
    /// The host. `None` if the call waited for another call's connection.
    host: Option<Authority>,
    is_connected: bool,
}

impl Watch {
    /// Records that the call has a connection. If the connection speaks HTTP/2, it is in the pool,
    /// and the waiting calls can share it.
    pub(crate) fn connected(&mut self, http2: bool) {
        self.is_connected = true;
        if let Some(host) = self.host.as_ref().filter(|_| http2) {
            self.gate.settle(host, true);
        }
    }

    /// Records that the call waited for another call's connection, so it is not the first call.
    pub(crate) fn record_wait(&mut self) {
        self.host = None;
    }

    /// Whether the call has no connection yet. Returns false if the call waited for another call's
    /// connection.
    pub(crate) fn is_waiting(&self) -> bool {
        self.host.is_some() && !self.is_connected
    }
}

/// Ends the wait of all calls, because they may wait for the connection of this call.
///
/// This also applies to a call that had a connection. If this connection was closed, hyper opens
/// another one within the call, and the other calls may wait for this new connection.
impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(host) = &self.host {
            self.gate.settle(host, false);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
