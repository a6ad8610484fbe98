use crate::api::users::UsersApi;
use crate::client::call::Call;
use crate::models::commerce_credits::{CommerceCreditBalance, CommerceCreditLedger};
use crate::models::commerce_subscription::CommerceSubscription;
use crate::requests::credits::AdjustCreditBalanceRequest;
use crate::transport::HttpTransport;
use crate::types::id::UserId;
use crate::uri::operation;

impl<T: HttpTransport> UsersApi<T> {
    /// Gets what a user has subscribed to: the plans, what they cost, and what is to be paid next.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user, or they have no
    ///   subscription.
    /// - 400, 403 or 422: Clerk refuses the request; [`code`](crate::Error::code) says why. A 403
    ///   may mean that the instance has no billing.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetUserBillingSubscription)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// # use clerk_client::models::{CommerceSubscription, CommerceSubscriptionStatus};
    /// # let mut subscription = CommerceSubscription::default();
    /// # subscription.status = CommerceSubscriptionStatus::Active;
    /// # fake.set_billing_subscription("user_1", subscription);
    /// let subscription = users.get_user_billing_subscription("user_1").await?;
    /// assert_eq!(subscription.status, CommerceSubscriptionStatus::Active);
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_user_billing_subscription(
        &self,
        user_id: impl Into<UserId>,
    ) -> Call<CommerceSubscription, T> {
        self.call(
            operation::GET_USER_BILLING_SUBSCRIPTION,
            &[user_id.into().as_str()],
        )
    }

    /// Gets how much credit a user has, to be used for what they pay next.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 400, 403 or 422: Clerk refuses the request; [`code`](crate::Error::code) says why. A 403
    ///   may mean that the instance has no billing.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/GetUserBillingCreditBalance)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// let credit = users.get_user_billing_credit_balance("user_1").await?;
    /// assert_eq!(credit.balance, None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_user_billing_credit_balance(
        &self,
        user_id: impl Into<UserId>,
    ) -> Call<CommerceCreditBalance, T> {
        self.call(
            operation::GET_USER_BILLING_CREDIT_BALANCE,
            &[user_id.into().as_str()],
        )
    }

    /// Gives a user credit, or takes some away.
    ///
    /// The request's `idempotency_key` makes it itself: sent again, by this client after a lost answer
    /// or by the application after a crash, it is not done again, and the answer is the first ledger
    /// entry. Take the key from what causes the adjustment, such as the number of an order.
    ///
    /// # Errors
    ///
    /// - 404, [`is_not_found`](crate::Error::is_not_found): there is no such user.
    /// - 409, [`is_conflict`](crate::Error::is_conflict): the `idempotency_key` was used before,
    ///   for another adjustment; each takes a key of its own.
    /// - 422: Clerk refuses a field; [`for_param`](crate::Error::for_param) says what is wrong with
    ///   which.
    /// - 400 or 403: Clerk refuses the request; [`code`](crate::Error::code) says why. A 403 may
    ///   mean that the instance has no billing.
    /// - No answer, or a 5xx: it is sent again ([`RetryPolicy`](crate::RetryPolicy)); call it again
    ///   with the same key.
    ///
    /// [Clerk's page](https://clerk.com/docs/reference/backend-api/tag/Users#operation/AdjustUserBillingCreditBalance)
    ///
    /// ```
    /// # use clerk_client::{Error, User, mock::FakeClerk};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let fake = FakeClerk::new();
    /// # fake.add_user(User::new("user_1"));
    /// # let users = fake.client().users();
    /// use clerk_client::AdjustCreditBalanceRequest;
    /// use clerk_client::requests::CreditAction;
    ///
    /// let request = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, "order-4711");
    /// let entry = users.adjust_user_billing_credit_balance("user_1", request).await?;
    /// assert_eq!(entry.amount.amount, 500);
    /// # Ok(())
    /// # }
    /// ```
    pub fn adjust_user_billing_credit_balance(
        &self,
        user_id: impl Into<UserId>,
        request: AdjustCreditBalanceRequest,
    ) -> Call<CommerceCreditLedger, T> {
        self.call(
            operation::ADJUST_USER_BILLING_CREDIT_BALANCE,
            &[user_id.into().as_str()],
        )
        .body(&request)
    }
}
