use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::instance_settings::preferred_strategy::PreferredSignInStrategy;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::models::done::Done;
use crate::requests::body::body;
use crate::types::id::InstanceId;

operations! {
    /// # Instance
    impl InstanceSettingsApi = "Instance-Settings";

    /// Returns the instance to which the secret key belongs.
    GetInstance: GET "/instance", idempotent, [];
    fn get_instance() -> Instance;

    /// Updates the settings of the instance.
    UpdateInstance: PATCH "/instance", once = "Repeating the call is safe: it sets the same values.", [422];
    fn update_instance(request: UpdateInstanceRequest) -> Done;
}

body! {
    /// The request body of
    /// [`update_instance`](crate::api::InstanceSettingsApi::update_instance).
    UpdateInstanceRequest {
        /// Whether test e-mail addresses and test phone numbers can be used. In a development
        /// instance, Clerk's default is yes.
        test_mode / clear_test_mode: bool,
        /// Whether Clerk checks passwords against a list of stolen passwords: Have I Been Pwned
        /// (HIBP).
        hibp / clear_hibp: bool,
        /// The e-mail address for support.
        support_email / clear_support_email: String,
        /// The version of ClerkJS, Clerk's JavaScript SDK.
        clerk_js_version / clear_clerk_js_version: String,
        /// The origin of the application in development.
        development_origin / clear_development_origin: String,
        /// The allowed origins of browser extensions and of Electron and Capacitor applications,
        /// such as `capacitor://localhost`. The list replaces the current list.
        allowed_origins: [String],
        /// Whether a development instance works without third-party cookies. Deprecated by Clerk in
        /// favour of `url_based_session_syncing`.
        cookieless_dev / clear_cookieless_dev: bool,
        /// Whether a development instance synchronizes sessions through URLs instead of
        /// third-party cookies.
        url_based_session_syncing / clear_url_based_session_syncing: bool,
        /// The sign-in strategy that Clerk's components prefer, if the instance requires a
        /// password.
        preferred_sign_in_strategy_when_password_required
            / clear_preferred_sign_in_strategy_when_password_required: PreferredSignInStrategy,
    }
}

model! {
    /// An instance: an environment of an application, such as development or production.
    Instance("instance") {
        /// The id of the instance.
        id: InstanceId,
        /// The type of the environment, such as `development` or `production`.
        environment_type: String,
        /// The allowed origins of browser extensions and of Electron and Capacitor applications.
        allowed_origins: Vec<String>,
        /// The id of the Clerk workspace that owns the application; `None` if the application has
        /// no owner.
        workspace_id: Option<String>,
    }
}
