//! The list of members, which the webhooks of the fake keep up to date.

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::http::StatusCode;
use clerk_client::mock::{FakeClerk, FakeServer, FakeUser, RequestMatcher};
use clerk_client::requests::UpdateUserRequest;
use serde_json::{Value, json};

use crate::fixture::{app_on, ask, ask_as, secret};

/// Starts an application, and serves the fake, which sends its webhooks to the application.
async fn start(fake: FakeClerk) -> (FakeServer, Router) {
    fake.set_time(SystemTime::now().into());
    let app = app_on(&fake).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhooks", listener.local_addr().unwrap());
    let served = app.clone();
    tokio::spawn(async move { axum::serve(listener, served).await });
    let builder = FakeServer::builder(fake).virtual_time();
    (builder.webhook(url, secret()).start().await.unwrap(), app)
}

#[tokio::test]
async fn the_list_follows_the_webhooks_without_a_request_to_clerk() {
    let (server, app) = start(FakeClerk::new()).await;
    let fake = server.fake();
    fake.add(FakeUser::new("user_ada").name("Ada", "King"));
    let session = fake.sign_in("user_ada");
    let form = json!({ "email": "alan@example.com", "password": "long enough", "name": "Alan" });
    let (_, alan) = ask(&app, "POST", "/members", form).await;
    let alan = alan["id"].as_str().unwrap();
    server.webhooks_settled().await;
    // For this request, the verifier fetches the keys. The following requests reuse the keys.
    let (status, _) = ask_as(&session, &app, "GET", "/members").await;
    assert_eq!(status, StatusCode::OK);

    let requests = fake.requests().len();
    let list = || ask_as(&session, &app, "GET", "/members");
    let ada = |name: &str| json!({ "id": "user_ada", "name": name });
    let both = json!([ada("Ada King"), { "id": alan, "name": "Alan" }]);
    let (_, mut listed) = list().await;
    listed
        .as_array_mut()
        .unwrap()
        .sort_by_key(|member| member["name"].to_string());
    assert_eq!(listed, both);
    assert_eq!(fake.requests().len(), requests);

    let users = fake.client().users();
    fake.clock().advance(Duration::from_secs(1));
    let name = UpdateUserRequest::new().last_name("Lovelace");
    users.update_user("user_ada", name).await.unwrap();
    users.delete_user(alan).await.unwrap();
    server.webhooks_settled().await;
    assert_eq!(list().await.1, json!([ada("Ada Lovelace")]));
    fake.assert_requested(&RequestMatcher::operation("GetUser"), 0);
    fake.assert_requested(&RequestMatcher::operation("GetUserList"), 0);
}

#[tokio::test]
async fn the_list_has_pages() {
    let (server, app) = start(FakeClerk::new()).await;
    for number in 0..150 {
        let user = FakeUser::new(format!("user_{number:03}"));
        server.fake().add(user.name("User", &number.to_string()));
    }
    server.webhooks_settled().await;
    let session = server.fake().sign_in("user_000");
    let (_, first) = ask_as(&session, &app, "GET", "/members").await;
    assert_eq!(first.as_array().unwrap().len(), 100);
    let last = first[99]["id"].as_str().unwrap();
    let (_, second) = ask_as(&session, &app, "GET", &format!("/members?after={last}")).await;
    assert_eq!(second.as_array().unwrap().len(), 50);
    assert_eq!(second[0], json!({ "id": "user_100", "name": "User 100" }));
}

#[tokio::test]
async fn strangers_do_not_see_the_list() {
    let app = app_on(&FakeClerk::new()).await;
    let (status, _) = ask(&app, "GET", "/members", Value::Null).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    // This event has no signature.
    let event = json!({ "type": "user.created", "data": { "id": "user_eve" } });
    let (status, _) = ask(&app, "POST", "/webhooks", event).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
