use crate::json::model::model;

model! {
    /// An amount of money.
    CommerceMoney {
        /// The amount in cents; negative if a credit balance decreased.
        amount: i64,
        /// The formatted amount: `$49.99`.
        amount_formatted: String,
        /// The currency code: `USD`.
        currency: String,
        /// The currency's symbol: `$`.
        currency_symbol: String,
    }
}
