//! SAML connections, a deprecated form of enterprise connections.

use clerk_core::models::SamlConnection;
use serde_json::{Value, json};

use crate::fake::operations::organization_memberships::ORDERS;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::enterprise::{
    check_login_hint, check_organization, has_domains, service_provider, with_certificates,
    with_undescribed,
};
use crate::fake::operations::shelves::field::{Field, URL};
use crate::fake::operations::shelves::shelf::{Filter, Shelf, fill, typed};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

pub(crate) static SAML_CONNECTIONS: Shelf = Shelf {
    filters: &[
        Filter::Signed("organization_id"),
        Filter::Search("query", &["name"]),
    ],
    orders: &ORDERS,
    first_of: Some(("domain", "domains")),
    rule: check_saml,
    complete: complete_saml,
    view: |world, of| {
        // `domain` is a deprecated field that Clerk still returns.
        let first = of.get("domains").and_then(|domains| domains.get(0));
        let mut shown = of.clone();
        shown.insert(
            "domain".to_owned(),
            first.cloned().unwrap_or_else(|| json!("")),
        );
        let shown = with_undescribed(of, typed::<SamlConnection>(world, &shown));
        with_certificates(of, shown)
    },
    ..Shelf::of::<SamlConnection>(
        "saml_connections",
        "saml_connection",
        "samlc",
        &[
            Field::text("name").required().lasting(),
            Field::word(
                "provider",
                &["saml_custom", "saml_okta", "saml_google", "saml_microsoft"],
            )
            .required()
            .fixed(),
            // Clerk's specification of an update omits `provider`, but Clerk's JavaScript SDK sends
            // it.
            Field::text("provider").later().ignored().lasting(),
            Field::text("domain"),
            Field::texts("domains").lasting().ignoring_empty(),
            Field::text("idp_entity_id"),
            Field::text("idp_sso_url").matching(URL),
            Field::text("idp_certificate"),
            // Clerk's specification omits this parameter, but Clerk's JavaScript SDK sends it.
            Field::texts("idp_certificates"),
            Field::text("idp_metadata_url").matching(URL),
            Field::text("idp_metadata"),
            Field::text("organization_id"),
            Field::object("attribute_mapping"),
            Field::flag("active").later().lasting(),
            Field::flag("sync_user_attributes").later().lasting(),
            Field::flag("allow_subdomains").later().lasting(),
            Field::flag("allow_idp_initiated").later().lasting(),
            Field::flag("disable_additional_identifications")
                .later()
                .lasting(),
            Field::flag("allow_organization_account_linking")
                .later()
                .lasting(),
            Field::flag("force_authn").lasting(),
            Field::object("login_hint"),
            Field::flag("consent_verified_domains_deletion")
                .later()
                .ignored(),
        ],
    )
};

/// Sets missing values. An empty id of an organization removes the organization.
fn complete_saml(_: &mut World, of: &mut Object) {
    if text(of, "organization_id").is_empty() {
        of.remove("organization_id");
    }
    let defaults = json!({
        "sync_user_attributes": true,
        "attribute_mapping": {},
        "login_hint": { "mode": "email_address" },
    });
    fill(of, defaults);
    if let Some(mapping) = of
        .get_mut("attribute_mapping")
        .and_then(Value::as_object_mut)
    {
        let defaults = json!({
            "user_id": "",
            "email_address": "mail",
            "first_name": "givenName",
            "last_name": "surname",
        });
        fill(mapping, defaults);
    }
    let addresses = service_provider(text(of, "id"));
    fill(of, addresses);
}

fn check_saml(world: &World, of: &Object) -> Result<(), ApiError> {
    has_domains(of)?;
    check_organization(world, SAML_CONNECTIONS.kept, of)?;
    check_login_hint(of)
}
