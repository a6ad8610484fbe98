//! What Clerk answers with.
//!
//! Times are [`Timestamp`](crate::Timestamp)s. A field that Clerk leaves out or sets to null has
//! its default; only the ids of [`User`], [`Organization`] and [`OrganizationMembership`] must be
//! there. Field documentation follows Clerk's Backend API specification of 2026-05-12.

mod clerk_error;
mod deleted_object;
mod email_address;
mod enterprise_account;
mod external_account;
mod mfa;
mod oauth_access_token;
mod organization;
mod organization_membership;
mod page;
mod passkey;
mod password;
mod phone_number;
mod saml_account;
mod total_count;
mod user;
mod verification;
mod web3_wallet;

pub use clerk_error::{ClerkError, ClerkErrors};
pub use deleted_object::DeletedObject;
pub use email_address::{EmailAddress, IdentificationLink};
pub use enterprise_account::{
    EnterpriseAccount, EnterpriseAccountConnection, EnterpriseAccountProtocol,
};
pub use external_account::{ExternalAccount, ExternalAccountObject};
pub use mfa::{DisableMfaResponse, VerifyTotpCodeType, VerifyTotpResponse};
pub use oauth_access_token::OAuthAccessToken;
pub use organization::Organization;
pub use organization_membership::{OrganizationMembership, OrganizationMembershipPublicUserData};
pub use page::Page;
pub use passkey::Passkey;
pub use password::VerifyPasswordResponse;
pub use phone_number::PhoneNumber;
pub use saml_account::{SamlAccount, SamlAccountConnection};
pub use total_count::TotalCount;
pub use user::{ScimUserMetadata, User};
pub use verification::{
    Verification, VerificationObject, VerificationStatus, VerificationStrategy,
};
pub use web3_wallet::Web3Wallet;

pub use crate::open_enum::UnknownValue;
