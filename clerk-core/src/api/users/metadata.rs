use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_metadata::{
    ReplaceUserMetadataRequest, UpdateUserMetadataRequest,
};
use crate::types::id::UserId;

operations! {
    /// # Metadata
    impl UsersApi = "Users";

    /// Merges new metadata into a user's metadata.
    ///
    /// Clerk merges nested objects, too. If a key is null in the new metadata, Clerk removes the
    /// key from the user's metadata.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UpdateUserMetadataRequest;
    /// use serde_json::json;
    ///
    /// let request = UpdateUserMetadataRequest::new().public_metadata(json!({ "plan": "pro" }));
    /// let user = users.update_user_metadata("user_1", request).await?;
    /// assert_eq!(user.public_metadata, json!({ "plan": "pro" }).into());
    /// # Ok(()) });
    /// ```
    #[doc(alias = "merge_metadata")]
    UpdateUserMetadata: PATCH "/users/{user_id}/metadata", once = "Call [`get_user`](Self::get_user) to see whether your metadata was merged. A second call can overwrite changes that other requests made after the first call.", [
        400, 401,
        404 = "the user does not exist.",
        422,
    ];
    fn update_user_metadata(user_id: UserId, request: UpdateUserMetadataRequest) -> User;

    /// Replaces a user's metadata.
    ///
    /// The request has the fields `public_metadata`, `private_metadata` and `unsafe_metadata`. If
    /// you set a field, its new value replaces the whole old value. Fields that you do not set stay
    /// unchanged.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::ReplaceUserMetadataRequest;
    /// use serde_json::json;
    ///
    /// let request = ReplaceUserMetadataRequest::new().public_metadata(json!({ "plan": "free" }));
    /// let user = users.replace_user_metadata("user_1", request).await?;
    /// assert_eq!(user.public_metadata, json!({ "plan": "free" }).into());
    /// # Ok(()) });
    /// ```
    ReplaceUserMetadata: PUT "/users/{user_id}/metadata", once = "Call [`get_user`](Self::get_user) to see whether your metadata replaced the old metadata. A second call can overwrite changes that other requests made after the first call.", [
        400, 401,
        404 = "the user does not exist.",
        422,
    ];
    fn replace_user_metadata(user_id: UserId, request: ReplaceUserMetadataRequest) -> User;
}
