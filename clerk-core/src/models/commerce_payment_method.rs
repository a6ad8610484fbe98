use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::types::timestamp::Timestamp;

model! {
    /// A payment method.
    ///
    /// An optional field is `None` if the payment method has no such value.
    CommercePaymentMethod("commerce_payment_method") {
        /// The id of the payment method.
        id: String,
        /// The id of the payer.
        payer_id: String,
        /// The kind of payment method.
        payment_type: CommercePaymentType,
        /// Whether the payment method is the payer's default; `None` if the response does not say.
        is_default: Option<bool> = optional,
        /// The payment gateway.
        gateway: String,
        /// The id of the payment method at the gateway.
        gateway_external_id: String,
        /// The id of the account at the gateway.
        gateway_external_account_id: Option<String>,
        /// The last four digits of the card; `None` if the payment method is not a card.
        last4: Option<String>,
        /// The status.
        status: CommercePaymentMethodStatus,
        /// The kind of wallet; `None` if no wallet is used.
        wallet_type: Option<String>,
        /// The kind of card; `None` if the payment method is not a card.
        card_type: Option<String>,
        /// The year in which the card expires; `None` if the payment method is not a card.
        expiry_year: Option<i64>,
        /// The month in which the card expires; `None` if the payment method is not a card.
        expiry_month: Option<i64>,
        /// The creation time.
        created_at: Option<Timestamp> = optional,
        /// The time of the last change.
        updated_at: Option<Timestamp> = optional,
        /// Whether the payment method can be removed; `None` if the response does not say.
        is_removable: Option<bool> = optional,
    }
}

open_enum! {
    /// The kind of a [`CommercePaymentMethod`].
    CommercePaymentType {
        Card = "card",
        Link = "link",
        PayerCredits = "payer-credits",
    }
}

open_enum! {
    /// The status of a [`CommercePaymentMethod`].
    CommercePaymentMethodStatus {
        Active = "active",
        Disconnected = "disconnected",
    }
}
