//! Sessions that are described in JSON, by a seed or by a client in another language.

use serde_json::{Map, Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::ApiError;
use crate::fake::state::fake_session::FakeSession;
use crate::fake::state::world::World;

/// Reads the JSON of a session. The JSON comes from a seed, from a client's request, or from
/// [`written`].
pub(crate) fn draft(world: &World, body: &Map<String, Value>) -> Result<FakeSession, ApiError> {
    let mut form = Form::new(body);
    let user_id = form.required("user_id").unwrap_or_default();
    let mut session = FakeSession::new(user_id);
    let organization = form.text("organization_id");
    let role = form.text("role");
    match (organization, role) {
        (Some(id), Some(role)) => session = session.organization(id, role),
        (Some(id), None) => match with_membership(world, session.clone(), id) {
            Some(member) => session = member,
            None => {
                let message = "role must be included, because the user is not a member.";
                form.refuse(codes::FORM_PARAM_MISSING, "role", message);
            }
        },
        (None, Some(_)) => {
            let message = "organization_id must be included, because there is a role.";
            form.refuse(codes::FORM_PARAM_MISSING, "organization_id", message);
        }
        (None, None) => {}
    }
    session = session.permissions(form.texts("permissions").unwrap_or_default());
    for feature in form.texts("features").unwrap_or_default() {
        session = session.feature(feature);
    }
    for plan in form.texts("plans").unwrap_or_default() {
        session = session.plan(plan);
    }
    let ages = form.value("factor_ages", "two numbers of minutes or null", |value| {
        serde_json::from_value::<(Option<u32>, Option<u32>)>(value.clone()).ok()
    });
    if let Some((first, second)) = ages {
        session = session.factor_ages(first, second);
    }
    if let Some(party) = form.text("authorized_party") {
        session = session.authorized_party(party);
    }
    if form.flag("pending").unwrap_or_default() {
        session = session.pending();
    }
    let claims = form.value("claims", "an object", Value::as_object);
    session.claims.extend(claims.cloned().unwrap_or_default());
    form.finish()?;
    Ok(session)
}

/// Makes an organization active in a session. `None` if the user is not a member.
pub(crate) fn with_membership(
    world: &World,
    session: FakeSession,
    organization: &str,
) -> Option<FakeSession> {
    world.membership(organization, session.user_id.as_str())?;
    Some(session.member_of(organization))
}

/// Writes a session in the form that [`draft`] reads.
pub(crate) fn written(session: &FakeSession) -> Map<String, Value> {
    let permissions = session.permissions.iter();
    let permissions: Vec<String> = permissions
        .map(|(feature, action)| format!("org:{feature}:{action}"))
        .collect();
    let organization = session.organization.as_ref();
    let role = organization.and_then(|(_, role)| role.as_ref());
    let written = json!({
        "user_id": session.user_id,
        "organization_id": organization.map(|(id, _)| id),
        "role": role.map(|role| format!("org:{role}")),
        "permissions": permissions,
        "features": session.features,
        "plans": session.plans,
        "claims": session.claims,
    });
    match written {
        Value::Object(written) => written,
        _ => Map::new(),
    }
}
