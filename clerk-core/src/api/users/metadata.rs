use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_metadata::{
    ReplaceUserMetadataRequest, UpdateUserMetadataRequest,
};
use crate::client::call::Call;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Merges into a user's metadata, at any depth. A key that is set to null is removed.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 422: Clerk refuses a field; [`for_param`](crate::Error::for_param) says what is wrong with
    ///   which.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again, because something else may have changed the
    ///   metadata meanwhile; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/UpdateUserMetadata)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::UpdateUserMetadataRequest;
    /// use serde_json::json;
    ///
    /// let request = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    /// let user = users.update_user_metadata("user_1", request).await?;
    /// assert_eq!(user.public_metadata, json!({ "plan": "pro" }).into());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "merge_metadata")]
    pub fn update_user_metadata(
        &self,
        user_id: impl Into<UserId>,
        request: UpdateUserMetadataRequest,
    ) -> Call<User, T> {
        self.call(operation::UPDATE_USER_METADATA, &[user_id.into().as_str()])
            .body(&request)
    }

    /// Puts new metadata in place of the old, field by field: what was in a field that is set is
    /// gone, and a field that is not set stays as it is.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 422: Clerk refuses a field; [`for_param`](crate::Error::for_param) says what is wrong with
    ///   which.
    /// - 400: Clerk refuses the request; [`code`](crate::Error::code) says why.
    /// - No answer, or a 5xx: it is not sent again, because something else may have changed the
    ///   metadata meanwhile; get the user to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/ReplaceUserMetadata)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::ReplaceUserMetadataRequest;
    /// use serde_json::json;
    ///
    /// let request = ReplaceUserMetadataRequest::new().public_metadata(json!({ "plan": "free" }));
    /// let user = users.replace_user_metadata("user_1", request).await?;
    /// assert_eq!(user.public_metadata, json!({ "plan": "free" }).into());
    /// # Ok(())
    /// # }
    /// ```
    pub fn replace_user_metadata(
        &self,
        user_id: impl Into<UserId>,
        request: ReplaceUserMetadataRequest,
    ) -> Call<User, T> {
        self.call(operation::REPLACE_USER_METADATA, &[user_id.into().as_str()])
            .body(&request)
    }
}
