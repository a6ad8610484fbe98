//! Enterprise connections, and the rules that SAML connections share with them.

use clerk_core::models::EnterpriseConnection;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::formats::is_domain;
use crate::fake::operations::organization_domains::is_verified;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::field::{Field, Format};
use crate::fake::operations::shelves::shelf::{Filter, Shelf, fill, typed};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The address of the Frontend API.
const FRONTEND_API: &str = "https://clerk.fake.example.com";

/// The name under which the fake stores directories.
pub(crate) const KEPT_DIRECTORIES: &str = "directories";

/// The members of `saml` that can contain the metadata of the identity provider.
const METADATA: [&str; 5] = [
    "idp_certificate",
    "idp_entity_id",
    "idp_metadata",
    "idp_metadata_url",
    "idp_sso_url",
];

/// The modes that a login hint can have.
const LOGIN_HINTS: [&str; 3] = ["email_address", "custom_attribute", "off"];

/// The older and the newer name of the path of a custom attribute.
const SCIM_PATHS: [&str; 2] = ["scim_path", "directory_path"];

/// The format of the domains of an enterprise connection.
const DOMAINS: Format = (
    is_domain,
    "fully qualified domain names, such as example.com",
);

pub(crate) static ENTERPRISE_CONNECTIONS: Shelf = Shelf {
    filters: &[Filter::Equal("organization_id"), Filter::Equal("active")],
    rule: check_enterprise,
    complete: complete_enterprise,
    delete: |world, gone| {
        let (name, id) = ("enterprise_connection_id", text(gone, "id"));
        for directory in world.shelves.all_mut(KEPT_DIRECTORIES) {
            if text(directory, name) == id {
                directory.remove(name);
            }
        }
        Ok(())
    },
    view: |world, of| {
        let mut shown = of.clone();
        shown.insert("saml_connection".to_owned(), saml_of(of));
        shown.insert("oauth_config".to_owned(), oidc_of(of));
        let mut shown = with_undescribed(of, typed::<EnterpriseConnection>(world, &shown));
        if let Some(saml) = shown.get_mut("saml_connection") {
            *saml = with_certificates(&nested(of, "saml"), saml.take());
        }
        shown
    },
    ..Shelf::of::<EnterpriseConnection>(
        "enterprise_connections",
        "enterprise_connection",
        "ec",
        &[
            Field::text("name").required().lasting(),
            Field::word(
                "provider",
                &[
                    "saml_custom",
                    "saml_okta",
                    "saml_google",
                    "saml_microsoft",
                    "oidc_custom",
                    "oidc_github_enterprise",
                    "oidc_gitlab",
                ],
            )
            .required()
            .fixed(),
            // Clerk ignores a provider in an update.
            Field::text("provider").later().ignored().lasting(),
            // Clerk's Go SDK sends this parameter. It has no effect, because the provider
            // determines the protocol.
            Field::word("protocol", &["saml", "oauth_oidc"])
                .fixed()
                .ignored(),
            Field::texts("domains")
                .required()
                .matching(DOMAINS)
                .lasting()
                .ignoring_empty(),
            // A connection keeps its organization until it gets another one.
            Field::text("organization_id").lasting().ignoring_empty(),
            Field::flag("allow_organization_account_linking").lasting(),
            Field::flag("active").lasting(),
            // Clerk's specification omits these parameters, but Clerk's JavaScript SDK sends them.
            Field::flag("authenticatable").lasting(),
            Field::flag("disable_jit_provisioning").lasting(),
            // Clerk ignores this parameter in a creation.
            Field::flag("sync_user_attributes").fixed().ignored(),
            Field::flag("sync_user_attributes").later().lasting(),
            Field::flag("disable_additional_identifications")
                .later()
                .lasting(),
            Field::object("saml").merged().lasting(),
            Field::object("oidc").merged().lasting(),
            Field::objects("custom_attributes"),
        ],
    )
};

/// Adds the response members that Clerk's specification requires, but does not describe.
pub(crate) fn with_undescribed(of: &Object, mut shown: Value) -> Value {
    if let Some(shown) = shown.as_object_mut() {
        for (name, default) in [
            ("authenticatable", true),
            ("disable_jit_provisioning", false),
        ] {
            let value = of.get(name).and_then(Value::as_bool);
            shown.insert(name.to_owned(), value.unwrap_or(default).into());
        }
    }
    shown
}

/// Adds the certificates of a SAML provider, if they are set. Clerk's specification omits them, but
/// Clerk's JavaScript SDK sends and reads them.
pub(crate) fn with_certificates(settings: &Object, mut shown: Value) -> Value {
    if let (Some(certificates), Some(shown)) = (certificates(settings), shown.as_object_mut()) {
        let certificates = certificates.iter().map(|certificate| {
            json!({ "certificate": certificate, "issued_at": null, "expires_at": null })
        });
        shown.insert("idp_certificates".to_owned(), certificates.collect());
    }
    shown
}

fn certificates(settings: &Object) -> Option<&Vec<Value>> {
    settings.get("idp_certificates").and_then(Value::as_array)
}

/// Sets missing values, and converts the domains to lower case. Stores the path of each custom
/// attribute under both names, `scim_path` and `directory_path`. If an update activates the
/// connection, also calls [`remove_organization_domains`].
fn complete_enterprise(world: &mut World, of: &mut Object) {
    let domains = of.get_mut("domains").and_then(Value::as_array_mut);
    for domain in domains.into_iter().flatten() {
        if let Value::String(name) = domain {
            *name = name.to_lowercase();
        }
    }
    let is_active = |of: &Object| of.get("active") == Some(&json!(true));
    let known = world
        .shelves
        .get(ENTERPRISE_CONNECTIONS.kept, text(of, "id"));
    if is_active(of) && known.is_some_and(|known| !is_active(known)) {
        remove_organization_domains(world, of);
    }
    let defaults = json!({
        "active": false,
        "sync_user_attributes": true,
        "custom_attributes": [],
        "saml": {},
        "oidc": {},
    });
    fill(of, defaults);
    let attributes = of
        .get_mut("custom_attributes")
        .and_then(Value::as_array_mut);
    let attributes = attributes.into_iter().flatten();
    for attribute in attributes.filter_map(Value::as_object_mut) {
        let mut paths = SCIM_PATHS.iter().filter_map(|name| attribute.get(*name));
        let Some(path) = paths.find(|path| path.is_string()).cloned() else {
            continue;
        };
        for name in SCIM_PATHS {
            attribute.insert(name.to_owned(), path.clone());
        }
    }
}

/// Removes each verified organization domain whose name is also a domain of the connection.
fn remove_organization_domains(world: &mut World, of: &Object) {
    let names = of.get("domains").and_then(Value::as_array);
    let names: Vec<&str> = names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let domains = &mut world.organizations.domains;
    domains.retain(|domain| {
        !names.contains(&domain.name.as_str()) || !is_verified(domain.verification.as_deref())
    });
}

/// Returns the SAML part of a connection, or null if the connection does not use SAML.
fn saml_of(of: &Object) -> Value {
    if !text(of, "provider").starts_with("saml_") {
        return Value::Null;
    }
    let mut saml = nested(of, "saml");
    saml.remove("attribute_mapping");
    fill(&mut saml, service_provider(text(of, "id")));
    let defaults = json!({
        "id": text(of, "id").replacen("ec_", "samlc_", 1),
        "name": text(of, "name"),
        "active": of.get("active"),
    });
    fill(&mut saml, defaults);
    Value::Object(saml)
}

/// Returns the OIDC part of a connection, or null if the connection does not use OIDC.
fn oidc_of(of: &Object) -> Value {
    if !text(of, "provider").starts_with("oidc_") {
        return Value::Null;
    }
    let mut oidc = nested(of, "oidc");
    let defaults = json!({
        "id": text(of, "id").replacen("ec_", "oac_", 1),
        "name": text(of, "name"),
        "provider_key": text(of, "provider"),
        "created_at": of.get("created_at"),
        "updated_at": of.get("updated_at"),
    });
    fill(&mut oidc, defaults);
    Value::Object(oidc)
}

fn nested(of: &Object, name: &str) -> Object {
    let nested = of.get(name).and_then(Value::as_object);
    nested.cloned().unwrap_or_default()
}

/// Returns the instance's URLs, which the identity provider of a SAML connection needs.
pub(crate) fn service_provider(id: &str) -> Value {
    json!({
        "acs_url": format!("{FRONTEND_API}/v1/saml/acs/{id}"),
        "sp_entity_id": format!("{FRONTEND_API}/saml/{id}"),
        "sp_metadata_url": format!("{FRONTEND_API}/v1/saml/metadata/{id}"),
    })
}

fn check_enterprise(world: &World, of: &Object) -> Result<(), ApiError> {
    has_domains(of)?;
    check_organization(world, ENTERPRISE_CONNECTIONS.kept, of)?;
    check_login_hint(&nested(of, "saml"))?;
    check_attributes(of)?;
    check_active(of)
}

/// Returns the custom attributes of a connection.
fn attributes(of: &Object) -> impl Iterator<Item = &Object> {
    let attributes = of.get("custom_attributes").and_then(Value::as_array);
    attributes
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
}

/// Returns an error if a custom attribute has no name, no valid key, or two different paths.
fn check_attributes(of: &Object) -> Result<(), ApiError> {
    let refuse = |code, message: &str| Err(ApiError::param(code, "custom_attributes", message));
    for attribute in attributes(of) {
        let key = text(attribute, "key");
        let [scim, directory] = SCIM_PATHS.map(|name| text(attribute, name));
        if text(attribute, "name").is_empty() || key.is_empty() {
            let message = "Each custom attribute must have a name and a key.";
            return refuse(codes::FORM_PARAM_MISSING, message);
        }
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if key.starts_with('_') || !key.chars().skip(1).all(is_allowed) {
            let message =
                "key must not start with _, and may then contain only letters, digits, _ and -.";
            return refuse(codes::FORM_PARAM_FORMAT_INVALID, message);
        }
        if !scim.is_empty() && !directory.is_empty() && scim != directory {
            let message = "scim_path and directory_path must be equal.";
            return refuse(codes::FORM_PARAM_VALUE_INVALID, message);
        }
    }
    Ok(())
}

/// Returns an error if a new SAML connection is active, but has no metadata of the provider.
fn check_active(of: &Object) -> Result<(), ApiError> {
    // Only a new connection has no id yet.
    let is_new = text(of, "id").is_empty();
    let is_active = of.get("active") == Some(&json!(true));
    let saml = nested(of, "saml");
    let mut metadata = METADATA.iter();
    let is_complete = metadata.any(|name| !text(&saml, name).is_empty())
        || certificates(&saml).is_some_and(|certificates| !certificates.is_empty());
    if !is_new || !is_active || !text(of, "provider").starts_with("saml_") || is_complete {
        return Ok(());
    }
    let message = "saml must have the metadata of the provider, because active is true.";
    let code = codes::SAML_CONNECTION_CANT_BE_ACTIVATED;
    Err(ApiError::new(code, message))
}

/// Returns an error if the settings of a SAML provider have a login hint of an unknown mode.
pub(crate) fn check_login_hint(settings: &Object) -> Result<(), ApiError> {
    let hint = nested(settings, "login_hint");
    let is_missing = settings.get("login_hint").is_none_or(Value::is_null);
    if is_missing || LOGIN_HINTS.contains(&text(&hint, "mode")) {
        return Ok(());
    }
    let message = format!("mode must be one of {}.", LOGIN_HINTS.join(", "));
    let code = codes::FORM_PARAM_VALUE_INVALID;
    Err(ApiError::param(code, "login_hint", &message))
}

/// Returns a 404 if a connection of this kind gets an organization that does not exist.
pub(crate) fn check_organization(world: &World, kind: &str, of: &Object) -> Result<(), ApiError> {
    let id = text(of, "organization_id");
    let known = world.shelves.get(kind, text(of, "id"));
    let is_new = known.is_none_or(|known| text(known, "organization_id") != id);
    if !is_new || id.is_empty() || world.organizations.all.get(id).is_some() {
        return Ok(());
    }
    let message = format!("No organization was found with id {id}.");
    Err(ApiError::not_found(&message))
}

pub(crate) fn has_domains(of: &Object) -> Result<(), ApiError> {
    let is_empty = |name| match of.get(name) {
        Some(Value::Array(domains)) => domains.is_empty(),
        Some(Value::String(domain)) => domain.is_empty(),
        _ => true,
    };
    if is_empty("domains") && is_empty("domain") {
        let message = "domains must be included.";
        return Err(ApiError::param(
            codes::FORM_PARAM_MISSING,
            "domains",
            message,
        ));
    }
    Ok(())
}
