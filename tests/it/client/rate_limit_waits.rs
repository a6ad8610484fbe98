//! Calls that wait for the client's rate limit. Some are not polled, some are dropped, and some
//! wait for the end of a pause that a 429 caused.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use clerk_client::mock::{FakeClerk, Fault};
use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{Clerk, RateLimit, User};
use futures_util::future::{FutureExt, join_all};
use futures_util::stream::{self, StreamExt};

use crate::support::key;

const SECOND: Duration = Duration::from_secs(1);
const WINDOW: Duration = Duration::from_secs(10);
/// The window of the client's limiter, which is 2 % longer than [`WINDOW`].
const STRETCH: Duration = Duration::from_millis(10_200);

/// A fake with some users, and a client with a limit and no timeout.
struct Setup {
    fake: FakeClerk,
    clerk: Clerk,
    sleeps: Arc<AtomicU32>,
}

impl Setup {
    fn new(users: usize, limit: RateLimit) -> Self {
        let fake = FakeClerk::new();
        for number in 0..users {
            fake.add(User::new(format!("user_{number}")));
        }
        let sleeps = Arc::default();
        let transport = Counting {
            inner: Arc::new(fake.transport()),
            sleeps: Arc::clone(&sleeps),
        };
        let clerk = Clerk::builder(transport, key())
            .rate_limit(limit)
            .timeout(Duration::MAX)
            .build()
            .unwrap();
        Self {
            fake,
            clerk,
            sleeps,
        }
    }

    /// Gets a user, and returns the time at which the request was sent.
    async fn get(&self, number: usize) -> Duration {
        let users = self.clerk.users();
        users.get_user(format!("user_{number}")).await.unwrap();
        self.fake.clock().now()
    }
}

/// A transport that counts its sleeps.
#[derive(Debug)]
struct Counting {
    inner: Arc<dyn HttpTransport>,
    sleeps: Arc<AtomicU32>,
}

#[async_trait]
impl HttpTransport for Counting {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.inner.send(request).await
    }

    async fn sleep(&self, duration: Duration) {
        self.sleeps.fetch_add(1, Ordering::Relaxed);
        self.inner.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.inner.now()
    }
}

#[tokio::test]
async fn a_call_does_not_wait_for_calls_that_are_not_polled() {
    // The loop's body makes a call. While this call waits, the loop does not poll the calls of the
    // stream.
    let setup = Setup::new(100, RateLimit::new(10, WINDOW));
    let mut users = stream::iter(0..100)
        .map(|number| setup.get(number))
        .buffer_unordered(20);
    let mut seen = 0;
    while users.next().await.is_some() {
        setup.get(seen).await;
        seen += 1;
    }
    assert_eq!(seen, 100);
    // 200 calls need at least 20 windows. The stream's calls may miss their reserved times while
    // the body waits, so the 200 calls may take longer.
    let now = setup.fake.clock().now();
    assert!(now <= STRETCH * 40, "{now:?}");

    let setup = Setup::new(101, RateLimit::TEST);
    let mut unpolled: Vec<_> = (0..200).map(|_| Box::pin(setup.get(0))).collect();
    for call in &mut unpolled {
        let _ = call.as_mut().now_or_never();
    }
    assert_eq!(setup.get(1).await, STRETCH * 2);
}

#[tokio::test]
async fn past_reservations_of_dropped_calls_delay_no_call() {
    let setup = Setup::new(1, RateLimit::new(2, WINDOW));
    let clock = setup.fake.clock();
    clock.pause();
    // Each window has room for two calls. The first eight calls reserve the windows 0 to 3, and the
    // ninth call reserves window 4.
    let mut calls: Vec<_> = (0..9).map(|_| Some(Box::pin(setup.get(0)))).collect();
    let poll = |call: &mut Option<_>| call.as_mut().and_then(FutureExt::now_or_never);
    for call in &mut calls {
        let _ = poll(call);
    }
    calls[3] = None;
    clock.advance(STRETCH);
    assert_eq!(poll(&mut calls[2]), Some(STRETCH));
    // Now a whole window has passed since the time that the dropped call had reserved.
    clock.advance(STRETCH);
    assert_eq!(poll(&mut calls[4]), Some(STRETCH * 2));
    assert_eq!(poll(&mut calls[5]), Some(STRETCH * 2));
    calls[6] = None;
    calls[7] = None;
    clock.advance(STRETCH * 3 / 2);
    assert_eq!(setup.get(0).now_or_never(), Some(STRETCH * 7 / 2));
}

#[tokio::test]
async fn a_call_sleeps_once_and_ten_thousand_are_sent_in_order() {
    let setup = Setup::new(1, RateLimit::TEST);
    let times = join_all((0..10_000).map(|_| setup.get(0))).await;
    assert!(times.is_sorted());
    for (number, time) in times.iter().enumerate() {
        assert_eq!(*time, STRETCH * u32::try_from(number / 100).unwrap());
    }
    assert_eq!(setup.sleeps.load(Ordering::Relaxed), 9_900);
}

#[tokio::test]
async fn the_slot_of_a_dropped_call_goes_to_the_next_one_that_asks() {
    let setup = Setup::new(1, RateLimit::new(1, WINDOW));
    setup.fake.clock().pause();
    setup.get(0).await;
    let mut waiting: Vec<_> = (0..5).map(|_| Box::pin(setup.get(0))).collect();
    for call in &mut waiting {
        assert!(call.as_mut().now_or_never().is_none());
    }
    drop(waiting.remove(1));
    drop(waiting.remove(2));
    let mut calls: Vec<_> = (0..3).map(|_| Box::pin(setup.get(0))).collect();
    for call in &mut calls {
        assert!(call.as_mut().now_or_never().is_none());
    }
    waiting.append(&mut calls);
    let mut order = Vec::new();
    for _ in 0..7 {
        setup.fake.clock().advance(STRETCH);
        for (number, call) in waiting.iter_mut().enumerate() {
            if !order.contains(&number) && call.as_mut().now_or_never().is_some() {
                order.push(number);
            }
        }
    }
    assert_eq!(order, [0, 3, 1, 4, 2, 5]);
}

#[tokio::test]
async fn a_past_reservation_of_a_dropped_call_does_not_count_as_a_request() {
    let setup = Setup::new(1, RateLimit::new(1, WINDOW));
    setup.fake.clock().pause();
    setup.get(0).await;
    let mut dropped = [Box::pin(setup.get(0)), Box::pin(setup.get(0))];
    for call in &mut dropped {
        assert!(call.as_mut().now_or_never().is_none());
    }
    drop(dropped);
    setup.fake.clock().advance(STRETCH + SECOND);
    assert!(
        setup.get(0).now_or_never().is_some(),
        "nothing was sent since"
    );
    // The next request must wait until a window has passed since the last request.
    let mut next = Box::pin(setup.get(0));
    assert!(next.as_mut().now_or_never().is_none());
    setup.fake.clock().advance(STRETCH - SECOND);
    assert!(next.as_mut().now_or_never().is_none());
    setup.fake.clock().advance(SECOND);
    assert!(next.as_mut().now_or_never().is_some());
}

#[tokio::test]
async fn the_room_of_dropped_calls_is_used_without_exceeding_the_limit() {
    let setup = Setup::new(1, RateLimit::new(10, WINDOW));
    let clock = setup.fake.clock();
    clock.pause();
    for _ in 0..10 {
        setup.get(0).await;
    }
    // Ten calls wait for the next window, and one for the window after it.
    let mut waiting: Vec<_> = (0..11).map(|_| Box::pin(setup.get(0))).collect();
    for call in &mut waiting {
        assert!(call.as_mut().now_or_never().is_none());
    }
    let mut last = waiting.pop().unwrap();
    drop(waiting);
    clock.advance(STRETCH + SECOND);
    let mut calls: Vec<_> = (0..11).map(|_| Box::pin(setup.get(0))).collect();
    let sent: Vec<bool> = calls
        .iter_mut()
        .map(|call| call.as_mut().now_or_never().is_some())
        .collect();
    // If ten requests were sent now, the waiting call would be the eleventh within one window.
    assert_eq!(sent, [[true; 9].as_slice(), &[false; 2]].concat());
    clock.advance(STRETCH - SECOND);
    assert!(last.as_mut().now_or_never().is_some());
    for call in &mut calls[9..] {
        assert!(call.as_mut().now_or_never().is_none());
    }
    clock.advance(SECOND);
    for call in &mut calls[9..] {
        assert!(call.as_mut().now_or_never().is_some());
    }
}

#[tokio::test]
async fn a_pause_postpones_the_waiting_calls_and_causes_no_burst() {
    let setup = Setup::new(1, RateLimit::new(2, WINDOW));
    setup
        .fake
        .inject_fault("GetUser", 2, Fault::too_many_requests(25));
    let times = join_all((0..8).map(|_| setup.get(0))).await;
    let mut sent = times.clone();
    sent.sort();
    for window in sent.windows(3) {
        assert!(window[2] - window[0] >= STRETCH, "{sent:?}");
    }
    assert!(sent[1] >= SECOND * 25, "{sent:?}");
    assert!(times[2..].is_sorted(), "the order stays: {times:?}");
}

#[tokio::test]
async fn a_call_that_is_polled_late_counts_from_when_it_was_sent() {
    let setup = Setup::new(1, RateLimit::new(1, WINDOW));
    setup.fake.clock().pause();
    setup.get(0).await;
    let mut late = Box::pin(setup.get(0));
    assert!(late.as_mut().now_or_never().is_none());
    setup.fake.clock().advance(STRETCH * 3);
    assert!(late.now_or_never().is_some());
    let mut next = Box::pin(setup.get(0));
    assert!(next.as_mut().now_or_never().is_none());
    setup.fake.clock().advance(STRETCH);
    assert!(next.now_or_never().is_some());
}
