//! Request parameters and bodies.
//!
//! Setters can be chained, and only the fields that were set are sent. If a value is invalid, such
//! as a `limit` of 0, the call returns an error before anything is sent.

pub(crate) mod argument;
pub(crate) mod body;
pub(crate) mod credits;
pub(crate) mod limits;
pub(crate) mod logo_image;
pub(crate) mod order;
pub(crate) mod page_params;
pub(crate) mod parameter;
pub(crate) mod params;
pub(crate) mod parts;
pub(crate) mod patch;
pub(crate) mod profile_image;
pub(crate) mod rfc3339;
pub(crate) mod secret_body;

pub use credits::{AdjustCreditBalanceRequest, CreditAction};
pub use logo_image::LogoImage;
pub use order::Order;
pub use page_params::PageParams;
pub use patch::Patch;
pub use profile_image::ProfileImage;
pub use rfc3339::Rfc3339;

pub use crate::api::actor_tokens::CreateActorTokenRequest;
pub use crate::api::admin_portal_link_tokens::{
    CreateAdminPortalLinkTokenRequest, RevokeAdminPortalLinkTokenRequest,
};
pub use crate::api::agent_tasks::{AgentTaskPermissions, AgentTaskUser, CreateAgentTaskRequest};
pub use crate::api::allowlist_blocklist::{
    AllowlistIdentifierListParams, CreateAllowlistIdentifierRequest,
    CreateBlocklistIdentifierRequest,
};
pub use crate::api::api_keys::{
    ApiKeyListParams, CreateApiKeyRequest, RevokeApiKeyRequest, UpdateApiKeyRequest,
    VerifyApiKeyRequest,
};
pub use crate::api::beta_features::{
    ChangeProductionInstanceDomainRequest, UpdateInstanceAuthConfigRequest,
    UpdateProductionInstanceDomainRequest,
};
pub use crate::api::billing::discounts::ApplyCommerceDiscountRequest;
pub use crate::api::billing::free_trials::ExtendFreeTrialRequest;
pub use crate::api::billing::plans::CommercePlanListParams;
pub use crate::api::billing::price_transitions::CreateBillingPriceTransitionRequest;
pub use crate::api::billing::prices::{BillingPriceListParams, CreateBillingPriceRequest};
pub use crate::api::billing::statements::{
    BillingPaymentAttemptListParams, BillingStatementListParams,
};
pub use crate::api::billing::subscription_items::{
    CancelCommerceSubscriptionItemParams, CommerceSubscriptionItemListParams,
    CommerceSubscriptionItemListStatus,
};
pub use crate::api::clients::{ClientListParams, VerifyClientRequest};
pub use crate::api::directories::attribute_mapping::AttributeMappingChanges;
pub use crate::api::directories::directory::{CreateDirectoryRequest, UpdateDirectoryRequest};
pub use crate::api::directories::group_role_mappings::{
    CreateDirectoryGroupRoleMappingRequest, DirectoryGroupRole, NewDirectoryGroupRoleMapping,
    ReplaceDirectoryGroupRoleMappingsRequest,
};
pub use crate::api::domains::{AddDomainRequest, UpdateDomainRequest};
pub use crate::api::email_addresses::{
    AttemptEmailAddressVerificationRequest, CreateEmailAddressRequest, UpdateEmailAddressRequest,
};
pub use crate::api::email_and_sms_templates::{
    PreviewTemplateRequest, TemplateListParams, ToggleTemplateDeliveryRequest,
    UpsertTemplateRequest,
};
pub use crate::api::enterprise_connections::connections::EnterpriseConnectionListParams;
pub use crate::api::enterprise_connections::requests::{
    CreateEnterpriseConnectionRequest, CreateEnterpriseConnectionSamlRequest,
    EnterpriseConnectionAttributeMappingRequest, EnterpriseConnectionCustomAttributeRequest,
    EnterpriseConnectionOidcRequest, EnterpriseConnectionProvider,
    UpdateEnterpriseConnectionRequest, UpdateEnterpriseConnectionSamlRequest,
};
pub use crate::api::enterprise_connections::saml::SamlLoginHintRequest;
pub use crate::api::enterprise_connections::test_runs::EnterpriseConnectionTestRunListParams;
pub use crate::api::instance_settings::communication::UpdateInstanceCommunicationRequest;
pub use crate::api::instance_settings::instance::UpdateInstanceRequest;
pub use crate::api::instance_settings::oauth_applications::UpdateInstanceOAuthApplicationSettingsRequest;
pub use crate::api::instance_settings::organizations::UpdateInstanceOrganizationSettingsRequest;
pub use crate::api::instance_settings::preferred_strategy::PreferredSignInStrategy;
pub use crate::api::instance_settings::protect::UpdateInstanceProtectRequest;
pub use crate::api::instance_settings::restrictions::UpdateInstanceRestrictionsRequest;
pub use crate::api::invitations::{
    CreateInvitationRequest, InvitationListParams, InvitationOrder, InvitationOrderBy,
    InvitationTemplateSlug,
};
pub use crate::api::jwt_templates::{
    CreateJwtTemplateRequest, JwtTemplateListParams, UpdateJwtTemplateRequest,
};
pub use crate::api::m2m_tokens::{
    CreateM2mTokenRequest, M2mTokenFormat, M2mTokenListParams, RevokeM2mTokenRequest,
    VerifyM2mTokenRequest,
};
pub use crate::api::machines::{
    CreateMachineRequest, CreateMachineScopeRequest, MachineListParams, MachineOrder,
    MachineOrderBy, RotateMachineSecretKeyRequest, UpdateMachineRequest,
};
pub use crate::api::oauth_access_tokens::VerifyOAuthAccessTokenRequest;
pub use crate::api::oauth_applications::{
    CreateOAuthApplicationRequest, OAuthApplicationListParams, OAuthApplicationOrder,
    OAuthApplicationOrderBy, RevokeOAuthApplicationTokenRequest, UpdateOAuthApplicationRequest,
};
pub use crate::api::organization_domains::{
    CreateOrganizationDomainRequest, InstanceOrganizationDomainListParams,
    OrganizationDomainListParams, OrganizationDomainOrder, OrganizationDomainOrderBy,
    UpdateOrganizationDomainRequest,
};
pub use crate::api::organization_invitations::{
    CreateOrganizationInvitationRequest, InstanceOrganizationInvitationListParams,
    OrganizationInvitationOrder, OrganizationInvitationOrderBy,
    RevokeOrganizationInvitationRequest, SentOrganizationInvitationListParams,
};
pub use crate::api::organization_memberships::{
    CreateOrganizationMembershipRequest, InstanceOrganizationMembershipListParams,
    OrganizationMembershipListParams, OrganizationMembershipOrder, OrganizationMembershipOrderBy,
    UpdateOrganizationMembershipMetadataRequest, UpdateOrganizationMembershipRequest,
};
pub use crate::api::organization_permissions::{
    CreateOrganizationPermissionRequest, OrganizationPermissionListParams,
    OrganizationPermissionOrder, OrganizationPermissionOrderBy,
    UpdateOrganizationPermissionRequest,
};
pub use crate::api::organization_roles::{
    CreateOrganizationRoleRequest, OrganizationRoleListParams, OrganizationRoleOrder,
    OrganizationRoleOrderBy, UpdateOrganizationRoleRequest,
};
pub use crate::api::organizations::requests::{
    CreateOrganizationRequest, GetOrganizationParams, MergeOrganizationMetadataRequest,
    OrganizationListParams, OrganizationOrder, OrganizationOrderBy,
    ReplaceOrganizationMetadataRequest, UpdateOrganizationRequest,
};
pub use crate::api::phone_numbers::{
    AttemptPhoneNumberVerificationRequest, CreatePhoneNumberRequest, UpdatePhoneNumberRequest,
};
pub use crate::api::proxy_checks::VerifyDomainProxyRequest;
pub use crate::api::redirect_urls::{CreateRedirectUrlRequest, RedirectUrlListParams};
pub use crate::api::role_sets::requests::{
    AddRolesToRoleSetRequest, CreateRoleSetRequest, ReplaceRoleInRoleSetRequest,
    ReplaceRoleSetRequest, RoleKeys, RoleSetListParams, RoleSetOrder, RoleSetOrderBy,
    UpdateRoleSetRequest,
};
pub use crate::api::saml_connections::{
    CreateSamlConnectionRequest, SamlConnectionAttributeMappingRequest, SamlConnectionListParams,
    SamlConnectionOrder, SamlConnectionOrderBy, SamlConnectionProvider,
    UpdateSamlConnectionRequest,
};
pub use crate::api::scim_directories::{
    CreateScimDirectoryRequest, CreateScimGroupRoleMappingRequest, NewScimGroupRoleMapping,
    ReplaceScimGroupRoleMappingsRequest, ScimGroupRole,
};
pub use crate::api::sessions::{
    CreateSessionRequest, CreateSessionTokenRequest, RefreshSessionRequest, SessionListParams,
    SessionRefreshFormat,
};
pub use crate::api::sign_in_tokens::CreateSignInTokenRequest;
pub use crate::api::sign_ups::UpdateSignUpRequest;
pub use crate::api::users::requests::*;
pub use crate::api::waitlist_entries::{
    CreateWaitlistEntryRequest, InviteWaitlistEntryRequest, WaitlistEntryListParams,
    WaitlistEntryOrder, WaitlistEntryOrderBy,
};
