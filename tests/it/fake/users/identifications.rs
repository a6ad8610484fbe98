//! Identifiers and external accounts.

use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::{IdentificationLink, Verification, VerificationStatus};
use clerk_client::requests::{
    CreateUserRequest, PageParams, UpdateUserRequest, UserFilter, UserListParams,
};
use serde_json::Value;

use crate::fake::refusals::request;
use crate::support::run;

#[test]
fn only_verified_identifiers_can_be_primary() {
    let fake = FakeClerk::new();
    fake.add(
        FakeUser::new("user_ada")
            .email_address("a@example.com")
            .email_address("b@example.com"),
    );
    let mut ada = fake.user("user_ada").unwrap();
    let mut unverified = Verification::default();
    unverified.status = VerificationStatus::Unverified;
    ada.email_addresses[1].verification = Some(unverified);
    let second = ada.email_addresses[1].id.clone();
    fake.add(ada);
    let users = fake.client().users();
    run(async {
        let request = UpdateUserRequest::new().primary_email_address_id(&second);
        let error = users.update_user("user_ada", request).await.unwrap_err();
        assert!(
            error.for_param("primary_email_address_id").len() == 1,
            "{error}"
        );
    });
}

#[test]
fn deleting_an_external_account_deletes_its_tokens() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").oauth_access_token("oauth_google", "ya29"));
    let user = fake.user("user_ada").unwrap();
    let account = user.external_accounts[0].account_id();
    let users = fake.client().users();
    let tokens =
        || run(users.get_o_auth_access_token("user_ada", "oauth_google", PageParams::new()));
    assert_eq!(tokens().unwrap().data.len(), 1);
    run(users.delete_external_account("user_ada", account)).unwrap();
    assert_eq!(tokens().unwrap().data.len(), 0);
}

#[test]
fn accounts_with_google_have_two_ids_and_are_deleted_by_the_second() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").name("Ada", "Lovelace");
    let ada = ada.external_account("oauth_google", "1815");
    fake.add(ada.external_account("oauth_github", "ada"));
    let (_, user, _) = request("GET", "/v1/users/user_ada").send(&fake);
    assert_eq!(user["verification_attempts_remaining"], 100);
    assert_eq!(user["profile_image_url"], user["image_url"]);
    let [google, github] = [0, 1].map(|at| &user["external_accounts"][at]);
    assert_eq!(google["object"], "google_account");
    assert_eq!(google["id"], google["identification_id"]);
    assert_eq!(google["google_id"], google["provider_user_id"]);
    for name in ["given_name", "family_name", "picture"] {
        assert!(google[name].is_string(), "{name}: {google}");
    }
    assert!(github.get("external_account_id").is_none_or(Value::is_null));
    for (id, expected) in [
        (&google["id"], 404),
        (&google["external_account_id"], 200),
        (&github["identification_id"], 404),
        (&github["id"], 200),
    ] {
        let id = id.as_str().unwrap();
        let path = format!("/v1/users/user_ada/external_accounts/{id}");
        let (status, response, _) = request("DELETE", &path).send(&fake);
        assert_eq!(status, expected, "{id}: {response}");
        if status == 404 {
            assert_eq!(response["errors"][0]["code"], "external_account_not_found");
        }
    }
}

#[test]
fn a_phone_number_can_be_deleted_after_its_linked_account() {
    let fake = FakeClerk::new();
    let ada = FakeUser::new("user_ada").phone_number("+15555550100");
    fake.add(ada.external_account("oauth_github", "ada"));
    let mut ada = fake.user("user_ada").unwrap();
    let account = ada.external_accounts[0].clone();
    let mut link = IdentificationLink::default();
    link.id = account.identification_id.clone();
    ada.phone_numbers[0].linked_to.push(link);
    let phone = format!("/v1/phone_numbers/{}", ada.phone_numbers[0].id);
    fake.add(ada);
    let (status, ..) = request("DELETE", &phone).send(&fake);
    assert_eq!(status, 400);
    let account = format!(
        "/v1/users/user_ada/external_accounts/{}",
        account.account_id()
    );
    let (status, ..) = request("DELETE", &account).send(&fake);
    assert_eq!(status, 200);
    let (status, ..) = request("DELETE", &phone).send(&fake);
    assert_eq!(status, 200);
}

#[test]
fn only_requested_identifiers_must_be_unique() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_1").email_address("same@example.com"));
    fake.add(FakeUser::new("user_2").email_address("same@example.com"));
    let users = fake.client().users();
    let request = UpdateUserRequest::new().first_name("Ada");
    assert!(run(users.update_user("user_1", request)).is_ok());
    let twice = CreateUserRequest::new().email_address(["a@example.com", "A@example.com"]);
    let error = run(users.create_user(twice)).unwrap_err();
    assert_eq!(error.code(), Some("form_identifier_exists"));
    let mut loud = FakeUser::new("user_3").email_address("loud@example.com");
    loud = loud.unverified_email_address("free@example.com");
    fake.add(loud);
    let taken = CreateUserRequest::new().email_address(["LOUD@example.com"]);
    assert!(run(users.create_user(taken)).is_err());
    let free = CreateUserRequest::new().email_address(["free@example.com"]);
    assert!(run(users.create_user(free)).is_ok());
}

#[test]
fn solana_wallets_that_differ_in_case_are_different_wallets() {
    let solana = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";
    let other = solana.replace("EcD", "ecD");
    let ethereum = "0xAB5801a7D398351b8bE11C439e05C5B3259aeC9B";
    let users = FakeClerk::new().client().users();
    let create =
        |wallets: [&str; 2]| run(users.create_user(CreateUserRequest::new().web3_wallet(wallets)));
    assert_eq!(create([solana, &other]).unwrap().web3_wallets.len(), 2);
    let third = solana.replace("EcD", "Ecd");
    let third = CreateUserRequest::new().web3_wallet([third]);
    run(users.create_user(third)).unwrap();
    let filter = UserFilter::new().web3_wallet([&other]);
    let found = run(users.get_user_list(UserListParams::from(filter)));
    assert_eq!(found.unwrap().len(), 1);
    let error = create([ethereum, &ethereum.to_lowercase()]).unwrap_err();
    assert_eq!(error.code(), Some("form_identifier_exists"));
}

#[test]
fn the_address_of_a_solana_wallet_keeps_its_case() {
    let solana = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";
    let ethereum = "0xAB5801a7D398351b8bE11C439e05C5B3259aeC9B";
    let fake = FakeClerk::new();
    let users = fake.client().users();
    run(async {
        let request = CreateUserRequest::new().web3_wallet([solana, ethereum]);
        let ada = users.create_user(request).await.unwrap();
        let wallets: Vec<&str> = ada
            .web3_wallets
            .iter()
            .map(|own| &*own.web3_wallet)
            .collect();
        let lower = ethereum.to_lowercase();
        assert_eq!(wallets, [solana, lower.as_str()]);
        let filter = UserFilter::new().web3_wallet([solana]);
        let found = users.get_user_list(UserListParams::from(filter)).await;
        assert_eq!(found.unwrap().len(), 1);
    });
}
