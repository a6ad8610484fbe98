use crate::api::operations::operations;
use crate::api::users::UsersApi;
use crate::models::commerce_credits::{CommerceCreditBalance, CommerceCreditLedger};
use crate::models::commerce_subscription::CommerceSubscription;
use crate::requests::credits::AdjustCreditBalanceRequest;
use crate::types::id::UserId;

operations! {
    /// # Billing
    ///
    /// If Clerk responds with 403, billing may be disabled for the instance.
    impl UsersApi = "Users";

    /// Returns a user's subscription: the plans, their prices, and the next payment.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::models::CommerceSubscriptionStatus;
    ///
    /// let subscription = users.get_user_billing_subscription("user_1").await?;
    /// assert_eq!(subscription.status, CommerceSubscriptionStatus::Active);
    /// # Ok(()) });
    /// ```
    GetUserBillingSubscription: GET "/users/{user_id}/billing/subscription", idempotent, [
        400, 401, 403,
        404 = "the user does not exist, or has no subscription.",
        422, 500,
    ];
    fn get_user_billing_subscription(user_id: UserId) -> CommerceSubscription;

    /// Returns a user's credit balance, which Clerk applies to the next payments.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// let credit = users.get_user_billing_credit_balance("user_1").await?;
    /// assert_eq!(credit.balance, None);
    /// # Ok(()) });
    /// ```
    GetUserBillingCreditBalance: GET "/users/{user_id}/billing/credits", idempotent, [
        400, 401, 403,
        404 = "the user does not exist.",
        422, 500,
    ];
    fn get_user_billing_credit_balance(user_id: UserId) -> CommerceCreditBalance;

    /// Increases or decreases a user's credit balance.
    ///
    /// Idempotent: if you repeat a request with the same `idempotency_key`, Clerk applies it only
    /// once. Each response has the ledger entry of the first request. Derive the key from the cause
    /// of the adjustment, such as an order number. A retry after a crash then has the same key.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::{AdjustCreditBalanceRequest, CreditAction};
    ///
    /// let request = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, "order-4711");
    /// let entry = users.adjust_user_billing_credit_balance("user_1", request).await?;
    /// assert_eq!(entry.amount.amount, 500);
    /// # Ok(()) });
    /// ```
    AdjustUserBillingCreditBalance: POST "/users/{user_id}/billing/credits", idempotent = "If you repeat the call, pass the same `idempotency_key`.", [
        400, 401, 403,
        404 = "the user does not exist.",
        409 = "an earlier request used the `idempotency_key` for a different adjustment. Use a new key for each adjustment.",
        422, 500,
    ], unsent = "the amount is 0 or negative, or the `idempotency_key` is blank.";
    fn adjust_user_billing_credit_balance(user_id: UserId, request: AdjustCreditBalanceRequest) -> CommerceCreditLedger;
}
