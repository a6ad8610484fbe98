use crate::json::open_enum::open_enum;
use crate::requests::body::{body, not_blank};

body! {
    /// The request body of
    /// [`adjust_user_billing_credit_balance`](crate::UsersApi::adjust_user_billing_credit_balance)
    /// and [`adjust_organization_billing_credit_balance`].
    ///
    /// [`adjust_organization_billing_credit_balance`]: crate::api::OrganizationsApi::adjust_organization_billing_credit_balance
    ///
    /// ```
    /// use clerk_client::requests::{AdjustCreditBalanceRequest, CreditAction};
    ///
    /// let request = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, "ticket-4711")
    ///     .note("an apology");
    /// ```
    AdjustCreditBalanceRequest(amount_and_key)
    required {
        /// The direction of the adjustment.
        action: CreditAction,
        /// The amount in cents, above 0.
        amount: i64,
        /// The idempotency key. If you repeat a request with the same key, Clerk returns the first
        /// ledger entry and changes nothing. If the adjustment differs, Clerk responds with 409.
        idempotency_key: String,
    } and {
        /// The currency, such as `EUR`. Clerk's default is `USD`.
        currency: String,
        /// A note for the ledger.
        note: String,
    }
}

fn amount_and_key(request: &AdjustCreditBalanceRequest) -> Result<(), String> {
    if request.amount <= 0 {
        return Err(format!(
            "invalid amount: {}; it must be above 0, and action gives the direction",
            request.amount
        ));
    }
    not_blank("idempotency_key", &request.idempotency_key)
}

open_enum! {
    /// The direction in which a credit balance changes.
    CreditAction {
        Increase = "increase",
        Decrease = "decrease",
    }
}
