//! Images that Clerk accepts or refuses.

use clerk_client::mock::FakeClerk;
use clerk_client::models::Organization;
use clerk_client::transport::HttpTransport;
use clerk_client::transport::bytes::Bytes;
use futures_util::FutureExt;
use serde_json::Value;

use super::{assert_first_error, request, seeded_fake};

#[test]
fn images_must_be_images_of_at_most_10_mb() {
    let fake = seeded_fake();
    let png = |length: usize| {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        png.resize(length, 0);
        png
    };
    let limit = 10 << 20;
    for (image, expected) in [
        (png(limit), (200, "")),
        (png(limit + 1), (413, "image_too_large")),
        (b"only text".to_vec(), (400, "request_body_invalid")),
        (b"<svg/>".to_vec(), (400, "request_body_invalid")),
    ] {
        let (status, response) = upload(&fake, "POST", "/v1/users/user_ada/profile_image", &image);
        let code = response["errors"][0]["code"].as_str().unwrap_or_default();
        assert_eq!((status, code), expected);
    }
}

#[test]
fn logos_have_fewer_formats_than_profile_images() {
    let fake = seeded_fake();
    fake.add_organization(Organization::new("org_engines"));
    let create = request("POST", "/v1/oauth_applications");
    let (_, application, _) = create.body(r#"{"name":"CLI"}"#).send(&fake);
    let application = application["id"].as_str().unwrap();
    let logos = [
        "/v1/organizations/org_engines/logo".to_owned(),
        format!("/v1/oauth_applications/{application}/logo"),
    ];
    let accepted = (200, "");
    let refused = (400, "request_body_invalid");
    let images: [(&[u8], (u16, &str)); 9] = [
        (b"\xff\xd8\xff\xe0", accepted),
        (b"\x89PNG\r\n\x1a\n", accepted),
        (b"GIF87a", accepted),
        (b"RIFF\0\0\0\0WEBP", accepted),
        (b"BM\0\0", refused),
        (b"II*\0", refused),
        (b"\0\0\x01\0", refused),
        (b"\0\0\0\0ftypavif", refused),
        (b"\0\0\0\0ftypheic", refused),
    ];
    for (image, expected) in images {
        let ada = "/v1/users/user_ada/profile_image";
        assert_eq!(upload(&fake, "POST", ada, image).0, 200, "{image:?}");
        for path in &logos {
            let (status, response) = upload(&fake, "PUT", path, image);
            let code = response["errors"][0]["code"].as_str().unwrap_or_default();
            assert_eq!((status, code), expected, "{path} {image:?}");
        }
    }
}

#[test]
fn an_image_is_the_part_named_file_that_has_a_file_name() {
    let fake = seeded_fake();
    let ada = "/v1/users/user_ada/profile_image";
    for (parameters, expected) in [
        (r#"name="file"; filename="a.png""#, 200),
        (r#"name="file"; filename*=utf-8''%C3%A4.png"#, 200),
        (r#"filename=a.png; name=file"#, 200),
        (r#"name="file""#, 400),
        (r#"name="image"; filename="file""#, 400),
        (r#"name="image"; filename="a.png""#, 400),
    ] {
        let image = b"\x89PNG\r\n\x1a\n";
        let (status, response) = upload_part(&fake, "POST", ada, parameters, image);
        assert_eq!(status, expected, "{parameters}: {response}");
        if status == 400 {
            let error = (400, "form_param_missing", "");
            assert_first_error(&response, status, error, parameters);
        }
    }
}

#[test]
fn the_content_type_of_an_image_may_have_any_case_and_further_parameters() {
    let fake = seeded_fake();
    let image = b"\x89PNG\r\n\x1a\n";
    let path = "/v1/users/user_ada/profile_image";
    let parameters = r#"name="file"; filename="a""#;
    for (content_type, expected) in [
        ("Multipart/Form-Data; Boundary=b", 200),
        (r#"multipart/form-data ;charset=utf-8; boundary="b""#, 200),
        ("multipart/form-data; bound=b", 400),
        ("multipart/mixed; boundary=b", 400),
    ] {
        let (status, response) = upload_form(&fake, "POST", path, content_type, parameters, image);
        assert_eq!(status, expected, "{content_type}: {response}");
    }
}

/// Uploads an image, and returns the status and the body of the response.
fn upload(fake: &FakeClerk, method: &str, path: &str, image: &[u8]) -> (u16, Value) {
    upload_part(fake, method, path, r#"name="file"; filename="a""#, image)
}

/// Uploads an image as a part with these parameters.
fn upload_part(
    fake: &FakeClerk,
    method: &str,
    path: &str,
    parameters: &str,
    image: &[u8],
) -> (u16, Value) {
    let content_type = "multipart/form-data; boundary=b";
    upload_form(fake, method, path, content_type, parameters, image)
}

/// Uploads an image as a part of a form with this content type.
fn upload_form(
    fake: &FakeClerk,
    method: &str,
    path: &str,
    content_type: &str,
    parameters: &str,
    image: &[u8],
) -> (u16, Value) {
    let head = format!("--b\r\nContent-Disposition: form-data; {parameters}\r\n\r\n");
    let mut body = head.into_bytes();
    body.extend(image);
    body.extend(b"\r\n--b--\r\n");
    let request = clerk_client::http::Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer sk_test_1")
        .header("content-type", content_type)
        .body(Bytes::from(body))
        .unwrap();
    let response = fake.send(request).now_or_never().unwrap().unwrap();
    let json = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), json)
}
