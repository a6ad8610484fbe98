//! Objects of the instance: redirect URLs, JWT templates and domains.

use clerk_core::models::{Domain, JwtTemplate, RedirectUrl};
use serde_json::json;

use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;
use crate::fake::operations::shelves::field::{Field, Format, URL};
use crate::fake::operations::shelves::shelf::{Listing, Shelf, fill};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The id of the instance.
pub(crate) const INSTANCE_ID: &str = "ins_fake";

pub(crate) static REDIRECT_URLS: Shelf = Shelf {
    listing: Listing::Either,
    ..Shelf::of::<RedirectUrl>(
        "redirect_urls",
        "redirect_url",
        "ru",
        &[Field::text("url")
            .required()
            .matching(URL)
            .unique_url(codes::DUPLICATE_RECORD)],
    )
};

/// The claims that a template must not have.
const RESERVED_CLAIMS: [&str; 8] = ["azp", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"];

pub(crate) static JWT_TEMPLATES: Shelf = Shelf {
    listing: Listing::Either,
    rule: check_template,
    complete: |_, template| {
        let defaults = json!({
            "lifetime": 60,
            "allowed_clock_skew": 5,
            "custom_signing_key": false,
            "signing_algorithm": "RS256",
        });
        fill(template, defaults);
    },
    ..Shelf::of::<JwtTemplate>(
        "jwt_templates",
        "jwt_template",
        "jtmp",
        &[
            Field::text("name")
                .required()
                .always()
                .unique(codes::FORM_ALREADY_EXISTS),
            Field::object("claims").required().always(),
            Field::count("lifetime").within(30, 315_360_000),
            Field::count("allowed_clock_skew").within(0, 300),
            Field::flag("custom_signing_key"),
            Field::text("signing_algorithm"),
            Field::text("signing_key"),
        ],
    )
};

fn check_template(_: &World, template: &Object) -> Result<(), ApiError> {
    let claims = template.get("claims").and_then(|claims| claims.as_object());
    let mut names = claims.into_iter().flatten().map(|(name, _)| name.as_str());
    if let Some(name) = names.find(|name| RESERVED_CLAIMS.contains(name)) {
        let message = format!("{name} is a claim that Clerk sets.");
        return Err(ApiError::param(
            codes::JWT_TEMPLATE_RESERVED_CLAIM,
            "claims",
            &message,
        ));
    }
    let is_custom = template.get("custom_signing_key") == Some(&json!(true));
    let required = ["signing_algorithm", "signing_key"];
    let missing = required
        .into_iter()
        .find(|name| text(template, name).is_empty());
    if let Some(name) = missing.filter(|_| is_custom) {
        let message = format!("{name} must be included if custom_signing_key is true.");
        return Err(ApiError::param(
            codes::FORM_CONDITIONAL_PARAM_MISSING,
            name,
            &message,
        ));
    }
    Ok(())
}

/// The format of a domain name, which may contain a port.
const DOMAIN: Format = (
    |name| !name.contains(|c: char| c == '/' || c.is_whitespace()),
    "a domain without a scheme, such as example.com",
);

pub(crate) static DOMAINS: Shelf = Shelf {
    listing: Listing::Whole,
    delete: |_, domain| {
        if domain.get("is_satellite") == Some(&json!(true)) {
            return Ok(());
        }
        let message = "The primary domain cannot be deleted.";
        let code = codes::OPERATION_NOT_ALLOWED_ON_PRIMARY_DOMAIN;
        Err(ApiError::new(code, message))
    },
    complete: |world, domain| {
        let name = text(domain, "name");
        let known = world.shelves.get(DOMAINS.kept, text(domain, "id"));
        let is_renamed = known.is_some_and(|known| text(known, "name") != name);
        let frontend_api = format!("https://clerk.{name}");
        let portal = format!("https://accounts.{name}");
        if is_renamed {
            domain.remove("frontend_api_url");
            // A satellite domain has no accounts portal.
            if domain.get("is_satellite") != Some(&json!(true)) {
                domain.insert("accounts_portal_url".to_owned(), portal.into());
            }
        }
        let defaults = json!({ "frontend_api_url": frontend_api, "development_origin": "" });
        fill(domain, defaults);
    },
    ..Shelf::of::<Domain>(
        "domains",
        "domain",
        "dmn",
        &[
            Field::text("name")
                .required()
                .matching(DOMAIN)
                .unique(codes::FORM_ALREADY_EXISTS)
                .lasting(),
            Field::only_true("is_satellite").required().fixed(),
            Field::text("proxy_url").matching(URL),
            // In Clerk's specification, only the update of a domain has this parameter. Clerk's Go
            // SDK also has it in the creation.
            Field::flag("is_secondary").ignored(),
        ],
    )
};
