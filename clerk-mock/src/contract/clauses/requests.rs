//! The check of clause 11 of the transport contract: the bodies of requests, their lengths and
//! their content types.

use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderValue, Method};

use crate::contract::ensure::ensure;
use crate::contract::exchange::{block_on, expect_response, request};
use crate::contract::server::Server;
use crate::contract::transport_under_test::{Settings, TransportUnderTest};

pub(crate) fn bodies(subject: &dyn TransportUnderTest) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    block_on(
        subject,
        Box::pin(async {
            let methods = [Method::POST, Method::PATCH, Method::PUT, Method::DELETE];
            let large = "x".repeat(300_000);
            for method in methods {
                for body in ["{\"a\":1}", &large, ""] {
                    let server = Server::echoing()?;
                    let mut sent = request(method.clone(), &server.url("x"), body.to_owned())?;
                    let json = HeaderValue::from_static("application/json");
                    if !body.is_empty() {
                        sent.headers_mut().insert(CONTENT_TYPE, json);
                    }
                    let of = format!("{method} with {} bytes", body.len());
                    expect_response(transport.send(sent).await, &of)?;
                    let requests = server.requests();
                    let [received] = requests.as_slice() else {
                        return Err(format!("{of}: {} requests arrived", requests.len()));
                    };
                    ensure!(
                        received.body == body.as_bytes(),
                        "{of}: {} bytes arrived",
                        received.body.len()
                    );
                    ensure!(
                        received.header("transfer-encoding").is_none(),
                        "{of}: it was chunked"
                    );
                    let length = received.header("content-length");
                    // Some servers respond with 411 to a POST, PATCH or PUT without a length.
                    ensure!(
                        length.is_some() || method == Method::DELETE,
                        "{of}: content-length is absent"
                    );
                    let length = length.map_or(Ok(0), str::parse);
                    ensure!(
                        length == Ok(body.len()),
                        "{of}: content-length is {length:?}"
                    );
                    let expected = (!body.is_empty()).then_some("application/json");
                    // For a POST without a body, isahc, a client on libcurl, cannot omit the
                    // content-type. So an empty content-type is accepted if there is no body.
                    let content_type = received.header("content-type");
                    let content_type = content_type.filter(|value| !value.is_empty());
                    ensure!(
                        content_type == expected,
                        "{of}: content-type is {content_type:?}"
                    );
                }
            }
            Ok(())
        }),
    )
}
