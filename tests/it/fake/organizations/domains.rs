//! The domains of an organization.

use clerk_client::Clerk;
use clerk_client::mock::FakeClerk;
use clerk_client::models::{Organization, OrganizationDomainEnrollmentMode as Mode};
use clerk_client::requests::{
    CreateOrganizationDomainRequest, InstanceOrganizationDomainListParams,
    OrganizationDomainListParams, OrganizationDomainOrderBy, UpdateOrganizationDomainRequest,
};
use serde_json::json;

use crate::fake::refusals::request;

/// Uses every operation on domains.
pub(super) async fn owned(clerk: &Clerk, engines: &Organization) {
    let domains = clerk.organization_domains();
    let id = &engines.id;
    let request = CreateOrganizationDomainRequest::new("Engines.example", Mode::ManualInvitation);
    let first = domains
        .create_organization_domain(id, request)
        .await
        .unwrap();
    assert_eq!(first.name, "engines.example");
    assert!(first.verification.is_some() && first.ownership_verification.is_none());
    let request = CreateOrganizationDomainRequest::new("looms.example", Mode::AutomaticInvitation);
    let second = domains
        .create_organization_domain(id, request.verified(false))
        .await
        .unwrap();

    let new = OrganizationDomainListParams::new;
    for (params, found) in [
        (new(), vec![&second.id, &first.id]),
        (new().verified(false), vec![&second.id]),
        (
            new().enrollment_mode([Mode::ManualInvitation]),
            vec![&first.id],
        ),
        (
            new().exclude_enrollment_mode([Mode::ManualInvitation]),
            vec![&second.id],
        ),
    ] {
        let page = domains
            .list_organization_domains(id, params.clone())
            .await
            .unwrap();
        let ids: Vec<_> = page.data.iter().map(|domain| &domain.id).collect();
        assert_eq!(ids, found, "{params:?}");
    }
    let params = InstanceOrganizationDomainListParams::new()
        .query("LOOM")
        .order_by(OrganizationDomainOrderBy::Name);
    let page = domains.list_all_organization_domains(params).await.unwrap();
    assert_eq!((page.total_count, &page.data[0].id), (Some(1), &second.id));

    let request = UpdateOrganizationDomainRequest::new()
        .enrollment_mode(Mode::AutomaticSuggestion)
        .verified(true);
    let updated = domains
        .update_organization_domain(id, &second.id, request)
        .await
        .unwrap();
    assert_eq!(updated.enrollment_mode, Mode::AutomaticSuggestion);
    assert!(updated.affiliation_verification.is_some());
    let proven = domains
        .verify_organization_domain_ownership(id, &first.id)
        .await
        .unwrap();
    assert_eq!(
        proven.ownership_verification.unwrap().strategy,
        "manual_override"
    );
    assert!(
        domains
            .delete_organization_domain(id, &second.id)
            .await
            .unwrap()
            .deleted
    );
}

#[test]
fn a_domain_whose_verifications_are_pending_is_not_verified() {
    let pending = json!({ "status": "unverified", "strategy": "txt" });
    let seed = json!({
        "organizations": [{ "id": "org_1" }],
        "organization_domains": [{
            "id": "orgdmn_1",
            "organization_id": "org_1",
            "name": "engines.example",
            "verification": pending,
            "ownership_verification": pending,
        }],
    });
    let fake = FakeClerk::from_json(&seed.to_string()).unwrap();
    for (verified, count) in [(true, 0), (false, 1)] {
        let path = format!("/v1/organization_domains?verified={verified}");
        let (_, page, _) = request("GET", &path).send(&fake);
        assert_eq!(page["total_count"], count, "{path}: {page}");
    }
    let path = "/v1/organizations/org_1/domains/orgdmn_1/verify_ownership";
    let (_, domain, _) = request("POST", path).send(&fake);
    let ownership = &domain["ownership_verification"];
    assert_eq!(ownership["status"], "verified", "{domain}");
    assert_eq!(ownership["strategy"], "manual_override", "{domain}");
}
