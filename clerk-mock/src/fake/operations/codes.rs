//! The error codes with which the fake refuses requests.
//!
//! Codes and statuses are those of Clerk's catalogue of errors, with two exceptions.
//! `fake_not_modelled` is the fake's own. The operations in `machine_tokens/` respond with 400
//! instead of 422, as Clerk's specification says (see `ApiError::into_bad_request`).

use clerk_core::http::StatusCode;

/// A code of an error, with its status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Code {
    pub(crate) name: &'static str,
    pub(crate) status: StatusCode,
    /// The short message, as in Clerk's catalogue. `None` if it is the same as the long one.
    pub(crate) message: Option<&'static str>,
}

/// Defines constants of type [`Code`], and lists all of them for the test.
macro_rules! codes {
    ($($constant:ident = $status:ident $name:literal $($message:literal)?;)*) => {
        $(
            pub(crate) const $constant: Code = Code {
                name: $name,
                status: StatusCode::$status,
                message: codes!(@message $($message)?),
            };
        )*
        #[cfg(test)]
        const ALL: &[Code] = &[$($constant),*];
    };
    (@message) => { None };
    (@message $message:literal) => { Some($message) };
}

codes! {
    ACTOR_TOKEN_CANNOT_BE_REVOKED_CODE = BAD_REQUEST
        "actor_token_cannot_be_revoked_code" "cannot revoke";
    AGENT_TASK_CANNOT_BE_REVOKED = BAD_REQUEST
        "agent_task_cannot_be_revoked" "cannot revoke agent task";
    AGENT_TASK_NOT_FOUND = NOT_FOUND "agent_task_not_found" "agent task not found";
    AGENT_TASK_SUBJECT_NOT_FOUND = NOT_FOUND "agent_task_subject_not_found" "user not found";
    ALREADY_A_MEMBER_IN_ORGANIZATION = BAD_REQUEST
        "already_a_member_in_organization" "already a member";
    API_VERSION_INVALID = BAD_REQUEST "api_version_invalid" "Invalid API version";
    AUTHORIZATION_HEADER_FORMAT_INVALID = UNAUTHORIZED
        "authorization_header_format_invalid" "Invalid Authorization header format";
    AUTHORIZATION_INVALID = FORBIDDEN "authorization_invalid" "Unauthorized request";
    BULK_SIZE_EXCEEDED = BAD_REQUEST "bulk_size_exceeded" "bulk size exceeded";
    CANNOT_DELETE_INITIAL_ROLE_SET = FORBIDDEN
        "cannot_delete_initial_role_set" "cannot delete the initial role set";
    CLERK_KEY_INVALID = UNAUTHORIZED "clerk_key_invalid";
    CONFLICT = CONFLICT "conflict" "Conflict";
    DELETE_LINKED_IDENTIFICATION_DISALLOWED = BAD_REQUEST
        "delete_linked_identification_disallowed" "cannot delete";
    DEPROVISIONED = BAD_REQUEST "deprovisioned" "account deprovisioned";
    DUPLICATE_RECORD = BAD_REQUEST "duplicate_record" "duplicate record";
    EXTERNAL_ACCOUNT_NOT_FOUND = NOT_FOUND
        "external_account_not_found" "external account not found";
    FAKE_NOT_MODELLED = NOT_IMPLEMENTED "fake_not_modelled" "not modelled by FakeClerk";
    FILE_MISSING = BAD_REQUEST "form_param_missing" "Image file missing";
    FORM_ALREADY_EXISTS = UNPROCESSABLE_ENTITY "form_already_exists";
    FORM_CONDITIONAL_PARAM_MISSING = UNPROCESSABLE_ENTITY
        "form_conditional_param_missing" "is missing";
    FORM_DATA_MISSING = UNPROCESSABLE_ENTITY "form_data_missing" "missing data";
    FORM_IDENTIFIER_EXISTS = UNPROCESSABLE_ENTITY "form_identifier_exists";
    FORM_PARAM_ARRAY_LENGTH_MISMATCH = UNPROCESSABLE_ENTITY
        "form_param_array_length_mismatch" "is invalid";
    FORM_PARAM_ARRAY_SIZE_EXCEEDED = UNPROCESSABLE_ENTITY
        "form_param_array_size_exceeded" "exceeds maximum size";
    FORM_PARAM_DUPLICATE = UNPROCESSABLE_ENTITY "form_param_duplicate" "duplicate values";
    FORM_PARAM_EXCEEDS_ALLOWED_SIZE = UNPROCESSABLE_ENTITY
        "form_param_exceeds_allowed_size" "is too long";
    FORM_PARAM_FORMAT_INVALID = UNPROCESSABLE_ENTITY "form_param_format_invalid" "is invalid";
    FORM_PARAM_INVALID_TIME = UNPROCESSABLE_ENTITY "form_param_invalid_time" "invalid format";
    FORM_PARAM_MAX_LENGTH_EXCEEDED = UNPROCESSABLE_ENTITY
        "form_param_max_length_exceeded" "exceeds maximum length";
    FORM_PARAM_MIN_LENGTH_EXCEEDED = UNPROCESSABLE_ENTITY
        "form_param_min_length_exceeded" "does not reach minimum length";
    FORM_PARAM_MISSING = UNPROCESSABLE_ENTITY "form_param_missing" "is missing";
    FORM_PARAM_TYPE_INVALID = UNPROCESSABLE_ENTITY "form_param_type_invalid" "is invalid";
    FORM_PARAM_UNKNOWN = UNPROCESSABLE_ENTITY "form_param_unknown" "is unknown";
    FORM_PARAM_VALUE_INVALID = UNPROCESSABLE_ENTITY "form_param_value_invalid" "is invalid";
    FORM_PASSWORD_DIGEST_INVALID_CODE = UNPROCESSABLE_ENTITY
        "form_password_digest_invalid_code" "is invalid";
    FORM_PASSWORD_LENGTH_TOO_LONG = UNPROCESSABLE_ENTITY "form_password_length_too_long";
    FORM_PASSWORD_LENGTH_TOO_SHORT = UNPROCESSABLE_ENTITY "form_password_length_too_short";
    FORM_PASSWORD_MATCHES_IDENTIFIER = UNPROCESSABLE_ENTITY "form_password_matches_identifier";
    FORM_PASSWORD_NO_LOWERCASE = UNPROCESSABLE_ENTITY "form_password_no_lowercase";
    FORM_PASSWORD_NO_NUMBER = UNPROCESSABLE_ENTITY "form_password_no_number";
    FORM_PASSWORD_NO_SPECIAL_CHAR = UNPROCESSABLE_ENTITY "form_password_no_special_char";
    FORM_PASSWORD_NO_UPPERCASE = UNPROCESSABLE_ENTITY "form_password_no_uppercase";
    FORM_PASSWORD_PWNED = UNPROCESSABLE_ENTITY "form_password_pwned";
    FORM_PASSWORD_SIZE_IN_BYTES_EXCEEDED = UNPROCESSABLE_ENTITY
        "form_password_size_in_bytes_exceeded";
    FORM_RESOURCE_NOT_FOUND = UNPROCESSABLE_ENTITY "form_resource_not_found" "is missing";
    FORM_USERNAME_CANNOT_BE_PHONE_NUMBER = UNPROCESSABLE_ENTITY
        "form_username_cannot_be_phone_number";
    FORM_USERNAME_INVALID_CHARACTER = UNPROCESSABLE_ENTITY "form_username_invalid_character";
    FORM_USERNAME_INVALID_LENGTH = UNPROCESSABLE_ENTITY "form_username_invalid_length";
    FORM_USERNAME_NEEDS_NON_NUMBER_CHAR = UNPROCESSABLE_ENTITY
        "form_username_needs_non_number_char";
    FORM_VERIFICATION_NEEDED = UNPROCESSABLE_ENTITY "form_verification_needed" "is unverified";
    IDENTIFICATION_CLAIMED = BAD_REQUEST
        "identification_claimed" "Identification claimed by another user";
    IDENTIFICATION_CREATE_SECOND_FACTOR_UNVERIFIED = BAD_REQUEST
        "identification_create_second_factor_unverified" "Create failed";
    IDENTIFICATION_UPDATE_SECOND_FACTOR_UNVERIFIED = BAD_REQUEST
        "identification_update_second_factor_unverified" "Update failed";
    IMAGE_TOO_LARGE = PAYLOAD_TOO_LARGE "image_too_large" "Image too large";
    INCORRECT_PASSWORD = UNPROCESSABLE_ENTITY "incorrect_password" "incorrect password";
    INSUFFICIENT_CREDIT_BALANCE = UNPROCESSABLE_ENTITY
        "insufficient_credit_balance" "insufficient credit balance";
    INVALID_CREDIT_ACTION = UNPROCESSABLE_ENTITY "invalid_credit_action" "Invalid credit action";
    INVALID_CREDIT_AMOUNT = UNPROCESSABLE_ENTITY "invalid_credit_amount" "Invalid credit amount";
    INVALID_TOTP_SECRET_CODE = UNPROCESSABLE_ENTITY
        "invalid_totp_secret_code" "invalid TOTP secret";
    INVITATION_ALREADY_ACCEPTED = BAD_REQUEST "invitation_already_accepted";
    INVITATION_ALREADY_REVOKED = BAD_REQUEST "invitation_already_revoked";
    JWT_TEMPLATE_RESERVED_CLAIM = BAD_REQUEST "jwt_template_reserved_claim" "reserved claim used";
    LAST_REQUIRED_IDENTIFICATION_DELETION_FAILED = BAD_REQUEST
        "last_required_identification_deletion_failed" "cannot delete";
    MISSING_ORGANIZATION_PERMISSION = FORBIDDEN
        "missing_organization_permission" "missing permission";
    MISSING_QUERY_PARAMETER = BAD_REQUEST "missing_query_parameter" "Missing query parameter";
    NOT_A_MEMBER_IN_ORGANIZATION = FORBIDDEN "not_a_member_in_organization" "not a member";
    NO_PASSWORD_SET = BAD_REQUEST "no_password_set" "no password set";
    OAUTH_APPLICATION_CONSENT_SCREEN_CANNOT_BE_DISABLED = UNPROCESSABLE_ENTITY
        "oauth_application_consent_screen_cannot_be_disabled" "consent screen cannot be disabled";
    OAUTH_TOKEN_PROVIDER_NOT_ENABLED = NOT_FOUND
        "oauth_token_provider_not_enabled" "OAuth provider not enabled";
    OPERATION_NOT_ALLOWED_ON_PRIMARY_DOMAIN = FORBIDDEN
        "operation_not_allowed_on_primary_domain" "operation not allowed";
    ORGANIZATION_CREATOR_NOT_FOUND = BAD_REQUEST
        "organization_creator_not_found" "creator not found";
    ORGANIZATION_DOMAINS_NOT_ENABLED = FORBIDDEN "organization_domains_not_enabled";
    ORGANIZATION_DOMAIN_ALREADY_EXISTS = UNPROCESSABLE_ENTITY "organization_domain_already_exists";
    ORGANIZATION_DOMAIN_ALREADY_EXISTS_SAME_ORGANIZATION = UNPROCESSABLE_ENTITY
        "organization_domain_already_exists_same_organization";
    ORGANIZATION_DOMAIN_COMMON = UNPROCESSABLE_ENTITY
        "organization_domain_common" "common email domain";
    ORGANIZATION_DOMAIN_ENROLLMENT_MODE_NOT_ENABLED = FORBIDDEN
        "organization_domain_enrollment_mode_not_enabled"
        "organization enrollment mode not enabled";
    ORGANIZATION_DOMAIN_QUOTA_EXCEEDED = FORBIDDEN
        "organization_domain_quota_exceeded" "organization domains quota exceeded";
    ORGANIZATION_INSTANCE_ROLES_QUOTA_EXCEEDED = FORBIDDEN
        "organization_instance_roles_quota_exceeded"
        "organization roles for instance quota exceeded";
    ORGANIZATION_INVITATION_NOT_PENDING = NOT_FOUND
        "organization_invitation_not_pending" "organization invitation not pending";
    ORGANIZATION_INVITATION_NOT_UNIQUE = BAD_REQUEST
        "organization_invitation_not_unique" "organization invitation not unique";
    ORGANIZATION_MEMBERSHIP_QUOTA_EXCEEDED = FORBIDDEN
        "organization_membership_quota_exceeded" "organization membership quota exceeded";
    ORGANIZATION_MISSING_CREATOR_ROLE_PERMISSIONS = UNPROCESSABLE_ENTITY
        "organization_missing_creator_role_permissions" "missing permissions for creator role";
    ORGANIZATION_NOT_ENABLED_IN_INSTANCE = FORBIDDEN
        "organization_not_enabled_in_instance" "access denied";
    ORGANIZATION_QUOTA_EXCEEDED = FORBIDDEN
        "organization_quota_exceeded" "organization quota exceeded";
    ORGANIZATION_ROLE_ASSIGNED_MEMBERS = UNPROCESSABLE_ENTITY
        "organization_role_assigned_members" "role is assigned to organization members";
    ORGANIZATION_ROLE_DEFAULT_CREATOR_ROLE = UNPROCESSABLE_ENTITY
        "organization_role_default_creator_role" "role is used as the creator role";
    ORGANIZATION_ROLE_DOMAIN_DEFAULT_ROLE = UNPROCESSABLE_ENTITY
        "organization_role_domain_default_role" "role is used as the domain default role";
    ORGANIZATION_ROLE_EXISTS_IN_INVITATIONS = UNPROCESSABLE_ENTITY
        "organization_role_exists_in_invitations" "role exists in pending organization invitations";
    ORGANIZATION_ROLE_PERMISSION_ASSOCIATION_EXISTS = CONFLICT
        "organization_role_permission_association_exists" "permission already assigned to role";
    ORGANIZATION_ROLE_PERMISSION_ASSOCIATION_NOT_FOUND = NOT_FOUND
        "organization_role_permission_association_not_found";
    ORGANIZATION_ROLE_SET_REASSIGNMENT_MAPPINGS_INVALID = UNPROCESSABLE_ENTITY
        "organization_role_set_reassignment_mappings_invalid";
    ORGANIZATION_ROLE_SET_REASSIGNMENT_MAPPINGS_MISSING = UNPROCESSABLE_ENTITY
        "organization_role_set_reassignment_mappings_missing";
    ORGANIZATION_SLUGS_DISABLED = FORBIDDEN "organization_slugs_disabled";
    ORGANIZATION_SYSTEM_PERMISSION_NOT_MODIFIABLE = FORBIDDEN
        "organization_system_permission_not_modifiable"
        "organization system permission cannot be modified";
    REQUEST_BODY_INVALID = BAD_REQUEST "request_body_invalid" "Request body invalid";
    RESOURCE_NOT_FOUND = NOT_FOUND "resource_not_found" "not found";
    SAML_CONNECTION_CANT_BE_ACTIVATED = UNPROCESSABLE_ENTITY
        "saml_connection_cant_be_activated" "cannot be activated";
    SCIM_DIRECTORY_ENTERPRISE_CONNECTION_ALREADY_USED = UNPROCESSABLE_ENTITY
        "scim_directory_enterprise_connection_already_used";
    SIGN_IN_TOKEN_CANNOT_BE_REVOKED_CODE = BAD_REQUEST
        "sign_in_token_cannot_be_revoked_code" "cannot revoke";
    TOTP_DISABLED = BAD_REQUEST "totp_disabled" "TOTP is disabled";
    TOTP_INCORRECT_CODE = UNPROCESSABLE_ENTITY "totp_incorrect_code" "incorrect TOTP";
    UNSUPPORTED_CONTENT_TYPE = UNSUPPORTED_MEDIA_TYPE
        "unsupported_content_type" "Content-Type is unsupported";
    UNSUPPORTED_SUBSCRIPTION_PLAN_FEATURES = PAYMENT_REQUIRED
        "unsupported_subscription_plan_features" "Unsupported plan features";
    USER_BANNED = FORBIDDEN "user_banned" "User banned";
    USER_LOCKED = FORBIDDEN "user_locked" "User is locked";
    USER_MANAGED_BY_SCIM = CONFLICT "user_managed_by_scim" "user managed by SCIM";
    USER_QUOTA_EXCEEDED = FORBIDDEN "user_quota_exceeded" "user quota exceeded";
    VERIFICATION_ALREADY_VERIFIED = BAD_REQUEST "verification_already_verified" "already verified";
    WAITLIST_ENTRY_ALREADY_COMPLETED = CONFLICT "waitlist_entry_already_completed" "conflict";
    WAITLIST_ENTRY_ALREADY_INVITED = CONFLICT "waitlist_entry_already_invited" "conflict";
    WAITLIST_ENTRY_ALREADY_REJECTED = CONFLICT "waitlist_entry_already_rejected" "conflict";
    WAITLIST_ENTRY_LOCKED = CONFLICT "waitlist_entry_locked" "Waitlist entry is locked";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::unwrap_used, reason = "a test fails without its file")]
    fn codes_and_statuses_are_those_of_the_catalogue() {
        // The columns of the file are separated by tabs. The first two are the code and its status.
        let Ok(path) = std::env::var("CLERK_ERROR_CODES") else {
            return;
        };
        let catalogue = std::fs::read_to_string(path).unwrap();
        let known: Vec<(&str, &str)> = catalogue
            .lines()
            .filter_map(|line| {
                let mut columns = line.split('\t');
                Some((columns.next()?, columns.next()?))
            })
            .collect();
        let own = FAKE_NOT_MODELLED.name;
        for code in ALL.iter().filter(|code| code.name != own) {
            let entry = (code.name, code.status.as_str());
            assert!(known.contains(&entry), "not in the catalogue: {entry:?}");
        }
        assert!(known.iter().all(|(name, _)| *name != own));
    }
}
