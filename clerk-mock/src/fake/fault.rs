use std::collections::VecDeque;
use std::time::Duration;

use clerk_core::bytes::Bytes;
use clerk_core::http::header::RETRY_AFTER;
use clerk_core::http::{HeaderValue, StatusCode};
use clerk_core::{HttpResponse, TransportError, TransportErrorKind};

use super::answer;

/// Something that goes wrong with an exchange: see [`FakeClerk::plan`](super::FakeClerk::plan).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a fault does nothing until it is planned"]
pub struct Fault {
    kind: Kind,
    delay: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Not carried out, and answered so.
    Status(StatusCode, Option<u64>),
    /// Not carried out, and not answered.
    NotSent,
    /// Carried out; what becomes of the answer.
    Answer(Answer),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    Whole,
    Lost,
    Cut,
    Garbage,
    Half,
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            delay: Duration::ZERO,
        }
    }

    /// The request is not carried out, and answered with this status (100 to 999; any other is 500).
    pub fn status(status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(Kind::Status(status, None))
    }

    /// The request is not carried out, and answered with 429 and this as `Retry-After`.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self::new(Kind::Status(status, Some(retry_after_seconds)))
    }

    /// The request does not arrive.
    pub fn not_sent() -> Self {
        Self::new(Kind::NotSent)
    }

    /// The request is carried out, and its answer is lost.
    pub fn lost() -> Self {
        Self::new(Kind::Answer(Answer::Lost))
    }

    /// The request is carried out, and the connection breaks in the middle of its answer.
    pub fn cut() -> Self {
        Self::new(Kind::Answer(Answer::Cut))
    }

    /// The request is carried out, and its answer has a body that is no JSON.
    pub fn garbage() -> Self {
        Self::new(Kind::Answer(Answer::Garbage))
    }

    /// The request is carried out, and its answer has only the first half of its JSON.
    pub fn half() -> Self {
        Self::new(Kind::Answer(Answer::Half))
    }

    /// The request is carried out and answered as ever, but later.
    pub fn slow(delay: Duration) -> Self {
        Self::new(Kind::Answer(Answer::Whole)).after(delay)
    }

    /// The same after this has passed on the fake's clock; what is carried out is so before.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(super) fn delay(&self) -> Duration {
        self.delay
    }

    /// What comes of a request; `carry_out` is what would, without the fault.
    pub(super) fn happen(
        &self,
        carry_out: impl FnOnce() -> HttpResponse,
    ) -> Result<HttpResponse, TransportError> {
        let answer = match &self.kind {
            Kind::Status(status, retry_after) => return Ok(refusal(*status, *retry_after)),
            Kind::NotSent => {
                let message = "a fault was planned: the connection was refused";
                return Err(TransportError::new(TransportErrorKind::NotSent, message));
            }
            Kind::Answer(answer) => answer,
        };
        let response = carry_out();
        match answer {
            Answer::Whole => Ok(response),
            Answer::Lost => Err(TransportError::new(
                TransportErrorKind::Io,
                "a fault was planned: the connection was closed before an answer",
            )),
            Answer::Cut => Err(TransportError::new(
                TransportErrorKind::Body,
                "a fault was planned: the connection was closed in the middle of the answer",
            )),
            Answer::Garbage => Ok(response.map(|_| Bytes::from_static(b"<html>Oops</html>"))),
            Answer::Half => Ok(response.map(|body| body.slice(..body.len() / 2))),
        }
    }
}

/// A status of which nothing is known but the number.
fn refusal(status: StatusCode, retry_after: Option<u64>) -> HttpResponse {
    let code = match status {
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        _ => "internal_clerk_error",
    };
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let refusal = answer::Refusal::new(status, code, reason, reason);
    let mut response = answer::response(Err(refusal), "fault");
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// How many requests there may be, and how long their answers take.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    limit: Option<Limit>,
    latency: Duration,
}

/// So many requests within a time.
#[derive(Debug, Clone)]
struct Limit {
    requests: usize,
    per: Duration,
    passed: VecDeque<Duration>,
}

impl Pace {
    pub(super) fn limit(&mut self, requests: usize, per: Duration) {
        self.limit = Some(Limit {
            requests,
            per,
            passed: VecDeque::new(),
        });
    }

    pub(super) fn set_latency(&mut self, latency: Duration) {
        self.latency = latency;
    }

    /// What goes wrong with a request: what is planned, or that there are too many.
    pub(super) fn of(&mut self, planned: Option<Fault>, now: Duration) -> Option<Fault> {
        let fault = planned.or_else(|| self.limit.as_mut()?.refuse(now));
        if self.latency.is_zero() {
            return fault;
        }
        let fault = fault.unwrap_or_else(|| Fault::slow(Duration::ZERO));
        let delay = fault.delay.saturating_add(self.latency);
        Some(fault.after(delay))
    }
}

impl Limit {
    fn refuse(&mut self, now: Duration) -> Option<Fault> {
        while self
            .passed
            .front()
            .is_some_and(|passed| now.saturating_sub(*passed) >= self.per)
        {
            self.passed.pop_front();
        }
        if self.passed.len() < self.requests {
            self.passed.push_back(now);
            return None;
        }
        let oldest = self.passed.front().copied().unwrap_or(now);
        let wait = (oldest.saturating_add(self.per)).saturating_sub(now);
        // Whole seconds, so that it is not too early.
        Some(Fault::too_many_requests(
            wait.as_millis().div_ceil(1000) as u64
        ))
    }
}
