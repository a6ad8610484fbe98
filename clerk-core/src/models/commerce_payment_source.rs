use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_payment_method::CommercePaymentMethodStatus;
use crate::types::timestamp::Timestamp;

model! {
    /// A payment source: the older form of a payment method.
    CommercePaymentSource("commerce_source") {
        /// The id of the payment source.
        id: String,
        /// The id of the payer.
        payer_id: String,
        /// The kind of payment source.
        payment_method: CommercePaymentSourceMethod,
        /// Whether the payment source is the payer's default; `None` if the response does not say.
        is_default: Option<bool>,
        /// The payment gateway.
        gateway: String,
        /// The id of the payment source at the gateway.
        gateway_external_id: String,
        /// The id of the account at the gateway; `None` if there is none.
        gateway_external_account_id: Option<String>,
        /// The last four digits of the card.
        last4: String,
        /// The status.
        status: CommercePaymentMethodStatus,
        /// The kind of wallet; empty if the response has none.
        wallet_type: String,
        /// The kind of card; empty if the response has none.
        card_type: String,
        /// The year in which the card expires; `None` if the payment source is not a card.
        expiry_year: Option<i64> = optional,
        /// The month in which the card expires; `None` if the payment source is not a card.
        expiry_month: Option<i64> = optional,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// Whether the payment source can be removed; `None` if the response does not say.
        is_removable: Option<bool>,
    }
}

open_enum! {
    /// The kind of a [`CommercePaymentSource`].
    CommercePaymentSourceMethod {
        Card = "card",
        ApplePay = "apple_pay",
        GooglePay = "google_pay",
    }
}
