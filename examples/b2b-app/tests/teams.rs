//! Tests the application against `FakeClerk`, without a key, a network or real waits.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected should stop there"
)]

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use b2b_app::{app, roles};
use clerk_client::auth::Verifier;
use clerk_client::mock::{FakeClerk, FakeSession, FakeSignIn, FakeUser, Fault};
use clerk_client::models::Organization;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// Creates a fake with three users and the application's role and permission, and an application
/// that uses the fake.
async fn instance() -> (FakeClerk, Router) {
    let fake = FakeClerk::new();
    for name in ["ada", "alan", "grace"] {
        let address = format!("{name}@example.com");
        fake.add(FakeUser::new(format!("user_{name}")).email_address(&address));
    }
    let clerk = fake.client();
    roles::create(&clerk).await.unwrap();
    let verifier = Verifier::new(&clerk).unwrap();
    (fake, app(clerk, verifier))
}

/// Signs a user in, with an active team.
fn in_team(fake: &FakeClerk, user: &str, team: &str) -> FakeSignIn {
    fake.sign_in(FakeSession::new(user).member_of(team))
}

async fn ask(
    app: &Router,
    session: &FakeSignIn,
    (method, path): (&str, &str),
    body: Value,
) -> (u16, Value) {
    ask_with(app, session.token().expose(), (method, path), body).await
}

async fn ask_with(
    app: &Router,
    token: &str,
    (method, path): (&str, &str),
    body: Value,
) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

const CREATE: (&str, &str) = ("POST", "/teams");
const LIST: (&str, &str) = ("GET", "/team");
const INVITE: (&str, &str) = ("POST", "/team/invitations");

#[tokio::test]
async fn a_team_grows_by_an_invitation() {
    let (fake, app) = instance().await;
    let ada = fake.sign_in("user_ada");
    let (status, team) = ask(&app, &ada, CREATE, json!({ "name": "Engines" })).await;
    assert_eq!((status, &team["name"]), (201, &json!("Engines")));
    let team = team["id"].as_str().unwrap();

    let ada = in_team(&fake, "user_ada", team);
    let email = json!({ "email": "grace@example.com" });
    let (status, invitation) = ask(&app, &ada, INVITE, email.clone()).await;
    assert_eq!((status, &invitation["email"]), (201, &email["email"]));
    let (status, body) = ask(&app, &ada, INVITE, email.clone()).await;
    let message = "This person is invited already.";
    assert_eq!((status, &body["error"]), (409, &json!(message)));

    fake.accept_organization_invitation(invitation["id"].as_str().unwrap());
    let (status, members) = ask(&app, &ada, LIST, Value::Null).await;
    let members = members.as_array().unwrap().iter();
    let roles: Vec<_> = members.map(|of| (&of["id"], &of["role"])).collect();
    assert_eq!(status, 200);
    assert_eq!(
        roles,
        [
            (&json!("user_ada"), &json!("org:admin")),
            (&json!("user_grace"), &json!("org:member")),
        ]
    );
    let (status, body) = ask(&app, &ada, INVITE, email).await;
    let message = "This person is a member already.";
    assert_eq!((status, &body["error"]), (409, &json!(message)));
}

#[tokio::test]
async fn a_new_role_counts_from_the_next_token() {
    let (fake, app) = instance().await;
    fake.add(FakeUser::new("user_ada").member_of("org_1", "org:admin"));
    fake.add(FakeUser::new("user_grace").member_of("org_1", "org:member"));
    let ada = in_team(&fake, "user_ada", "org_1");
    let grace = in_team(&fake, "user_grace", "org_1");
    let old = grace.token();
    let email = json!({ "email": "alan@example.com" });
    assert_eq!(ask(&app, &grace, INVITE, email.clone()).await.0, 403);

    let grace_at = "/team/members/user_grace";
    let recruiter = json!({ "role": roles::RECRUITER });
    let own = ask(&app, &grace, ("PUT", grace_at), recruiter.clone()).await;
    assert_eq!(own.0, 403);
    let (status, body) = ask(&app, &ada, ("PUT", grace_at), recruiter).await;
    assert_eq!((status, &body["role"]), (200, &json!("org:recruiter")));

    assert_eq!(
        ask_with(&app, old.expose(), INVITE, email.clone()).await.0,
        403
    );
    assert_eq!(ask(&app, &grace, INVITE, email).await.0, 201);

    let unknown = json!({ "role": "org:emperor" });
    assert_eq!(ask(&app, &ada, ("PUT", grace_at), unknown).await.0, 404);
}

#[tokio::test]
async fn a_removed_member_loses_the_team() {
    let (fake, app) = instance().await;
    fake.add(FakeUser::new("user_ada").member_of("org_1", "org:admin"));
    fake.add(FakeUser::new("user_grace").member_of("org_1", "org:member"));
    let ada = in_team(&fake, "user_ada", "org_1");
    let grace = in_team(&fake, "user_grace", "org_1");
    assert_eq!(ask(&app, &grace, LIST, Value::Null).await.0, 200);

    let remove = ("DELETE", "/team/members/user_grace");
    assert_eq!(ask(&app, &grace, remove, Value::Null).await.0, 403);
    assert_eq!(ask(&app, &ada, remove, Value::Null).await.0, 200);
    let (status, body) = ask(&app, &grace, LIST, Value::Null).await;
    assert_eq!(
        (status, &body["error"]),
        (403, &json!("Choose a team first."))
    );
    assert_eq!(ask(&app, &ada, remove, Value::Null).await.0, 404);
}

#[tokio::test]
async fn an_admin_of_one_team_does_not_reach_another() {
    let (fake, app) = instance().await;
    fake.add(FakeUser::new("user_ada").member_of("org_1", "org:admin"));
    fake.add(FakeUser::new("user_alan").member_of("org_2", "org:member"));
    let ada = in_team(&fake, "user_ada", "org_1");
    let remove = ("DELETE", "/team/members/user_alan");
    assert_eq!(ask(&app, &ada, remove, Value::Null).await.0, 404);
    let alan = in_team(&fake, "user_alan", "org_2");
    assert_eq!(ask(&app, &alan, LIST, Value::Null).await.0, 200);
    // Ada is not a member of the team of Alan.
    let ada = in_team(&fake, "user_ada", "org_2");
    assert_eq!(ask(&app, &ada, LIST, Value::Null).await.0, 403);
}

#[tokio::test]
async fn a_full_team_takes_no_more_members() {
    let (fake, app) = instance().await;
    let mut team = Organization::new("org_1");
    team.max_allowed_memberships = 1;
    fake.add_organization(team);
    fake.add(FakeUser::new("user_ada").member_of("org_1", "org:admin"));
    let ada = in_team(&fake, "user_ada", "org_1");
    let email = json!({ "email": "grace@example.com" });
    let (status, body) = ask(&app, &ada, INVITE, email).await;
    assert_eq!((status, &body["error"]), (409, &json!("The team is full.")));
}

/// The test takes no real time, because the waits between attempts take virtual time.
#[tokio::test]
async fn an_unavailable_clerk_is_reported_as_503() {
    let (fake, app) = instance().await;
    fake.add(FakeUser::new("user_ada").member_of("org_1", "org:admin"));
    let ada = in_team(&fake, "user_ada", "org_1");
    fake.inject_faults(|_| Some(Fault::status(503)));
    assert_eq!(ask(&app, &ada, LIST, Value::Null).await.0, 503);
}
