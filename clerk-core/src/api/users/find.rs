use std::future::Future;
use std::pin::Pin;

use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::client::error::Error;
use crate::models::verification::VerificationStatus;
use crate::transport::HttpTransport;
use crate::types::id::UserId;

/// A search that is to be awaited.
type Finding = Pin<Box<dyn Future<Output = Result<Option<User>, Error>> + Send>>;

impl<T: HttpTransport> UsersApi<T> {
    /// Gets a user, or `None` where Clerk says that there is none:
    /// [`get_user`](UsersApi::get_user) with [`or_none`](crate::Call::or_none).
    ///
    /// # Errors
    ///
    /// As `get_user`, but for Clerk's 404.
    ///
    /// ```
    /// # use clerk_client::{Error, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let users = FakeClerk::new().client().users();
    /// assert_eq!(users.get_user_or_none("user_nobody").await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_user_or_none(&self, user_id: impl Into<UserId>) -> Finding {
        Box::pin(self.get_user(user_id).or_none())
    }

    /// Finds the user who has this e-mail address, in any case.
    ///
    /// Where several have it, because it is verified for none or one of them, that one is found,
    /// or else one for whom it is reserved, or else the newest. **It may be unverified**: look at
    /// its `verification` before it is taken for a proof of who somebody is.
    ///
    /// # Errors
    ///
    /// As [`get_user_list`](UsersApi::get_user_list).
    ///
    /// ```
    /// # use clerk_client::{CreateUserRequest, Error, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let users = FakeClerk::new().client().users();
    /// # users.create_user(CreateUserRequest::new().email_address(["ada@example.com"])).await?;
    /// let ada = users.find_user_by_email_address("ada@example.com").await?;
    /// assert!(ada.is_some());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_user_by_email")]
    pub fn find_user_by_email_address(&self, email_address: impl Into<String>) -> Finding {
        let email_address = email_address.into();
        // Clerk does not say that this filter looks past the case.
        let mut spellings = vec![email_address.to_lowercase()];
        if spellings != [email_address.as_str()] {
            spellings.push(email_address.clone());
        }
        let mut pager = self.list_all(UserListParams::new().email_address(spellings));
        Box::pin(async move {
            // The first of the best: what was newest stays so among equals.
            let mut best: Option<(u8, User)> = None;
            while let Some(page) = pager.next_page().await? {
                for user in page {
                    let rank = rank(&user, &email_address);
                    if rank > best.as_ref().map_or(0, |(best, _)| *best) {
                        best = Some((rank, user));
                    }
                }
                if best.as_ref().is_some_and(|(rank, _)| *rank == VERIFIED) {
                    break;
                }
            }
            Ok(best.map(|(_, user)| user))
        })
    }

    /// Finds the user with this id in the application's own systems.
    ///
    /// # Errors
    ///
    /// As [`get_user_list`](UsersApi::get_user_list).
    ///
    /// ```
    /// # use clerk_client::{CreateUserRequest, Error, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let users = FakeClerk::new().client().users();
    /// # users.create_user(CreateUserRequest::new().external_id("customer-7")).await?;
    /// let customer = users.find_user_by_external_id("customer-7").await?;
    /// assert!(customer.is_some());
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_user_by_external_id")]
    pub fn find_user_by_external_id(&self, external_id: impl Into<String>) -> Finding {
        let external_id = external_id.into();
        let call = self.get_user_list(UserListParams::new().external_id([&external_id]));
        Box::pin(async move {
            let is_this = |user: &User| user.external_id.as_deref() == Some(&external_id);
            Ok(call.await?.into_iter().find(is_this))
        })
    }
}

const VERIFIED: u8 = 3;

/// How much a user has an address: not at all is 0, and verified the most.
fn rank(user: &User, email_address: &str) -> u8 {
    let same = |own: &str| own.to_lowercase() == email_address.to_lowercase();
    let addresses = user.email_addresses.iter();
    let ranks = addresses
        .filter(|address| same(&address.email_address))
        .map(|address| match &address.verification {
            Some(verification) if verification.status == VerificationStatus::Verified => VERIFIED,
            _ if address.reserved => 2,
            _ => 1,
        });
    ranks.max().unwrap_or_default()
}
