//! The members of an organization, and the permissions to see and remove them.

use axum::Router;
use axum::http::StatusCode;
use clerk_client::mock::{FakeClerk, FakeSession, FakeSignIn, FakeUser, RequestMatcher};
use serde_json::json;
use sync_users::UserTable;

use crate::fixture::{app_with, ask, ask_as};

const ENGINES: &str = "/organizations/org_engines/members";

/// Creates a fake with two organizations, and an application that uses the fake. The application's
/// table of users contains only Ada.
async fn instance() -> (FakeClerk, Router) {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").name("Ada", "Lovelace");
    fake.add(ada.member_of("org_engines", "org:admin"));
    let grace = FakeUser::new("user_grace").member_of("org_engines", "org:member");
    fake.add(grace.member_of("org_ships", "org:admin"));
    let table = UserTable::in_memory().await.unwrap();
    table.put(&fake.user("user_ada").unwrap()).await.unwrap();
    let app = app_with(&fake, table);
    (fake, app)
}

/// Signs a user in, with an active organization.
fn in_organization(fake: &FakeClerk, user: &str, organization: &str) -> FakeSignIn {
    fake.sign_in(FakeSession::new(user).member_of(organization))
}

#[tokio::test]
async fn a_member_sees_the_members() {
    let (fake, app) = instance().await;
    let grace = in_organization(&fake, "user_grace", "org_engines");
    let (status, members) = ask_as(&grace, &app, "GET", ENGINES).await;
    assert_eq!(status, StatusCode::OK);
    let expected = json!([
        { "id": "user_ada", "name": "Ada Lovelace", "role": "org:admin" },
        { "id": "user_grace", "name": null, "role": "org:member" },
    ]);
    assert_eq!(members, expected);
}

#[tokio::test]
async fn others_do_not_see_the_members() {
    let (fake, app) = instance().await;
    let (status, _) = ask(&app, "GET", ENGINES, json!(null)).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    // `none` has no active organization. The active organization of `other` is not the one in the
    // path.
    let none = fake.sign_in("user_ada");
    let other = in_organization(&fake, "user_grace", "org_ships");
    for session in [none, other] {
        let (status, _) = ask_as(&session, &app, "GET", ENGINES).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
    let list = RequestMatcher::operation("ListOrganizationMemberships");
    fake.assert_requested(&list, 0);
}

#[tokio::test]
async fn only_an_admin_of_the_organization_removes_a_member() {
    let (fake, app) = instance().await;
    let ada = in_organization(&fake, "user_ada", "org_engines");
    let grace = in_organization(&fake, "user_grace", "org_engines");
    let admin_elsewhere = in_organization(&fake, "user_grace", "org_ships");
    let remove = format!("{ENGINES}/user_grace");
    for session in [&grace, &admin_elsewhere] {
        let (status, _) = ask_as(session, &app, "DELETE", &remove).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
    let removed = ask_as(&ada, &app, "DELETE", &remove).await;
    assert_eq!(removed.0, StatusCode::NO_CONTENT);
    let (_, members) = ask_as(&ada, &app, "GET", ENGINES).await;
    assert_eq!(members.as_array().unwrap().len(), 1);
    let again = ask_as(&ada, &app, "DELETE", &remove).await;
    assert_eq!(again.0, StatusCode::NOT_FOUND);
}
