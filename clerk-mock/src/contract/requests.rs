//! Clause 11: what goes out.

use clerk_core::http::header::CONTENT_TYPE;
use clerk_core::http::{HeaderValue, Method};

use super::ensure;
use super::server::Server;
use super::subject::{Settings, Subject, expect_answer, request, run};

pub(super) fn bodies(subject: &dyn Subject) -> Result<(), String> {
    let transport = subject.transport(&Settings::default());
    run(
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
                    expect_answer(transport.send(sent).await, &of)?;
                    let requests = server.requests();
                    let [came] = requests.as_slice() else {
                        return Err(format!("{of}: {} requests came", requests.len()));
                    };
                    ensure!(
                        came.body == body.as_bytes(),
                        "{of}: {} bytes came",
                        came.body.len()
                    );
                    ensure!(
                        came.header("transfer-encoding").is_none(),
                        "{of}: it came in chunks"
                    );
                    let length = came.header("content-length");
                    let length = length.map_or(Ok(0), str::parse);
                    ensure!(
                        length == Ok(body.len()),
                        "{of}: content-length is {length:?}"
                    );
                    let expected = (!body.is_empty()).then_some("application/json");
                    // libcurl can send an empty one, but not none, with a POST without a body.
                    let came = came.header("content-type").filter(|came| !came.is_empty());
                    ensure!(came == expected, "{of}: content-type is {came:?}");
                }
            }
            Ok(())
        }),
    )
}
