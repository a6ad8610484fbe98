//! The response types.
//!
//! Times are [`Timestamp`](crate::Timestamp)s. A field that Clerk omits or sets to null has its
//! default value: `None`, empty, false, 0, or the time 1970-01-01. Only the ids of [`User`],
//! [`Organization`], [`OrganizationMembership`] and [`TrustedDevice`] are required. The JSON of a
//! [`Page`] must be an array, or an object with the key `data` or `m2m_tokens`. The field
//! documentation follows Clerk's Backend API specification of 2026-05-12.
//!
//! Fields that a model does not have are ignored. To read such a field, decode the response into
//! your own type, with [`Clerk::request`](crate::Clerk::request).
//!
//! # Storing a response
//!
//! A model can be written to any self-describing format, such as JSON, MessagePack and CBOR, and
//! read back. This also works inside `#[serde(tag)]`, `untagged` and `flatten`. Formats that are
//! not self-describing, such as bincode and postcard, are not supported. For the limits of numbers
//! in metadata, see [`Metadata`](crate::Metadata#other-formats).

pub(crate) mod clerk_error;
pub(crate) mod commerce_credits;
pub(crate) mod commerce_money;
pub(crate) mod commerce_payer;
pub(crate) mod commerce_payment_method;
pub(crate) mod commerce_payment_source;
pub(crate) mod commerce_plan;
pub(crate) mod commerce_subscription;
pub(crate) mod commerce_subscription_item;
pub(crate) mod commerce_totals;
pub(crate) mod deleted_object;
pub(crate) mod done;
pub(crate) mod email_address;
pub(crate) mod organization;
pub(crate) mod organization_invitation;
pub(crate) mod organization_membership;
pub(crate) mod page;
pub(crate) mod phone_number;
pub(crate) mod total_count;
pub(crate) mod verification;

pub use clerk_error::{ClerkError, ClerkErrors};
pub use commerce_credits::{
    CommerceCreditBalance, CommerceCreditLedger, CommerceCredits, CommercePayerCredit,
    CommerceProrationCredit, CommerceSubscriptionCredit,
};
pub use commerce_money::CommerceMoney;
pub use commerce_payer::{CommercePayer, CommercePayerType};
pub use commerce_payment_method::{
    CommercePaymentMethod, CommercePaymentMethodStatus, CommercePaymentType,
};
pub use commerce_payment_source::{CommercePaymentSource, CommercePaymentSourceMethod};
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
pub use done::Done;
pub use email_address::{EmailAddress, IdentificationLink};
pub use organization::Organization;
pub use organization_invitation::{
    OrganizationInvitation, OrganizationInvitationEventData,
    OrganizationInvitationPublicOrganizationData, OrganizationInvitationPublicUserData,
    OrganizationInvitationStatus,
};
pub use organization_membership::{OrganizationMembership, OrganizationMembershipPublicUserData};
pub use page::Page;
pub use phone_number::PhoneNumber;
pub use total_count::TotalCount;
pub use verification::{
    Verification, VerificationObject, VerificationStatus, VerificationStrategy,
};

pub use crate::api::actor_tokens::{ActorToken, ActorTokenStatus};
pub use crate::api::admin_portal_link_tokens::AdminPortalLinkToken;
pub use crate::api::agent_tasks::AgentTask;
pub use crate::api::allowlist_blocklist::{
    AccessIdentifierType, AllowlistIdentifier, BlocklistIdentifier,
};
pub use crate::api::api_keys::{ApiKey, ApiKeySecret};
pub use crate::api::beta_features::InstanceSettings;
pub use crate::api::billing::discounts::{
    CommerceDiscountEffect, CommerceDiscountRedemption, CommerceDiscountRedemptionStatus,
    CommerceDiscountSource,
};
pub use crate::api::billing::price_transitions::{
    CommercePreviousSubscriptionItemStatus, CommercePriceTransition,
    CommercePriceTransitionDetails, CommercePriceTransitionMode,
};
pub use crate::api::billing::prices::{BillingPrice, BillingPricePeriods};
pub use crate::api::billing::statements::{
    BillingPaymentAttempt, BillingPaymentAttemptStatus, BillingStatement, BillingStatementGroup,
    BillingStatementStatus, BillingStatementTotals,
};
pub use crate::api::clients::Client;
pub use crate::api::directories::directory::{Directory, DirectoryObject};
pub use crate::api::directories::group_role_mappings::{
    DirectoryGroupRoleMapping, DirectoryGroupRoleMappingObject,
};
pub use crate::api::domains::{Domain, DomainCnameTarget};
pub use crate::api::email_and_sms_templates::{Template, TemplateType};
pub use crate::api::enterprise_connections::models::{
    EnterpriseConnection, EnterpriseConnectionCustomAttribute, EnterpriseConnectionOAuthConfig,
    EnterpriseConnectionSaml,
};
pub use crate::api::enterprise_connections::saml::{SamlLoginHint, SamlLoginHintMode};
pub use crate::api::enterprise_connections::test_runs::{
    EnterpriseConnectionTestRun, EnterpriseConnectionTestRunLink, EnterpriseConnectionTestRunLog,
    EnterpriseConnectionTestRunOAuth, EnterpriseConnectionTestRunSaml,
    EnterpriseConnectionTestRunStatus, EnterpriseConnectionTestRunUser,
};
pub use crate::api::instance_settings::communication::InstanceCommunication;
pub use crate::api::instance_settings::instance::Instance;
pub use crate::api::instance_settings::oauth_applications::OAuthApplicationSettings;
pub use crate::api::instance_settings::organizations::OrganizationSettings;
pub use crate::api::instance_settings::protect::InstanceProtect;
pub use crate::api::instance_settings::restrictions::InstanceRestrictions;
pub use crate::api::invitations::{Invitation, InvitationStatus};
pub use crate::api::jwks::{JsonWebKey, JsonWebKeyCurve, JsonWebKeySet, JsonWebKeyType};
pub use crate::api::jwt_templates::JwtTemplate;
pub use crate::api::m2m_tokens::M2mToken;
pub use crate::api::machines::{
    DeletedMachineScope, Machine, MachineScope, MachineSecretKey, ScopedMachine,
};
pub use crate::api::oauth_access_tokens::{
    VerifiedOAuthAccessToken, VerifiedOAuthAccessTokenObject,
};
pub use crate::api::oauth_applications::OAuthApplication;
pub use crate::api::organization_domains::{
    OrganizationDomain, OrganizationDomainEnrollmentMode, OrganizationDomainVerification,
};
pub use crate::api::organization_permissions::{Permission, PermissionType};
pub use crate::api::organization_roles::Role;
pub use crate::api::proxy_checks::ProxyCheck;
pub use crate::api::redirect_urls::RedirectUrl;
pub use crate::api::role_sets::models::{
    RoleSet, RoleSetItem, RoleSetMigration, RoleSetMigrationStatus, RoleSetMigrationTrigger,
    RoleSetType,
};
pub use crate::api::saml_connections::{SamlConnection, SamlConnectionAttributeMapping};
pub use crate::api::sessions::{
    Session, SessionActivity, SessionRefresh, SessionRefreshObject, SessionStatus, SessionTask,
    SessionToken,
};
pub use crate::api::sign_in_tokens::{SignInToken, SignInTokenStatus};
pub use crate::api::sign_ups::{
    SignUp, SignUpNextAction, SignUpStatus, SignUpVerification, SignUpVerifications,
};
pub use crate::api::testing_tokens::TestingToken;
pub use crate::api::users::models::*;
pub use crate::api::waitlist_entries::{WaitlistEntry, WaitlistEntryStatus};
pub use crate::api::webhooks::SvixUrl;
pub use crate::json::open_enum::UnknownValue;
