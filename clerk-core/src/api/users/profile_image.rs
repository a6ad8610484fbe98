use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::client::call::Call;
use crate::requests::profile_image::ProfileImage;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Gives a user a profile image, in place of the one they have.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400 or 422: it is no image, or too large a one.
    /// - Not sent, [`is_not_sent`](crate::Error::is_not_sent): the file or its name is empty, or
    ///   the content type is no media type.
    /// - No answer, or a 5xx: it is not sent again; get the user to see which image they have.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/SetUserProfileImage)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::ProfileImage;
    ///
    /// let png = b"\x89PNG\r\n\x1a\n".to_vec();
    /// let user = users
    ///     .set_user_profile_image("user_1", ProfileImage::new("ada.png", "image/png", png))
    ///     .await?;
    /// assert!(user.has_image);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_user_profile_image(
        &self,
        user_id: impl Into<UserId>,
        image: ProfileImage,
    ) -> Call<User, T> {
        self.call(
            operation::SET_USER_PROFILE_IMAGE,
            &[user_id.into().as_str()],
        )
        .file(&image)
    }

    /// Takes a user's profile image away: the one that Clerk makes of their initials stays.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); get the user
    ///   to see whether it was done.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/DeleteUserProfileImage)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let user = users.delete_user_profile_image("user_1").await?;
    /// assert!(!user.has_image);
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_user_profile_image(&self, user_id: impl Into<UserId>) -> Call<User, T> {
        self.call(
            operation::DELETE_USER_PROFILE_IMAGE,
            &[user_id.into().as_str()],
        )
    }
}
