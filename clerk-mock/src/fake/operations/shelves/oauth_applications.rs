//! OAuth applications.

use clerk_core::Timestamp;
use clerk_core::models::OAuthApplication;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::required_text;
use crate::fake::operations::formats::{is_logo, is_url};
use crate::fake::operations::multipart;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::shelves::field::{Field, URL};
use crate::fake::operations::shelves::instance::INSTANCE_ID;
use crate::fake::operations::shelves::life::{self, find, keep};
use crate::fake::operations::shelves::shelf::{Action, Filter, Shelf, fill, typed};
use crate::fake::state::machine_token::MachineTokenKind;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// The address of the Frontend API.
const FRONTEND_API: &str = "https://clerk.fake.example.com";

pub(crate) static OAUTH_APPLICATIONS: Shelf = Shelf {
    filters: &[
        Filter::SearchOr("name_query", &["name"], "client_id"),
        // Clerk's Go SDK has this filter.
        Filter::Equal("dynamically_registered"),
    ],
    orders: &["created_at", "name"],
    first_of: Some(("callback_url", "redirect_uris")),
    secrets: &["client_secret"],
    actions: &[Action::new("rotate_secret", &[], |world, of, _, _| {
        // A public client has no secret.
        if of.get("public") != Some(&json!(true)) {
            let secret = world.new_trace_id();
            of.insert("client_secret".to_owned(), secret.into());
        }
        Ok(())
    })
    .showing_secrets()],
    rule: check,
    complete,
    view,
    ..Shelf::of::<OAuthApplication>(
        "oauth_applications",
        "oauth_application",
        "oa",
        &[
            Field::text("name").required().longest(256).lasting(),
            Field::texts("redirect_uris"),
            Field::text("callback_url").matching(URL).longest(1_024),
            Field::text("scopes").longest(1_024),
            Field::flag("consent_screen_enabled").lasting(),
            Field::flag("pkce_required").lasting(),
            Field::flag("public").lasting(),
            // Clerk's specification omits these parameters, but Clerk's Go SDK sends them. In every
            // creation, the SDK sends `device_authorization_grant_enabled`.
            Field::flag("device_authorization_grant_enabled").ignored(),
            Field::count("access_token_ttl").later().ignored(),
        ],
    )
};

/// Returns an error if a redirect URI is malformed, or if a dynamically registered application has
/// no consent screen.
fn check(_: &World, of: &Object) -> Result<(), ApiError> {
    let uris = of.get("redirect_uris").and_then(Value::as_array);
    let mut uris = uris.into_iter().flatten().filter_map(Value::as_str);
    if uris.any(|uri| !is_url(uri)) {
        let message = "redirect_uris must be valid URLs.";
        let code = codes::FORM_PARAM_FORMAT_INVALID;
        return Err(ApiError::param(code, "redirect_uris", message));
    }
    let is_dynamic = of.get("dynamically_registered") == Some(&json!(true));
    if is_dynamic && of.get("consent_screen_enabled") == Some(&json!(false)) {
        let message = "The consent screen of a dynamically registered application is required.";
        let code = codes::OAUTH_APPLICATION_CONSENT_SCREEN_CANNOT_BE_DISABLED;
        return Err(ApiError::new(code, message));
    }
    Ok(())
}

/// Sets missing values. Removes the secret of a public client.
fn complete(world: &mut World, of: &mut Object) {
    if of.get("public") == Some(&json!(true)) {
        of.remove("client_secret");
    } else {
        let secret = world.new_trace_id();
        fill(of, json!({ "client_secret": secret }));
    }
    let client_id = world.new_trace_id();
    let defaults = json!({
        "instance_id": INSTANCE_ID,
        "client_id": client_id,
        "dynamically_registered": false,
        "consent_screen_enabled": true,
        "scopes": "profile email",
        "authorize_url": format!("{FRONTEND_API}/oauth/authorize"),
        "token_fetch_url": format!("{FRONTEND_API}/oauth/token"),
        "user_info_url": format!("{FRONTEND_API}/oauth/userinfo"),
        "discovery_url": format!("{FRONTEND_API}/.well-known/openid-configuration"),
        "token_introspection_url": format!("{FRONTEND_API}/oauth/token_info"),
    });
    fill(of, defaults);
}

/// Returns an application with its `callback_url`, a deprecated field that Clerk still returns.
fn view(world: &World, of: &Object) -> Value {
    let uris = of.get("redirect_uris").and_then(Value::as_array);
    let first = uris.and_then(|uris| uris.first());
    let mut of = of.clone();
    of.insert(
        "callback_url".to_owned(),
        first.cloned().unwrap_or_else(|| json!("")),
    );
    typed::<OAuthApplication>(world, &of)
}

pub(crate) fn upload_logo(
    world: &mut World,
    id: &str,
    request: &RecordedRequest,
    now: Timestamp,
) -> ApiResult {
    let mut of = find(world, &OAUTH_APPLICATIONS, id)?.clone();
    multipart::check_image(request, is_logo)?;
    let url = format!("https://img.clerk.com/{}", world.new_id("img"));
    of.insert("client_image_url".to_owned(), url.into());
    let of = keep(world, &OAUTH_APPLICATIONS, of, now);
    Ok(life::view(world, &OAUTH_APPLICATIONS, &of).into())
}

/// Revokes an access token of an application. The fake has no refresh tokens.
pub(crate) fn revoke_token(
    world: &mut World,
    id: &str,
    body: &Object,
    now: Timestamp,
) -> ApiResult {
    let application = find(world, &OAUTH_APPLICATIONS, id)?;
    let client_id = text(application, "client_id").to_owned();
    let secret = required_text(body, "token")?;
    let token = world.machine_tokens.get_mut(secret);
    let token =
        token.filter(|token| token.kind == MachineTokenKind::OAuth && token.client_id == client_id);
    // The message does not repeat the token.
    let token = token.ok_or_else(|| ApiError::not_found("No token was found."))?;
    token.revoke(None, now);
    Ok(Value::Null.into())
}
