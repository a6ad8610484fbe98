//! Accounts with OAuth providers, in the forms in which Clerk sends them.

use clerk_client::User;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::ExternalAccount;
use serde_json::{Value, json};

use crate::support::run;

#[test]
fn an_account_with_any_provider_is_deleted_by_its_account_id() {
    for provider in ["oauth_google", "oauth_facebook", "oauth_github"] {
        let fake = FakeClerk::new();
        fake.add(FakeUser::new("user_1").external_account(provider, "7"));
        let users = fake.client().users();
        let user = run(users.get_user("user_1")).unwrap();
        let [account] = &*user.external_accounts else {
            panic!("{user:?}");
        };
        assert!(account.account_id().as_str().starts_with("eac_"));
        if provider != "oauth_github" {
            assert_eq!(account.id.as_str(), account.identification_id);
            let error = run(users.delete_external_account("user_1", &account.id)).unwrap_err();
            assert_eq!(error.code(), Some("external_account_not_found"));
        }
        run(users.delete_external_account("user_1", account.account_id())).unwrap();
        assert!(fake.user("user_1").unwrap().external_accounts.is_empty());
    }
}

#[test]
fn fields_that_the_specification_omits_are_kept() {
    let account = json!({
        "object": "google_account", "id": "idn_1", "external_account_id": "eac_1",
        "google_id": "118", "given_name": "Ada", "family_name": "Lovelace",
        "picture": "https://lh3.googleusercontent.com/a",
    });
    let read: ExternalAccount = serde_json::from_value(account.clone()).unwrap();
    assert_eq!(read.account_id().as_str(), "eac_1");
    assert_eq!(read.google_id.as_deref(), Some("118"));
    let written = serde_json::to_value(&read).unwrap();
    for (key, value) in account.as_object().unwrap() {
        assert_eq!(&written[key], value, "{key}");
    }

    let user: User =
        serde_json::from_value(json!({ "id": "u", "timezone": "Europe/London" })).unwrap();
    assert_eq!(user.timezone.as_deref(), Some("Europe/London"));
    let written = serde_json::to_value(&user).unwrap();
    assert_eq!(written["timezone"], "Europe/London");

    let account: ExternalAccount =
        serde_json::from_value(json!({ "id": "eac_2", "external_account_id": "" })).unwrap();
    assert_eq!(account.account_id().as_str(), "eac_2");

    // Google's fields are not written for accounts with other providers.
    let written = serde_json::to_value(ExternalAccount::default()).unwrap();
    assert_eq!(written.get("google_id"), None::<&Value>);
}
