use crate::json::model::model;

model! {
    /// An amount of money.
    CommerceMoney {
        /// How much, in cents. Of a credit that went down, below 0.
        amount: i64,
        /// The same for people: `$49.99`.
        amount_formatted: String,
        /// The currency: `USD`.
        currency: String,
        /// The currency's symbol: `$`.
        currency_symbol: String,
    }
}
