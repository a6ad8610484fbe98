use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::requests::body::body;

operations! {
    /// # Restrictions
    impl InstanceSettingsApi = "Instance-Settings";

    /// Updates the restrictions on signing up and signing in.
    ///
    /// To change the allow-list and the block-list themselves, use
    /// [`AllowlistBlocklistApi`](crate::api::AllowlistBlocklistApi).
    UpdateInstanceRestrictions: PATCH "/instance/restrictions", once = "Repeating the call is safe: it sets the same values.", [
        402,
        422 = "a field is invalid. The code is, for example, `disabled_instance_restriction`. [`for_param`](crate::Error::for_param) returns the errors of one field.",
    ];
    fn update_instance_restrictions(request: UpdateInstanceRestrictionsRequest) -> InstanceRestrictions;
}

body! {
    /// The request body of
    /// [`update_instance_restrictions`](crate::api::InstanceSettingsApi::update_instance_restrictions).
    UpdateInstanceRestrictionsRequest {
        /// Whether the allow-list is enabled.
        allowlist / clear_allowlist: bool,
        /// Whether the block-list is enabled.
        blocklist / clear_blocklist: bool,
        /// Whether the allow-list and the block-list apply only to sign-up, and not to sign-in.
        allowlist_blocklist_disabled_on_sign_in / clear_allowlist_blocklist_disabled_on_sign_in: bool,
        /// Whether Clerk refuses e-mail subaddresses, such as `ada+news@example.com`.
        block_email_subaddresses / clear_block_email_subaddresses: bool,
        /// Whether Clerk refuses e-mail addresses of disposable domains.
        block_disposable_email_domains / clear_block_disposable_email_domains: bool,
    }
}

model! {
    /// The restrictions on signing up and signing in.
    InstanceRestrictions("instance_restrictions") {
        /// Whether the allow-list is enabled.
        allowlist: bool,
        /// Whether the block-list is enabled.
        blocklist: bool,
        /// Whether the allow-list and the block-list apply only to sign-up, and not to sign-in.
        allowlist_blocklist_disabled_on_sign_in: bool,
        /// Whether Clerk refuses e-mail subaddresses, such as `ada+news@example.com`.
        block_email_subaddresses: bool,
        /// Whether Clerk refuses e-mail addresses of disposable domains.
        block_disposable_email_domains: bool,
    }
}
