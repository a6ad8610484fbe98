// The behaviour that is the same before and after the port from clerk-rs to clerk-client. The tests
// of both applications include this file.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeSession, FakeSignIn, FakeUser};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The origin of the frontend.
pub(crate) const ORIGIN: &str = "https://example.com";

/// Creates a fake with an organization of three users: Ada, Grace, and Alan, who is banned.
pub(crate) fn fake() -> FakeClerk {
    let fake = FakeClerk::new();
    for (day, id) in (1..).zip(["user_ada", "user_alan", "user_grace"]) {
        let email = id.replace("user_", "") + "@example.com";
        let user = FakeUser::new(id)
            .email_address(&email)
            .created_at(Timestamp::from_millis(day * 86_400_000))
            .member_of("org_navy", "org:member");
        let is_banned = id == "user_alan";
        fake.add(if is_banned { user.banned() } else { user });
    }
    fake
}

/// Signs a user in, with a permission in the organization. The tokens have the claims of versions 1
/// and 2 of Clerk's session tokens, because clerk-rs reads only the claims of version 1.
pub(crate) fn sign_in(fake: &FakeClerk, user: &str, permission: &str) -> FakeSignIn {
    let session = session_v2(user, permission)
        .claim("org_id", "org_navy")
        .claim("org_slug", "navy")
        .claim("org_role", "org:member")
        .claim("org_permissions", &[permission]);
    fake.sign_in(session)
}

/// Creates a session whose tokens have only the claims of version 2.
pub(crate) fn session_v2(user: &str, permission: &str) -> FakeSession {
    FakeSession::new(user)
        .authorized_party(ORIGIN)
        .organization("org_navy", "org:member")
        .permissions([permission])
}

/// Sends a request and returns the status and the body. A body that is not JSON becomes null.
pub(crate) async fn ask(
    app: &Router,
    method: &str,
    path: &str,
    header: Option<(&str, String)>,
    body: Value,
) -> (u16, Value) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let request = request.header("content-type", "application/json");
    let request = request.body(Body::from(body.to_string())).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

/// Returns the header `Authorization` with a token of the session.
pub(crate) fn bearer(session: &FakeSignIn) -> Option<(&'static str, String)> {
    Some((
        "authorization",
        format!("Bearer {}", session.token().expose()),
    ))
}

/// Checks the behaviour that is the same before and after the port.
pub(crate) async fn check(app: &Router, fake: &FakeClerk) {
    // Signing up needs no token.
    let form = json!({ "email": "kay@example.com", "password": "long enough", "name": "Kay" });
    let (status, kay) = ask(app, "POST", "/sign-up", None, form.clone()).await;
    assert_eq!((status, &kay["email"]), (201, &json!("kay@example.com")));
    let (status, body) = ask(app, "POST", "/sign-up", None, form).await;
    assert_eq!((status, &body["error"]), (409, &json!("already a member")));
    let form = json!({ "email": "new@example.com", "password": "short" });
    let (status, body) = ask(app, "POST", "/sign-up", None, form).await;
    let message = "Passwords must be 8 characters or more.";
    assert_eq!((status, &body["error"]), (422, &json!(message)));

    // The token may be in the header or in the cookie.
    let ada = sign_in(fake, "user_ada", "org:members:ban");
    for header in [bearer(&ada), Some(("cookie", ada.cookie()))] {
        let (status, body) = ask(app, "GET", "/me", header, Value::Null).await;
        assert_eq!((status, &body["id"]), (200, &json!("user_ada")));
    }
    let broken = Some(("authorization", "Bearer x.y.z".to_owned()));
    for header in [None, broken] {
        assert_eq!(ask(app, "GET", "/me", header, Value::Null).await.0, 401);
    }

    for plan in [json!("pro"), Value::Null] {
        let (status, body) = ask(app, "PUT", "/plan", bearer(&ada), json!({ "plan": plan })).await;
        assert_eq!((status, &body["plan"]), (200, &plan));
    }

    let (status, body) = ask(app, "GET", "/team", bearer(&ada), Value::Null).await;
    let ids: Vec<_> = body
        .as_array()
        .unwrap()
        .iter()
        .map(|member| &member["id"])
        .collect();
    assert_eq!(
        (status, ids),
        (200, vec![&json!("user_ada"), &json!("user_grace")])
    );

    let grace = sign_in(fake, "user_grace", "org:members:read");
    let target = json!({ "user_id": "user_ada" });
    assert_eq!(
        ask(app, "POST", "/ban", bearer(&grace), target).await.0,
        403
    );
    let target = json!({ "user_id": "user_nobody" });
    assert_eq!(ask(app, "POST", "/ban", bearer(&ada), target).await.0, 404);
    let target = json!({ "user_id": "user_grace" });
    assert_eq!(ask(app, "POST", "/ban", bearer(&ada), target).await.0, 200);
    assert!(fake.user("user_grace").unwrap().banned);
}
