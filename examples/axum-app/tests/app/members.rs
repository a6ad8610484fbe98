//! Signing up, showing and banning members, and the page of a member who is signed in.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clerk_client::mock::{FakeClerk, FakeUser, Fault, RequestMatcher};
use serde_json::{Value, json};

use crate::fixture::{app_on, ask, send};

#[tokio::test]
async fn signing_up_creates_a_member() {
    let app = app_on(&FakeClerk::new()).await;
    let form = json!({ "email": "ada@example.com", "password": "long enough", "name": "Ada" });
    let (status, ada) = ask(&app, "POST", "/members", form.clone()).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(ada["email"], "ada@example.com");

    let path = format!("/members/{}", ada["id"].as_str().unwrap());
    let shown = ask(&app, "GET", &path, Value::Null).await;
    assert_eq!(shown, (StatusCode::OK, ada));

    let (status, body) = ask(&app, "POST", "/members", form).await;
    let taken = json!("That e-mail address is already in use.");
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &taken));
}

#[tokio::test]
async fn validation_errors_are_shown_to_the_user() {
    let app = app_on(&FakeClerk::new()).await;
    let form = json!({ "email": "ada@example.com", "password": "short" });
    let (status, body) = ask(&app, "POST", "/members", form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["error"], "Passwords must be 8 characters or more.");

    let form = json!({ "email": "ada", "password": "long enough" });
    let (_, body) = ask(&app, "POST", "/members", form).await;
    let sentence = "email_address must be a valid email address.";
    assert_eq!(body["error"], sentence);
}

#[tokio::test]
async fn a_ban_sends_one_request() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    let app = app_on(&fake).await;
    let (status, ada) = ask(&app, "POST", "/members/user_ada/ban", Value::Null).await;
    assert_eq!((status, &ada["banned"]), (StatusCode::OK, &json!(true)));
    fake.assert_requested(&RequestMatcher::operation("BanUser"), 1);
    assert!(fake.user("user_ada").unwrap().banned);

    for unknown in ["user_alan", "..", "count"] {
        let path = format!("/members/{unknown}/ban");
        let (status, _) = ask(&app, "POST", &path, Value::Null).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

/// The test takes no real time, because attempts and waits take virtual time.
#[tokio::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let fake = FakeClerk::new();
    fake.inject_faults(|_| Some(Fault::status(503)));
    let app = app_on(&fake).await;
    let (status, body) = ask(&app, "GET", "/members/user_ada", Value::Null).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let sentence = "Temporarily unavailable. Please try again later.";
    assert_eq!(body["error"], sentence);
    let path = "/v1/users/user_ada";
    fake.assert_requested(&RequestMatcher::operation("GetUser").path(path), 3);
}

#[tokio::test]
async fn only_a_member_who_is_signed_in_sees_their_own_page() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    let app = app_on(&fake).await;
    let session = fake.sign_in("user_ada");
    let ask = |token: Option<String>| {
        let mut request = Request::get("/me");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        send(&app, request.body(Body::empty()).unwrap())
    };
    let (status, body) = ask(Some(session.token().expose().to_owned())).await;
    assert_eq!((status, &body["id"]), (StatusCode::OK, &json!("user_ada")));
    assert_eq!(ask(None).await.0, StatusCode::UNAUTHORIZED);
    let forged = ask(Some("x.y.z".to_owned())).await;
    assert_eq!(forged.0, StatusCode::UNAUTHORIZED);

    let token = session.token().expose().to_owned();
    fake.rotate_signing_key();
    // This application fetches the keys after the rotation, so it gets only the new key.
    let app = app_on(&fake).await;
    let request = Request::get("/me").header("authorization", format!("Bearer {token}"));
    let (status, _) = send(&app, request.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
