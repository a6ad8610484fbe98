//! The operation that checks a proxy.

use crate::api::domains::DomainId;
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::requests::body::body;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

api! {
    /// The operation that checks a proxy for Clerk's Frontend API.
    /// [`Clerk::proxy_checks`](crate::Clerk::proxy_checks) returns this type.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::VerifyDomainProxyRequest;
    ///
    /// let request = VerifyDomainProxyRequest::new()
    ///     .domain_id("dmn_1")
    ///     .proxy_url("https://example.com/__clerk");
    /// let check = clerk.proxy_checks().verify_domain_proxy(request).await?;
    /// assert!(check.successful);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`verify_domain_proxy`](Self::verify_domain_proxy) | `VerifyDomainProxy` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    ProxyChecksApi:
        self,
}

operations! {
    /// # Proxy checks
    impl ProxyChecksApi = "Proxy-Checks";

    /// Checks whether a proxy reaches Clerk's Frontend API.
    ///
    /// You can check the current proxy of a domain, or a proxy that you want to set with
    /// [`update_domain`](crate::api::DomainsApi::update_domain).
    VerifyDomainProxy: POST "/proxy_checks", once = "Repeating the call is safe: Clerk runs the check again.", [
        400,
        422 = "the proxy configuration is invalid (`invalid_proxy_configuration`), among other causes. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ];
    fn verify_domain_proxy(request: VerifyDomainProxyRequest) -> ProxyCheck;
}

id! {
    /// The id of a proxy check: `proxchk_…`.
    ProxyCheckId
}

body! {
    /// The request body of
    /// [`verify_domain_proxy`](crate::api::ProxyChecksApi::verify_domain_proxy).
    VerifyDomainProxyRequest {
        /// The id of the domain.
        domain_id: DomainId,
        /// The full URL of the proxy, such as `https://example.com/__clerk`.
        proxy_url: String,
    }
}

model! {
    /// A check of a proxy.
    ProxyCheck("proxy_check") {
        /// The id of the check.
        id: ProxyCheckId,
        /// The id of the domain.
        domain_id: DomainId,
        /// The time at which the check last ran; `None` if it has not run.
        last_run_at: Option<Timestamp>,
        /// The URL of the proxy.
        proxy_url: String,
        /// Whether the proxy reached Clerk's Frontend API in the last run.
        successful: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}
