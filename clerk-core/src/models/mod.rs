//! What Clerk answers with.
//!
//! Times are [`Timestamp`](crate::Timestamp)s. A field that Clerk leaves out or sets to null has
//! its default; only the ids of [`User`], [`Organization`], [`OrganizationMembership`] and
//! [`TrustedDevice`] must be there. Field documentation follows Clerk's Backend API specification of 2026-05-12.

mod clerk_error;
mod commerce_credits;
mod commerce_money;
mod commerce_payer;
mod commerce_payment_method;
mod commerce_plan;
mod commerce_subscription;
mod commerce_subscription_item;
mod commerce_totals;
mod deleted_object;
mod email_address;
mod enterprise_account;
mod external_account;
mod mfa;
mod oauth_access_token;
mod organization;
mod organization_invitation;
mod organization_membership;
mod page;
mod passkey;
mod password;
mod phone_number;
mod saml_account;
mod total_count;
mod trusted_device;
mod user;
mod verification;
mod web3_wallet;

pub use clerk_error::{ClerkError, ClerkErrors};
pub use commerce_credits::{
    CommerceCreditBalance, CommerceCreditLedger, CommerceCredits, CommercePayerCredit,
    CommerceProrationCredit, CommerceSubscriptionCredit,
};
pub use commerce_money::CommerceMoney;
pub use commerce_payer::CommercePayer;
pub use commerce_payment_method::{
    CommercePaymentMethod, CommercePaymentMethodStatus, CommercePaymentType,
};
pub use commerce_plan::{
    CommerceFeature, CommercePlan, CommercePlanUnitPrice, CommercePlanUnitPriceTier,
};
pub use commerce_subscription::{
    CommerceSubscription, CommerceSubscriptionNextPayment, CommerceSubscriptionStatus,
};
pub use commerce_subscription_item::{
    CommercePlanPeriod, CommerceSubscriptionItem, CommerceSubscriptionItemNextPayment,
    CommerceSubscriptionItemSeats, CommerceSubscriptionItemStatus,
};
pub use commerce_totals::{
    CommerceDiscounts, CommercePerUnitTotal, CommercePerUnitTotalTier, CommerceProrationDiscount,
    CommerceTotals,
};
pub use deleted_object::DeletedObject;
pub use email_address::{EmailAddress, IdentificationLink};
pub use enterprise_account::{
    EnterpriseAccount, EnterpriseAccountConnection, EnterpriseAccountProtocol,
};
pub use external_account::{ExternalAccount, ExternalAccountObject};
pub use mfa::{
    DeleteBackupCodeResponse, DeleteTotpResponse, DisableMfaResponse, VerifyTotpCodeType,
    VerifyTotpResponse,
};
pub use oauth_access_token::OAuthAccessToken;
pub use organization::Organization;
pub use organization_invitation::{
    OrganizationInvitation, OrganizationInvitationPublicOrganizationData,
    OrganizationInvitationPublicUserData, OrganizationInvitationStatus,
};
pub use organization_membership::{OrganizationMembership, OrganizationMembershipPublicUserData};
pub use page::Page;
pub use passkey::Passkey;
pub use password::VerifyPasswordResponse;
pub use phone_number::PhoneNumber;
pub use saml_account::{SamlAccount, SamlAccountConnection};
pub use total_count::TotalCount;
pub use trusted_device::{
    TrustedDevice, TrustedDeviceAlgorithm, TrustedDevicePlatform, TrustedDeviceStatus,
};
pub use user::{ScimUserMetadata, User};
pub use verification::{
    Verification, VerificationObject, VerificationStatus, VerificationStrategy,
};
pub use web3_wallet::Web3Wallet;

pub use crate::open_enum::UnknownValue;
