//! Creation of requests.
//!
//! The baseline creates the same requests with the `http` crate and `serde_json`.

use std::hint::black_box;

use clerk_client::mock::FakeClerk;
use clerk_client::requests::{CreateUserRequest, UserListParams, UserOrderBy};
use clerk_client::transport::{bytes::Bytes, http::Request};
use serde_json::json;

use crate::ratios::Ratios;

fn by_hand(method: &str, path_and_query: &str, body: Vec<u8>) -> Request<Bytes> {
    Request::builder()
        .method(method)
        .uri(format!("https://api.clerk.com/v1{path_and_query}"))
        .header("authorization", "Bearer sk_test_fake")
        .header("clerk-api-version", clerk_client::API_VERSION)
        .header("user-agent", "clerk-client")
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body(Bytes::from(body))
        .expect("a request")
}

/// Compares the creation of three requests with the baseline.
pub(crate) fn compare(ratios: &mut Ratios) {
    let users = FakeClerk::new().client().users();
    ratios.compare(
        "create the request of get_user",
        1,
        vec![
            (
                "http",
                Box::new(|bencher| {
                    bencher.iter(|| by_hand("GET", black_box("/users/user_1"), Vec::new()));
                }),
            ),
            (
                "clerk-client",
                Box::new(|bencher| {
                    bencher.iter(|| users.get_user(black_box("user_1")).into_request());
                }),
            ),
        ],
    );
    ratios.compare(
        "create the request of get_user_list",
        1,
        vec![
            (
                "http",
                Box::new(|bencher| {
                    bencher.iter(|| {
                        let path =
                            "/users?limit=500&order_by=-created_at&email_address=ada%40example.com";
                        by_hand("GET", black_box(path), Vec::new())
                    });
                }),
            ),
            (
                "clerk-client",
                Box::new(|bencher| {
                    bencher.iter(|| {
                        let params = UserListParams::new()
                            .email_address([black_box("ada@example.com")])
                            .order_by(UserOrderBy::CreatedAt.descending())
                            .limit(500);
                        users.get_user_list(params).into_request()
                    });
                }),
            ),
        ],
    );
    ratios.compare(
        "create the request of create_user",
        1,
        vec![
            (
                "http",
                Box::new(|bencher| {
                    bencher.iter(|| {
                        let body = json!({
                            "email_address": [black_box("ada@example.com")],
                            "first_name": "Ada",
                            "last_name": "Lovelace",
                            "public_metadata": { "plan": "pro" },
                        });
                        let body = serde_json::to_vec(&body).expect("JSON");
                        by_hand("POST", "/users", body)
                    });
                }),
            ),
            (
                "clerk-client",
                Box::new(|bencher| {
                    bencher.iter(|| {
                        let request = CreateUserRequest::new()
                            .email_address([black_box("ada@example.com")])
                            .first_name("Ada")
                            .last_name("Lovelace")
                            .public_metadata(json!({ "plan": "pro" }));
                        users.create_user(request).into_request()
                    });
                }),
            ),
        ],
    );
}
