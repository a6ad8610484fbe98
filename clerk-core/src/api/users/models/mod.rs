//! The models of users.

pub(crate) mod enterprise_account;
pub(crate) mod external_account;
pub(crate) mod mfa;
pub(crate) mod oauth_access_token;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod saml_account;
pub(crate) mod trusted_device;
pub(crate) mod user;
pub(crate) mod web3_wallet;

pub use enterprise_account::{
    EnterpriseAccount, EnterpriseAccountConnection, EnterpriseAccountProtocol,
};
pub use external_account::{ExternalAccount, ExternalAccountObject};
pub use mfa::{
    DeleteBackupCodeResponse, DeleteTotpResponse, DisableMfaResponse, VerifyTotpCodeType,
    VerifyTotpResponse,
};
pub use oauth_access_token::OAuthAccessToken;
pub use passkey::Passkey;
pub use password::VerifyPasswordResponse;
pub use saml_account::{SamlAccount, SamlAccountConnection};
pub use trusted_device::{
    TrustedDevice, TrustedDeviceAlgorithm, TrustedDevicePlatform, TrustedDeviceStatus,
};
pub use user::{ScimUserMetadata, User};
pub use web3_wallet::Web3Wallet;
