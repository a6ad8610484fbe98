//! The webhooks that a test reads.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(feature = "server")]
use std::task::{Context, Poll};

use bytes::Bytes;
use clerk_core::Timestamp;
use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderMap, HeaderValue};
use clerk_core::webhooks::WebhookSecret;

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::instance::Instance;
use crate::fake::webhooks::outbox::Event;

impl FakeClerk {
    /// The secret that signs webhooks by default. To set another secret, call
    /// [`FakeWebhooks::with_secret`].
    pub const WEBHOOK_SECRET: &'static str = "whsec_d2ViaG9vayBzZWNyZXQgb2YgRmFrZUNsZXJr";

    /// Returns a reader of the webhooks of all later changes.
    ///
    /// Changes are made by requests, and by methods that change the state, such as
    /// [`add`](FakeClerk::add), [`remove_user`](FakeClerk::remove_user) or
    /// [`sign_in`](FakeClerk::sign_in). To get no webhooks about a test's setup, call this method
    /// after the setup.
    /// [`restore`](FakeClerk::restore), [`set_time`](FakeClerk::set_time) and the passing of time
    /// send no webhooks.
    ///
    /// ```
    /// use clerk_client::mock::{FakeClerk, FakeUser};
    /// use clerk_client::webhooks::{WebhookData, WebhookSecret};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let fake = FakeClerk::new();
    /// fake.add(FakeUser::new("user_ada"));
    /// let webhooks = fake.webhooks();
    /// fake.client().users().ban_user("user_ada").await?;
    ///
    /// // Pass the headers and the body to your handler. It verifies them like this:
    /// let webhook = webhooks.next().ok_or("no webhook")?;
    /// let secret = WebhookSecret::new(FakeClerk::WEBHOOK_SECRET)?;
    /// let received = secret.verify_at(webhook.headers(), webhook.body(), fake.time())?;
    /// let WebhookData::UserUpdated(user) = received.event.data else {
    ///     unreachable!("the user is updated");
    /// };
    /// assert!(user.banned);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # The events
    ///
    /// These objects have events: users, sessions, organizations, memberships, invitations to
    /// organizations, domains of organizations, roles, permissions and waitlist entries. A request
    /// that changes several objects sends an event for each. First come the events of created and
    /// updated objects, each object after the objects to which it refers. Then come the events of
    /// deleted objects, each object before the objects to which it refers. A request that changes
    /// nothing sends no event.
    ///
    /// Clerk does not document which further events a change causes. The fake sends:
    ///
    /// - for a deleted user: `session.removed` and `organizationMembership.deleted`, then
    ///   `user.deleted`;
    /// - for a banned user: `user.updated`, then `session.revoked`;
    /// - for a deleted organization: `organizationMembership.deleted`,
    ///   `organizationDomain.deleted`, then `organization.deleted`, but no events about its
    ///   invitations;
    /// - for a new pending session: `session.pending` instead of `session.created`;
    /// - for a sign-in: `session.created`, but no `user.updated`;
    /// - for a permission that changes: also `role.updated` for each role that has it.
    ///
    /// Message ids are deterministic. Events keep the time of their change, and are signed when
    /// they are read. The fake keeps only the 10,000 newest events for its readers.
    #[must_use = "the webhooks stop when the value is dropped"]
    pub fn webhooks(&self) -> FakeWebhooks {
        let secret = WebhookSecret::new(Self::WEBHOOK_SECRET);
        #[allow(clippy::expect_used)]
        let secret = secret.expect("WEBHOOK_SECRET is valid");
        let seed = self.world().random_seed();
        let position = self.instance.outbox().open(seed);
        FakeWebhooks {
            instance: Arc::clone(&self.instance),
            secret,
            position: Mutex::new(position),
        }
    }
}

/// A reader of the webhooks that a [`FakeClerk`] sends after the call of
/// [`webhooks`](FakeClerk::webhooks).
///
/// Readers are independent of each other: each one returns all webhooks.
pub struct FakeWebhooks {
    instance: Arc<Instance>,
    secret: WebhookSecret,
    /// The number of events of the instance up to the last one that was read.
    position: Mutex<u64>,
}

impl FakeWebhooks {
    /// Signs the webhooks with this secret.
    #[must_use]
    pub fn with_secret(mut self, secret: WebhookSecret) -> Self {
        self.secret = secret;
        self
    }

    /// Returns the oldest unread webhook, or `None` if there is none.
    pub fn next(&self) -> Option<FakeWebhook> {
        let event = self.next_event()?;
        let now = self.instance.time();
        Some(FakeWebhook::signed(&event, &self.secret, now))
    }

    /// Returns all unread webhooks, in the order of the changes.
    pub fn take(&self) -> Vec<FakeWebhook> {
        std::iter::from_fn(|| self.next()).collect()
    }

    /// Returns the oldest unread event, and does not sign it.
    pub(crate) fn next_event(&self) -> Option<Arc<Event>> {
        self.instance.outbox().next(&mut self.position())
    }

    /// Returns the number of unread events.
    #[cfg(feature = "server")]
    pub(crate) fn unread(&self) -> u64 {
        let outbox = self.instance.outbox();
        outbox.unread(*self.position())
    }

    /// Polls for the next event.
    #[cfg(feature = "server")]
    pub(crate) fn poll_next(&self, context: &mut Context<'_>) -> Poll<Arc<Event>> {
        let mut outbox = self.instance.outbox();
        match outbox.next(&mut self.position()) {
            Some(event) => Poll::Ready(event),
            None => {
                outbox.wake_later(context.waker());
                Poll::Pending
            }
        }
    }

    fn position(&self) -> MutexGuard<'_, u64> {
        self.position.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FakeWebhooks {
    fn drop(&mut self) {
        self.instance.outbox().close();
        #[cfg(feature = "server")]
        self.instance.wake_readers();
    }
}

impl fmt::Debug for FakeWebhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeWebhooks").finish_non_exhaustive()
    }
}

/// A signed webhook: the headers and the body of a request to an application.
///
/// `Debug` hides the data and the signature.
#[derive(Clone)]
pub struct FakeWebhook {
    event: Arc<Event>,
    headers: HeaderMap,
}

impl FakeWebhook {
    /// Signs an event with `now` as the time of the signature.
    pub(crate) fn signed(event: &Arc<Event>, secret: &WebhookSecret, now: Timestamp) -> Self {
        let mut headers = secret.sign(&event.message_id, now, &event.body);
        let json = HeaderValue::from_static("application/json");
        headers.insert(CONTENT_TYPE, json);
        Self {
            event: Arc::clone(event),
            headers,
        }
    }

    /// Returns the message id, such as `msg_…`. It is also the header `svix-id`.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.event.message_id
    }

    /// Returns the event type, such as `user.created`.
    #[must_use]
    pub fn event_type(&self) -> &'static str {
        self.event.event_type
    }

    /// Returns the id of the object that changed, such as `user_…`.
    #[must_use]
    pub fn object_id(&self) -> &str {
        &self.event.object_id
    }

    /// Returns the headers of the request: `svix-id`, `svix-timestamp`, `svix-signature` and
    /// `content-type`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body of the request.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.event.body
    }
}

impl fmt::Debug for FakeWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeWebhook")
            .field("message_id", &self.event.message_id)
            .field("event_type", &self.event.event_type)
            .field("object_id", &self.event.object_id)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::task::{Wake, Waker};

    use super::*;
    use crate::FakeUser;

    /// A task that uses the fake when it is woken.
    struct Reader(Arc<FakeClerk>, AtomicBool);

    impl Wake for Reader {
        fn wake(self: Arc<Self>) {
            let _ = self.0.time();
            drop(self.0.webhooks());
            self.1.store(true, Ordering::Relaxed);
        }
    }

    #[test]
    fn a_task_that_is_woken_may_use_the_fake() {
        let fake = Arc::new(FakeClerk::new());
        let webhooks = fake.webhooks();
        let reader = Arc::new(Reader(Arc::clone(&fake), AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&reader));
        let poll = webhooks.poll_next(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
        fake.add(FakeUser::new("user_ada"));
        assert!(reader.1.load(Ordering::Relaxed));
    }
}
