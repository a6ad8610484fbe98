use crate::json::open_enum::open_enum;
use crate::requests::body::body;

body! {
    /// A change of a user's credit: the body of
    /// [`adjust_user_billing_credit_balance`](crate::UsersApi::adjust_user_billing_credit_balance).
    ///
    /// ```
    /// use clerk_client::AdjustCreditBalanceRequest;
    /// use clerk_client::requests::CreditAction;
    ///
    /// let request = AdjustCreditBalanceRequest::new(CreditAction::Increase, 500, "ticket-4711")
    ///     .note("an apology");
    /// ```
    AdjustCreditBalanceRequest(amount_and_key)
    required {
        /// Which way.
        action: CreditAction,
        /// By how much, in cents: above 0.
        amount: i64,
        /// What makes this adjustment itself: sent again with the same key, it is not done again.
        idempotency_key: String,
    } and {
        /// The currency, such as `EUR`. Clerk's default: `USD`.
        currency: String,
        /// What to write beside it in the ledger.
        note: String,
    }
}

fn amount_and_key(request: &AdjustCreditBalanceRequest) -> Result<(), String> {
    if request.amount <= 0 {
        return Err(format!(
            "amount is {}, and must be above 0; action says which way",
            request.amount
        ));
    }
    if request.idempotency_key.trim().is_empty() {
        return Err("idempotency_key is blank".to_owned());
    }
    Ok(())
}

open_enum! {
    /// Which way a credit balance goes.
    CreditAction {
        Increase = "increase",
        Decrease = "decrease",
    }
}
