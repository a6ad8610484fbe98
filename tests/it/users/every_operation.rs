//! Every operation, by its id.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use clerk_client::transport::HttpRequest;
use clerk_client::{Call, Error, OperationInfo, ProfileImage, UsersApi};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::users::parameter_sets;

pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A call, whatever its result is.
pub(crate) trait AnyCall {
    fn make(self: Box<Self>) -> BoxFuture<Result<Seen, Error>>;
    fn request(self: Box<Self>) -> Result<HttpRequest, Error>;
}

/// What can be seen of a result.
pub(crate) struct Seen {
    pub(crate) written: Value,
    pub(crate) printed: String,
}

impl<R: DeserializeOwned + Serialize + Debug + Send + 'static> AnyCall for Call<R> {
    fn make(self: Box<Self>) -> BoxFuture<Result<Seen, Error>> {
        Box::pin(async move {
            let result = self.await?;
            Ok(Seen {
                written: serde_json::to_value(&result).unwrap(),
                printed: format!("{result:?}"),
            })
        })
    }

    fn request(self: Box<Self>) -> Result<HttpRequest, Error> {
        self.into_request()
    }
}

const PROVIDER: &str = "oauth_google";
const PASSKEY: &str = "idn_passkey";
const WALLET: &str = "idn_wallet";
const EXTERNAL_ACCOUNT: &str = "eac_1";
const DEVICE: &str = "device_1";

/// The path of an operation of this user.
pub(crate) fn path(operation: &OperationInfo, user_id: &str) -> String {
    let names = [
        ("{user_id}", user_id),
        ("{provider}", PROVIDER),
        ("{passkey_identification_id}", PASSKEY),
        ("{web3_wallet_identification_id}", WALLET),
        ("{external_account_id}", EXTERNAL_ACCOUNT),
        ("{trusted_device_id}", DEVICE),
    ];
    let route = operation.route().to_owned();
    names
        .iter()
        .fold(route, |path, (name, value)| path.replace(name, value))
}

/// An operation on this user, asked what it is asked in this round.
pub(crate) fn call(
    users: &UsersApi,
    operation: &OperationInfo,
    id: &str,
    round: usize,
) -> Box<dyn AnyCall> {
    match operation.id() {
        "AdjustUserBillingCreditBalance" => {
            Box::new(users.adjust_user_billing_credit_balance(id, parameter_sets::credit(round)))
        }
        "BanUser" => Box::new(users.ban_user(id)),
        "CreateUser" => Box::new(users.create_user(parameter_sets::create(round))),
        "DeleteBackupCode" => Box::new(users.delete_backup_code(id)),
        "DeleteExternalAccount" => Box::new(users.delete_external_account(id, EXTERNAL_ACCOUNT)),
        "DeleteTOTP" => Box::new(users.delete_totp(id)),
        "DeleteUser" => Box::new(users.delete_user(id)),
        "DeleteUserProfileImage" => Box::new(users.delete_user_profile_image(id)),
        "DisableMFA" => Box::new(users.disable_mfa(id)),
        "GetOAuthAccessToken" => {
            Box::new(users.get_o_auth_access_token(id, PROVIDER, parameter_sets::page(round)))
        }
        "GetUser" => Box::new(users.get_user(id)),
        "GetUserBillingCreditBalance" => Box::new(users.get_user_billing_credit_balance(id)),
        "GetUserBillingSubscription" => Box::new(users.get_user_billing_subscription(id)),
        "GetUserList" => Box::new(users.get_user_list(parameter_sets::list_params(round))),
        "GetUsersCount" => Box::new(users.get_users_count(parameter_sets::filter(round))),
        "ListUserTrustedDevices" => Box::new(users.list_user_trusted_devices(id)),
        "LockUser" => Box::new(users.lock_user(id)),
        "RemoveUserPassword" => {
            Box::new(users.remove_user_password(id, parameter_sets::removed_password(round)))
        }
        "ReplaceUserEmailAddress" => {
            Box::new(users.replace_user_email_address(id, parameter_sets::email_address(round)))
        }
        "ReplaceUserMetadata" => {
            Box::new(users.replace_user_metadata(id, parameter_sets::replaced_metadata(round)))
        }
        "ReplaceUserPhoneNumber" => {
            Box::new(users.replace_user_phone_number(id, parameter_sets::phone_number(round)))
        }
        "RevokeUserTrustedDevice" => Box::new(users.revoke_user_trusted_device(id, DEVICE)),
        "SetUserPasswordCompromised" => {
            Box::new(users.set_user_password_compromised(id, parameter_sets::compromised(round)))
        }
        "SetUserProfileImage" => {
            let image = ProfileImage::new("ada.png", "image/png", vec![0x89, b'P', 0, b'\n']);
            Box::new(users.set_user_profile_image(id, image))
        }
        "UnbanUser" => Box::new(users.unban_user(id)),
        "UnlockUser" => Box::new(users.unlock_user(id)),
        "UnsetUserPasswordCompromised" => Box::new(users.unset_user_password_compromised(id)),
        "UpdateUser" => Box::new(users.update_user(id, parameter_sets::update(round))),
        "UpdateUserMetadata" => {
            Box::new(users.update_user_metadata(id, parameter_sets::metadata(round)))
        }
        "UserPasskeyDelete" => Box::new(users.user_passkey_delete(id, PASSKEY)),
        "UserWeb3WalletDelete" => Box::new(users.user_web3_wallet_delete(id, WALLET)),
        "UsersBan" => Box::new(users.users_ban((0..=round).map(|n| format!("user_{n}")))),
        "UsersGetOrganizationInvitations" => Box::new(
            users.users_get_organization_invitations(id, parameter_sets::invitations(round)),
        ),
        "UsersGetOrganizationMemberships" => {
            Box::new(users.users_get_organization_memberships(id, parameter_sets::page(round)))
        }
        "UsersUnban" => Box::new(users.users_unban((0..=round).map(|n| format!("user_{n}")))),
        "VerifyPassword" => Box::new(users.verify_password(id, "correct horse")),
        "VerifyTOTP" => Box::new(users.verify_totp(id, "123456")),
        unknown => panic!("no call for {unknown}: add it here"),
    }
}

/// The same, asked no more than it must be.
pub(crate) fn plain(users: &UsersApi, operation: &OperationInfo, id: &str) -> Box<dyn AnyCall> {
    call(users, operation, id, 0)
}
