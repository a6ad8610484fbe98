use crate::json::model::model;

model! {
    /// An amount of money.
    CommerceMoney {
        /// The amount in cents. If the amount is the change of a credit balance, a decrease is
        /// negative.
        amount: i64,
        /// The formatted amount: `$49.99`.
        amount_formatted: String,
        /// The currency code: `USD`.
        currency: String,
        /// The currency's symbol: `$`.
        currency_symbol: String,
    }
}
