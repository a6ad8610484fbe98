//! The operations on the tokens of admin portal links.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::requests::body::{body, not_blank};
use crate::requests::limits::range;
use crate::types::id::{OrganizationId, id};
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on the tokens of admin portal links.
    /// [`Clerk::admin_portal_link_tokens`](crate::Clerk::admin_portal_link_tokens) returns this
    /// type.
    ///
    /// In the admin portal, the IT contact of an organization sets up the organization's enterprise
    /// connection. A link with a token opens the portal once.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{
    ///     CreateAdminPortalLinkTokenRequest, RevokeAdminPortalLinkTokenRequest,
    /// };
    ///
    /// let tokens = clerk.admin_portal_link_tokens();
    /// let request = CreateAdminPortalLinkTokenRequest::new()
    ///     .organization_id("org_1")
    ///     .seconds_until_expiration(600);
    /// let created = tokens.create_admin_portal_link_token(request).await?;
    /// assert!(created.token.is_some());
    /// let reason = RevokeAdminPortalLinkTokenRequest::new().revocation_reason("not needed");
    /// let revoked = tokens.revoke_admin_portal_link_token(&created.id, reason).await?;
    /// assert!(revoked.revoked);
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_admin_portal_link_token`](Self::create_admin_portal_link_token) | `createAdminPortalLinkToken` | no |
    /// | [`revoke_admin_portal_link_token`](Self::revoke_admin_portal_link_token) | `revokeAdminPortalLinkToken` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    AdminPortalLinkTokensApi:
        self,
}

operations! {
    /// # Admin portal link tokens
    impl AdminPortalLinkTokensApi = "Admin-Portal-Link-Tokens";

    /// Creates the token of an admin portal link. The token can be used once.
    createAdminPortalLinkToken: POST "/admin_portal_link_tokens", once = "If you repeat the call, two tokens may exist until they expire.",
        [400, 401, 403, 409], unsent = "`it_contact_id` is blank, a scope is blank, or `seconds_until_expiration` is not from 1 to 86400.";
    fn create_admin_portal_link_token(request: CreateAdminPortalLinkTokenRequest) -> AdminPortalLinkToken;

    /// Revokes the token of an admin portal link.
    revokeAdminPortalLinkToken: POST "/admin_portal_link_tokens/{adminPortalLinkTokenID}/revoke", once,
        [400, 401, 403, 404 = "the token does not exist."];
    fn revoke_admin_portal_link_token(admin_portal_link_token_id: AdminPortalLinkTokenId, request: RevokeAdminPortalLinkTokenRequest) -> AdminPortalLinkToken;
}

id! {
    /// The id of the token of an admin portal link: `aplt_` and 32 hexadecimal digits.
    AdminPortalLinkTokenId
}

id! {
    /// The id of an admin portal link: `apl_…`.
    AdminPortalLinkId
}

body! {
    /// The request body of [`create_admin_portal_link_token`].
    ///
    /// [`create_admin_portal_link_token`]: crate::api::AdminPortalLinkTokensApi::create_admin_portal_link_token
    CreateAdminPortalLinkTokenRequest(limits_of_create) {
        /// The organization to which the link is limited.
        organization_id: OrganizationId,
        /// An opaque reference to the IT contact.
        it_contact_id: String,
        /// The scopes of the token.
        scopes: [String],
        /// The lifetime in seconds: 1 to 86400 (a day). Clerk's default is 3600.
        seconds_until_expiration: u32,
    }
}

#[inline]
fn limits_of_create(request: &CreateAdminPortalLinkTokenRequest) -> Result<(), String> {
    if let Some(contact) = &request.it_contact_id {
        not_blank("it_contact_id", contact)?;
    }
    for (at, scope) in request.scopes.iter().flatten().enumerate() {
        not_blank(&format!("scopes[{at}]"), scope)?;
    }
    let seconds = request.seconds_until_expiration.as_ref();
    range("seconds_until_expiration", seconds, 1..=86_400)
}

body! {
    /// The request body of [`revoke_admin_portal_link_token`].
    ///
    /// [`revoke_admin_portal_link_token`]: crate::api::AdminPortalLinkTokensApi::revoke_admin_portal_link_token
    RevokeAdminPortalLinkTokenRequest {
        /// The reason, which Clerk stores with the token.
        revocation_reason / clear_revocation_reason: String,
    }
}

model! {
    /// The token of an admin portal link.
    AdminPortalLinkToken("admin_portal_link_token") {
        /// The id of the token.
        id: AdminPortalLinkTokenId,
        /// The id of the link to which the token belongs.
        admin_portal_link_id: AdminPortalLinkId,
        /// The id of the instance.
        instance_id: String,
        /// The organization to which the link is limited; `None` if it is not limited.
        organization_id: Option<OrganizationId>,
        /// An opaque reference to the IT contact; `None` if there is none.
        it_contact_id: Option<String>,
        /// The scopes of the token; `None` if the token was created without scopes.
        scopes: Option<Vec<String>>,
        /// The token itself, a part of the link's URL; `None` except in the response to the
        /// creation.
        token: Option<SecretString> = optional,
        /// Whether the token is revoked.
        revoked: bool,
        /// The reason of the revocation; `None` if there is none.
        revocation_reason: Option<String>,
        /// Whether the token is expired.
        expired: bool,
        /// The time of expiry; `None` if the token does not expire.
        expiration: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}
