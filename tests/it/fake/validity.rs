//! Every response of the fake conforms to Clerk's published specification.

use std::collections::BTreeMap;

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::samples::Sampler;
use clerk_client::transport::OperationInfo;
use clerk_client::{Clerk, RetryPolicy};

use super::checked::{Checked, VALIDATOR};
use super::equipped_user;
use super::organizations::live;
use crate::support::key;
use crate::support::samples::{sample_call, sampler};
use crate::users::lifecycle;

/// Returns a user with identifiers, credentials, metadata, a membership and an invitation.
fn full_user(id: &str) -> FakeUser {
    let mut device = clerk_client::models::TrustedDevice::new("device_1");
    device.platform = clerk_client::models::TrustedDevicePlatform::Ios;
    device.algorithm = clerk_client::models::TrustedDeviceAlgorithm::Es256;
    device.app_identifier = "com.example.app".into();
    equipped_user(id, device)
        .username("ada")
        .external_id("1815")
        .public_metadata(serde_json::json!({ "role": "analyst" }))
        .oauth_access_token("oauth_google", "ya29.made-up")
        .member_of("org_engines", "org:admin")
        .invited_to("org_navy", "org:member")
}

#[tokio::test]
async fn every_response_conforms_to_the_specification() {
    if VALIDATOR.is_none() {
        println!("skipped: CLERK_SPECIFICATION is not set");
    }
    let mut responses = BTreeMap::new();
    for round in 0..Sampler::ROUNDS {
        for operation in OperationInfo::all() {
            let fake = FakeClerk::new();
            fake.add(full_user("user_1"));
            let checked = Checked::new(&fake);
            let builder = Clerk::builder(checked.clone(), key()).retry(RetryPolicy::none());
            let clerk = builder.build().unwrap();
            for id in ["user_1", "user_2"] {
                let _ = sample_call(&clerk, operation, &sampler(id, round))
                    .send()
                    .await;
            }
            for (response, count) in checked.responses.lock().unwrap().iter() {
                *responses.entry(*response).or_insert(0) += count;
            }
        }
    }
    let fake = FakeClerk::new();
    let checked = Checked::new(&fake);
    let clerk = Clerk::builder(checked.clone(), key()).build().unwrap();
    lifecycle::run(&fake, clerk.users()).await;
    let of_organizations = FakeClerk::new();
    let also_checked = Checked::new(&of_organizations);
    let clerk = Clerk::builder(also_checked.clone(), key()).build().unwrap();
    live(&of_organizations, &clerk).await;
    for (response, count) in also_checked.responses.lock().unwrap().iter() {
        *responses.entry(*response).or_insert(0) += count;
    }
    for (response, count) in checked.responses.lock().unwrap().iter() {
        *responses.entry(*response).or_insert(0) += count;
    }
    let total: usize = responses.values().sum();
    let succeeded = |operation: &OperationInfo| {
        let good = responses
            .keys()
            .find(|(id, status)| *id == operation.operation_id() && *status < 300);
        good.is_some()
    };
    // Only the operations on users must succeed here. Separate tests know the ids that operations
    // on other objects need.
    let without_success: Vec<_> = OperationInfo::all()
        .iter()
        .filter(|operation| operation.route().starts_with("/users"))
        .filter(|operation| !succeeded(operation))
        .map(OperationInfo::operation_id)
        .collect();
    println!("{total} responses of {} kinds", responses.len());
    assert_eq!(without_success, Vec::<&str>::new(), "never succeeded");
}
