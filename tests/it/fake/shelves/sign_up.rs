//! Invitations, the waitlist, the allow-list and the block-list.

use std::time::Duration;

use clerk_client::Metadata;
use clerk_client::http::Method;
use clerk_client::models::{InvitationStatus, WaitlistEntryStatus};
use clerk_client::requests::{
    CreateInvitationRequest, CreateWaitlistEntryRequest, InvitationListParams,
    InviteWaitlistEntryRequest, WaitlistEntryListParams,
};
use serde_json::{Value, json};

use super::super::checked::checked;
use super::super::refusals::request;
use super::{code, fake_with_ada};
use crate::support::run;

const DAY: Duration = Duration::from_secs(86_400);

#[test]
fn an_invitation_is_revoked_once_and_expires() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let invitations = clerk.invitations();
    run(async {
        let bob = || CreateInvitationRequest::new("bob@example.com").expires_in_days(2u32);
        let invited = invitations.create_invitation(bob()).await.unwrap();
        assert_eq!(
            code(invitations.create_invitation(bob()).await),
            "duplicate_record"
        );

        let revoked = invitations.revoke_invitation(&invited.id).await.unwrap();
        assert_eq!(
            (revoked.revoked, revoked.status),
            (true, InvitationStatus::Revoked)
        );
        let again = invitations.revoke_invitation(&invited.id).await;
        assert_eq!(code(again), "invitation_already_revoked");
        let all = InvitationListParams::new();
        assert!(
            invitations
                .list_invitations(all.clone())
                .await
                .unwrap()
                .data
                .is_empty()
        );

        let invited = invitations.create_invitation(bob()).await.unwrap();
        fake.clock().advance(DAY * 2);
        let listed = invitations.list_invitations(all).await.unwrap();
        assert_eq!(listed.data[0].id, invited.id);
        assert_eq!(listed.data[0].status, InvitationStatus::Expired);
        invitations.create_invitation(bob()).await.unwrap();
    });
}

#[test]
fn several_invitations_are_created_together_or_not_at_all() {
    let clerk = checked(&fake_with_ada());
    let invitations = clerk.invitations();
    let to = |address: &str| CreateInvitationRequest::new(address);
    run(async {
        let (bob, eve) = (to("bob@example.com"), to("eve@example.com"));
        let taken = vec![bob.clone(), to("ada@example.com").ignore_existing(true)];
        let refused = invitations.create_bulk_invitations(taken).await;
        assert_eq!(code(refused), "form_identifier_exists");
        let twice = vec![eve.clone(), bob.clone(), eve.clone()];
        let refused = invitations.create_bulk_invitations(twice).await;
        assert_eq!(code(refused), "duplicate_record");
        let created = invitations
            .create_bulk_invitations(vec![bob, eve])
            .await
            .unwrap();
        assert_eq!(created.len(), 2);
        let by_address = InvitationListParams::new().query("EVE@");
        let found = invitations.list_invitations(by_address).await.unwrap();
        assert_eq!(found.data, created[1..]);
    });
}

#[test]
fn a_refused_request_adds_no_entry_to_the_waitlist() {
    let fake = fake_with_ada();
    let add = |path: &str, addresses: &[&str]| {
        let entries = addresses.iter();
        let entries: Vec<_> = entries.map(|to| json!({ "email_address": to })).collect();
        let body = match path {
            "/v1/waitlist_entries" => entries[0].to_string(),
            _ => json!(entries).to_string(),
        };
        request("POST", path).body(&body).send(&fake).0
    };
    let (one, bulk) = ("/v1/waitlist_entries", "/v1/waitlist_entries/bulk");
    assert_eq!(add(one, &["bob@example.com"]), 200);
    assert_eq!(add(bulk, &["eve@example.com", "bob@example.com", ""]), 422);
    let addresses = || {
        let (_, listed, _) = request("GET", one).send(&fake);
        let listed = listed["data"].as_array().unwrap().iter();
        let listed = listed.map(|of| of["email_address"].as_str().unwrap().to_owned());
        listed.collect::<Vec<_>>()
    };
    assert_eq!(addresses(), ["bob@example.com"]);
    assert_eq!(add(bulk, &["eve@example.com", "bob@example.com"]), 200);
    assert_eq!(addresses(), ["eve@example.com", "bob@example.com"]);
}

#[test]
fn an_entry_of_the_waitlist_is_invited_or_rejected() {
    let clerk = checked(&fake_with_ada());
    let waitlist = clerk.waitlist_entries();
    run(async {
        let bob = || CreateWaitlistEntryRequest::new("bob@example.com");
        let entry = waitlist.create_waitlist_entry(bob()).await.unwrap();
        assert_eq!(waitlist.create_waitlist_entry(bob()).await.unwrap(), entry);

        let invite = InviteWaitlistEntryRequest::new;
        let invited = waitlist
            .invite_waitlist_entry(&entry.id, invite())
            .await
            .unwrap();
        assert_eq!(invited.status, WaitlistEntryStatus::Invited);
        let invitation = invited.invitation.expect("the entry has its invitation");
        clerk
            .invitations()
            .revoke_invitation(&invitation.id)
            .await
            .unwrap();

        let again = waitlist.invite_waitlist_entry(&entry.id, invite()).await;
        assert_eq!(code(again), "waitlist_entry_already_invited");
        let deleted = waitlist.delete_waitlist_entry(&entry.id).await;
        assert_eq!(code(deleted), "waitlist_entry_already_invited");
        let rejected = waitlist.reject_waitlist_entry(&entry.id).await.unwrap();
        assert_eq!(rejected.status, WaitlistEntryStatus::Rejected);
        let again = waitlist.reject_waitlist_entry(&entry.id).await;
        assert_eq!(code(again), "waitlist_entry_already_rejected");
    });
}

#[test]
fn an_invitation_of_the_waitlist_expires_like_any_other() {
    let fake = fake_with_ada();
    let clerk = checked(&fake);
    let waitlist = clerk.waitlist_entries();
    run(async {
        let bob = CreateWaitlistEntryRequest::new("bob@example.com");
        let entry = waitlist.create_waitlist_entry(bob).await.unwrap();
        let bob = CreateInvitationRequest::new("bob@example.com").expires_in_days(2u32);
        clerk.invitations().create_invitation(bob).await.unwrap();
        let invite =
            || waitlist.invite_waitlist_entry(&entry.id, InviteWaitlistEntryRequest::new());
        assert_eq!(code(invite().await), "duplicate_record");

        fake.clock().advance(DAY * 2);
        let invited = invite().await.unwrap();
        let invitation = invited.invitation.expect("the entry has its invitation");
        assert_eq!(invitation.status, InvitationStatus::Pending);

        fake.clock().advance(DAY * 30);
        let all = waitlist.list_waitlist_entries(WaitlistEntryListParams::new());
        let listed = all.await.unwrap();
        let invitation = listed.data[0].invitation.as_ref();
        let invitation = invitation.expect("the entry has its invitation");
        assert_eq!(invitation.status, InvitationStatus::Expired);
    });
}

#[test]
fn one_request_creates_at_most_10_invitations_or_50_entries_of_the_waitlist() {
    let fake = fake_with_ada();
    for (path, max) in [
        ("/v1/invitations/bulk", 10),
        ("/v1/waitlist_entries/bulk", 50),
    ] {
        for (count, expected) in [(max + 1, (400, "bulk_size_exceeded")), (max, (200, ""))] {
            let address = |of: i32| json!({ "email_address": format!("{of}@example.com") });
            let body: Value = (0..count).map(address).collect();
            let (status, response, _) = request("POST", path).body(&body.to_string()).send(&fake);
            let code = response["errors"][0]["code"].as_str().unwrap_or_default();
            assert_eq!((status, code), expected, "{path} {count}");
        }
    }
}

#[test]
fn a_blank_filter_of_invitations_is_no_filter() {
    let fake = fake_with_ada();
    let body = json!({ "email_address": "bob@example.com" }).to_string();
    for path in ["/v1/invitations", "/v1/waitlist_entries"] {
        let (status, created, _) = request("POST", path).body(&body).send(&fake);
        assert_eq!(status, 200, "{created}");
        for (filters, expected) in [("status=", 1), ("query=%20", 1), ("query=eve", 0)] {
            let path = format!("{path}?paginated=true&{filters}");
            let (_, listed, _) = request("GET", &path).send(&fake);
            assert_eq!(listed["total_count"], expected, "{path}: {listed}");
        }
    }
}

#[test]
fn an_identifier_of_the_allow_list_or_block_list_has_the_type_of_its_form() {
    let fake = fake_with_ada();
    for (identifier, kind) in [
        ("ada@example.com", "email_address"),
        ("+ada@example.com", "email_address"),
        ("0xada@example.com", "email_address"),
        ("+15555550100", "phone_number"),
        ("0xab5801a7d398351b8be11c439e05c5b3259aec9b", "web3_wallet"),
        ("7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV", "web3_wallet"),
    ] {
        let body = json!({ "identifier": identifier }).to_string();
        for path in ["/v1/allowlist_identifiers", "/v1/blocklist_identifiers"] {
            let (status, created, _) = request("POST", path).body(&body).send(&fake);
            assert_eq!(status, 200, "{created}");
            assert_eq!(created["identifier_type"], kind, "{path} {identifier}");
        }
    }
}

#[test]
fn an_address_of_the_allow_list_is_invited_if_the_request_says_so() {
    let fake = fake_with_ada();
    for (identifier, notify, is_invited) in [
        ("bob@example.com", true, true),
        ("eve@example.com", false, false),
        ("*@example.org", true, false),
        ("+15555550100", true, false),
    ] {
        let body = json!({ "identifier": identifier, "notify": notify }).to_string();
        let create = request("POST", "/v1/allowlist_identifiers").body(&body);
        let (status, created, _) = create.send(&fake);
        assert_eq!(status, 200, "{created}");
        let (_, listed, _) = request("GET", "/v1/invitations").send(&fake);
        let mut listed = listed.as_array().unwrap().iter();
        let invitation = listed.find(|of| of["email_address"] == identifier);
        assert_eq!(invitation.is_some(), is_invited, "{identifier}");
        let id = invitation.map_or(Value::Null, |of| of["id"].clone());
        assert_eq!(created["invitation_id"], id, "{identifier}");
    }
}

/// Clerk's JavaScript SDK sends settings that the specification omits.
#[test]
fn settings_of_the_javascript_sdk_are_accepted() {
    let clerk = fake_with_ada().client();
    run(async {
        for (path, name) in [
            (&["instance"][..], "enhanced_email_deliverability"),
            (
                &["instance", "restrictions"],
                "ignore_dots_for_gmail_addresses",
            ),
        ] {
            let call = clerk.request::<Metadata>(Method::PATCH, path);
            let changed = call.json(&json!({ name: true })).await;
            assert!(changed.is_ok(), "{name}: {changed:?}");
        }
    });
}

#[test]
fn metadata_of_an_invitation_has_a_maximum_size() {
    let fake = fake_with_ada();
    // The JSON `{"a":"…"}` has 8 bytes in addition to the text. The maximum is 8,192 bytes.
    for (length, expected) in [(8_184, 200), (8_185, 422)] {
        let body = json!({
            "email_address": format!("bob{length}@example.com"),
            "public_metadata": { "a": "x".repeat(length) },
        });
        let create = request("POST", "/v1/invitations");
        let (status, response, _) = create.body(&body.to_string()).send(&fake);
        assert_eq!(status, expected, "{response}");
        if status == 422 {
            let code = &response["errors"][0]["code"];
            assert_eq!(code, "form_param_exceeds_allowed_size");
        }
    }
}
