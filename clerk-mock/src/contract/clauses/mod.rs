//! The 19 clauses of the contract of `HttpTransport`, and their checks.

mod addresses;
mod cancellation;
mod failures;
mod limits;
mod pool;
mod requests;
mod responses;
mod runtime;
mod runtimes;

use crate::contract::transport_under_test::TransportUnderTest;

/// The check of a clause. An error says how the transport violates the clause.
pub(crate) type Check = fn(&dyn TransportUnderTest) -> Result<(), String>;

/// The text and the check of each clause, in the order of the clauses' numbers, which start at 1.
pub(crate) const CLAUSES: [(&str, Check); 19] = [
    ("any final status is a response", responses::any_status),
    ("redirects are not followed", responses::redirects),
    ("requests are not retried", failures::no_retries),
    ("bodies are read up to a limit", limits::body_limit),
    ("a truncated body is an error", limits::truncated),
    ("chunked and unbounded bodies work", responses::framings),
    ("headers may have any bytes", responses::odd_headers),
    ("repeated headers are kept", responses::repeated_headers),
    ("dropping a request affects no other", cancellation::dropped),
    ("no panic crosses the seam", failures::no_panic),
    ("bodies are sent with their length", requests::bodies),
    ("failures have the right kind", failures::kinds),
    ("nothing blocks the executor", runtime::not_blocking),
    ("no runtime is needed to construct", runtime::construction),
    ("bodies are decompressed", responses::encodings),
    ("connections are reused, and closed", pool::connections),
    ("sleep is never early", runtime::sleep),
    ("an address that hangs is passed over", addresses::hanging),
    ("several runtimes share a transport", runtimes::several),
];
