//! The operations on JWT templates.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::limits::range;
use crate::requests::params::params;
use crate::requests::patch::Patch;
use crate::types::id::id;
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on JWT templates. [`Clerk::jwt_templates`](crate::Clerk::jwt_templates)
    /// returns this type.
    ///
    /// A template defines the claims of tokens for other services.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{CreateJwtTemplateRequest, PageParams, UpdateJwtTemplateRequest};
    /// use serde_json::json;
    ///
    /// let templates = clerk.jwt_templates();
    /// let claims = json!({ "mail": "{{user.primary_email_address}}" });
    /// let request = CreateJwtTemplateRequest::new("billing", claims.clone());
    /// let template = templates.create_jwt_template(request).await?;
    ///
    /// let page = templates.list_jwt_templates(PageParams::new().limit(100)).await?;
    /// assert_eq!(page.data[0].name, "billing");
    ///
    /// let request = UpdateJwtTemplateRequest::new("billing", claims).lifetime(600);
    /// let template = templates.update_jwt_template(&template.id, request).await?;
    /// assert_eq!(template.lifetime, 600);
    ///
    /// assert!(templates.delete_jwt_template(&template.id).await?.deleted);
    /// # Ok(()) });
    /// ```
    ///
    /// [`create_session_token_from_template`](crate::api::SessionsApi::create_session_token_from_template)
    /// creates a token from a template.
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_jwt_template`](Self::create_jwt_template) | `CreateJWTTemplate` | no |
    /// | [`list_jwt_templates`](Self::list_jwt_templates) | `ListJWTTemplates` | yes |
    /// | [`get_jwt_template`](Self::get_jwt_template) | `GetJWTTemplate` | yes |
    /// | [`update_jwt_template`](Self::update_jwt_template) | `UpdateJWTTemplate` | no |
    /// | [`delete_jwt_template`](Self::delete_jwt_template) | `DeleteJWTTemplate` | yes |
    ///
    /// # Errors
    ///
    /// - 400 or 403: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    JwtTemplatesApi:
        self,
}

operations! {
    /// # JWT templates
    impl JwtTemplatesApi = "JWT-Templates";

    /// Creates a JWT template.
    CreateJWTTemplate: POST "/jwt_templates", once = "Call [`list_jwt_templates`](Self::list_jwt_templates) to see whether the template exists.", [
        400 = "a claim has a reserved name, such as `sub` (`jwt_template_reserved_claim`), among other causes.",
        402, 422,
    ], unsent = "the name is blank, `lifetime` is not from 30 to 315360000, `allowed_clock_skew` is above 300, or `custom_signing_key` is true while `signing_algorithm` or `signing_key` is missing.";
    fn create_jwt_template(request: CreateJwtTemplateRequest) -> JwtTemplate;

    /// Lists the JWT templates of the instance.
    ListJWTTemplates: GET "/jwt_templates", idempotent, [], unsent = "the `limit` is not from 1 to 500.";
    fn list_jwt_templates(params: JwtTemplateListParams) -> Page<JwtTemplate>, all list_all(params);

    /// Returns a JWT template.
    GetJWTTemplate: GET "/jwt_templates/{template_id}", idempotent, [404 = "the template does not exist."];
    fn get_jwt_template(template_id: JwtTemplateId) -> JwtTemplate;

    /// Updates a JWT template. The request replaces the name and the claims.
    UpdateJWTTemplate: PATCH "/jwt_templates/{template_id}", once = "Call [`get_jwt_template`](Self::get_jwt_template) to see whether the update took effect.", [
        400 = "a claim has a reserved name, such as `sub` (`jwt_template_reserved_claim`), among other causes.",
        402, 422,
    ], unsent = "the name is blank, `lifetime` is not from 30 to 315360000, `allowed_clock_skew` is above 300, or `custom_signing_key` is true while `signing_algorithm` or `signing_key` is missing.";
    fn update_jwt_template(template_id: JwtTemplateId, request: UpdateJwtTemplateRequest) -> JwtTemplate;

    /// Deletes a JWT template.
    DeleteJWTTemplate: DELETE "/jwt_templates/{template_id}", idempotent, [
        403 = "the template defines the session tokens (`session_token_jwt_template`), among other causes.",
        404 = "the template does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the template.",
    ];
    fn delete_jwt_template(template_id: JwtTemplateId) -> DeletedObject;
}

id! {
    /// The id of a JWT template: `jtmp_…`.
    JwtTemplateId
}

id! {
    /// The name of a JWT template, such as `hasura`.
    JwtTemplateName
}

params! {
    /// The limit and the offset of a list of JWT templates.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    JwtTemplateListParams paged 500 as paginated {}
}

body! {
    /// The request body of
    /// [`create_jwt_template`](crate::api::JwtTemplatesApi::create_jwt_template).
    CreateJwtTemplateRequest(created_is_valid)
    required {
        /// The name of the template.
        name: JwtTemplateName,
        /// The claims. Strings in the claims can contain shortcodes, such as `{{user.id}}`. When
        /// Clerk creates a token, it replaces the shortcodes by their values.
        claims: Metadata,
    } and {
        /// The lifetime of the tokens in seconds: 30 to 315360000.
        lifetime / clear_lifetime: u32,
        /// The allowed clock skew in seconds: 0 to 300.
        allowed_clock_skew / clear_allowed_clock_skew: u32,
        /// Whether tokens are signed with your own key. If so, `signing_algorithm` and
        /// `signing_key` are required.
        custom_signing_key: bool,
        /// The algorithm of your own key, such as `RS256`.
        signing_algorithm / clear_signing_algorithm: String,
        /// Your own private key. Hidden from `Debug`.
        signing_key / clear_signing_key: SecretString,
    }
}

#[inline]
fn created_is_valid(request: &CreateJwtTemplateRequest) -> Result<(), String> {
    times_are_valid(&request.lifetime, &request.allowed_clock_skew)?;
    key_is_complete(
        request.custom_signing_key,
        &request.signing_algorithm,
        &request.signing_key,
    )
}

body! {
    /// The request body of
    /// [`update_jwt_template`](crate::api::JwtTemplatesApi::update_jwt_template).
    UpdateJwtTemplateRequest(updated_is_valid)
    required {
        /// The name of the template.
        name: JwtTemplateName,
        /// The claims. Strings in the claims can contain shortcodes, such as `{{user.id}}`. When
        /// Clerk creates a token, it replaces the shortcodes by their values.
        claims: Metadata,
    } and {
        /// The lifetime of the tokens in seconds: 30 to 315360000.
        lifetime / clear_lifetime: u32,
        /// The allowed clock skew in seconds: 0 to 300.
        allowed_clock_skew / clear_allowed_clock_skew: u32,
        /// Whether tokens are signed with your own key. If so, `signing_algorithm` and
        /// `signing_key` are required.
        custom_signing_key: bool,
        /// The algorithm of your own key, such as `RS256`.
        signing_algorithm / clear_signing_algorithm: String,
        /// Your own private key. Hidden from `Debug`.
        signing_key / clear_signing_key: SecretString,
    }
}

#[inline]
fn updated_is_valid(request: &UpdateJwtTemplateRequest) -> Result<(), String> {
    times_are_valid(&request.lifetime, &request.allowed_clock_skew)?;
    key_is_complete(
        request.custom_signing_key,
        &request.signing_algorithm,
        &request.signing_key,
    )
}

#[inline]
fn times_are_valid(lifetime: &Patch<u32>, allowed_clock_skew: &Patch<u32>) -> Result<(), String> {
    range("lifetime", lifetime.as_set(), 30..=315_360_000)?;
    range("allowed_clock_skew", allowed_clock_skew.as_set(), 0..=300)
}

#[inline]
fn key_is_complete(
    custom_signing_key: Option<bool>,
    algorithm: &Patch<String>,
    key: &Patch<SecretString>,
) -> Result<(), String> {
    let missing = match (algorithm, key) {
        (Patch::Set(_), Patch::Set(_)) => return Ok(()),
        (Patch::Set(_), _) => "signing_key",
        _ => "signing_algorithm",
    };
    if custom_signing_key == Some(true) {
        return Err(format!(
            "invalid {missing}: it is not set; custom_signing_key requires it"
        ));
    }
    Ok(())
}

model! {
    /// A JWT template.
    JwtTemplate("jwt_template") {
        /// The id of the template.
        id: JwtTemplateId,
        /// The name.
        name: JwtTemplateName,
        /// The claims.
        claims: Metadata,
        /// The lifetime of the tokens in seconds.
        lifetime: i64,
        /// The allowed clock skew in seconds.
        allowed_clock_skew: i64,
        /// Whether tokens are signed with your own key.
        custom_signing_key: bool,
        /// The algorithm of the signatures, such as `RS256`.
        signing_algorithm: String,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for JwtTemplate {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
