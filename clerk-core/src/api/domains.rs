//! The operations on the domains of an instance.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::Page;
use crate::requests::body::{body, not_blank};
use crate::types::id::id;

api! {
    /// The operations on the domains of an instance. [`Clerk::domains`](crate::Clerk::domains)
    /// returns this type.
    ///
    /// An instance has one primary domain, and may have satellite domains.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{AddDomainRequest, UpdateDomainRequest};
    ///
    /// let request = AddDomainRequest::new("satellite.example", true);
    /// let domain = clerk.domains().add_domain(request).await?;
    ///
    /// let request = UpdateDomainRequest::new().proxy_url("https://satellite.example/__clerk");
    /// clerk.domains().update_domain(&domain.id, request).await?;
    ///
    /// let domains = clerk.domains().list_domains().await?;
    /// assert_eq!(domains.total_count, Some(2));
    ///
    /// clerk.domains().delete_domain(&domain.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_domains`](Self::list_domains) | `ListDomains` | yes |
    /// | [`add_domain`](Self::add_domain) | `AddDomain` | no |
    /// | [`update_domain`](Self::update_domain) | `UpdateDomain` | no |
    /// | [`delete_domain`](Self::delete_domain) | `DeleteDomain` | yes |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    DomainsApi:
        self,
}

operations! {
    /// # Domains
    impl DomainsApi = "Domains";

    /// Lists the primary domain and all satellite domains, with the DNS records that they need.
    ListDomains: GET "/domains", idempotent, [];
    fn list_domains() -> Page<Domain>;

    /// Adds a satellite domain.
    AddDomain: POST "/domains", once = "Call [`list_domains`](Self::list_domains) to see whether the domain exists.", [
        400, 402,
        422 = "the name is reserved (`reserved_domain`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ], unsent = "`is_satellite` is false, or the name is blank.";
    fn add_domain(request: AddDomainRequest) -> Domain;

    /// Updates a domain. Fields that are not set stay unchanged.
    ///
    /// Before you rename the primary domain of a production instance, create the DNS records of the
    /// new name. Without these records, expect downtime. If you rename the primary domain, Clerk
    /// also changes the home URL and the default paths of the application.
    UpdateDomain: PATCH "/domains/{domain_id}", once = "Call [`list_domains`](Self::list_domains) to see whether the update took effect.", [
        400 = "Clerk does not allow the update (`domain_update_forbidden`), among other causes.",
        404 = "the domain does not exist.",
        422 = "the proxy configuration is invalid (`invalid_proxy_configuration`), or the name is reserved (`reserved_domain`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ];
    fn update_domain(domain_id: DomainId, request: UpdateDomainRequest) -> Domain;

    /// Deletes a satellite domain.
    DeleteDomain: DELETE "/domains/{domain_id}", idempotent, [
        403 = "the domain is the primary domain (`operation_not_allowed_on_primary_domain`).",
        404 = "the domain does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the domain.",
    ];
    fn delete_domain(domain_id: DomainId) -> DeletedObject;
}

id! {
    /// The id of a domain of an instance: `dmn_…`.
    DomainId
}

body! {
    /// The request body of [`add_domain`](crate::api::DomainsApi::add_domain).
    AddDomainRequest(satellite_with_name)
    required {
        /// The name, such as `satellite.example`. In a development instance, it may contain a port.
        name: String,
        /// Whether the domain is a satellite domain. Clerk accepts only `true`.
        is_satellite: bool,
    } and {
        /// The full URL of the proxy that forwards requests to Clerk's Frontend API. Clerk accepts
        /// it only for production instances.
        proxy_url / clear_proxy_url: String,
    }
}

#[inline]
fn satellite_with_name(request: &AddDomainRequest) -> Result<(), String> {
    if !request.is_satellite {
        return Err(
            "invalid is_satellite: false; it must be true, because an instance has one primary domain"
                .to_owned(),
        );
    }
    not_blank("name", &request.name)
}

body! {
    /// The request body of [`update_domain`](crate::api::DomainsApi::update_domain).
    UpdateDomainRequest {
        /// The new name, without a scheme. In a development instance, it may contain a port.
        name / clear_name: String,
        /// The full URL of the proxy that forwards requests to Clerk's Frontend API. Clerk accepts
        /// it only for production instances. `clear_proxy_url` makes the domain use DNS records
        /// instead.
        proxy_url / clear_proxy_url: String,
        /// Whether the domain is for a secondary application. Several applications, one primary and
        /// the others secondary, can share a root domain. For a secondary application, Clerk stores
        /// the full domain name, including the subdomain.
        is_secondary / clear_is_secondary: bool,
    }
}

model! {
    /// A domain of an instance.
    Domain("domain") {
        /// The id of the domain.
        id: DomainId,
        /// The name, such as `example.com`.
        name: String,
        /// Whether the domain is a satellite domain instead of the primary domain.
        is_satellite: bool,
        /// The URL of Clerk's Frontend API.
        frontend_api_url: String,
        /// The URL of Clerk's hosted pages; `None` for a satellite domain.
        accounts_portal_url: Option<String>,
        /// The URL of the proxy; `None` if the domain uses DNS records.
        proxy_url: Option<String>,
        /// The origin of the application in development.
        development_origin: String,
        /// The CNAME records of the domain.
        cname_targets: Vec<DomainCnameTarget>,
    }
}

model! {
    /// A CNAME record of a [`Domain`].
    DomainCnameTarget {
        /// The name of the record.
        host: String,
        /// The value of the record.
        value: String,
        /// Whether the domain needs the record to work.
        required: bool,
    }
}
