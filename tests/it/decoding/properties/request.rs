//! Whatever the ids, filters and files are, the request contains exactly these values, or nothing
//! is sent.

use clerk_client::requests::PageParams;
use clerk_client::requests::{ProfileImage, UserListParams};
use clerk_client::transport::HttpRequest;
use clerk_client::{Call, Clerk, ErrorKind, Position, SecretKey, ids::UserId};
use percent_encoding::percent_decode_str;

use super::transport::Nowhere;

/// Checks requests. The data consists of texts, separated by zero bytes.
pub(crate) fn check(data: &[u8]) {
    let clerk = Clerk::new(Nowhere, SecretKey::new("sk_test_x").unwrap());
    let users = clerk.users();
    let texts: Vec<String> = data
        .split(|byte| *byte == 0)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    let text = |at: usize| texts.get(at).cloned().unwrap_or_default();

    let (id, provider) = (text(0), text(1));
    if let Some(request) = sent(users.get_o_auth_access_token(&id, &*provider, PageParams::new())) {
        let path = request.uri().path();
        let segments: Vec<_> = path.split('/').skip(2).map(decoded).collect();
        assert_eq!(segments, ["users", &id, "oauth_access_tokens", &provider]);
    }
    if let Some(request) = sent(users.delete_user(&id)) {
        assert_eq!(request.uri().query(), None);
        let segments: Vec<_> = request
            .uri()
            .path()
            .split('/')
            .skip(2)
            .map(decoded)
            .collect();
        assert_eq!(segments, ["users", &id]);
        assert!(!["", ".", "..", "count", "ban", "unban"].contains(&id.as_str()));
    }

    let params = UserListParams::new()
        .query(text(2))
        .username(&texts)
        .exclude_user_id([&id])
        .external_id([text(3)]);
    if let Some(request) = sent(users.get_user_list(params)) {
        let pairs: Vec<(String, String)> = request
            .uri()
            .query()
            .unwrap()
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect();
        let of = |name: &str| -> Vec<&str> {
            let pairs = pairs.iter().filter(|(key, _)| key == name);
            pairs.map(|(_, value)| value.as_str()).collect()
        };
        assert_eq!(of("query"), [text(2)]);
        assert_eq!(of("username"), texts);
        assert_eq!(of("user_id"), [format!("-{id}")]);
        let [external_id] = of("external_id")[..] else {
            panic!("{pairs:?}")
        };
        assert!(external_id == text(3) || external_id == format!("+{}", text(3)));
    }

    let image = ProfileImage::new(text(4), text(5), data.to_vec());
    if let Some(request) = sent(users.set_user_profile_image("user_1", image)) {
        let content_type = request.headers()["content-type"].to_str().unwrap();
        let boundary = content_type.split_once("boundary=").unwrap().1;
        let body = request.body();
        assert!(body.starts_with(format!("--{boundary}\r\nContent-Disposition").as_bytes()));
        let tail = format!("\r\n--{boundary}--\r\n");
        assert!(body.ends_with(tail.as_bytes()));
        let content = &body[..body.len() - tail.len()];
        assert!(content.ends_with(&[b"\r\n\r\n", data].concat()));
        let head = &content[..content.len() - data.len()];
        assert_eq!(
            head.iter().filter(|byte| **byte == b'\n').count(),
            4,
            "{head:?}"
        );
    }

    if let Ok(position) = text(0).parse::<Position>() {
        assert_eq!(position.to_string().parse(), Ok(position));
    }
    let id = UserId::from(&id);
    assert_eq!(
        serde_json::from_str::<UserId>(&serde_json::to_string(&id).unwrap()).unwrap(),
        id
    );
}

fn sent<R>(call: Call<R>) -> Option<HttpRequest> {
    match call.into_request() {
        Ok(request) => Some(request),
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            super::is_one_line(&error.to_string());
            None
        }
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}
