//! Clerk's Backend API over any HTTP transport.
//!
//! This crate is the client without an HTTP stack: it builds requests, decodes responses and
//! reports errors. An [`HttpTransport`] sends the requests. Applications depend on `clerk-client`,
//! which includes a transport by default. Depend on this crate alone to write a transport, or to
//! choose every dependency yourself. This crate starts no runtime, opens no socket, and builds for
//! `wasm32-unknown-unknown`.
//!
//! - [`Clerk`], [`ClerkBuilder`], [`SecretKey`]: the client and its settings
//! - [`api`]: a type for each tag of the API, such as [`UsersApi`], with a method for each operation
//! - [`Call`]: the return type of these methods
//! - [`requests`]: request parameters and bodies; [`models`]: response types; [`ids`]: typed ids
//! - [`Pager`], [`Position`]: lists of any length; [`GetMany`], [`BanMany`]: operations on many
//!   users
//! - [`Error`], [`ErrorKind`]: errors
//! - [`HttpTransport`], [`TransportError`]: the transport interface and its contract
//!
//! Not included: a blocking API. The crate `clerk-auth` verifies session tokens and tokens of
//! machines.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod api;
mod client;
mod json;
pub mod models;
mod paging;
pub mod requests;
#[cfg(feature = "_samples")]
#[doc(hidden)]
pub mod samples;
mod transport;
mod types;
mod uri;
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhooks;

/// Constants for Clerk's operations. Each is named after Clerk's operationId.
pub mod operations {
    pub use crate::api::actor_tokens::operations::*;
    pub use crate::api::admin_portal_link_tokens::operations::*;
    pub use crate::api::agent_tasks::operations::*;
    pub use crate::api::allowlist_blocklist::operations::*;
    pub use crate::api::api_keys::operations::*;
    pub use crate::api::beta_features::operations::*;
    pub use crate::api::billing::discounts::operations::*;
    pub use crate::api::billing::free_trials::operations::*;
    pub use crate::api::billing::plans::operations::*;
    pub use crate::api::billing::price_transitions::operations::*;
    pub use crate::api::billing::prices::operations::*;
    pub use crate::api::billing::statements::operations::*;
    pub use crate::api::billing::subscription_items::operations::*;
    pub use crate::api::clients::operations::*;
    pub use crate::api::directories::directory::operations::*;
    pub use crate::api::directories::group_role_mappings::operations::*;
    pub use crate::api::domains::operations::*;
    pub use crate::api::email_addresses::operations::*;
    pub use crate::api::email_and_sms_templates::operations::*;
    pub use crate::api::enterprise_connections::connections::operations::*;
    pub use crate::api::enterprise_connections::test_runs::operations::*;
    pub use crate::api::instance_settings::communication::operations::*;
    pub use crate::api::instance_settings::instance::operations::*;
    pub use crate::api::instance_settings::oauth_applications::operations::*;
    pub use crate::api::instance_settings::organizations::operations::*;
    pub use crate::api::instance_settings::protect::operations::*;
    pub use crate::api::instance_settings::restrictions::operations::*;
    pub use crate::api::invitations::operations::*;
    pub use crate::api::jwks::operations::*;
    pub use crate::api::jwt_templates::operations::*;
    pub use crate::api::m2m_tokens::operations::*;
    pub use crate::api::machines::operations::*;
    pub use crate::api::oauth_access_tokens::operations::*;
    pub use crate::api::oauth_applications::operations::*;
    pub use crate::api::organization_domains::operations::*;
    pub use crate::api::organization_invitations::operations::*;
    pub use crate::api::organization_memberships::operations::*;
    pub use crate::api::organization_permissions::operations::*;
    pub use crate::api::organization_roles::operations::*;
    pub use crate::api::organizations::billing::operations::*;
    pub use crate::api::organizations::logo::operations::*;
    pub use crate::api::organizations::metadata::operations::*;
    pub use crate::api::organizations::organization::operations::*;
    pub use crate::api::phone_numbers::operations::*;
    pub use crate::api::proxy_checks::operations::*;
    pub use crate::api::redirect_urls::operations::*;
    pub use crate::api::role_sets::operations::*;
    pub use crate::api::saml_connections::operations::*;
    pub use crate::api::scim_directories::operations::*;
    pub use crate::api::sessions::operations::*;
    pub use crate::api::sign_in_tokens::operations::*;
    pub use crate::api::sign_ups::operations::*;
    pub use crate::api::testing_tokens::operations::*;
    pub use crate::api::users::account::operations::*;
    pub use crate::api::users::ban::operations::*;
    pub use crate::api::users::billing::operations::*;
    pub use crate::api::users::identifications::operations::*;
    pub use crate::api::users::listing::operations::*;
    pub use crate::api::users::lock::operations::*;
    pub use crate::api::users::metadata::operations::*;
    pub use crate::api::users::mfa::operations::*;
    pub use crate::api::users::oauth::operations::*;
    pub use crate::api::users::organizations::operations::*;
    pub use crate::api::users::password::operations::*;
    pub use crate::api::users::profile_image::operations::*;
    pub use crate::api::users::trusted_devices::operations::*;
    pub use crate::api::waitlist_entries::operations::*;
    pub use crate::api::webhooks::operations::*;
}

/// Typed ids. A [`UserId`] cannot be used in place of an [`OrganizationId`].
///
/// A call accepts any type that converts into the id: `&str`, `String`, or a reference to the id.
pub mod ids {
    pub use crate::api::actor_tokens::ActorTokenId;
    pub use crate::api::admin_portal_link_tokens::{AdminPortalLinkId, AdminPortalLinkTokenId};
    pub use crate::api::agent_tasks::{AgentId, AgentTaskId};
    pub use crate::api::allowlist_blocklist::{AllowlistIdentifierId, BlocklistIdentifierId};
    pub use crate::api::api_keys::{ApiKeyId, ApiKeySubject};
    pub use crate::api::billing::discounts::CommerceDiscountId;
    pub use crate::api::billing::plans::CommercePlanId;
    pub use crate::api::billing::prices::BillingPriceId;
    pub use crate::api::billing::statements::BillingStatementId;
    pub use crate::api::billing::subscription_items::CommerceSubscriptionItemId;
    pub use crate::api::directories::group_role_mappings::DirectoryGroupRoleMappingId;
    pub use crate::api::domains::DomainId;
    pub use crate::api::email_and_sms_templates::{TemplateId, TemplateSlug};
    pub use crate::api::enterprise_connections::models::EnterpriseConnectionId;
    pub use crate::api::enterprise_connections::saml::SamlConnectionId;
    pub use crate::api::invitations::InvitationId;
    pub use crate::api::jwt_templates::{JwtTemplateId, JwtTemplateName};
    pub use crate::api::m2m_tokens::M2mTokenId;
    pub use crate::api::machines::MachineId;
    pub use crate::api::oauth_access_tokens::OAuthAccessTokenId;
    pub use crate::api::oauth_applications::OAuthApplicationId;
    pub use crate::api::organization_domains::OrganizationDomainId;
    pub use crate::api::organization_permissions::PermissionId;
    pub use crate::api::organization_roles::RoleId;
    pub use crate::api::proxy_checks::ProxyCheckId;
    pub use crate::api::redirect_urls::RedirectUrlId;
    pub use crate::api::role_sets::models::RoleSetId;
    pub use crate::api::sign_in_tokens::SignInTokenId;
    pub use crate::api::sign_ups::SignUpId;
    pub use crate::api::waitlist_entries::WaitlistEntryId;
    pub use crate::types::id::{
        ClientId, DirectoryId, EmailAddressId, ExternalAccountId, InstanceId, OAuthProvider,
        OrganizationId, OrganizationInvitationId, OrganizationMembershipId, PasskeyId,
        PhoneNumberId, SessionId, TrustedDeviceId, UserId, VerificationId, Web3WalletId,
    };
}

pub use api::UnknownOperation;
#[cfg(feature = "_samples")]
#[doc(hidden)]
pub use api::sample_call::{AnyCall, Printed, SampleCall, Sending, Tag};
pub use api::users::UsersApi;
pub use api::users::bulk::{BanMany, BulkError, FailedChunk, FoundUsers, GetMany};
#[cfg(feature = "_samples")]
#[doc(hidden)]
pub use api::{every, tags};
pub use async_trait::async_trait;
pub use client::builder::ClerkBuilder;
pub use client::call::Call;
pub use client::clerk::Clerk;
pub use client::error::{Error, ErrorKind};
pub use client::rate_limit::RateLimit;
pub use client::rate_limiter::RateLimiter;
pub use client::response::{Response, decode};
pub use client::retry::{Attempt, AttemptFailure, RetryPolicy};
pub use client::secret_key::SecretKey;
pub use client::send::with_timeout;
pub use client::version::API_VERSION;
pub use ids::*;
pub use json::open_enum::UnknownValue;
#[doc(alias = "paginate")]
#[doc(alias = "pagination")]
#[doc(alias = "paging")]
pub use paging::pager::Pager;
pub use paging::position::{Position, PositionError};
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use paging::stream::PagerStream;
pub use transport::catch_panic::catch_panic;
pub use transport::error::{TransportError, TransportErrorKind};
pub use transport::{
    AttemptTimeout, DynTransport, HttpRequest, HttpResponse, HttpTransport, monotonic_now,
    system_time,
};
pub use types::metadata::Metadata;
pub use types::secret::SecretString;
pub use types::timestamp::Timestamp;
pub use uri::operation::OperationInfo;
pub use {bytes, http};
