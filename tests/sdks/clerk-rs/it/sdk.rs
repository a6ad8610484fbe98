//! The operations that both versions of clerk-rs have.
//!
//! The models of the two versions differ: a field can be optional in one version and required in
//! the other. So the tests write requests and read responses as JSON, which clerk-rs converts to
//! and from its models.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The response as clerk-rs encodes it, or the refusal.
pub(crate) type Answer = Result<Value, Refusal>;

/// The response in clerk-rs's `Error::ResponseError`.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// The error that clerk-rs decoded.
    pub(crate) entity: Value,
}

/// The filters of users that both versions have.
#[derive(Clone, Default)]
pub(crate) struct UserFilter {
    pub(crate) email_address: Option<Vec<String>>,
    pub(crate) phone_number: Option<Vec<String>>,
    pub(crate) external_id: Option<Vec<String>>,
    pub(crate) username: Option<Vec<String>>,
    pub(crate) user_id: Option<Vec<String>>,
    pub(crate) query: Option<&'static str>,
}

/// A request to an application, for the verification of tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct AppRequest {
    pub(crate) authorization: Option<String>,
    /// The value of the cookie `__session`.
    pub(crate) session_cookie: Option<String>,
}

/// A version of clerk-rs, as a client of a fake.
///
/// The methods have the arguments that both versions know. The names are those of version 0.5.0.
pub(crate) trait Sdk: Sized {
    /// Creates a client of the API at a URL.
    fn new(url: &str) -> Self;

    async fn create_user(&self, request: Value) -> Answer;
    async fn get_user(&self, id: &str) -> Answer;
    async fn get_user_list(&self, filter: UserFilter, limit: Option<u32>, order: &str) -> Answer;
    async fn get_users_count(&self, filter: UserFilter) -> Answer;
    async fn update_user(&self, id: &str, request: Value) -> Answer;
    async fn update_user_metadata(&self, id: &str, request: Value) -> Answer;
    async fn ban_user(&self, id: &str) -> Answer;
    async fn unban_user(&self, id: &str) -> Answer;
    async fn verify_password(&self, id: &str, request: Value) -> Answer;
    async fn verify_totp(&self, id: &str, request: Value) -> Answer;
    async fn disable_mfa(&self, id: &str) -> Answer;
    async fn get_o_auth_access_token(&self, id: &str, provider: &str) -> Answer;
    async fn users_get_organization_memberships(&self, id: &str) -> Answer;
    async fn delete_user(&self, id: &str) -> Answer;

    async fn create_organization(&self, request: Value) -> Answer;
    async fn get_organization(&self, id: &str) -> Answer;
    async fn list_organizations(&self, query: Option<&str>, limit: u32, offset: u32) -> Answer;
    async fn update_organization(&self, id: &str, request: Value) -> Answer;
    async fn merge_organization_metadata(&self, id: &str, request: Value) -> Answer;
    async fn delete_organization(&self, id: &str) -> Answer;

    async fn create_organization_membership(&self, id: &str, request: Value) -> Answer;
    async fn list_organization_memberships(&self, id: &str, limit: u32, offset: u32) -> Answer;
    async fn update_organization_membership(&self, id: &str, user: &str, request: Value) -> Answer;
    async fn update_organization_membership_metadata(
        &self,
        id: &str,
        user: &str,
        request: Value,
    ) -> Answer;
    async fn delete_organization_membership(&self, id: &str, user: &str) -> Answer;

    async fn create_organization_invitation(&self, id: &str, request: Value) -> Answer;
    async fn list_pending_organization_invitations(&self, id: &str) -> Answer;
    async fn revoke_organization_invitation(&self, id: &str, of: &str, request: Value) -> Answer;

    async fn get_session(&self, id: &str) -> Answer;
    async fn get_session_list(&self, user: &str, status: &str, limit: u32) -> Answer;
    async fn revoke_session(&self, id: &str) -> Answer;
    async fn create_session_token_from_template(&self, id: &str, template: &str) -> Answer;
    async fn create_jwt_template(&self, request: Value) -> Answer;
    async fn delete_jwt_template(&self, id: &str) -> Answer;

    /// Fetches the keys, verifies the token of a request, and returns the claims of the token. The
    /// error is clerk-rs's message.
    async fn authorize(&self, request: &AppRequest) -> Result<Value, String>;
}

/// Returns a request of clerk-rs with these fields.
pub(crate) fn request<T: DeserializeOwned + Serialize>(fields: Value) -> T {
    let request: T = serde_json::from_value(fields.clone()).unwrap();
    let encoded = serde_json::to_value(&request).unwrap();
    assert_eq!(encoded, fields, "this version lacks a field of the request");
    request
}

/// Asserts that a call is refused, and that clerk-rs decodes Clerk's code.
pub(crate) fn refused(answer: Answer, status: u16, code: &str) {
    let refusal = answer.expect_err(&format!("not refused with {status} {code}"));
    let found = &refusal.entity["errors"][0]["code"];
    assert_eq!(
        (refusal.status, found.as_str()),
        (status, Some(code)),
        "{refusal:?}"
    );
}

/// Returns the ids of a list.
pub(crate) fn ids(list: &Value) -> Vec<&str> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

/// Asserts that a page has these items, in this order, and that they are the whole list.
pub(crate) fn lists(page: &Value, expected: &[&str]) {
    assert_eq!(ids(&page["data"]), expected);
    assert_eq!(page["total_count"], expected.len());
}

/// Returns the values of a filter, as the parameters of clerk-rs need them.
pub(crate) fn many<const N: usize>(values: [&str; N]) -> Option<Vec<String>> {
    Some(values.map(str::to_owned).to_vec())
}
