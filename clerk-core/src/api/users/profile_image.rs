use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::requests::profile_image::ProfileImage;
use crate::types::id::UserId;

operations! {
    /// # Profile images
    impl UsersApi = "Users";

    /// Sets or replaces a user's profile image.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::ProfileImage;
    ///
    /// let png = b"\x89PNG\r\n\x1a\n".to_vec();
    /// let image = ProfileImage::new("ada.png", "image/png", png);
    /// let user = users.set_user_profile_image("user_1", image).await?;
    /// assert!(user.has_image);
    /// # Ok(()) });
    /// ```
    SetUserProfileImage: POST "/users/{user_id}/profile_image", once = "Call [`get_user`](Self::get_user) to see which image the user has.", [
        400 = "the file is not an image (`request_body_invalid`). Clerk may also respond to such a file with 422.",
        401,
        404 = "the user does not exist.",
        413 = "the file is larger than 10 MB (`image_too_large`).",
    ], unsent = "the file is empty, the file name is empty or has a control character, or the content type is not a media type.";
    fn set_user_profile_image(user_id: UserId, image: ProfileImage) -> User;

    /// Removes a user's profile image. Clerk then shows a default image.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let user = users.delete_user_profile_image("user_1").await?;
    /// assert!(!user.has_image);
    /// # Ok(()) });
    /// ```
    DeleteUserProfileImage: DELETE "/users/{user_id}/profile_image", idempotent, [404 = "the user does not exist."];
    fn delete_user_profile_image(user_id: UserId) -> User;
}
