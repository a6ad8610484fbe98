//! Behaviour of clerk-rs 0.4.2 that version 0.5.0 does not have.

use clerk_client::mock::FakeSession;
use clerk_rs_04::apis::Error;
use clerk_rs_04::apis::organizations_api::Organization;
use clerk_rs_04::apis::sessions_api::Session;
use clerk_rs_04::models::session::Status;
use serde_json::json;

use crate::sdk::{Sdk as _, refused};
use crate::version_04::sdk::{Sdk, answer};
use crate::world::serve;

/// A session with tasks has the status `pending`. clerk-rs 0.4.2 does not know this status, and
/// cannot decode a list with such a session.
#[tokio::test]
async fn a_pending_session_cannot_be_read() {
    let server = serve().await;
    let clerk = Sdk::new(&server.url()).clerk;
    let active = server.fake().sign_in("user_grace");
    let list = || Session::get_session_list(&clerk, None, Some("user_grace"), None, None, None);
    let [session] = list().await.unwrap().try_into().unwrap();
    assert_eq!(
        (session.id.as_str(), session.status),
        (active.session_id().as_str(), Status::Active)
    );

    let pending = FakeSession::new("user_grace").pending();
    let pending = server.fake().sign_in(pending);
    let Err(Error::Serde(error)) = list().await else {
        panic!("the list decodes");
    };
    assert!(
        error.to_string().contains("unknown variant `pending`"),
        "{error}"
    );
    let got = Session::get_session(&clerk, pending.session_id().as_str()).await;
    assert!(matches!(got, Err(Error::Serde(_))));
}

/// `upload_organization_logo` of clerk-rs 0.4.2 sends the form without the file.
#[tokio::test]
async fn a_logo_is_not_sent() {
    let server = serve().await;
    let clerk = Sdk::new(&server.url()).clerk;
    let logo = Organization::upload_organization_logo(&clerk, "org_navy", Some("user_grace")).await;
    refused(answer(logo), 400, "form_param_missing");
}

/// clerk-rs 0.4.2 does not name a version of the API, so its requests use the oldest version. In
/// this version of the API, updates replace metadata.
#[tokio::test]
async fn an_update_replaces_metadata() {
    let server = serve().await;
    let sdk = Sdk::new(&server.url());
    for metadata in [json!({ "a": 1 }), json!({ "b": 2 })] {
        let request = json!({ "public_metadata": metadata });
        let user = sdk
            .update_user("user_grace", request.clone())
            .await
            .unwrap();
        assert_eq!(user["public_metadata"], metadata);
        let navy = sdk.update_organization("org_navy", request).await.unwrap();
        assert_eq!(navy["public_metadata"], metadata);
    }
}

/// `VerifySession` is deprecated, and exists only in the oldest version of the API. The fake has
/// the operations of the newest version.
#[tokio::test]
async fn sessions_are_not_verified_by_clerk() {
    let server = serve().await;
    let clerk = Sdk::new(&server.url()).clerk;
    let session = server.fake().sign_in("user_grace");
    let verified = Session::verify_session(&clerk, session.session_id().as_str(), None).await;
    refused(answer(verified), 501, "fake_not_modelled");
}
