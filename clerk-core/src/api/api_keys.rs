//! The operations on API keys.

use crate::api::machines::MachineId;
use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::limits::{above_zero, length};
use crate::requests::params::params;
use crate::requests::patch::Patch;
use crate::requests::secret_body::secret_body;
use crate::types::id::{OrganizationId, UserId, id};
use crate::types::metadata::Metadata;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on API keys. [`Clerk::api_keys`](crate::Clerk::api_keys) returns this type.
    ///
    /// An API key lets a program act for a user, an organization or a machine. It is not the
    /// [secret key](crate::SecretKey) of the instance.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let fake = clerk_client::mock::FakeClerk::new();
    /// # fake.add(clerk_client::mock::FakeUser::new("user_1"));
    /// # let clerk = fake.client();
    /// use clerk_client::requests::{ApiKeyListParams, CreateApiKeyRequest, RevokeApiKeyRequest};
    ///
    /// let keys = clerk.api_keys();
    /// let request = CreateApiKeyRequest::new("export", "user_1").scopes(["read"]);
    /// let key = keys.create_api_key(request).await?;
    /// let secret = key.secret.unwrap_or_default();
    ///
    /// let verified = keys.verify_api_key(&secret).await?;
    /// assert_eq!(verified.subject, "user_1");
    /// let of_user = keys.get_api_keys(ApiKeyListParams::new("user_1")).await?;
    /// assert_eq!(of_user.data[0].id, key.id);
    /// keys.revoke_api_key(&key.id, RevokeApiKeyRequest::new()).await?;
    /// keys.delete_api_key(&key.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_api_key`](Self::create_api_key) | `createApiKey` | no |
    /// | [`get_api_keys`](Self::get_api_keys) | `getApiKeys` | yes |
    /// | [`get_api_key`](Self::get_api_key) | `getApiKey` | yes |
    /// | [`update_api_key`](Self::update_api_key) | `updateApiKey` | no |
    /// | [`delete_api_key`](Self::delete_api_key) | `deleteApiKey` | yes |
    /// | [`get_api_key_secret`](Self::get_api_key_secret) | `getApiKeySecret` | yes |
    /// | [`revoke_api_key`](Self::revoke_api_key) | `revokeApiKey` | no |
    /// | [`verify_api_key`](Self::verify_api_key) | `verifyApiKey` | yes |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    /// - 422: API keys are not enabled for the instance (`api_keys_not_enabled`), among other
    ///   causes.
    /// - The client sends no request if an id is `verify`, the name of one of Clerk's endpoints.
    ApiKeysApi:
        self,
}

operations! {
    /// # API keys
    impl ApiKeysApi = "API-Keys";

    /// Creates an API key. The response has the key's secret.
    createApiKey: POST "/api_keys", once = "Call [`get_api_keys`](Self::get_api_keys) to see whether the key exists.",
        [400, 409], unsent = "the name has fewer than 3 characters or white space at its ends, the type does not have 3 to 25 characters, the description is longer than 255 characters, or `seconds_until_expiration` is 0.";
    fn create_api_key(request: CreateApiKeyRequest) -> ApiKey;

    /// Lists the API keys of a user, an organization or a machine.
    getApiKeys: GET "/api_keys", idempotent, [400, 404],
        unsent = "the subject is blank, the type has fewer than 3 characters, or the `limit` is not from 1 to 100.";
    fn get_api_keys(params: ApiKeyListParams) -> Page<ApiKey>, all list_all(params);

    /// Returns an API key, without its secret.
    getApiKey: GET "/api_keys/{apiKeyID}", idempotent, [400, 404 = "the API key does not exist."];
    fn get_api_key(api_key_id: ApiKeyId) -> ApiKey;

    /// Updates an API key. Fields that are not set stay unchanged.
    updateApiKey: PATCH "/api_keys/{apiKeyID}", once = "Call [`get_api_key`](Self::get_api_key) to see whether the update took effect.",
        [400, 404 = "the API key does not exist."], unsent = "the description is longer than 255 characters, or `seconds_until_expiration` is 0.";
    fn update_api_key(api_key_id: ApiKeyId, request: UpdateApiKeyRequest) -> ApiKey;

    /// Deletes an API key. To keep a record of the key, revoke the key instead.
    deleteApiKey: DELETE "/api_keys/{apiKeyID}", idempotent, [
        400,
        404 = "the API key does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the key.",
    ];
    fn delete_api_key(api_key_id: ApiKeyId) -> DeletedObject;

    /// Returns the secret of an API key.
    getApiKeySecret: GET "/api_keys/{apiKeyID}/secret", idempotent, [400, 404 = "the API key does not exist."];
    fn get_api_key_secret(api_key_id: ApiKeyId) -> ApiKeySecret;

    /// Revokes an API key. The key is no longer valid, but a list with `include_invalid` still
    /// contains it.
    revokeApiKey: POST "/api_keys/{apiKeyID}/revoke", once = "Call [`get_api_key`](Self::get_api_key) to see whether the key is revoked.",
        [400, 404 = "the API key does not exist."];
    fn revoke_api_key(api_key_id: ApiKeyId, request: RevokeApiKeyRequest) -> ApiKey;

    /// Verifies the secret of an API key, and returns the key.
    ///
    /// Before you trust the key, check [`revoked`](ApiKey::revoked) and
    /// [`expired`](ApiKey::expired): for a revoked or expired key, Clerk may return the key instead
    /// of the status 404.
    verifyApiKey: POST "/api_keys/verify", idempotent, [400, 404 = "the API key does not exist, or is no longer valid."],
        unsent = "the secret is empty.";
    fn verify_api_key(request: VerifyApiKeyRequest) -> ApiKey;
}

id! {
    /// The id of an API key: `ak_` and 32 hexadecimal digits. Clerk also accepts ids that start
    /// with `api_key_`.
    ApiKeyId
}

id! {
    /// The id of the user, organization or machine for which an API key acts: `user_…`, `org_…` or
    /// `mch_…`. A [`UserId`], [`OrganizationId`] or [`MachineId`] converts into this type.
    ///
    /// Clerk also accepts subjects that start with `scim_`. Its specification does not describe
    /// them.
    ApiKeySubject
}

macro_rules! subjects {
    ($($id:ty),+) => {
        $(
            impl From<$id> for ApiKeySubject {
                fn from(id: $id) -> Self {
                    id.as_str().into()
                }
            }

            impl From<&$id> for ApiKeySubject {
                fn from(id: &$id) -> Self {
                    id.as_str().into()
                }
            }
        )+
    };
}

subjects!(UserId, OrganizationId, MachineId);

params! {
    /// The parameters of a list of API keys: the subject, filters, the limit and the offset.
    ApiKeyListParams(type_of_list) paged 100
    required {
        /// Keys of this user, organization or machine.
        subject: ApiKeySubject,
    } and {
        /// Keys of this type. The type must have at least 3 characters. Clerk's default is
        /// `api_key`.
        kind as "type": String,
        /// Whether revoked and expired keys are included. Clerk's default is no.
        include_invalid: bool,
        /// A text by which Clerk filters the keys.
        query: String,
    }
}

#[inline]
fn type_of_list(params: &ApiKeyListParams) -> Result<(), String> {
    match &params.kind {
        Some(kind) if kind.chars().count() < 3 => Err(format!(
            "invalid type: {kind:?}; it must have at least 3 characters"
        )),
        _ => Ok(()),
    }
}

body! {
    /// The request body of [`create_api_key`](crate::api::ApiKeysApi::create_api_key).
    CreateApiKeyRequest(limits_of_create)
    required {
        /// The name, with at least 3 characters, and without white space at the start or the end.
        name: String,
        /// The user, organization or machine for which the key acts.
        subject: ApiKeySubject,
    } and {
        /// The type, with 3 to 25 characters. Clerk's default is `api_key`.
        kind as "type": String,
        /// The description, with up to 255 characters.
        description / clear_description: String,
        /// Custom data of your application. Clerk returns the data when the key is verified.
        claims / clear_claims: Metadata,
        /// The scopes. Your application defines their meaning.
        scopes: [String],
        /// The user who creates the key.
        created_by / clear_created_by: UserId,
        /// The lifetime in seconds, above 0. If it is not set, the key does not expire.
        seconds_until_expiration / clear_seconds_until_expiration: u32,
    }
}

#[inline]
fn limits_of_create(request: &CreateApiKeyRequest) -> Result<(), String> {
    let name = &request.name;
    if name.chars().count() < 3 || name.trim() != name {
        return Err(format!(
            "invalid name: {name:?}; it must have at least 3 characters, and no white space at its ends"
        ));
    }
    if let Some(kind) = &request.kind {
        length("type", kind, 3..=25)?;
    }
    description_and_lifetime(&request.description, &request.seconds_until_expiration)
}

#[inline]
fn description_and_lifetime(
    description: &Patch<String>,
    seconds: &Patch<u32>,
) -> Result<(), String> {
    if let Some(description) = description.as_set() {
        length("description", description, 0..=255)?;
    }
    above_zero("seconds_until_expiration", seconds.as_set())
}

body! {
    /// The request body of [`update_api_key`](crate::api::ApiKeysApi::update_api_key).
    UpdateApiKeyRequest(limits_of_update) {
        /// Custom data of your application. Clerk returns the data when the key is verified.
        claims / clear_claims: Metadata,
        /// The scopes. Your application defines their meaning.
        scopes: [String],
        /// The description, with up to 255 characters.
        description / clear_description: String,
        /// The user, organization or machine for which the key acts.
        subject: ApiKeySubject,
        /// The lifetime in seconds from now, above 0.
        seconds_until_expiration / clear_seconds_until_expiration: u32,
    }
}

#[inline]
fn limits_of_update(request: &UpdateApiKeyRequest) -> Result<(), String> {
    description_and_lifetime(&request.description, &request.seconds_until_expiration)
}

body! {
    /// The request body of [`revoke_api_key`](crate::api::ApiKeysApi::revoke_api_key).
    RevokeApiKeyRequest {
        /// The reason, which Clerk stores with the key.
        revocation_reason / clear_revocation_reason: String,
    }
}

secret_body! {
    /// The request body of [`verify_api_key`](crate::api::ApiKeysApi::verify_api_key). A secret
    /// converts into this type.
    VerifyApiKeyRequest {
        /// The secret of the key to verify.
        secret
    }
}

model! {
    /// An API key.
    ApiKey("api_key") {
        /// The id of the key.
        id: ApiKeyId,
        /// The type: `api_key`, or the type that was set at the creation.
        kind as "type": String,
        /// The user, organization or machine for which the key acts.
        subject: ApiKeySubject,
        /// The name.
        name: String,
        /// The description; `None` if there is none.
        description: Option<String> = optional,
        /// Custom data of your application; `None` if there is none.
        claims: Option<Metadata>,
        /// The scopes. Your application defines their meaning.
        scopes: Vec<String>,
        /// The secret; `None` except in the response to the creation.
        secret: Option<SecretString> = optional,
        /// Whether the key is revoked.
        revoked: bool,
        /// The reason of the revocation; `None` if there is none.
        revocation_reason: Option<String>,
        /// Whether the key is expired.
        expired: bool,
        /// The time of expiry; `None` if the key does not expire.
        expiration: Option<Timestamp>,
        /// The user who created the key; `None` if the user is not known.
        created_by: Option<UserId>,
        /// The time of the last use; `None` if the key has not been used.
        last_used_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

model! {
    /// The secret of an [`ApiKey`].
    ApiKeySecret {
        /// The secret.
        secret: SecretString,
    }
}

impl PageItem for ApiKey {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
