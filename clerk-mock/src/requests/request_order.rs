//! The order of requests.

use crate::requests::recorded_request::RecordedRequest;
use crate::requests::request_matcher::{RequestMatcher, line};

/// Returns the message of a failed assertion, or `None` if requests match the matchers in order.
pub(crate) fn mismatch(
    matchers: &[RequestMatcher],
    requests: &[RecordedRequest],
) -> Option<String> {
    let mut found: Vec<usize> = Vec::new();
    for matcher in matchers {
        let start = found.last().map_or(0, |at| at + 1);
        let mut later = requests.iter().enumerate().skip(start);
        match later.find(|(_, request)| matcher.matches(request)) {
            Some((at, _)) => found.push(at),
            None => return Some(explain(matchers, &found, requests)),
        }
    }
    None
}

/// Returns the message that lists the found requests, and explains why no request matches the next
/// matcher.
fn explain(matchers: &[RequestMatcher], found: &[usize], requests: &[RecordedRequest]) -> String {
    let mut text = format!(
        "expected {} requests in order, found {} of them among {} recorded requests",
        matchers.len(),
        found.len(),
        requests.len()
    );
    for (at, matcher) in matchers.iter().enumerate() {
        text += &format!("\n  {}. request{matcher}", at + 1);
        let request = found.get(at).and_then(|at| Some((at, requests.get(*at)?)));
        if let Some((at, request)) = request {
            text += &format!("\n     found as request {}: {}", at + 1, line(request));
        }
    }
    let Some(missing) = matchers.get(found.len()) else {
        return text;
    };
    let start = found.last().map_or(0, |at| at + 1);
    let (earlier, later) = requests.split_at_checked(start).unwrap_or((requests, &[]));
    let number = found.len() + 1;
    text += &match start {
        0 => format!("\nno request matches number {number}."),
        start => format!("\nno request after recorded request {start} matches number {number}."),
    };
    for (at, request) in earlier.iter().enumerate() {
        if !found.contains(&at) && missing.matches(request) {
            text += &format!(
                "\nrequest {} matches, but is too early: {}",
                at + 1,
                line(request)
            );
        }
    }
    text + &missing.nearest("later", later)
}
