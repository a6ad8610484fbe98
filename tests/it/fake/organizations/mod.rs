//! Organizations of the fake, with their members, invitations, domains and roles.

mod current;
mod domains;
mod life;
mod refusals;
mod role_sets;
mod roles;
mod sessions;
mod set_up;
mod settings;

use clerk_client::OperationInfo;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::Organization;
use clerk_client::samples::Sampler;

pub(super) use self::life::live;
use crate::fake::checked::checked;
use crate::support::samples::{sample_call, sampler};

#[tokio::test]
async fn sampled_requests_about_organizations_get_valid_responses() {
    for round in 0..Sampler::ROUNDS {
        let of_organizations = OperationInfo::all().iter().filter(|operation| {
            let route = operation.route();
            route.starts_with("/organization") && !route.contains("billing")
        });
        for operation in of_organizations {
            let fake = FakeClerk::new();
            fake.add_organization(Organization::new("org_1"));
            fake.add(FakeUser::new("user_1").member_of("org_2", "org:admin"));
            fake.add(FakeUser::new("user_2").member_of("org_1", "org:admin"));
            for user_id in ["user_1", "user_2"] {
                let sampler = sampler(user_id, round)
                    .with("organization_id", "org_1")
                    .with("created_by", "user_1")
                    .with("inviter_user_id", "user_2")
                    .with("organization_role_id", "role_member")
                    .with("permission_id", "perm_sys_domains_read")
                    .with("role", "org:member");
                let _ = sample_call(&checked(&fake), operation, &sampler)
                    .send()
                    .await;
            }
        }
    }
}
