//! Opaque tokens in the JSON of an instance.

use clerk_core::Timestamp;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::machine_tokens::draft::{claims, new_token};
use crate::fake::operations::response::ApiError;
use crate::fake::state::machine_token::MachineTokenKind;
use crate::fake::state::shelves::Object;
use crate::fake::state::world::World;

/// The kinds of tokens, each with its name and the prefix of its ids and secrets.
const KINDS: [(MachineTokenKind, &str, &str); 3] = [
    (MachineTokenKind::ApiKey, "api_key", "ak"),
    (MachineTokenKind::M2m, "m2m_token", "mt"),
    (MachineTokenKind::OAuth, "oauth_access_token", "oat"),
];

/// Writes all tokens from the oldest to the newest, in the form that [`restore`] reads.
pub(crate) fn write(world: &World) -> Vec<Value> {
    let mut all: Vec<_> = world.machine_tokens.iter().collect();
    all.sort_by_key(|(_, token)| token.number);
    let written = all.into_iter().map(|(secret, token)| {
        let mut kinds = KINDS.iter();
        let kind = kinds.find(|(kind, ..)| *kind == token.kind);
        json!({
            "kind": kind.map(|(_, name, _)| name),
            "type": token.key_type,
            "secret": secret,
            "id": token.id,
            "subject": token.subject,
            "name": token.name,
            "client_id": token.client_id,
            "scopes": token.scopes,
            "claims": token.claims,
            "description": token.description,
            "created_by": token.created_by,
            "created_at": token.created_at,
            "updated_at": token.updated_at,
            "expires_at": token.expires_at,
            "revoked": token.is_revoked,
            "revocation_reason": token.revocation_reason,
        })
    });
    written.collect()
}

/// Adds a token from the JSON of an instance.
pub(crate) fn restore(world: &mut World, object: &Object, now: Timestamp) -> Result<(), ApiError> {
    let mut form = Form::new(object);
    let name = form.required("kind").unwrap_or_default();
    let kind = KINDS.into_iter().find(|(_, known, _)| *known == name);
    if kind.is_none() {
        let names = KINDS.map(|(_, name, _)| name).join(", ");
        let message = format!("kind must be one of {names}.");
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "kind", &message);
    }
    let (kind, _, prefix) = kind.unwrap_or(KINDS[0]);
    let subject = form.required("subject").unwrap_or_default();
    let secret = form.text("secret").map(str::to_owned);
    let secret = secret.unwrap_or_else(|| world.new_id(prefix));
    if world.machine_tokens.has(&secret) {
        let message = "secret must differ from that of every other token.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "secret", message);
    }
    let mut token = new_token(world, kind, prefix, subject, now);
    let owned = |form: &mut Form<'_>, name| form.text(name).map(str::to_owned);
    let time = |form: &mut Form<'_>, name| {
        let millis = form.value(name, "a time in milliseconds", Value::as_i64);
        millis.map(Timestamp::from_millis)
    };
    token.key_type = owned(&mut form, "type");
    token.id = owned(&mut form, "id").unwrap_or(token.id);
    if world.machine_tokens.secret_of(kind, &token.id).is_some() {
        let message = "id must differ from that of every other token of this kind.";
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "id", message);
    }
    token.name = owned(&mut form, "name").unwrap_or_default();
    token.client_id = owned(&mut form, "client_id").unwrap_or_default();
    let scopes = form.texts("scopes").unwrap_or_default();
    token.scopes = scopes.into_iter().map(str::to_owned).collect();
    token.claims = claims(&mut form);
    token.description = owned(&mut form, "description");
    token.created_by = owned(&mut form, "created_by");
    token.created_at = time(&mut form, "created_at").unwrap_or(now);
    token.updated_at = time(&mut form, "updated_at").unwrap_or(token.created_at);
    token.expires_at = time(&mut form, "expires_at");
    token.is_revoked = form.flag("revoked").unwrap_or_default();
    token.revocation_reason = owned(&mut form, "revocation_reason");
    form.finish()?;
    world.machine_tokens.add(secret, token);
    Ok(())
}
