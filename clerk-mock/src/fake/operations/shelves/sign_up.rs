//! Objects that decide who can sign up: invitations, and the entries of the waitlist, the
//! allow-list and the block-list.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use clerk_core::models::{AllowlistIdentifier, BlocklistIdentifier, Invitation, WaitlistEntry};
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::formats::{is_email_address, is_web3_wallet};
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::field::{EMAIL, Field, URL};
use crate::fake::operations::shelves::instance::INSTANCE_ID;
use crate::fake::operations::shelves::life;
use crate::fake::operations::shelves::shelf::{Action, Bulk, Filter, Listing, Shelf, fill, typed};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

const DAY: i64 = 86_400_000;

pub(crate) static INVITATIONS: Shelf = Shelf {
    listing: Listing::Either,
    filters: &[
        Filter::OneOf("status", &["pending", "accepted", "revoked", "expired"]),
        Filter::EqualUnlisted("status", "revoked"),
        Filter::Search("query", &["email_address", "id"]),
    ],
    orders: &["created_at", "email_address", "expires_at"],
    actions: &[Action::new("revoke", &[], revoke_invitation)],
    bulk: Some(Bulk {
        max: 10,
        rule: no_users,
    }),
    rule: check_invitation,
    complete: |world, invitation| {
        let days = invitation.get("expires_in_days").and_then(Value::as_i64);
        let created = invitation.get("created_at").and_then(Value::as_i64);
        let lifetime = days.unwrap_or(30).saturating_mul(DAY);
        let token = world.new_trace_id();
        let defaults = json!({
            "status": "pending",
            "public_metadata": {},
            "url": format!("https://fake.accounts.dev/v1/tickets/accept?ticket={token}"),
            "expires_at": created.unwrap_or_default().saturating_add(lifetime),
        });
        fill(invitation, defaults);
    },
    ..Shelf::of::<Invitation>(
        "invitations",
        "invitation",
        "inv",
        &[
            Field::text("email_address").required().matching(EMAIL),
            Field::metadata("public_metadata"),
            Field::text("redirect_url").matching(URL),
            Field::flag("notify").ignored(),
            Field::flag("ignore_existing"),
            Field::count("expires_in_days").within(1, 365),
            Field::word("template_slug", &["invitation", "waitlist_invitation"]).ignored(),
        ],
    )
};

fn has_user(world: &World, email_address: &str) -> bool {
    let mut users = world.positions_of(UserField::EmailAddress, email_address);
    users.next().is_some()
}

fn check_invitation(world: &World, invitation: &Object) -> Result<(), ApiError> {
    if invitation.get("ignore_existing") == Some(&json!(true)) {
        return Ok(());
    }
    let address = text(invitation, "email_address");
    if has_user(world, address) {
        return Err(is_taken());
    }
    let mut invitations = world.shelves.all(INVITATIONS.kept).iter();
    let is_invited = invitations.any(|other| {
        text(other, "status") == "pending"
            && text(other, "email_address").eq_ignore_ascii_case(address)
    });
    if is_invited {
        return Err(duplicate(address));
    }
    Ok(())
}

fn is_taken() -> ApiError {
    let message = "That email address is taken. Please try another.";
    ApiError::param(codes::FORM_IDENTIFIER_EXISTS, "email_address", message)
}

fn duplicate(address: &str) -> ApiError {
    let message = format!("There is a pending invitation of {address} already.");
    ApiError::new(codes::DUPLICATE_RECORD, &message)
}

/// Returns an error if a user has one of the addresses, even if `ignore_existing` is true.
fn no_users(world: &World, bodies: &[Object]) -> Result<(), ApiError> {
    let mut addresses = bodies.iter().map(|body| text(body, "email_address"));
    if addresses.any(|address| has_user(world, address)) {
        return Err(is_taken());
    }
    Ok(())
}

fn revoke_invitation(
    _: &mut World,
    invitation: &mut Object,
    _: &Object,
    _: Timestamp,
) -> Result<(), ApiError> {
    let (code, message) = match text(invitation, "status") {
        "accepted" => (codes::INVITATION_ALREADY_ACCEPTED, "is already accepted"),
        "revoked" => (codes::INVITATION_ALREADY_REVOKED, "is already revoked"),
        _ => {
            invitation.extend([
                ("status".to_owned(), "revoked".into()),
                ("revoked".to_owned(), true.into()),
            ]);
            return Ok(());
        }
    };
    let long = format!("The invitation {message}.");
    Err(ApiError::new(code, &long))
}

pub(crate) static WAITLIST_ENTRIES: Shelf = Shelf {
    filters: &[
        Filter::OneOf("status", &["pending", "invited", "completed", "rejected"]),
        Filter::Equal("status"),
        Filter::Search("query", &["email_address", "id"]),
    ],
    orders: &["created_at", "invited_at", "email_address"],
    existing: Some("email_address"),
    bulk: Some(Bulk {
        max: 50,
        rule: each_once,
    }),
    actions: &[
        Action::new("invite", &[Field::flag("ignore_existing")], invite),
        Action::new("reject", &[], |_, entry, _, _| {
            refuse_status(entry, &["completed", "rejected"])?;
            entry.insert("status".to_owned(), "rejected".into());
            Ok(())
        }),
    ],
    complete: |_, entry| fill(entry, json!({ "status": "pending", "is_locked": false })),
    delete: |_, entry| refuse_status(entry, &["completed", "rejected", "invited"]),
    view: |world, entry| {
        let id = text(entry, "invitation_id");
        let invitation = world.shelves.get(INVITATIONS.kept, id);
        let mut shown = entry.clone();
        let invitation = invitation.map(|invitation| (INVITATIONS.view)(world, invitation));
        shown.insert("invitation".to_owned(), invitation.unwrap_or_default());
        typed::<WaitlistEntry>(world, &shown)
    },
    ..Shelf::of::<WaitlistEntry>(
        "waitlist_entries",
        "waitlist_entry",
        "wle",
        &[
            Field::text("email_address").required().matching(EMAIL),
            Field::flag("notify").ignored(),
        ],
    )
};

/// Returns an error if an address occurs twice.
fn each_once(_: &World, bodies: &[Object]) -> Result<(), ApiError> {
    let addresses = bodies.iter().map(|body| text(body, "email_address"));
    let distinct: BTreeSet<_> = addresses.map(str::to_lowercase).collect();
    if distinct.len() < bodies.len() {
        let message = "email_address must not occur twice.";
        return Err(ApiError::param(
            codes::FORM_PARAM_DUPLICATE,
            "email_address",
            message,
        ));
    }
    Ok(())
}

/// Returns a 409 if an entry is locked, or if it has one of these statuses.
fn refuse_status(entry: &Object, refused: &[&str]) -> Result<(), ApiError> {
    if entry.get("is_locked") == Some(&json!(true)) {
        let message = "This waitlist entry is locked. A batch action is processing it.";
        return Err(ApiError::new(codes::WAITLIST_ENTRY_LOCKED, message));
    }
    let status = text(entry, "status");
    if !refused.contains(&status) {
        return Ok(());
    }
    let code = match status {
        "completed" => codes::WAITLIST_ENTRY_ALREADY_COMPLETED,
        "invited" => codes::WAITLIST_ENTRY_ALREADY_INVITED,
        _ => codes::WAITLIST_ENTRY_ALREADY_REJECTED,
    };
    let message = format!("The waitlist entry is already {status}.");
    Err(ApiError::new(code, &message))
}

fn invite(
    world: &mut World,
    entry: &mut Object,
    body: &Object,
    now: Timestamp,
) -> Result<(), ApiError> {
    let ignores = body.get("ignore_existing") == Some(&json!(true));
    let refused: &[&str] = if ignores {
        &["completed"]
    } else {
        &["completed", "invited"]
    };
    refuse_status(entry, refused)?;
    let mut invitation = Object::new();
    let address = text(entry, "email_address");
    invitation.insert("email_address".to_owned(), address.into());
    invitation.insert("ignore_existing".to_owned(), ignores.into());
    let invitation = life::create(world, &INVITATIONS, &invitation, now)?;
    entry.extend([
        ("status".to_owned(), "invited".into()),
        ("invited_at".to_owned(), json!(now)),
        ("invitation_id".to_owned(), text(&invitation, "id").into()),
    ]);
    Ok(())
}

/// Sets the type and the instance of an identifier of the allow-list or the block-list.
fn complete_identifier(_: &mut World, of: &mut Object) {
    let kind = match text(of, "identifier") {
        email if email.contains('@') => "email_address",
        phone if phone.starts_with('+') => "phone_number",
        wallet if wallet.starts_with("0x") || is_web3_wallet(wallet) => "web3_wallet",
        _ => "email_address",
    };
    fill(
        of,
        json!({ "identifier_type": kind, "instance_id": INSTANCE_ID }),
    );
}

/// Completes an identifier of the allow-list. If `notify` is true and the identifier is an e-mail
/// address, also creates an invitation. Creates no invitation if a user has the address, or if an
/// invitation of the address is pending.
fn complete_allowed(world: &mut World, of: &mut Object) {
    complete_identifier(world, of);
    let is_notified = of.remove("notify") == Some(json!(true));
    let address = text(of, "identifier");
    // An identifier such as *@example.com stands for all addresses of a domain.
    if !is_notified || !is_email_address(address) || address.starts_with('*') {
        return;
    }
    let created = of.get("created_at").and_then(Value::as_i64);
    let now = Timestamp::from_millis(created.unwrap_or_default());
    let mut invitation = Object::new();
    invitation.insert("email_address".to_owned(), address.into());
    life::expire(world, &INVITATIONS, now);
    if let Ok(invitation) = life::create(world, &INVITATIONS, &invitation, now) {
        let id = text(&invitation, "id").into();
        of.insert("invitation_id".to_owned(), id);
    }
}

pub(crate) static ALLOWLIST_IDENTIFIERS: Shelf = Shelf {
    listing: Listing::Either,
    complete: complete_allowed,
    ..Shelf::of::<AllowlistIdentifier>(
        "allowlist_identifiers",
        "allowlist_identifier",
        "alid",
        &[
            Field::text("identifier")
                .required()
                .unique(codes::DUPLICATE_RECORD),
            Field::flag("notify"),
        ],
    )
};

pub(crate) static BLOCKLIST_IDENTIFIERS: Shelf = Shelf {
    listing: Listing::Whole,
    complete: complete_identifier,
    ..Shelf::of::<BlocklistIdentifier>(
        "blocklist_identifiers",
        "blocklist_identifier",
        "blid",
        &[Field::text("identifier")
            .required()
            .unique(codes::DUPLICATE_RECORD)],
    )
};
