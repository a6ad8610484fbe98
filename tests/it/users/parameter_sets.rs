//! What each operation is asked, round by round: at first nothing, at last everything that can be
//! set.

use clerk_client::models::OrganizationInvitationStatus;
use clerk_client::requests::CreditAction;
use clerk_client::{
    AdjustCreditBalanceRequest, CreateUserRequest, IdentificationStatus,
    OrganizationInvitationListParams, PageParams, PasswordHasher, RemoveUserPasswordRequest,
    ReplaceUserEmailAddressRequest, ReplaceUserMetadataRequest, ReplaceUserPhoneNumberRequest,
    SetUserPasswordCompromisedRequest, Timestamp, UpdateUserMetadataRequest, UpdateUserRequest,
    UserFilter, UserListParams, UserOrderBy,
};
use serde_json::json;

pub(crate) const ROUNDS: usize = 50;
/// The round in which everything is set.
pub(crate) const LAST: usize = ROUNDS - 1;
/// The round in which lists have a cursor, which goes with no offset and not with every order.
pub(crate) const CURSOR: usize = ROUNDS - 2;

/// Nothing in the first round; then each parameter alone; then each with its neighbour; all in the
/// last round.
fn set<P>(mut params: P, setters: &[fn(P) -> P], round: usize) -> P {
    let (first, count) = match round {
        0 => (0, 0),
        LAST => (0, setters.len()),
        _ if round <= setters.len() => (round - 1, 1),
        _ => (round % setters.len(), 2),
    };
    for setter in setters.iter().cycle().skip(first).take(count) {
        params = setter(params);
    }
    params
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

pub(crate) fn filter(round: usize) -> UserFilter {
    let setters: [fn(UserFilter) -> UserFilter; 21] = filter_setters!();
    set(UserFilter::new(), &setters, round)
}

pub(crate) fn list_params(round: usize) -> UserListParams {
    let setters: [fn(UserListParams) -> UserListParams; 21] = filter_setters!();
    let paging: [fn(UserListParams) -> UserListParams; 4] = [
        |p| p.limit(500),
        |p| p.offset(1_000),
        |p| p.order_by(UserOrderBy::Web3Wallet),
        |p| p.order_by(UserOrderBy::LastActiveAt.descending()),
    ];
    if round == CURSOR {
        let cursor = UserListParams::new().starting_after("user_1");
        return cursor.order_by(UserOrderBy::CreatedAt).offset(0);
    }
    set(
        UserListParams::new(),
        &[setters.as_slice(), &paging].concat(),
        round,
    )
}

pub(crate) fn page(round: usize) -> PageParams {
    set(
        PageParams::new(),
        &[|p| p.limit(500), |p| p.offset(7)],
        round,
    )
}

pub(crate) fn invitations(round: usize) -> OrganizationInvitationListParams {
    set(
        OrganizationInvitationListParams::new(),
        &[
            |p| p.status(OrganizationInvitationStatus::Pending),
            |p| p.limit(500),
            |p| p.offset(7),
        ],
        round,
    )
}

/// The setters of metadata, for everything that has them.
macro_rules! metadata_setters {
    () => {
        [
            |r| r.public_metadata(json!({ "plan": "pro", "gone": null })),
            |r| r.private_metadata(json!({ "a": { "b": [1, 2.5, "c"] } })),
            |r| r.unsafe_metadata(json!({})),
        ]
    };
}

pub(crate) fn metadata(round: usize) -> UpdateUserMetadataRequest {
    set(
        UpdateUserMetadataRequest::new(),
        &metadata_setters!(),
        round,
    )
}

pub(crate) fn replaced_metadata(round: usize) -> ReplaceUserMetadataRequest {
    set(
        ReplaceUserMetadataRequest::new(),
        &metadata_setters!(),
        round,
    )
}

pub(crate) fn credit(round: usize) -> AdjustCreditBalanceRequest {
    let action = if round.is_multiple_of(2) {
        CreditAction::Increase
    } else {
        CreditAction::Decrease
    };
    let request = AdjustCreditBalanceRequest::new(action, 500, format!("order-{round}"));
    set(
        request,
        &[|r| r.currency("EUR"), |r| r.note("an apology")],
        round,
    )
}

pub(crate) fn removed_password(round: usize) -> RemoveUserPasswordRequest {
    set(
        RemoveUserPasswordRequest::new(),
        &[|r| r.sign_out_of_other_sessions(true)],
        round,
    )
}

pub(crate) fn compromised(round: usize) -> SetUserPasswordCompromisedRequest {
    set(
        SetUserPasswordCompromisedRequest::new(),
        &[
            |r| r.clear_revoke_all_sessions(),
            |r| r.revoke_all_sessions(true),
        ],
        round,
    )
}

pub(crate) fn email_address(round: usize) -> ReplaceUserEmailAddressRequest {
    set(
        ReplaceUserEmailAddressRequest::new("ada@example.com"),
        &[
            |r| r.identification_status(IdentificationStatus::Unverified),
            |r| r.clear_notify_primary_email_address_changed(),
            |r| r.notify_primary_email_address_changed(true),
        ],
        round,
    )
}

pub(crate) fn phone_number(round: usize) -> ReplaceUserPhoneNumberRequest {
    set(
        ReplaceUserPhoneNumberRequest::new("+15551234567"),
        &[|r| r.identification_status(IdentificationStatus::Reserved)],
        round,
    )
}

pub(crate) fn create(round: usize) -> CreateUserRequest {
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

pub(crate) fn update(round: usize) -> UpdateUserRequest {
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
