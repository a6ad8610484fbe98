//! The operations of Clerk's Backend API: one type for each tag of Clerk's reference.
//!
//! The documentation of a type lists its operations, with an example. Each method is named after
//! Clerk's operation. The methods that return a [`Pager`](crate::Pager), such as `list_all`, page
//! through a whole list. The parameters and bodies of requests are in
//! [`requests`](crate::requests). The results are in [`models`](crate::models).
//!
//! | subject | method of [`Clerk`] | type | operations on |
//! |---|---|---|---|
//! | Users | [`users`](Clerk::users) | [`UsersApi`] | users, with their passwords, second factors, bans and metadata |
//! | | [`email_addresses`](Clerk::email_addresses) | [`EmailAddressesApi`] | e-mail addresses of users, and their verification |
//! | | [`phone_numbers`](Clerk::phone_numbers) | [`PhoneNumbersApi`] | phone numbers of users, and their verification |
//! | Sessions and tokens | [`sessions`](Clerk::sessions) | [`SessionsApi`] | sessions, and tokens for them |
//! | | [`clients`](Clerk::clients) | [`ClientsApi`] | clients: the browsers and devices that have sessions |
//! | | [`sign_in_tokens`](Clerk::sign_in_tokens) | [`SignInTokensApi`] | links that sign a user in |
//! | | [`actor_tokens`](Clerk::actor_tokens) | [`ActorTokensApi`] | links that let an actor impersonate a user |
//! | | [`testing_tokens`](Clerk::testing_tokens) | [`TestingTokensApi`] | tokens with which end-to-end tests bypass Clerk's bot detection |
//! | | [`jwt_templates`](Clerk::jwt_templates) | [`JwtTemplatesApi`] | templates of tokens for other services |
//! | | [`jwks`](Clerk::jwks) | [`JwksApi`] | the keys that verify session tokens |
//! | Organizations | [`organizations`](Clerk::organizations) | [`OrganizationsApi`] | organizations, with their metadata, logos and billing |
//! | | [`organization_memberships`](Clerk::organization_memberships) | [`OrganizationMembershipsApi`] | members, and their roles and metadata |
//! | | [`organization_invitations`](Clerk::organization_invitations) | [`OrganizationInvitationsApi`] | invitations to organizations |
//! | | [`organization_domains`](Clerk::organization_domains) | [`OrganizationDomainsApi`] | e-mail domains of organizations, through which users can join |
//! | | [`organization_roles`](Clerk::organization_roles) | [`OrganizationRolesApi`] | roles that members can have |
//! | | [`organization_permissions`](Clerk::organization_permissions) | [`OrganizationPermissionsApi`] | permissions that roles can have |
//! | | [`role_sets`](Clerk::role_sets) | [`RoleSetsApi`] | sets of roles that organizations can use |
//! | Sign-up | [`sign_ups`](Clerk::sign_ups) | [`SignUpsApi`] | sign-ups that have not become users yet |
//! | | [`invitations`](Clerk::invitations) | [`InvitationsApi`] | invitations to sign up |
//! | | [`waitlist_entries`](Clerk::waitlist_entries) | [`WaitlistEntriesApi`] | the waitlist |
//! | | [`allowlist_blocklist`](Clerk::allowlist_blocklist) | [`AllowlistBlocklistApi`] | e-mail addresses, phone numbers and wallets that are allowed or blocked |
//! | Machines and OAuth | [`machines`](Clerk::machines) | [`MachinesApi`] | machines, their scopes and their secret keys |
//! | | [`m2m_tokens`](Clerk::m2m_tokens) | [`M2mTokensApi`] | tokens with which machines call each other |
//! | | [`api_keys`](Clerk::api_keys) | [`ApiKeysApi`] | API keys, with which programs act for a user, an organization or a machine |
//! | | [`oauth_applications`](Clerk::oauth_applications) | [`OAuthApplicationsApi`] | applications to which users sign in with their account in the instance |
//! | | [`oauth_access_tokens`](Clerk::oauth_access_tokens) | [`OAuthAccessTokensApi`] | the verification of access tokens of OAuth applications |
//! | | [`agent_tasks`](Clerk::agent_tasks) | [`AgentTasksApi`] | tasks that an agent does on behalf of a user |
//! | Enterprise | [`enterprise_connections`](Clerk::enterprise_connections) | [`EnterpriseConnectionsApi`] | connections to identity providers, by SAML or OpenID Connect |
//! | | [`saml_connections`](Clerk::saml_connections) | [`SamlConnectionsApi`] | SAML connections, which Clerk has deprecated |
//! | | [`directories`](Clerk::directories) | [`DirectoriesApi`] | directories, through which identity providers create, change and deactivate users (SCIM) |
//! | | [`scim_directories`](Clerk::scim_directories) | [`ScimDirectoriesApi`] | the same directories; the methods have older names, which Clerk has not deprecated |
//! | | [`admin_portal_link_tokens`](Clerk::admin_portal_link_tokens) | [`AdminPortalLinkTokensApi`] | links to the admin portal, in which an organization sets up its enterprise connection |
//! | Billing | [`billing`](Clerk::billing) | [`BillingApi`] | plans, prices, subscription items, discounts and statements |
//! | The instance | [`instance_settings`](Clerk::instance_settings) | [`InstanceSettingsApi`] | settings of the instance |
//! | | [`beta_features`](Clerk::beta_features) | [`BetaFeaturesApi`] | beta settings of the instance |
//! | | [`domains`](Clerk::domains) | [`DomainsApi`] | the primary domain and the satellite domains |
//! | | [`proxy_checks`](Clerk::proxy_checks) | [`ProxyChecksApi`] | the check of a proxy for Clerk's Frontend API |
//! | | [`redirect_urls`](Clerk::redirect_urls) | [`RedirectUrlsApi`] | URLs to which native applications may be redirected |
//! | | [`email_and_sms_templates`](Clerk::email_and_sms_templates) | [`EmailAndSmsTemplatesApi`] | texts of e-mails and SMS messages |
//! | | [`webhooks`](Clerk::webhooks) | [`WebhooksApi`] | the Svix application that sends webhooks |
//!
//! One operation has no method: `GET /public/interstitial`, which returns an HTML page to browsers.

pub(crate) mod actor_tokens;
pub(crate) mod admin_portal_link_tokens;
pub(crate) mod agent_tasks;
pub(crate) mod allowlist_blocklist;
pub(crate) mod api_keys;
pub(crate) mod beta_features;
pub(crate) mod billing;
pub(crate) mod clients;
pub(crate) mod directories;
pub(crate) mod domains;
pub(crate) mod email_addresses;
pub(crate) mod email_and_sms_templates;
pub(crate) mod enterprise_connections;
pub(crate) mod instance_settings;
pub(crate) mod invitations;
pub(crate) mod jwks;
pub(crate) mod jwt_templates;
pub(crate) mod m2m_tokens;
pub(crate) mod machines;
pub(crate) mod oauth_access_tokens;
pub(crate) mod oauth_applications;
pub(crate) mod operations;
pub(crate) mod organization_domains;
pub(crate) mod organization_invitations;
pub(crate) mod organization_memberships;
pub(crate) mod organization_permissions;
pub(crate) mod organization_roles;
pub(crate) mod organizations;
pub(crate) mod phone_numbers;
pub(crate) mod proxy_checks;
pub(crate) mod redirect_urls;
pub(crate) mod role_sets;
pub(crate) mod saml_connections;
#[cfg(feature = "_samples")]
pub(crate) mod sample_call;
pub(crate) mod scim_directories;
pub(crate) mod sessions;
pub(crate) mod sign_in_tokens;
pub(crate) mod sign_ups;
pub(crate) mod testing_tokens;
pub(crate) mod users;
pub(crate) mod waitlist_entries;
pub(crate) mod webhooks;

use std::fmt;
use std::sync::LazyLock;

use crate::client::clerk::Clerk;
use crate::transport::HttpTransport;
use crate::uri::operation::OperationInfo;

pub use crate::api::actor_tokens::ActorTokensApi;
pub use crate::api::admin_portal_link_tokens::AdminPortalLinkTokensApi;
pub use crate::api::agent_tasks::AgentTasksApi;
pub use crate::api::allowlist_blocklist::AllowlistBlocklistApi;
pub use crate::api::api_keys::ApiKeysApi;
pub use crate::api::beta_features::BetaFeaturesApi;
pub use crate::api::billing::BillingApi;
pub use crate::api::clients::ClientsApi;
pub use crate::api::directories::DirectoriesApi;
pub use crate::api::domains::DomainsApi;
pub use crate::api::email_addresses::EmailAddressesApi;
pub use crate::api::email_and_sms_templates::EmailAndSmsTemplatesApi;
pub use crate::api::enterprise_connections::EnterpriseConnectionsApi;
pub use crate::api::instance_settings::InstanceSettingsApi;
pub use crate::api::invitations::InvitationsApi;
pub use crate::api::jwks::JwksApi;
pub use crate::api::jwt_templates::JwtTemplatesApi;
pub use crate::api::m2m_tokens::M2mTokensApi;
pub use crate::api::machines::MachinesApi;
pub use crate::api::oauth_access_tokens::OAuthAccessTokensApi;
pub use crate::api::oauth_applications::OAuthApplicationsApi;
pub use crate::api::organization_domains::OrganizationDomainsApi;
pub use crate::api::organization_invitations::OrganizationInvitationsApi;
pub use crate::api::organization_memberships::OrganizationMembershipsApi;
pub use crate::api::organization_permissions::OrganizationPermissionsApi;
pub use crate::api::organization_roles::OrganizationRolesApi;
pub use crate::api::organizations::OrganizationsApi;
pub use crate::api::phone_numbers::PhoneNumbersApi;
pub use crate::api::proxy_checks::ProxyChecksApi;
pub use crate::api::redirect_urls::RedirectUrlsApi;
pub use crate::api::role_sets::RoleSetsApi;
pub use crate::api::saml_connections::SamlConnectionsApi;
pub use crate::api::scim_directories::ScimDirectoriesApi;
pub use crate::api::sessions::SessionsApi;
pub use crate::api::sign_in_tokens::SignInTokensApi;
pub use crate::api::sign_ups::SignUpsApi;
pub use crate::api::testing_tokens::TestingTokensApi;
pub use crate::api::users::UsersApi;
pub use crate::api::waitlist_entries::WaitlistEntriesApi;
pub use crate::api::webhooks::WebhooksApi;

/// Defines a method of [`Clerk`] for each tag of Clerk's reference.
macro_rules! tags {
    ($(#[doc = $doc:literal] $tag:ident: $api:ident,)+) => {
        impl<T: HttpTransport> Clerk<T> {
            $(
                #[doc = $doc]
                #[must_use]
                pub fn $tag(&self) -> $api<T> {
                    $api::new(&self.shared)
                }
            )+
        }

        /// The operations, by tag and by module.
        const TABLES: &[&[&[OperationInfo]]] = &[$(<$api>::TABLES),+];

        /// Returns the tags, each with its operations.
        #[cfg(feature = "_samples")]
        #[doc(hidden)]
        pub fn tags() -> Vec<crate::api::sample_call::Tag> {
            vec![$(crate::api::sample_call::Tag {
                accessor: stringify!($tag),
                api: stringify!($api),
                doc: $doc,
                operations: <$api>::TABLES.iter().copied().flatten().cloned().collect(),
            }),+]
        }

        /// Passes a sample call of each operation to `visit`.
        #[cfg(feature = "_samples")]
        #[doc(hidden)]
        pub fn every(
            clerk: &Clerk,
            sampler: &crate::samples::Sampler,
            visit: &mut dyn FnMut(crate::api::sample_call::SampleCall),
        ) {
            $(clerk.$tag().every(sampler, visit);)+
        }
    };
}

tags! {
    /// Returns the operations on actor tokens.
    actor_tokens: ActorTokensApi,
    /// Returns the operations on tokens of links to the admin portal.
    admin_portal_link_tokens: AdminPortalLinkTokensApi,
    /// Returns the operations on agent tasks.
    agent_tasks: AgentTasksApi,
    /// Returns the operations on the allow-list and the block-list.
    allowlist_blocklist: AllowlistBlocklistApi,
    /// Returns the operations on API keys.
    api_keys: ApiKeysApi,
    /// Returns the operations on the beta settings of an instance.
    beta_features: BetaFeaturesApi,
    /// Returns the operations on billing.
    billing: BillingApi,
    /// Returns the operations on clients: browsers and devices.
    clients: ClientsApi,
    /// Returns the operations on directories (SCIM).
    directories: DirectoriesApi,
    /// Returns the operations on the domains of an instance.
    domains: DomainsApi,
    /// Returns the operations on e-mail addresses of users.
    email_addresses: EmailAddressesApi,
    /// Returns the operations on the templates of e-mails and SMS messages.
    email_and_sms_templates: EmailAndSmsTemplatesApi,
    /// Returns the operations on enterprise connections.
    enterprise_connections: EnterpriseConnectionsApi,
    /// Returns the operations on the settings of an instance.
    instance_settings: InstanceSettingsApi,
    /// Returns the operations on invitations to sign up.
    invitations: InvitationsApi,
    /// Returns the operation on the keys that verify session tokens.
    jwks: JwksApi,
    /// Returns the operations on JWT templates.
    jwt_templates: JwtTemplatesApi,
    /// Returns the operations on M2M tokens.
    m2m_tokens: M2mTokensApi,
    /// Returns the operations on machines.
    machines: MachinesApi,
    /// Returns the operation on the access tokens of OAuth applications.
    oauth_access_tokens: OAuthAccessTokensApi,
    /// Returns the operations on OAuth applications.
    oauth_applications: OAuthApplicationsApi,
    /// Returns the operations on the domains of organizations.
    organization_domains: OrganizationDomainsApi,
    /// Returns the operations on invitations to organizations.
    organization_invitations: OrganizationInvitationsApi,
    /// Returns the operations on the members of organizations.
    organization_memberships: OrganizationMembershipsApi,
    /// Returns the operations on the permissions that roles can have.
    organization_permissions: OrganizationPermissionsApi,
    /// Returns the operations on the roles that members of organizations can have.
    organization_roles: OrganizationRolesApi,
    /// Returns the operations on organizations.
    organizations: OrganizationsApi,
    /// Returns the operations on phone numbers of users.
    phone_numbers: PhoneNumbersApi,
    /// Returns the operation that checks a proxy.
    proxy_checks: ProxyChecksApi,
    /// Returns the operations on redirect URLs.
    redirect_urls: RedirectUrlsApi,
    /// Returns the operations on role sets.
    role_sets: RoleSetsApi,
    /// Returns the deprecated operations on SAML connections.
    saml_connections: SamlConnectionsApi,
    /// Returns the operations on directories (SCIM), under older names.
    scim_directories: ScimDirectoriesApi,
    /// Returns the operations on sessions.
    sessions: SessionsApi,
    /// Returns the operations on sign-in tokens.
    sign_in_tokens: SignInTokensApi,
    /// Returns the operations on sign-ups.
    sign_ups: SignUpsApi,
    /// Returns the operation on testing tokens.
    testing_tokens: TestingTokensApi,
    /// Returns the operations on users.
    users: UsersApi,
    /// Returns the operations on the entries of the waitlist.
    waitlist_entries: WaitlistEntriesApi,
    /// Returns the operations on the Svix application that sends webhooks.
    webhooks: WebhooksApi,
}

impl OperationInfo {
    /// Returns every operation for which the client has a method.
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<OperationInfo>> = LazyLock::new(|| {
            let tables = TABLES.iter().copied().flatten();
            tables.copied().flatten().cloned().collect()
        });
        &ALL
    }
}

/// Finds an operation by Clerk's operationId or by the name of its method.
impl TryFrom<&str> for OperationInfo {
    type Error = UnknownOperation;

    fn try_from(name: &str) -> Result<Self, UnknownOperation> {
        let is_named = |info: &&Self| info.operation_id() == name || info.method_name() == name;
        let found = Self::all().iter().find(is_named).cloned();
        found.ok_or_else(|| UnknownOperation(name.to_owned()))
    }
}

/// The error returned if no operation has the given name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOperation(String);

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "invalid operation {:?}: it does not exist; use Clerk's operationId, such as GetUser, or the name of the method, such as get_user",
            self.0
        )
    }
}

impl std::error::Error for UnknownOperation {}
