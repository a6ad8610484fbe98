//! The operations on the domains of organizations.

use clerk_core::Timestamp;
use clerk_core::models::{
    OrganizationDomain, OrganizationDomainEnrollmentMode, OrganizationDomainVerification,
    VerificationStatus,
};
use serde_json::{Map, Value};

use crate::fake::operations::body::body;
use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::is_domain;
use crate::fake::operations::order;
use crate::fake::operations::organization_invitations::public_organization_data;
use crate::fake::operations::organizations::organization::{find, flag};
use crate::fake::operations::query::{Pairs, all_filter_values, filter_text, first, window};
use crate::fake::operations::response::{ApiError, ApiResult, deleted, page, value};
use crate::fake::operations::shelves::settings::of_organizations;
use crate::fake::state::world::World;
use crate::requests::recorded_request::RecordedRequest;

/// The modes of enrollment.
const MODES: [&str; 4] = [
    "manual_invitation",
    "automatic_invitation",
    "automatic_suggestion",
    "enterprise_sso",
];
/// Some domains of e-mail providers. An organization cannot add such a domain.
const COMMON: [&str; 6] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "yahoo.com",
];

/// Runs an operation on the domains of an organization. Returns `None` if the fake does not model
/// the operation.
pub(crate) fn dispatch(
    world: &mut World,
    request: &RecordedRequest,
    now: Timestamp,
    method: &str,
    id: &str,
    rest: &[&str],
) -> Option<ApiResult> {
    Some(match (method, rest) {
        ("GET", []) => list_organization_domains(world, id, &request.query()),
        ("POST", []) => {
            body(request).and_then(|body| create_organization_domain(world, id, &body, now))
        }
        ("PATCH", [domain]) => {
            body(request).and_then(|body| update_organization_domain(world, id, domain, &body, now))
        }
        ("DELETE", [domain]) => delete_organization_domain(world, id, domain),
        ("POST", [domain, "verify_ownership"]) => {
            verify_organization_domain_ownership(world, id, domain, now)
        }
        _ => return None,
    })
}

fn create_organization_domain(
    world: &mut World,
    id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    let organization_id = find(world, id)?.id.clone();
    let mut form = Form::new(body);
    let name = form.required("name").unwrap_or_default().to_lowercase();
    form.required("enrollment_mode");
    let mode = read_mode(&mut form);
    let verified = form.flag("verified").unwrap_or(true);
    check_name(&mut form, world, &name, organization_id.as_str());
    form.finish()?;
    check_mode(world, mode.as_ref())?;
    check_quota(world, organization_id.as_str())?;

    let mut domain = OrganizationDomain::default();
    domain.id = world.new_id("orgdmn").into();
    domain.organization_id = organization_id;
    domain.name = name;
    domain.enrollment_mode = mode.unwrap_or_default();
    set_verified(&mut domain, verified);
    (domain.created_at, domain.updated_at) = (now, now);
    let response = value(&view(world, &domain));
    world
        .organizations
        .domains
        .put(domain.id.clone().as_str(), domain);
    Ok(response)
}

/// Reads the mode of enrollment.
fn read_mode(form: &mut Form<'_>) -> Option<OrganizationDomainEnrollmentMode> {
    let mode = form
        .text("enrollment_mode")
        .filter(|mode| !mode.is_empty())?;
    if !MODES.contains(&mode) {
        let message = format!("enrollment_mode must be one of {}.", MODES.join(", "));
        form.refuse(codes::FORM_PARAM_VALUE_INVALID, "enrollment_mode", &message);
    }
    Some(mode.into())
}

/// Returns an error if the mode is automatic, and the settings do not enable it.
fn check_mode(
    world: &World,
    mode: Option<&OrganizationDomainEnrollmentMode>,
) -> Result<(), ApiError> {
    use OrganizationDomainEnrollmentMode::{AutomaticInvitation, AutomaticSuggestion};

    let Some(mode @ (AutomaticInvitation | AutomaticSuggestion)) = mode else {
        return Ok(());
    };
    if of_organizations(world)
        .domains_enrollment_modes
        .contains(mode)
    {
        return Ok(());
    }
    let mode = mode.as_str();
    Err(ApiError::new(
        codes::ORGANIZATION_DOMAIN_ENROLLMENT_MODE_NOT_ENABLED,
        &format!("The enrollment mode {mode} is not enabled for this instance."),
    ))
}

/// Reports an error if an organization cannot have a domain of this name.
fn check_name(form: &mut Form<'_>, world: &World, name: &str, organization_id: &str) {
    let mut all = world.organizations.domains.iter();
    let known = all.find(|domain| domain.name == name);
    let (code, message) = if name.is_empty() {
        return;
    } else if !is_domain(name) {
        let code = codes::FORM_PARAM_FORMAT_INVALID;
        (code, "name must be a domain, such as example.com.")
    } else if COMMON.contains(&name) {
        let code = codes::ORGANIZATION_DOMAIN_COMMON;
        (code, "The domain of an e-mail provider cannot be used.")
    } else if known.is_some_and(|known| known.organization_id == organization_id) {
        let code = codes::ORGANIZATION_DOMAIN_ALREADY_EXISTS_SAME_ORGANIZATION;
        (code, "The organization has this domain already.")
    } else if known.is_some() {
        let code = codes::ORGANIZATION_DOMAIN_ALREADY_EXISTS;
        (code, "Another organization has this domain.")
    } else {
        return;
    };
    form.refuse(code, "name", message);
}

/// Returns an error if an organization has reached its maximum number of domains.
fn check_quota(world: &World, organization_id: &str) -> Result<(), ApiError> {
    let limit = of_organizations(world).max_allowed_domains;
    let domains = world.organizations.domains.iter();
    let own = domains.filter(|domain| domain.organization_id == organization_id);
    if i64::try_from(own.count()).is_ok_and(|count| count >= limit) {
        return Err(ApiError::new(
            codes::ORGANIZATION_DOMAIN_QUOTA_EXCEEDED,
            &format!("An organization can have no more than {limit} domains."),
        ));
    }
    Ok(())
}

/// Whether a verification has succeeded.
pub(crate) fn is_verified(verification: Option<&OrganizationDomainVerification>) -> bool {
    verification.is_some_and(|of| of.status == VerificationStatus::Verified)
}

/// Sets whether the affiliation of a domain is verified.
fn set_verified(domain: &mut OrganizationDomain, verified: bool) {
    let verification = verified.then(|| {
        let mut verification = OrganizationDomainVerification::default();
        verification.status = VerificationStatus::Verified;
        verification.strategy = "from_api".into();
        Box::new(verification)
    });
    domain.affiliation_verification.clone_from(&verification);
    domain.verification = verification;
}

fn list_organization_domains(world: &World, id: &str, query: Pairs<'_>) -> ApiResult {
    let id = &find(world, id)?.id;
    listed(world, query, |domain| domain.organization_id == *id)
}

pub(crate) fn list_all_organization_domains(world: &World, query: Pairs<'_>) -> ApiResult {
    let organization = filter_text(query, "organization_id");
    let text = first(query, "query").map(str::to_lowercase);
    if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
        let message = "query must contain a character other than white space.";
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "query", message));
    }
    let names = all_filter_values(query, "domains");
    listed(world, query, |domain| {
        organization.is_none_or(|id| domain.organization_id == id)
            && (names.is_empty() || names.contains(&domain.name.as_str()))
            && text.as_deref().is_none_or(|text| {
                if text.starts_with("org_") {
                    domain.organization_id.as_str().eq_ignore_ascii_case(text)
                } else {
                    domain.name.contains(text)
                }
            })
    })
}

/// Lists the domains that match both `matches` and the query.
fn listed(
    world: &World,
    query: Pairs<'_>,
    matches: impl Fn(&OrganizationDomain) -> bool,
) -> ApiResult {
    let verified = match filter_text(query, "verified") {
        None => None,
        Some(_) => Some(flag(query, "verified")?),
    };
    let modes = all_filter_values(query, "enrollment_mode").into_iter();
    let modes: Vec<&str> = modes.flat_map(|modes| modes.split(',')).collect();
    let is_known = |mode: &&str| MODES.contains(&mode.strip_prefix('-').unwrap_or(mode));
    if !modes.iter().all(is_known) {
        let message = format!("enrollment_mode must be one of {}.", MODES.join(", "));
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "enrollment_mode", &message));
    }
    let has_mode = |domain: &OrganizationDomain| {
        let own = domain.enrollment_mode.as_str();
        let (excluded, included): (Vec<&str>, Vec<&str>) =
            modes.iter().partition(|mode| mode.starts_with('-'));
        (included.is_empty() || included.contains(&own))
            && !excluded
                .iter()
                .any(|mode| mode.strip_prefix('-') == Some(own))
    };
    let is_wanted = |domain: &OrganizationDomain| {
        verified.is_none_or(|wanted| is_verified(domain.verification.as_deref()) == wanted)
    };
    let all = world.organizations.domains.iter();
    let mut found: Vec<&OrganizationDomain> = all
        .filter(|domain| matches(domain) && has_mode(domain) && is_wanted(domain))
        .collect();
    let names = ["name", "created_at"];
    order::sort(
        &mut found,
        query,
        "-created_at",
        &names,
        |of, by| match by {
            "name" => of.name.as_str().into(),
            _ => of.created_at.into(),
        },
    )?;
    let shown = window(&found, query)?.iter();
    let shown: Vec<_> = shown.map(|of| view(world, of)).collect();
    Ok(page(&shown, found.len()))
}

/// Returns a domain with the data of its organization.
pub(crate) fn view(world: &World, domain: &OrganizationDomain) -> OrganizationDomain {
    let mut view = domain.clone();
    let organization = world.organizations.all.get(domain.organization_id.as_str());
    view.public_organization_data =
        organization.map(|organization| Box::new(public_organization_data(organization)));
    view
}

/// Returns an error if the organization does not exist, or does not have this domain.
fn check(world: &World, id: &str, domain_id: &str) -> Result<(), ApiError> {
    let id = &find(world, id)?.id;
    let domain = world.organizations.domains.get(domain_id);
    let domain = domain.filter(|domain| domain.organization_id == *id);
    domain
        .map(drop)
        .ok_or_else(|| ApiError::resource_not_found(domain_id))
}

fn update_organization_domain(
    world: &mut World,
    id: &str,
    domain_id: &str,
    body: &Map<String, Value>,
    now: Timestamp,
) -> ApiResult {
    check(world, id, domain_id)?;
    let mut form = Form::new(body);
    let mode = read_mode(&mut form);
    let verified = form.flag("verified");
    // Clerk's specification of an update omits `name`, but Clerk's JavaScript SDK sends it. The
    // fake accepts a string, and ignores it.
    form.text("name");
    form.finish()?;
    check_mode(world, mode.as_ref())?;
    change(world, domain_id, |domain| {
        if let Some(mode) = mode {
            domain.enrollment_mode = mode;
        }
        if let Some(verified) = verified {
            set_verified(domain, verified);
        }
        domain.updated_at = now;
    })
}

fn verify_organization_domain_ownership(
    world: &mut World,
    id: &str,
    domain_id: &str,
    now: Timestamp,
) -> ApiResult {
    check(world, id, domain_id)?;
    change(world, domain_id, |domain| {
        if is_verified(domain.ownership_verification.as_deref()) {
            return;
        }
        let mut verification = OrganizationDomainVerification::default();
        verification.status = VerificationStatus::Verified;
        verification.strategy = "manual_override".into();
        verification.verified_at = Some(now);
        domain.ownership_verification = Some(Box::new(verification));
        domain.updated_at = now;
    })
}

fn change(
    world: &mut World,
    domain_id: &str,
    change: impl FnOnce(&mut OrganizationDomain),
) -> ApiResult {
    let domain = world.organizations.domains.get_mut(domain_id);
    let domain = domain.ok_or_else(|| ApiError::resource_not_found(domain_id))?;
    change(domain);
    let domain = domain.clone();
    Ok(value(&view(world, &domain)))
}

fn delete_organization_domain(world: &mut World, id: &str, domain_id: &str) -> ApiResult {
    check(world, id, domain_id)?;
    world.organizations.domains.remove(domain_id);
    Ok(deleted("organization_domain", domain_id).into())
}
