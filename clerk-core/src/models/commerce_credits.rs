use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// The credit balance of a user.
    CommerceCreditBalance("commerce_credit_balance") {
        /// The remaining amount; `None` if the user never had credit.
        balance: Option<CommerceMoney>,
    }
}

model! {
    /// An entry in a credit ledger: a single change of a balance.
    CommerceCreditLedger("commerce_credit_ledger") {
        /// The id of the entry.
        id: String,
        /// The id of the payer.
        payer_id: String,
        /// The change of the balance; negative if the balance decreased.
        amount: CommerceMoney,
        /// The type of the source, such as `grant`.
        source_type: String,
        /// The id of the source.
        source_id: String,
        /// The note of this entry.
        note: Option<String>,
        /// The creation time as RFC 3339 text, unlike other times in this API. Read it with
        /// [`Timestamp::parse_rfc3339`](crate::Timestamp::parse_rfc3339).
        created_at: String,
    }
}

model! {
    /// The credits that are applied to a payment.
    CommerceCredits {
        /// The credit for paid but unused time.
        proration: Option<Box<CommerceProrationCredit>>,
        /// The credit from the payer's balance.
        payer: Option<Box<CommercePayerCredit>>,
        /// The total.
        total: CommerceMoney,
    }
}

model! {
    /// The credit for paid but unused time.
    CommerceProrationCredit {
        /// The amount.
        amount: CommerceMoney,
        /// The remaining days of the cycle.
        cycle_days_remaining: i64,
        /// The total days of the cycle.
        cycle_days_total: i64,
        /// The remaining share of the cycle, in per cent.
        cycle_remaining_percent: f64,
    }
}

model! {
    /// The credit from a payer's balance.
    CommercePayerCredit {
        /// The remaining balance.
        remaining_balance: CommerceMoney,
        /// The applied amount.
        applied_amount: CommerceMoney,
    }
}

model! {
    /// The credit of a subscription item.
    CommerceSubscriptionCredit {
        /// The amount.
        amount: Option<CommerceMoney>,
        /// The remaining share of the cycle, in per cent.
        cycle_remaining_percent: Option<f64> = optional,
    }
}
