//! E-mail addresses and phone numbers of users.

use std::time::Duration;

use clerk_client::Error;
use clerk_client::mock::{FakeClerk, FakeUser};
use clerk_client::models::VerificationStatus;
use clerk_client::requests::{
    AttemptEmailAddressVerificationRequest, AttemptPhoneNumberVerificationRequest,
    CreateEmailAddressRequest, CreatePhoneNumberRequest, UpdateEmailAddressRequest,
    UpdatePhoneNumberRequest,
};

use super::checked::checked;
use super::refusals::{assert_first_error, request};
use crate::support::run;

fn fake_with_ada() -> FakeClerk {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").email_address("ada@example.com"));
    fake.add(FakeUser::new("user_bob").email_address("bob@example.com"));
    fake
}

fn code(result: Result<impl Sized, Error>) -> String {
    let error = result.err().expect("it is refused");
    error.code().unwrap_or_default().to_owned()
}

#[test]
fn an_email_address_is_added_verified_made_primary_and_deleted() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let addresses = clerk.email_addresses();
    run(async {
        let request = CreateEmailAddressRequest::new("user_ada", "Countess@example.com");
        let address = addresses.create_email_address(request).await.unwrap();
        assert_eq!(address.email_address, "countess@example.com");
        assert_eq!(address.verification, None);
        assert_eq!(
            addresses.get_email_address(&address.id).await.unwrap(),
            address
        );

        let primary = || UpdateEmailAddressRequest::new().primary(true);
        let early = addresses.update_email_address(&address.id, primary()).await;
        assert_eq!(code(early), "form_verification_needed");
        let request = primary().verified(true);
        addresses
            .update_email_address(&address.id, request)
            .await
            .unwrap();
        let ada = clerk.users().get_user("user_ada").await.unwrap();
        assert_eq!(ada.primary_email_address_id.as_ref(), Some(&address.id));
        let found = clerk
            .users()
            .find_user_by_email_address("countess@example.com")
            .await;
        assert_eq!(found.unwrap().unwrap().id, "user_ada");

        addresses.delete_email_address(&address.id).await.unwrap();
        let ada = clerk.users().get_user("user_ada").await.unwrap();
        assert_eq!(ada.email_addresses.len(), 1);
        let left = Some(&ada.email_addresses[0].id);
        assert_eq!(ada.primary_email_address_id.as_ref(), left);
        let gone = addresses.delete_email_address(&address.id).await;
        assert_eq!(code(gone), "resource_not_found");
    });
}

#[test]
fn a_code_verifies_an_email_address_of_one_user() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let addresses = clerk.email_addresses();
    run(async {
        let request = CreateEmailAddressRequest::new("user_ada", "new@example.com");
        let address = addresses.create_email_address(request).await.unwrap();
        let prepare = || addresses.prepare_email_address_verification(&address.id);
        let attempt = |id: &str, code: &str| {
            let request = AttemptEmailAddressVerificationRequest::new(id, code);
            addresses.attempt_email_address_verification(&address.id, request)
        };

        let started = prepare().await.unwrap();
        let id = started.id.unwrap();
        for (attempts, status) in [
            (1, VerificationStatus::Unverified),
            (2, VerificationStatus::Unverified),
            (3, VerificationStatus::Failed),
        ] {
            let wrong = attempt(id.as_str(), "000000").await.unwrap();
            assert_eq!((wrong.attempts, wrong.status), (Some(attempts), status));
        }
        let late = prepare().await.unwrap().id.unwrap();
        fake.clock().advance(Duration::from_secs(600));
        let expired = attempt(late.as_str(), "424242").await.unwrap();
        assert_eq!(expired.status, VerificationStatus::Expired);

        let id = prepare().await.unwrap().id.unwrap();
        let right = attempt(id.as_str(), "424242").await.unwrap();
        assert_eq!(right.status, VerificationStatus::Verified);
        let address = addresses.get_email_address(&address.id).await.unwrap();
        assert_eq!(
            address.verification.unwrap().status,
            VerificationStatus::Verified
        );
        assert_eq!(
            code(attempt(id.as_str(), "424242").await),
            "verification_already_verified"
        );
        assert_eq!(code(attempt("ver_2", "424242").await), "resource_not_found");

        let request = CreateEmailAddressRequest::new("user_bob", "new@example.com").verified(true);
        assert_eq!(
            code(addresses.create_email_address(request).await),
            "form_identifier_exists"
        );
    });
}

#[test]
fn an_identifier_that_two_users_hold_belongs_to_the_first_who_verifies_it() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let (addresses, phones) = (clerk.email_addresses(), clerk.phone_numbers());
    run(async {
        let mut ids = Vec::new();
        for user in ["user_ada", "user_bob"] {
            let request = CreateEmailAddressRequest::new(user, "both@example.com");
            let address = addresses.create_email_address(request).await.unwrap();
            let of_address = addresses.prepare_email_address_verification(&address.id);
            let request = CreatePhoneNumberRequest::new(user, "+15555550100");
            let phone = phones.create_phone_number(request).await.unwrap();
            let of_phone = phones.prepare_phone_number_verification(&phone.id);
            let started = [of_address.await, of_phone.await];
            let started = started.map(|started| started.unwrap().id.unwrap());
            ids.push((address.id, phone.id, started));
        }
        let attempt = async |at: usize, code: &str| {
            let (address, phone, [of_address, of_phone]) = &ids[at];
            let request = AttemptEmailAddressVerificationRequest::new(of_address.as_str(), code);
            let address = addresses.attempt_email_address_verification(address, request);
            let request = AttemptPhoneNumberVerificationRequest::new(of_phone.as_str(), code);
            let phone = phones.attempt_phone_number_verification(phone, request);
            [address.await, phone.await]
        };
        for verified in attempt(1, "424242").await {
            assert_eq!(verified.unwrap().status, VerificationStatus::Verified);
        }
        for wrong in attempt(0, "000000").await {
            assert_eq!(wrong.unwrap().status, VerificationStatus::Unverified);
        }
        for refused in attempt(0, "424242").await {
            let refused = refused.unwrap_err();
            assert_eq!(refused.status().unwrap(), 400);
            assert_eq!(refused.code(), Some("identification_claimed"));
        }
        let ada = clerk.users().get_user("user_ada").await.unwrap();
        assert_eq!(ada.email_addresses[1].verification, None);
        assert_eq!(ada.phone_numbers[0].verification, None);
        for again in attempt(1, "424242").await {
            assert_eq!(code(again), "verification_already_verified");
        }
    });
}

#[test]
fn a_phone_number_becomes_a_second_factor() {
    let clerk = checked(&fake_with_ada());
    let phones = clerk.phone_numbers();
    run(async {
        let request = CreatePhoneNumberRequest::new("user_ada", "+15555550100");
        let phone = phones.create_phone_number(request).await.unwrap();
        let factor = |is| UpdatePhoneNumberRequest::new().reserved_for_second_factor(is);
        let early = phones.update_phone_number(&phone.id, factor(true)).await;
        let expected = "identification_update_second_factor_unverified";
        assert_eq!(code(early), expected);

        let started = phones
            .prepare_phone_number_verification(&phone.id)
            .await
            .unwrap();
        let request = AttemptPhoneNumberVerificationRequest::new(started.id.unwrap(), "424242");
        phones
            .attempt_phone_number_verification(&phone.id, request)
            .await
            .unwrap();
        let updated = phones
            .update_phone_number(&phone.id, factor(true))
            .await
            .unwrap();
        assert!(updated.reserved_for_second_factor && updated.default_second_factor);
        let ada = clerk.users().get_user("user_ada").await.unwrap();
        assert!(ada.two_factor_enabled);
        assert_eq!(ada.primary_phone_number_id.as_ref(), Some(&phone.id));

        phones.delete_phone_number(&phone.id).await.unwrap();
        let ada = clerk.users().get_user("user_ada").await.unwrap();
        assert!(!ada.two_factor_enabled && ada.primary_phone_number_id.is_none());
        assert_eq!(
            code(phones.get_phone_number(&phone.id).await),
            "resource_not_found"
        );
    });
}

#[test]
fn only_the_first_second_factor_becomes_the_default() {
    let fake = FakeClerk::new();
    let mut ada = FakeUser::new("user_ada");
    for number in ["+15555550100", "+15555550101", "+15555550102"] {
        ada = ada.phone_number(number);
    }
    fake.add(ada);
    let phones = fake.user("user_ada").unwrap().phone_numbers;
    let default_after = |at: usize, is_factor: bool| {
        let path = format!("/v1/phone_numbers/{}", phones[at].id);
        let body = serde_json::json!({ "reserved_for_second_factor": is_factor }).to_string();
        let (status, phone, _) = request("PATCH", &path).body(&body).send(&fake);
        assert_eq!(status, 200, "{phone}");
        phone["default_second_factor"] == true
    };
    assert!(default_after(0, true));
    assert!(!default_after(1, true));
    assert!(default_after(0, true));
    assert!(!default_after(0, false));
    // The second number is still a second factor.
    assert!(!default_after(2, true));
}

/// Requests that are refused. Each row has the method, the path and the body of a request, and the
/// status, the code and the parameter of the error.
#[rustfmt::skip]
const REFUSALS: &[(&str, &str, &str, u16, &str, &str)] = &[
    ("POST", "email_addresses", "{}", 422, "form_param_missing", "user_id"),
    ("POST", "email_addresses", r#"{"user_id":"user_ada","email_address":"ada"}"#, 422, "form_param_format_invalid", "email_address"),
    ("POST", "email_addresses", r#"{"user_id":"user_ada","email_address":"ada@example.com"}"#, 422, "form_identifier_exists", "email_address"),
    ("POST", "email_addresses", r#"{"user_id":"user_ada","email_address":"Bob@example.com"}"#, 422, "form_identifier_exists", "email_address"),
    ("POST", "email_addresses", r#"{"user_id":"user_ada","email_address":"dan@example.com"}"#, 422, "form_identifier_exists", "email_address"),
    ("PUT", "users/user_ada/email_address", r#"{"email_address":"bob@example.com","identification_status":"unverified"}"#, 422, "form_identifier_exists", "email_address"),
    ("POST", "email_addresses", r#"{"user_id":"user_2","email_address":"a@example.com"}"#, 404, "resource_not_found", ""),
    ("POST", "email_addresses", r#"{"user_id":"user_ada","email_address":"a@example.com","x":1}"#, 422, "form_param_unknown", "x"),
    ("PATCH", "email_addresses/idn_2", "{}", 404, "resource_not_found", ""),
    ("POST", "email_addresses/idn_2/prepare_verification", "", 404, "resource_not_found", ""),
    ("POST", "email_addresses/idn_email_ada_1/attempt_verification", r#"{"code":"1"}"#, 422, "form_param_missing", "verification_id"),
    ("DELETE", "email_addresses/idn_email_cleo_1", "", 400, "delete_linked_identification_disallowed", ""),
    ("PUT", "users/user_cleo/email_address", r#"{"email_address":"new@example.com"}"#, 400, "delete_linked_identification_disallowed", ""),
    ("POST", "phone_numbers", r#"{"user_id":"user_ada","phone_number":"555"}"#, 422, "form_param_format_invalid", "phone_number"),
    ("POST", "phone_numbers", r#"{"user_id":"user_ada","phone_number":"+15555550100","reserved_for_second_factor":true}"#, 400, "identification_create_second_factor_unverified", ""),
    ("POST", "phone_numbers", r#"{"user_id":"user_ada","phone_number":"+15555550107"}"#, 422, "form_identifier_exists", "phone_number"),
    ("PUT", "users/user_ada/phone_number", r#"{"phone_number":"+15555550107","identification_status":"unverified"}"#, 422, "form_identifier_exists", "phone_number"),
    ("DELETE", "phone_numbers/idn_2", "", 404, "resource_not_found", ""),
    ("PUT", "users/user_cleo/phone_number", r#"{"phone_number":"+15555550109"}"#, 400, "delete_linked_identification_disallowed", ""),
];

#[test]
fn requests_about_identifiers_are_refused_as_clerk_does() {
    let fake = fake_with_ada();
    let cleo = FakeUser::new("user_cleo").email_address("cleo@example.com");
    fake.add(cleo.phone_number("+15555550108"));
    let dan = FakeUser::new("user_dan").reserved_email_address("dan@example.com");
    fake.add(dan.phone_number("+15555550107"));
    let mut cleo = fake.user("user_cleo").unwrap();
    let mut link = clerk_client::models::IdentificationLink::default();
    link.link_type = "oauth_google".into();
    cleo.email_addresses[0].linked_to.push(link.clone());
    cleo.phone_numbers[0].linked_to.push(link);
    fake.add(cleo);
    let before = fake.to_json()["users"].clone();
    for (method, path, body, status, code, param) in REFUSALS {
        let (got, answer, _) = request(method, &format!("/v1/{path}"))
            .body(body)
            .send(&fake);
        let what = format!("{method} {path} {body}");
        assert_first_error(&answer, got, (*status, code, param), &what);
    }
    assert_eq!(fake.to_json()["users"], before);
}
