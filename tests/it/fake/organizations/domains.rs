//! The domains of an organization.

use clerk_client::Clerk;
use clerk_client::models::{Organization, OrganizationDomainEnrollmentMode as Mode};
use clerk_client::requests::{
    CreateOrganizationDomainRequest, InstanceOrganizationDomainListParams,
    OrganizationDomainListParams, OrganizationDomainOrderBy, UpdateOrganizationDomainRequest,
};

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
