use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::client::call::Call;
use crate::client::error::{Error, ErrorKind};
use crate::client::response::Response;
use crate::models::verification::VerificationStatus;
use crate::requests::page_params::PageParams;
use crate::requests::page_params::PagedParams;
use crate::transport::HttpTransport;
use crate::types::id::UserId;

/// # Finding a user
impl<T: HttpTransport> UsersApi<T> {
    /// Returns a user, or `None` if the user does not exist.
    ///
    /// This is [`get_user`](Self::get_user) with [`or_none`](Call::or_none).
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// assert_eq!(users.get_user_or_none("user_unknown").await?, None);
    /// # Ok(()) });
    /// ```
    pub fn get_user_or_none(&self, user_id: impl Into<UserId>) -> Call<Option<User>, T> {
        self.get_user(user_id).or_none()
    }

    /// Finds the user with this e-mail address, ignoring case. Returns `None` if no user has the
    /// address.
    ///
    /// If several users have the address, the call returns the newest user who verified it. If no
    /// user verified it, the call returns the newest user for whom the address is reserved. If the
    /// address is reserved for none of them, the call returns the newest user with the address.
    ///
    /// <div class="warning">
    ///
    /// The address may be unverified. Check its `verification` before you use it as a proof of
    /// identity.
    ///
    /// </div>
    ///
    /// If 500 users or more have the address, the call may send several requests, each for a page
    /// of up to 500 users. The timeout of the call covers all its requests. If the server ignores
    /// the offset of a later request, the call returns an error of the kind
    /// [`Decode`](ErrorKind::Decode).
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let ada = users.find_user_by_email_address("ada@example.com").await?;
    /// assert!(ada.is_some());
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_user_by_email")]
    pub fn find_user_by_email_address(
        &self,
        email_address: impl Into<String>,
    ) -> Call<Option<User>, T> {
        let email_address = email_address.into();
        // Clerk's documentation does not say whether this filter ignores case, so the call
        // also sends the lower-case spelling.
        let mut spellings = vec![email_address.to_lowercase()];
        if spellings != [email_address.as_str()] {
            spellings.push(email_address.clone());
        }
        let params = UserListParams::new().email_address(spellings);
        let call = self.get_user_list(params.limit(PageParams::MAX_LIMIT));
        call.with_run(|mut pending, _| {
            Box::pin(async move {
                pending.started = Some(pending.shared.transport.now());
                let repeat = pending.into_repeatable()?;
                let mut best: Option<(u8, User)> = None;
                let mut first_id: Option<UserId> = None;
                let mut offset = 0;
                loop {
                    let mut page = repeat();
                    if let (Ok(parts), true) = (&mut page.parts, offset > 0) {
                        parts.query.value("offset", offset);
                    }
                    let operation = page.operation.clone();
                    let response = page.send(Response::<Vec<User>>::read).await?;
                    let previous_id = first_id.take();
                    first_id = response.value().first().map(|user| user.id.clone());
                    if first_id.is_some() && first_id == previous_id {
                        let message = format!(
                            "page at offset {offset} repeats the page before: the server ignores `offset`"
                        );
                        let error = Error::new(ErrorKind::Decode, message);
                        return Err(error.with_operation(&operation, response.attempts()));
                    }
                    let count = response.value().len();
                    offset += count;
                    let response =
                        response.map(|users| best_match(best.take(), users, &email_address));
                    let is_last = u32::try_from(count) != Ok(PageParams::MAX_LIMIT);
                    if is_last || matches!(response.value(), Some((VERIFIED, _))) {
                        return Ok(response.map(|found| found.map(|(_, user)| user)));
                    }
                    best = response.into_value();
                }
            })
        })
    }

    /// Finds the user with this `external_id`, which is the user's id in your own systems. Returns
    /// `None` if no user has this `external_id`.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let customer = users.find_user_by_external_id("customer-7").await?;
    /// assert!(customer.is_some());
    /// # Ok(()) });
    /// ```
    #[doc(alias = "get_user_by_external_id")]
    pub fn find_user_by_external_id(
        &self,
        external_id: impl Into<String>,
    ) -> Call<Option<User>, T> {
        let external_id = external_id.into();
        let call = self.get_user_list(UserListParams::new().external_id([&external_id]));
        call.map(move |users| {
            let is_this = |user: &User| user.external_id.as_deref() == Some(&external_id);
            users.into_iter().find(is_this)
        })
    }
}

/// Returns `best` or one of `users`, depending on whose [`rank`] is highest. If ranks are equal,
/// `best` takes precedence over `users`, and earlier users take precedence over later ones. Returns
/// `None` if `best` is `None` and no user has the address.
#[inline]
fn best_match(
    mut best: Option<(u8, User)>,
    users: Vec<User>,
    email_address: &str,
) -> Option<(u8, User)> {
    for user in users {
        let rank = rank(&user, email_address);
        if rank > best.as_ref().map_or(0, |(best, _)| *best) {
            best = Some((rank, user));
        }
    }
    best
}

const VERIFIED: u8 = 3;

/// Returns the rank of a user's claim to an address: 3 if the user verified the address, 2 if it is
/// unverified but reserved for the user, 1 if the user merely has it, and 0 otherwise.
#[inline]
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
