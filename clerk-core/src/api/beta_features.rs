//! The operations on the beta settings of an instance.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::done::Done;
use crate::requests::body::body;
use crate::types::id::InstanceId;

api! {
    /// The operations on the beta settings of an instance.
    /// [`Clerk::beta_features`](crate::Clerk::beta_features) returns this type.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::UpdateInstanceAuthConfigRequest;
    ///
    /// let request = UpdateInstanceAuthConfigRequest::new().restricted_to_allowlist(true);
    /// let settings = clerk.beta_features().update_instance_auth_config(request).await?;
    /// assert!(settings.restricted_to_allowlist);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`update_instance_auth_config`](Self::update_instance_auth_config) | `UpdateInstanceAuthConfig` | no |
    /// | [`update_production_instance_domain`](Self::update_production_instance_domain) (deprecated) | `UpdateProductionInstanceDomain` | no |
    /// | [`change_production_instance_domain`](Self::change_production_instance_domain) | `ChangeProductionInstanceDomain` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    BetaFeaturesApi:
        self,
}

operations! {
    /// # Settings in beta
    impl BetaFeaturesApi = "Beta-Features";

    /// Updates settings of the instance. Fields that are not set stay unchanged.
    UpdateInstanceAuthConfig: PATCH "/beta_features/instance_settings", once = "Repeating the call is safe: it sets the same values.", [402, 422];
    fn update_instance_auth_config(request: UpdateInstanceAuthConfigRequest) -> InstanceSettings;

    /// Changes the domain of a production instance. The change ends all sessions.
    #[deprecated = "use change_production_instance_domain"]
    UpdateProductionInstanceDomain: PUT "/beta_features/domain", once = "Call [`list_domains`](crate::api::DomainsApi::list_domains) to see whether the domain was changed.", [400, 422];
    fn update_production_instance_domain(request: UpdateProductionInstanceDomainRequest) -> Done;

    /// Changes the domain of a production instance. The change ends all sessions.
    ///
    /// After the call, change the DNS records, the certificates, the redirect URLs of social
    /// connections and the keys in your code. Until these changes are made, the application is
    /// down.
    ChangeProductionInstanceDomain: POST "/instance/change_domain", once = "Call [`list_domains`](crate::api::DomainsApi::list_domains) to see whether the domain was changed.", [400, 422];
    fn change_production_instance_domain(request: ChangeProductionInstanceDomainRequest) -> Done;
}

body! {
    /// The request body of
    /// [`update_instance_auth_config`](crate::api::BetaFeaturesApi::update_instance_auth_config).
    UpdateInstanceAuthConfigRequest {
        /// Whether a sign-up requires an e-mail address, phone number or username on the
        /// allow-list. Clerk's default is no.
        restricted_to_allowlist / clear_restricted_to_allowlist: bool,
        /// The local part of the sender's e-mail address: `hello` in `hello@example.com`. Clerk
        /// accepts only letters and digits.
        from_email_address / clear_from_email_address: String,
        /// Whether users sign up step by step (progressive sign-up). Deprecated by Clerk.
        progressive_sign_up / clear_progressive_sign_up: bool,
        /// Whether test e-mail addresses and test phone numbers can be used. In a development
        /// instance, Clerk's default is yes.
        test_mode / clear_test_mode: bool,
    }
}

body! {
    /// The request body of
    /// [`update_production_instance_domain`](crate::api::BetaFeaturesApi::update_production_instance_domain).
    UpdateProductionInstanceDomainRequest {
        /// The new home URL, such as `https://www.example.com`.
        home_url: String,
        /// Whether the domain is for a secondary application. Several applications, one primary and
        /// the others secondary, can share a root domain. For a secondary application, Clerk stores
        /// the full domain name, including the subdomain.
        is_secondary: bool,
    }
}

body! {
    /// The request body of
    /// [`change_production_instance_domain`](crate::api::BetaFeaturesApi::change_production_instance_domain).
    ChangeProductionInstanceDomainRequest {
        /// The new home URL, such as `https://www.example.com`.
        home_url: String,
        /// Whether the domain is for a secondary application. Several applications, one primary and
        /// the others secondary, can share a root domain. For a secondary application, Clerk stores
        /// the full domain name, including the subdomain.
        is_secondary: bool,
    }
}

model! {
    /// The beta settings of an instance.
    InstanceSettings("instance_settings") {
        /// The id of the instance.
        id: InstanceId,
        /// Whether a sign-up requires an identifier on the allow-list.
        restricted_to_allowlist: bool,
        /// The local part of the sender's e-mail address.
        from_email_address: String,
        /// Whether users sign up step by step (progressive sign-up).
        progressive_sign_up: bool,
        /// Whether Clerk sends the authentication e-mails of a production instance through an older
        /// delivery path. Deprecated: Clerk is going to remove the setting.
        enhanced_email_deliverability: bool,
    }
}
