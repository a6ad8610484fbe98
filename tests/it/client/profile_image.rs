//! Images, the only multipart bodies: their encoding and their validation.

use clerk_client::mock::Reply;
use clerk_client::requests::{LogoImage, ProfileImage};
use clerk_client::transport::HttpTransport;
use clerk_client::{Clerk, ErrorKind, RetryPolicy, SmolTransport, SurfTransport, TokioTransport};

use crate::support::{RawServer, client_replying, key, run};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n--not-the-end\r\n";

/// Returns the head of the form's first part, and all bytes between this head and the closing
/// boundary.
fn part(content_type: &str, body: &[u8]) -> (String, Vec<u8>) {
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let opening = format!("--{boundary}\r\n");
    let closing = format!("\r\n--{boundary}--\r\n");
    let inner = body.strip_prefix(opening.as_bytes()).unwrap();
    let inner = inner.strip_suffix(closing.as_bytes()).unwrap();
    let end = inner
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(inner[..end].to_vec()).unwrap();
    (head, inner[end + 4..].to_vec())
}

#[test]
fn image_is_sent_as_one_part_named_file() {
    for (name, escaped) in [
        ("ada.png", "ada.png"),
        ("a \"b\" ü.png", "a %22b%22 ü.png"),
        ("a\\b;c=d\\", "a%5Cb;c=d%5C"),
    ] {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"user_1"}"#));
        let image = ProfileImage::new(name, "image/png", PNG);
        run(clerk.users().set_user_profile_image("user_1", image)).unwrap();
        let requests = requests.lock().unwrap();
        let (head, content) = part(
            requests[0].header("content-type").unwrap(),
            requests[0].body(),
        );
        assert_eq!(
            head,
            format!(
                "Content-Disposition: form-data; name=\"file\"; filename=\"{escaped}\"\r\nContent-Type: image/png"
            )
        );
        assert_eq!(content, PNG);
    }
}

#[test]
fn a_logo_is_sent_with_its_uploader() {
    let upload = |logo: LogoImage| {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, "{}"));
        let applications = clerk.oauth_applications();
        let sent = run(applications.upload_oauth_application_logo("oauthapp_1", logo));
        let body = requests.lock().unwrap().pop().map(|request| {
            let content_type = request.header("content-type").unwrap();
            let (head, content) = part(content_type, request.body());
            (head, String::from_utf8_lossy(&content).into_owned())
        });
        (sent.map(drop), body)
    };
    let image = ProfileImage::new("a.png", "image/png", PNG);

    let (sent, body) = upload(image.clone().into());
    sent.unwrap();
    let (head, _) = body.unwrap();
    assert!(head.contains("name=\"file\""), "{head}");

    let (sent, body) = upload(LogoImage::new(image.clone()).uploader_user_id("user_1"));
    sent.unwrap();
    let (head, rest) = body.unwrap();
    assert_eq!(
        head,
        "Content-Disposition: form-data; name=\"uploader_user_id\""
    );
    assert!(rest.starts_with("user_1\r\n--"), "{rest}");
    assert!(rest.contains("name=\"file\"; filename=\"a.png\""), "{rest}");

    for id in [" ", "user_1\r\n--"] {
        let (sent, body) = upload(LogoImage::new(image.clone()).uploader_user_id(id));
        let error = sent.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains("uploader_user_id"), "{error}");
        assert_eq!(body, None);
    }
}

#[test]
fn invalid_images_are_rejected() {
    for (image, says) in [
        (ProfileImage::new("a.png", "image/png", ""), "it is empty"),
        (
            ProfileImage::new("", "image/png", PNG),
            "file name is empty",
        ),
        (ProfileImage::new("a\r\nX: y", "image/png", PNG), "'\\r'"),
        (
            ProfileImage::new("a.png", "image/png\r\n", PNG),
            "image/png",
        ),
        (ProfileImage::new("a.png", "", PNG), "\"\""),
        (ProfileImage::new("a.png", "png", PNG), "\"png\""),
        (ProfileImage::new("a.png", "image/", PNG), "\"image/\""),
        (
            ProfileImage::new("a.png", "image/png\r\nX: y", PNG),
            "image/png",
        ),
        (
            ProfileImage::new("a.png", "image/png; a=b\r\n", PNG),
            "image/png",
        ),
    ] {
        let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"user_1"}"#));
        let error = run(clerk.users().set_user_profile_image("user_1", image)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().contains(says), "{error}");
        assert!(requests.lock().unwrap().is_empty());
    }
}

/// Boundaries are random, so an image cannot be crafted to contain the boundary of its request.
#[test]
fn boundaries_differ_between_requests() {
    let (clerk, requests) = client_replying(|| Reply::bytes(200, r#"{"id":"user_1"}"#));
    for _ in 0..2 {
        let image = ProfileImage::new("a.png", "image/png", PNG);
        run(clerk.users().set_user_profile_image("user_1", image)).unwrap();
    }
    let requests = requests.lock().unwrap();
    assert_ne!(
        requests[0].header("content-type"),
        requests[1].header("content-type")
    );
}

/// The request has a `Content-Length`, and a retry after a 429 sends the same bytes.
#[test]
fn retries_resend_the_identical_body() {
    fn check(name: &str, transport: impl HttpTransport) {
        let server = RawServer::start(|_| {
            b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n".to_vec()
        });
        let builder = Clerk::builder(transport, key()).base_url(server.url());
        let clerk = builder.retry(RetryPolicy::new()).build().unwrap();
        let image = ProfileImage::new("a.png", "image/png", vec![b'x'; 100_000]);
        let call = clerk.users().set_user_profile_image("user_1", image);
        let error = match name {
            "tokio" => run(call),
            _ => smol::block_on(call),
        };
        assert_eq!(error.unwrap_err().attempts(), 3, "{name}");
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{name}");
        let (head, body) = requests[0].split_once("\r\n\r\n").unwrap();
        let head = head.to_lowercase();
        assert!(!head.contains("transfer-encoding"), "{name}: {head}");
        assert!(
            head.contains(&format!("content-length: {}", body.len())),
            "{name}: {head}"
        );
        assert!(
            requests.iter().all(|request| request.ends_with(body)),
            "{name}"
        );
    }
    check("tokio", TokioTransport::new().unwrap());
    check("smol", SmolTransport::new().unwrap());
    check("surf", SurfTransport::new().unwrap());
}
