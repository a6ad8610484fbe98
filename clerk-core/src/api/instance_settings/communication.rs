use std::collections::BTreeSet;

use crate::api::instance_settings::InstanceSettingsApi;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::requests::body::body;
use crate::requests::patch::Patch;

operations! {
    /// # Communication
    impl InstanceSettingsApi = "Instance-Settings";

    /// Returns the countries to which Clerk sends no SMS messages.
    GetInstanceCommunication: GET "/instance/communication", idempotent, [];
    fn get_instance_communication() -> InstanceCommunication;

    /// Replaces the list of the countries to which Clerk sends no SMS messages.
    ///
    /// Clerk ignores country codes that it does not know. Check the list in the response.
    UpdateInstanceCommunication: PATCH "/instance/communication", once = "Repeating the call is safe: it sets the same list.", [422], unsent = "there are more than 250 country codes, a code does not consist of two capital letters, or a code is repeated.";
    fn update_instance_communication(request: UpdateInstanceCommunicationRequest) -> InstanceCommunication;
}

/// The maximum number of country codes that Clerk accepts.
const MAX_CODES: usize = 250;

body! {
    /// The request body of
    /// [`update_instance_communication`](crate::api::InstanceSettingsApi::update_instance_communication).
    UpdateInstanceCommunicationRequest(country_codes) {
        /// Up to 250 different country codes (ISO 3166-1), such as `DE`. The list replaces the
        /// current list.
        blocked_country_codes / clear_blocked_country_codes: [String],
    }
}

#[inline]
fn country_codes(request: &UpdateInstanceCommunicationRequest) -> Result<(), String> {
    let Patch::Set(codes) = &request.blocked_country_codes else {
        return Ok(());
    };
    if codes.len() > MAX_CODES {
        return Err(format!(
            "invalid blocked_country_codes: {} codes; there must be at most {MAX_CODES}",
            codes.len()
        ));
    }
    let mut seen = BTreeSet::new();
    for code in codes {
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!(
                "invalid blocked_country_codes: {code:?}; a code is two capital letters, such as DE"
            ));
        }
        if !seen.insert(code) {
            return Err(format!(
                "invalid blocked_country_codes: {code:?} is repeated; each code must be given once"
            ));
        }
    }
    Ok(())
}

model! {
    /// The settings of an instance for SMS messages.
    InstanceCommunication("instance_communication") {
        /// The codes (ISO 3166-1) of the countries to which Clerk sends no SMS messages.
        blocked_country_codes: Vec<String>,
    }
}
