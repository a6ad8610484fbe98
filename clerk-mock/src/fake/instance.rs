//! The instance behind a fake: its state, its clock, and the transport to it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use clerk_core::http::Method;
use clerk_core::http::header::USER_AGENT;
use clerk_core::{
    HttpRequest, HttpResponse, HttpTransport, Timestamp, TransportError, async_trait,
};

use crate::clock::VirtualClock;
use crate::fake::faults::fault::Fault;
use crate::fake::faults::injectors::Injectors;
use crate::fake::faults::responders::Responders;
use crate::fake::faults::throttle::Throttle;
use crate::fake::route;
use crate::fake::state::world::World;
#[cfg(feature = "webhooks")]
use crate::fake::webhooks::{changes, outbox::Outbox};
use crate::reply::Reply;
use crate::requests::recorded_request::RecordedRequest;

/// An instance of Clerk, shared by a fake and its transports.
pub(crate) struct Instance {
    /// The state of the instance.
    pub(crate) world: Mutex<World>,
    pub(crate) clock: VirtualClock,
    pub(crate) throttle: Mutex<Throttle>,
    pub(crate) injectors: Injectors,
    pub(crate) responders: Responders,
    #[cfg(feature = "webhooks")]
    outbox: Mutex<Outbox>,
}

impl Instance {
    pub(crate) fn new(world: World, clock: VirtualClock, throttle: Throttle) -> Self {
        Self {
            world: Mutex::new(world),
            clock,
            throttle: Mutex::new(throttle),
            injectors: Injectors::default(),
            responders: Responders::default(),
            #[cfg(feature = "webhooks")]
            outbox: Mutex::default(),
        }
    }

    /// Returns a guard of the world. First unlocks the users whose lockout has expired.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let now = world.time(self.clock.now());
        world.expire_locks(now);
        world
    }

    pub(crate) fn throttle(&self) -> MutexGuard<'_, Throttle> {
        self.throttle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a guard of the outbox, the queue of webhook events. Code that locks both the world
    /// and the outbox must lock the world first.
    #[cfg(feature = "webhooks")]
    pub(crate) fn outbox(&self) -> MutexGuard<'_, Outbox> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the world as another client of Clerk would, and sends webhooks.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World, Timestamp) -> T) -> T {
        self.run(true, change)
    }

    /// Runs an operation, and sends webhooks. If the operation is a change, also advances the clock
    /// by `World::step`, so that the next change has a later time.
    fn run<T>(&self, is_change: bool, operation: impl FnOnce(&mut World, Timestamp) -> T) -> T {
        let mut world = self.world();
        let now = world.time(self.clock.now());
        let result = self.observed(&mut world, now, "", |world| operation(world, now));
        self.finish(world, is_change);
        result
    }

    /// After a change, advances the clock by `World::step`. Then wakes the timers that have
    /// expired, and the tasks that wait for webhook events.
    pub(crate) fn finish(&self, world: MutexGuard<'_, World>, is_change: bool) {
        let mut timers = Vec::new();
        if is_change && world.step > Duration::ZERO {
            // The next change must not see the same time.
            timers = self.clock.advance_without_waking(world.step);
        }
        // The lock is released first, because a task that is woken may use the world.
        drop(world);
        #[cfg(feature = "server")]
        self.wake_readers();
        timers.into_iter().for_each(Waker::wake);
    }

    /// Wakes the tasks that wait for webhook events, if an event was published or a reader was
    /// closed. The caller must hold no lock.
    #[cfg(feature = "server")]
    pub(crate) fn wake_readers(&self) {
        let to_wake = self.outbox().take_to_wake();
        to_wake.into_iter().for_each(Waker::wake);
    }

    /// Runs a change that a client with this user agent makes. If webhooks are on, publishes the
    /// events that the change causes.
    #[cfg(feature = "webhooks")]
    fn observed<T>(
        &self,
        world: &mut World,
        now: Timestamp,
        user_agent: &str,
        change: impl FnOnce(&mut World) -> T,
    ) -> T {
        if !self.outbox().is_on() {
            return change(world);
        }
        changes::start(world);
        let result = change(world);
        let changes = changes::stop(world, now);
        self.outbox().publish(changes, now, user_agent);
        result
    }

    #[cfg(not(feature = "webhooks"))]
    fn observed<T>(
        &self,
        world: &mut World,
        _: Timestamp,
        _: &str,
        change: impl FnOnce(&mut World) -> T,
    ) -> T {
        change(world)
    }

    pub(crate) fn time(&self) -> Timestamp {
        self.world().time(self.clock.now())
    }

    /// Returns the response to a request, and the delay that the caller must wait.
    pub(crate) fn exchange(
        &self,
        request: RecordedRequest,
    ) -> (Result<HttpResponse, TransportError>, Duration) {
        let injected = self.injectors.next_fault(&request);
        let fault = self.throttle().next_fault(injected, self.clock.now());
        let mut delay = fault.as_ref().map_or(Duration::ZERO, Fault::delay);
        // A request that does not take effect must not use up one of the replies that the test has
        // configured.
        let takes_effect = fault.as_ref().is_none_or(Fault::takes_effect);
        let reply = takes_effect.then(|| self.responders.reply(&request));
        let reply = reply.flatten();
        if let Some(reply) = &reply {
            delay = delay.saturating_add(reply.delay);
        }
        (self.respond(request, fault, reply), delay)
    }

    /// Lets a request take effect without recording it, and without faults, a rate limit or
    /// latency. The request needs no secret key.
    #[cfg(feature = "server")]
    pub(crate) fn respond_unrecorded(&self, request: &RecordedRequest) -> HttpResponse {
        self.run(is_change(request), |world, now| {
            route::respond_without_key(world, request, now)
        })
    }

    /// Responds with `reply`. If `reply` is `None`, responds as Clerk would. A fault may prevent or
    /// damage the response.
    fn respond(
        &self,
        request: RecordedRequest,
        fault: Option<Fault>,
        reply: Option<Reply>,
    ) -> Result<HttpResponse, TransportError> {
        let mut world = self.world();
        let now = world.time(self.clock.now());
        let user_agent = request.header(USER_AGENT.as_str()).unwrap_or_default();
        let result = self.observed(&mut world, now, user_agent, |world| {
            let respond = || match reply {
                Some(reply) => reply.result,
                None => Ok(route::respond(world, &request, now)),
            };
            match fault {
                Some(fault) => fault.apply(respond),
                None => respond(),
            }
        });
        let is_change = is_change(&request);
        world.record_request(request);
        self.finish(world, is_change);
        result
    }
}

/// Whether the request counts as a change. After a change, the clock advances by `World::step`.
fn is_change(request: &RecordedRequest) -> bool {
    request.method() != Method::GET
}

#[async_trait]
impl HttpTransport for Instance {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (result, delay) = self.exchange(RecordedRequest::new(request));
        if delay > Duration::ZERO {
            self.clock.sleep(delay).await;
        }
        result
    }

    async fn sleep(&self, duration: Duration) {
        self.clock.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.clock.now()
    }

    fn time_of_day(&self) -> Option<Timestamp> {
        Some(self.time())
    }
}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeClerk")
            .field("users", &self.world().len())
            .finish_non_exhaustive()
    }
}
