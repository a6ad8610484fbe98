//! Objects that a backend creates to sign a user in: sign-in tokens, actor tokens and agent tasks.

use clerk_core::models::{ActorToken, AgentTask, SignInToken, Verification, VerificationStatus};
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::organizations::refuse_if_disabled;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::field::{Field, WEB_URL};
use crate::fake::operations::shelves::life::revoke;
use crate::fake::operations::shelves::shelf::{Action, Shelf, fill};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// Sets the token, and the link that contains it.
fn complete_token(world: &mut World, of: &mut Object) {
    let token = world.new_trace_id();
    let url = format!("https://fake.accounts.dev/sign-in?__clerk_ticket={token}");
    fill(
        of,
        json!({ "status": "pending", "token": token, "url": url }),
    );
}

pub(crate) static SIGN_IN_TOKENS: Shelf = Shelf {
    secrets: &["token", "url"],
    actions: &[Action::new("revoke", &[], |_, token, _, _| {
        revoke(token, codes::SIGN_IN_TOKEN_CANNOT_BE_REVOKED_CODE)
    })],
    rule: check_sign_in,
    complete: complete_token,
    ..Shelf::of::<SignInToken>(
        "sign_in_tokens",
        "sign_in_token",
        "sit",
        &[
            Field::text("user_id").required(),
            Field::text("org_id"),
            Field::count("expires_in_seconds").at_least(1),
        ],
    )
};

fn check_sign_in(world: &World, token: &Object) -> Result<(), ApiError> {
    let (user_id, organization_id) = (text(token, "user_id"), text(token, "org_id"));
    if world.user(user_id).is_none() {
        return Err(ApiError::user_not_found(user_id));
    }
    if organization_id.is_empty() {
        return Ok(());
    }
    refuse_if_disabled(world)?;
    if world.membership(organization_id, user_id).is_none() {
        let message = format!("The user is not a member of the organization {organization_id}.");
        let code = codes::NOT_A_MEMBER_IN_ORGANIZATION;
        return Err(ApiError::new(code, &message));
    }
    Ok(())
}

pub(crate) static ACTOR_TOKENS: Shelf = Shelf {
    secrets: &["token", "url"],
    actions: &[Action::new("revoke", &[], |_, token, _, _| {
        revoke(token, codes::ACTOR_TOKEN_CANNOT_BE_REVOKED_CODE)
    })],
    rule: check_actor,
    complete: complete_token,
    ..Shelf::of::<ActorToken>(
        "actor_tokens",
        "actor_token",
        "act",
        &[
            Field::text("user_id").required(),
            Field::object("actor").required(),
            Field::count("expires_in_seconds"),
            Field::count("session_max_duration_in_seconds"),
        ],
    )
};

fn check_actor(world: &World, token: &Object) -> Result<(), ApiError> {
    let sub = token.get("actor").and_then(|actor| actor.get("sub"));
    let sub = sub.and_then(Value::as_str).unwrap_or_default();
    if sub.is_empty() {
        let message = "actor.sub must be included.";
        return Err(ApiError::param(
            codes::FORM_PARAM_MISSING,
            "actor.sub",
            message,
        ));
    }
    let user_id = text(token, "user_id");
    if world.user(user_id).is_none() {
        let message = format!("No user was found with id {user_id}.");
        let code = codes::FORM_RESOURCE_NOT_FOUND;
        return Err(ApiError::param(code, "user_id", &message));
    }
    Ok(())
}

pub(crate) static AGENT_TASKS: Shelf = Shelf {
    not_found: codes::AGENT_TASK_NOT_FOUND,
    secrets: &["url"],
    actions: &[Action::new("revoke", &[], |_, task, _, _| {
        revoke(task, codes::AGENT_TASK_CANNOT_BE_REVOKED)
    })],
    rule: check_subject,
    complete: |world, task| {
        let mut tasks = world.shelves.all(AGENT_TASKS.kept).iter();
        let name = text(task, "agent_name");
        let same = tasks.find(|other| text(other, "agent_name") == name);
        let agent_id = same.map(|other| text(other, "agent_id").to_owned());
        let agent_id = agent_id.unwrap_or_else(|| world.new_id("agent"));
        let ticket = world.new_trace_id();
        let id = text(task, "id");
        let defaults = json!({
            "status": "pending",
            "agent_id": agent_id,
            "agent_task_id": id,
            "task_id": id,
            "url": format!("https://fake.accounts.dev/sign-in?__clerk_ticket={ticket}"),
        });
        fill(task, defaults);
    },
    ..Shelf::of::<AgentTask>(
        "agents/tasks",
        "agent_task",
        "agt",
        &[
            Field::object("on_behalf_of").required(),
            Field::word("permissions", &["*"]).required(),
            Field::text("agent_name").required(),
            Field::text("task_description").required(),
            Field::text("redirect_url").required().matching(WEB_URL),
            Field::count("session_max_duration_in_seconds"),
        ],
    )
};

fn check_subject(world: &World, task: &Object) -> Result<(), ApiError> {
    let subject = task.get("on_behalf_of").and_then(Value::as_object);
    let subject = subject.map_or(("", ""), |of| (text(of, "user_id"), text(of, "identifier")));
    let refuse = |code, message| Err(ApiError::param(code, "on_behalf_of", message));
    let is_known = match subject {
        ("", "") => {
            let message = "on_behalf_of must have a user_id or an identifier.";
            return refuse(codes::FORM_PARAM_MISSING, message);
        }
        ("", identifier) => is_verified(world, identifier),
        (user_id, "") => world.user(user_id).is_some(),
        _ => {
            let message = "on_behalf_of must not have both a user_id and an identifier.";
            return refuse(codes::FORM_PARAM_VALUE_INVALID, message);
        }
    };
    if is_known {
        return Ok(());
    }
    Err(ApiError::new(
        codes::AGENT_TASK_SUBJECT_NOT_FOUND,
        "The user of on_behalf_of was not found.",
    ))
}

/// Whether a user has an identifier, and the identifier is verified. A username needs no
/// verification.
fn is_verified(world: &World, identifier: &str) -> bool {
    let having = |field| world.users_having(field, identifier);
    let has_verified = |of: &Option<Verification>| {
        let status = of.as_ref().map(|verification| &verification.status);
        status == Some(&VerificationStatus::Verified)
    };
    let emails = having(UserField::EmailAddress).flat_map(|of| &of.user.email_addresses);
    let phones = having(UserField::PhoneNumber).flat_map(|of| &of.user.phone_numbers);
    let mut emails = emails.filter(|own| own.email_address.eq_ignore_ascii_case(identifier));
    let mut phones = phones.filter(|own| *own.phone_number == *identifier);
    emails.any(|own| has_verified(&own.verification))
        || phones.any(|own| has_verified(&own.verification))
        || having(UserField::Username).next().is_some()
}
