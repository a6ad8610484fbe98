use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::requests::body::body;

operations! {
    /// # Protect
    impl InstanceSettingsApi = "Instance-Settings";

    /// Returns the settings of Clerk Protect.
    GetInstanceProtect: GET "/instance/protect", idempotent, [];
    fn get_instance_protect() -> InstanceProtect;

    /// Updates the settings of Clerk Protect.
    UpdateInstanceProtect: PATCH "/instance/protect", once = "Repeating the call is safe: it sets the same values.", [422];
    fn update_instance_protect(request: UpdateInstanceProtectRequest) -> InstanceProtect;
}

body! {
    /// The request body of
    /// [`update_instance_protect`](crate::api::InstanceSettingsApi::update_instance_protect).
    UpdateInstanceProtectRequest {
        /// Whether the rules of Clerk Protect are enabled.
        rules_enabled / clear_rules_enabled: bool,
        /// Whether Specter is enabled. Clerk's specification does not describe Specter.
        specter_enabled / clear_specter_enabled: bool,
    }
}

model! {
    /// The settings of Clerk Protect.
    InstanceProtect("instance_protect") {
        /// Whether the rules of Clerk Protect are enabled.
        rules_enabled: bool,
        /// Whether Specter is enabled. Clerk's specification does not describe Specter.
        specter_enabled: bool,
        /// Whether the instance has opted out of the checks of Clerk Protect's prerequisites.
        checks_bypassed: bool,
    }
}
