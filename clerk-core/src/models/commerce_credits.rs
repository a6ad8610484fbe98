use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// The credit balance of a user or an organization.
    CommerceCreditBalance("commerce_credit_balance") {
        /// The remaining amount; `None` if the payer never had credit.
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
        /// The type of the object that caused the change, such as `grant`.
        source_type: String,
        /// The id of the object that caused the change.
        source_id: String,
        /// The note; `None` if the entry has none.
        note: Option<String>,
        /// The creation time as RFC 3339 text, unlike other times in this API. Read it with
        /// [`Timestamp::parse_rfc3339`](crate::Timestamp::parse_rfc3339).
        created_at: String,
    }
}

model! {
    /// The credits that reduce a payment.
    CommerceCredits {
        /// The credit for paid but unused time; `None` if there is none.
        proration: Option<Box<CommerceProrationCredit>>,
        /// The credit from the payer's balance; `None` if there is none.
        payer: Option<Box<CommercePayerCredit>>,
        /// The total of both credits.
        total: CommerceMoney,
    }
}

model! {
    /// The credit for paid but unused time.
    CommerceProrationCredit {
        /// The amount.
        amount: CommerceMoney,
        /// The remaining days of the billing cycle.
        cycle_days_remaining: i64,
        /// The length of the billing cycle in days.
        cycle_days_total: i64,
        /// The remaining share of the billing cycle, in per cent.
        cycle_remaining_percent: f64,
    }
}

model! {
    /// The credit from a payer's balance.
    CommercePayerCredit {
        /// The payer's remaining balance.
        remaining_balance: CommerceMoney,
        /// The amount that is taken from the balance.
        applied_amount: CommerceMoney,
    }
}

model! {
    /// The credit of a subscription item.
    ///
    /// An optional field is `None` if the credit has no such value.
    CommerceSubscriptionCredit {
        /// The amount.
        amount: Option<CommerceMoney>,
        /// The remaining share of the billing cycle, in per cent.
        cycle_remaining_percent: Option<f64> = optional,
    }
}
