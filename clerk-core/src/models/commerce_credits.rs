use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// The credit that a user has.
    CommerceCreditBalance("commerce_credit_balance") {
        /// How much is left; `None` where there never was any.
        balance: Option<CommerceMoney>,
    }
}

model! {
    /// One change of a credit balance.
    CommerceCreditLedger("commerce_credit_ledger") {
        /// The id of the entry.
        id: String,
        /// Whose balance it was.
        payer_id: String,
        /// By how much it changed: below 0 where it went down.
        amount: CommerceMoney,
        /// What it came from, such as `grant`.
        source_type: String,
        /// The id of what it came from.
        source_id: String,
        /// What was noted beside it.
        note: Option<String>,
        /// When it was made: here, unlike elsewhere, as RFC 3339 text, which
        /// [`Timestamp::parse_rfc3339`](crate::Timestamp::parse_rfc3339) reads.
        created_at: String,
    }
}

model! {
    /// The credits that are applied to a payment.
    CommerceCredits {
        /// For time that was paid and not used.
        proration: Option<Box<CommerceProrationCredit>>,
        /// From the payer's balance.
        payer: Option<Box<CommercePayerCredit>>,
        /// All together.
        total: CommerceMoney,
    }
}

model! {
    /// The credit for time that was paid and not used.
    CommerceProrationCredit {
        /// How much.
        amount: CommerceMoney,
        /// Days that were left.
        cycle_days_remaining: i64,
        /// Days of the whole cycle.
        cycle_days_total: i64,
        /// The part of the cycle that was left, in per cent.
        cycle_remaining_percent: f64,
    }
}

model! {
    /// The credit from a payer's balance.
    CommercePayerCredit {
        /// What is left of it.
        remaining_balance: CommerceMoney,
        /// What was applied.
        applied_amount: CommerceMoney,
    }
}

model! {
    /// The credit of a subscription item.
    CommerceSubscriptionCredit {
        /// How much.
        amount: Option<CommerceMoney>,
        /// The part of the cycle that was left, in per cent.
        cycle_remaining_percent: Option<f64> = optional,
    }
}
