//! Every operation over every transport against Prism, which checks each request against Clerk's published
//! specification and answers with a random body that fits it.
//!
//! `CLERK_PRISM_URL` says where it listens; without it, this test says that it was skipped.

use std::env;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clerk_client::transport::{
    HttpRequest, HttpResponse, HttpTransport, TransportError, async_trait,
};
use clerk_client::{
    Clerk, CreateUserRequest, Error, IdentificationStatus, OperationInfo, PageParams,
    PasswordHasher, SecretKey, SmolTransport, SurfTransport, Timestamp, TokioTransport,
    UpdateUserMetadataRequest, UpdateUserRequest, UserFilter, UserListParams, UserOrderBy,
    UsersApi,
};
use serde_json::json;

const ROUNDS: usize = 50;

/// A transport that keeps what Prism found wrong with the requests.
#[derive(Debug)]
struct Watched<T> {
    transport: T,
    violations: Mutex<Vec<String>>,
}

#[async_trait]
impl<T: HttpTransport> HttpTransport for Watched<T> {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let line = format!("{} {}", request.method(), request.uri());
        let response = self.transport.send(request).await?;
        // Warnings, such as that a parameter is deprecated, come with a 2xx.
        let found = response
            .headers()
            .get("sl-violations")
            .filter(|_| !response.status().is_success());
        let found = found.map(|found| String::from_utf8_lossy(found.as_bytes()));
        if let Some(found) = found.filter(|found| found.contains("\"request\"")) {
            self.violations
                .lock()
                .unwrap()
                .push(format!("{line}: {found}"));
        }
        Ok(response)
    }

    async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }

    fn now(&self) -> Duration {
        self.transport.now()
    }
}

#[test]
fn every_operation_fits_the_published_specification() {
    let Ok(url) = env::var("CLERK_PRISM_URL") else {
        println!("skipped: CLERK_PRISM_URL does not say where Prism listens");
        return;
    };
    crate::support::run(drive("tokio", TokioTransport::new().unwrap(), &url));
    smol::block_on(drive("smol", SmolTransport::new().unwrap(), &url));
    smol::block_on(drive("surf", SurfTransport::new().unwrap(), &url));
}

async fn drive(name: &str, transport: impl HttpTransport, url: &str) {
    let transport = Arc::new(Watched {
        transport,
        violations: Mutex::default(),
    });
    let clerk = Clerk::builder(transport.clone(), SecretKey::new("sk_test_prism").unwrap());
    let users = clerk.base_url(url).build().unwrap().users();

    let (mut calls, mut failures) = (0, Vec::new());
    for operation in OperationInfo::all() {
        for round in 0..ROUNDS {
            calls += 1;
            if let Err(error) = call(&users, operation.id(), round).await {
                let body = String::from_utf8_lossy(error.body()).into_owned();
                failures.push(format!("{error}\n  {body}"));
            }
        }
    }
    let violations = transport.violations.lock().unwrap();
    println!(
        "{name}: {} operations, {calls} calls, {} request violations, {} failures",
        OperationInfo::all().len(),
        violations.len(),
        failures.len()
    );
    assert!(violations.is_empty(), "{violations:#?}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Nothing in the first round; then each parameter alone; then each with its neighbour; all in the
/// last round.
fn set<P>(mut params: P, setters: &[fn(P) -> P], round: usize) -> P {
    let (first, count) = match round {
        0 => (0, 0),
        _ if round + 1 == ROUNDS => (0, setters.len()),
        _ if round <= setters.len() => (round - 1, 1),
        _ => (round % setters.len(), 2),
    };
    for setter in setters.iter().cycle().skip(first).take(count) {
        params = setter(params);
    }
    params
}

async fn call(users: &UsersApi, operation: &str, round: usize) -> Result<(), Error> {
    let id = "user_2abc";
    match operation {
        "GetUserList" => users.get_user_list(list_params(round)).await.map(drop),
        "GetUsersCount" => users.get_users_count(filter(round)).await.map(drop),
        "CreateUser" => users.create_user(create(round)).await.map(drop),
        "GetUser" => users.get_user(id).await.map(drop),
        "UpdateUser" => users.update_user(id, update(round)).await.map(drop),
        "DeleteUser" => users.delete_user(id).await.map(drop),
        "BanUser" => users.ban_user(id).await.map(drop),
        "UnbanUser" => users.unban_user(id).await.map(drop),
        "UpdateUserMetadata" => users
            .update_user_metadata(id, metadata(round))
            .await
            .map(drop),
        "GetOAuthAccessToken" => {
            let provider = "oauth_google";
            users
                .get_o_auth_access_token(id, provider, page(round))
                .await
                .map(drop)
        }
        "UsersGetOrganizationMemberships" => users
            .users_get_organization_memberships(id, page(round))
            .await
            .map(drop),
        "VerifyPassword" => users.verify_password(id, "correct horse").await.map(drop),
        "VerifyTOTP" => users.verify_totp(id, "123456").await.map(drop),
        "DisableMFA" => users.disable_mfa(id).await.map(drop),
        unknown => panic!("no call for {unknown}: add it to this test"),
    }
}

const TIME: Timestamp = Timestamp::from_millis(1_700_690_400_000);

/// The setters of `UserFilter`, for everything that has them.
macro_rules! filter_setters {
    () => {
        [
            |p| p.email_address(["ada@example.com", "b+c@example.com"]),
            |p| p.phone_number(["+15551234567"]),
            |p| {
                p.external_id(["ext 1", "+2"])
                    .exclude_external_id(["ext-3"])
            },
            |p| p.username(["ada"]),
            |p| p.web3_wallet(["0x1f9840a85d5af5bf1d1762f925bdaddc4201f984"]),
            |p| p.user_id(["user_1", "user_2"]).exclude_user_id(["user_3"]),
            |p| {
                p.organization_id(["org_1"])
                    .exclude_organization_id(["org_2"])
            },
            |p| p.query("a & b"),
            |p| p.email_address_query("@example.com"),
            |p| p.phone_number_query("+1555"),
            |p| p.username_query("ad"),
            |p| p.name_query("Ada Lovelace"),
            |p| p.banned(false),
            |p| p.last_active_at_before(TIME),
            |p| p.last_active_at_after(TIME),
            |p| p.last_active_at_since(TIME),
            |p| p.created_at_before(TIME),
            |p| p.created_at_after(TIME),
            |p| p.last_sign_in_at_before(TIME),
            |p| p.last_sign_in_at_after(TIME),
            |p| p.provider("oauth_google").provider_user_id(["1", "2"]),
        ]
    };
}

fn filter(round: usize) -> UserFilter {
    let setters: [fn(UserFilter) -> UserFilter; 21] = filter_setters!();
    set(UserFilter::new(), &setters, round)
}

fn list_params(round: usize) -> UserListParams {
    let setters: [fn(UserListParams) -> UserListParams; 21] = filter_setters!();
    let paging: [fn(UserListParams) -> UserListParams; 4] = [
        |p| p.limit(500),
        |p| p.offset(1_000),
        |p| p.order_by(UserOrderBy::Web3Wallet),
        |p| p.order_by(UserOrderBy::LastActiveAt.descending()),
    ];
    // A cursor goes with no offset and no other order, so it has a round of its own.
    if round + 2 == ROUNDS {
        let cursor = UserListParams::new().starting_after("user_1");
        return cursor.order_by(UserOrderBy::CreatedAt).offset(0);
    }
    set(
        UserListParams::new(),
        &[setters.as_slice(), &paging].concat(),
        round,
    )
}

fn page(round: usize) -> PageParams {
    set(
        PageParams::new(),
        &[|p| p.limit(500), |p| p.offset(7)],
        round,
    )
}

fn metadata(round: usize) -> UpdateUserMetadataRequest {
    let setters: [fn(UpdateUserMetadataRequest) -> UpdateUserMetadataRequest; 3] = [
        |r| r.public_metadata(json!({ "plan": "pro", "gone": null })),
        |r| r.private_metadata(json!({ "a": { "b": [1, 2.5, "c"] } })),
        |r| r.unsafe_metadata(json!({})),
    ];
    set(UpdateUserMetadataRequest::new(), &setters, round)
}

fn create(round: usize) -> CreateUserRequest {
    let setters: [fn(CreateUserRequest) -> CreateUserRequest; 28] = [
        |r| r.external_id("ext-1"),
        |r| r.first_name("Ada"),
        |r| r.last_name("Lovelace"),
        |r| r.locale("en-GB"),
        |r| {
            r.email_address(["ada@example.com", "b@example.com"])
                .email_address_identification_status([
                    IdentificationStatus::Verified,
                    IdentificationStatus::Reserved,
                ])
        },
        |r| {
            r.phone_number(["+15551234567"])
                .phone_number_identification_status([IdentificationStatus::Reserved])
        },
        |r| r.web3_wallet(["0x1f9840a85d5af5bf1d1762f925bdaddc4201f984"]),
        |r| r.username("ada"),
        |r| r.password("correct horse"),
        |r| {
            r.password_digest("$2a$")
                .password_hasher(PasswordHasher::Bcrypt)
        },
        |r| {
            r.password_digest("x")
                .password_hasher("a hasher of tomorrow")
        },
        |r| r.skip_password_checks(true),
        |r| r.skip_password_requirement(true),
        |r| r.totp_secret("JBSWY3DPEHPK3PXP"),
        |r| r.backup_codes(["1", "2"]),
        |r| r.public_metadata(json!({ "plan": "pro" })),
        |r| r.private_metadata(json!({ "n": 1 })),
        |r| r.unsafe_metadata(json!({})),
        |r| r.delete_self_enabled(false),
        |r| r.legal_accepted_at(TIME),
        |r| r.skip_legal_checks(true),
        |r| r.skip_user_requirement(true),
        |r| r.create_organization_enabled(true),
        |r| r.create_organizations_limit(0),
        |r| r.created_at(TIME),
        |r| r.bypass_client_trust(true),
        |r| r.banned(true),
        |r| r.locked(false),
    ];
    set(CreateUserRequest::new(), &setters, round)
}

fn update(round: usize) -> UpdateUserRequest {
    let setters: [fn(UpdateUserRequest) -> UpdateUserRequest; 44] = [
        |r| r.external_id("ext-1"),
        |r| r.clear_external_id(),
        |r| r.first_name("Ada"),
        |r| r.clear_first_name(),
        |r| r.last_name("Lovelace"),
        |r| r.clear_last_name(),
        |r| r.locale("en-GB"),
        |r| r.clear_locale(),
        |r| r.primary_email_address_id("idn_1"),
        |r| r.clear_primary_email_address_id(),
        |r| r.notify_primary_email_address_changed(true),
        |r| r.clear_notify_primary_email_address_changed(),
        |r| r.primary_phone_number_id("idn_2"),
        |r| r.clear_primary_phone_number_id(),
        |r| r.primary_web3_wallet_id("idn_3"),
        |r| r.clear_primary_web3_wallet_id(),
        |r| r.username("ada"),
        |r| r.clear_username(),
        |r| r.profile_image_id("img_1"),
        |r| r.clear_profile_image_id(),
        |r| r.password("correct horse"),
        |r| r.clear_password(),
        |r| {
            r.password_digest("$2a$")
                .password_hasher(PasswordHasher::Bcrypt)
        },
        |r| r.skip_password_checks(true),
        |r| r.clear_skip_password_checks(),
        |r| r.sign_out_of_other_sessions(true),
        |r| r.clear_sign_out_of_other_sessions(),
        |r| r.totp_secret("JBSWY3DPEHPK3PXP"),
        |r| r.clear_totp_secret(),
        |r| r.backup_codes(["1"]),
        |r| r.delete_self_enabled(true),
        |r| r.clear_delete_self_enabled(),
        |r| r.create_organization_enabled(true),
        |r| r.clear_create_organization_enabled(),
        |r| r.legal_accepted_at(TIME),
        |r| r.clear_legal_accepted_at(),
        |r| r.skip_legal_checks(true),
        |r| r.clear_skip_legal_checks(),
        |r| r.create_organizations_limit(3),
        |r| r.clear_create_organizations_limit(),
        |r| r.created_at(TIME),
        |r| r.clear_created_at(),
        |r| r.bypass_client_trust(true),
        |r| r.clear_bypass_client_trust(),
    ];
    set(UpdateUserRequest::new(), &setters, round)
}
