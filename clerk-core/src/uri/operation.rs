//! What can be done: Clerk's operations and their properties.

use http::Method;

/// What a request does. Found in the extensions of every request that a transport is given, so
/// that a wrapper can label, count or decide.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    id: &'static str,
    name: &'static str,
    method: Method,
    route: &'static str,
    idempotent: bool,
}

impl OperationInfo {
    /// Clerk's operationId, such as `GetUser`; `request` for
    /// [`Clerk::request`](crate::Clerk::request).
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The name of the method that does it, such as `get_user`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path below the base URL, with names for what varies: `/users/{user_id}`. Empty for
    /// [`Clerk::request`](crate::Clerk::request), whose ids cannot be told from the rest.
    #[must_use]
    pub fn route(&self) -> &'static str {
        self.route
    }

    /// Whether doing it twice does no more than doing it once, so that it may be sent again when
    /// it is not known whether the first one arrived.
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// For a path of the caller's: only GET is known to be idempotent.
    pub(crate) fn custom(method: Method) -> Self {
        Self {
            id: "request",
            name: "request",
            idempotent: method == Method::GET,
            method,
            route: "",
        }
    }

    pub(crate) fn set_idempotent(&mut self, idempotent: bool) {
        self.idempotent = idempotent;
    }
}

/// One line each: constant, operationId, method of the client, HTTP method, path, and whether it
/// is `idempotent` or may be done only `once`.
macro_rules! operations {
    ($($constant:ident = $id:literal $name:ident $method:ident $route:literal $times:ident,)+) => {
        $(pub(crate) const $constant: OperationInfo = OperationInfo {
            id: $id,
            name: stringify!($name),
            method: Method::$method,
            route: $route,
            idempotent: operations!(@ $times),
        };)+

        impl OperationInfo {
            /// Every operation that the client has a method for.
            #[must_use]
            pub fn all() -> &'static [Self] {
                const ALL: &[OperationInfo] = &[$($constant),+];
                ALL
            }
        }
    };
    (@ idempotent) => { true };
    (@ once) => { false };
}

operations! {
    GET_USER_LIST = "GetUserList" get_user_list GET "/users" idempotent,
    CREATE_USER = "CreateUser" create_user POST "/users" once,
    GET_USERS_COUNT = "GetUsersCount" get_users_count GET "/users/count" idempotent,
    GET_USER = "GetUser" get_user GET "/users/{user_id}" idempotent,
    UPDATE_USER = "UpdateUser" update_user PATCH "/users/{user_id}" once,
    DELETE_USER = "DeleteUser" delete_user DELETE "/users/{user_id}" idempotent,
    BAN_USER = "BanUser" ban_user POST "/users/{user_id}/ban" once,
    UNBAN_USER = "UnbanUser" unban_user POST "/users/{user_id}/unban" once,
    USERS_BAN = "UsersBan" users_ban POST "/users/ban" once,
    USERS_UNBAN = "UsersUnban" users_unban POST "/users/unban" once,
    LOCK_USER = "LockUser" lock_user POST "/users/{user_id}/lock" once,
    UNLOCK_USER = "UnlockUser" unlock_user POST "/users/{user_id}/unlock" once,
    SET_USER_PROFILE_IMAGE = "SetUserProfileImage" set_user_profile_image POST "/users/{user_id}/profile_image" once,
    DELETE_USER_PROFILE_IMAGE = "DeleteUserProfileImage" delete_user_profile_image DELETE "/users/{user_id}/profile_image" idempotent,
    UPDATE_USER_METADATA = "UpdateUserMetadata" update_user_metadata PATCH "/users/{user_id}/metadata" once,
    REPLACE_USER_METADATA = "ReplaceUserMetadata" replace_user_metadata PUT "/users/{user_id}/metadata" once,
    GET_USER_BILLING_SUBSCRIPTION = "GetUserBillingSubscription" get_user_billing_subscription GET "/users/{user_id}/billing/subscription" idempotent,
    GET_USER_BILLING_CREDIT_BALANCE = "GetUserBillingCreditBalance" get_user_billing_credit_balance GET "/users/{user_id}/billing/credits" idempotent,
    // Its body carries a key by which Clerk knows a second sending.
    ADJUST_USER_BILLING_CREDIT_BALANCE = "AdjustUserBillingCreditBalance" adjust_user_billing_credit_balance POST "/users/{user_id}/billing/credits" idempotent,
    GET_O_AUTH_ACCESS_TOKEN = "GetOAuthAccessToken" get_o_auth_access_token GET "/users/{user_id}/oauth_access_tokens/{provider}" idempotent,
    USERS_GET_ORGANIZATION_MEMBERSHIPS = "UsersGetOrganizationMemberships" users_get_organization_memberships GET "/users/{user_id}/organization_memberships" idempotent,
    USERS_GET_ORGANIZATION_INVITATIONS = "UsersGetOrganizationInvitations" users_get_organization_invitations GET "/users/{user_id}/organization_invitations" idempotent,
    REMOVE_USER_PASSWORD = "RemoveUserPassword" remove_user_password POST "/users/{user_id}/remove_password" once,
    VERIFY_PASSWORD = "VerifyPassword" verify_password POST "/users/{user_id}/verify_password" once,
    VERIFY_TOTP = "VerifyTOTP" verify_totp POST "/users/{user_id}/verify_totp" once,
    DISABLE_MFA = "DisableMFA" disable_mfa DELETE "/users/{user_id}/mfa" idempotent,
    DELETE_BACKUP_CODE = "DeleteBackupCode" delete_backup_code DELETE "/users/{user_id}/backup_code" idempotent,
    USER_PASSKEY_DELETE = "UserPasskeyDelete" user_passkey_delete DELETE "/users/{user_id}/passkeys/{passkey_identification_id}" idempotent,
    LIST_USER_TRUSTED_DEVICES = "ListUserTrustedDevices" list_user_trusted_devices GET "/users/{user_id}/trusted_devices" idempotent,
    REVOKE_USER_TRUSTED_DEVICE = "RevokeUserTrustedDevice" revoke_user_trusted_device DELETE "/users/{user_id}/trusted_devices/{trusted_device_id}" idempotent,
    USER_WEB3_WALLET_DELETE = "UserWeb3WalletDelete" user_web3_wallet_delete DELETE "/users/{user_id}/web3_wallets/{web3_wallet_identification_id}" idempotent,
    DELETE_TOTP = "DeleteTOTP" delete_totp DELETE "/users/{user_id}/totp" idempotent,
    DELETE_EXTERNAL_ACCOUNT = "DeleteExternalAccount" delete_external_account DELETE "/users/{user_id}/external_accounts/{external_account_id}" idempotent,
    SET_USER_PASSWORD_COMPROMISED = "SetUserPasswordCompromised" set_user_password_compromised POST "/users/{user_id}/password/set_compromised" once,
    UNSET_USER_PASSWORD_COMPROMISED = "UnsetUserPasswordCompromised" unset_user_password_compromised POST "/users/{user_id}/password/unset_compromised" once,
    REPLACE_USER_EMAIL_ADDRESS = "ReplaceUserEmailAddress" replace_user_email_address PUT "/users/{user_id}/email_address" once,
    REPLACE_USER_PHONE_NUMBER = "ReplaceUserPhoneNumber" replace_user_phone_number PUT "/users/{user_id}/phone_number" once,
}
