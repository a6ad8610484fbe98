use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::types::timestamp::Timestamp;

model! {
    /// What a payment is made with.
    CommercePaymentMethod("commerce_payment_method") {
        /// The id of the payment method.
        id: String,
        /// Whose it is.
        payer_id: String,
        /// What kind it is.
        payment_type: CommercePaymentType,
        /// Whether it is the payer's default.
        is_default: Option<bool> = optional,
        /// The payment gateway.
        gateway: String,
        /// Its id at the gateway.
        gateway_external_id: String,
        /// The id of its account at the gateway.
        gateway_external_account_id: Option<String>,
        /// The last four digits of the card.
        last4: Option<String>,
        /// Whether it can be used.
        status: CommercePaymentMethodStatus,
        /// The kind of wallet.
        wallet_type: Option<String>,
        /// The kind of card.
        card_type: Option<String>,
        /// The year in which the card runs out.
        expiry_year: Option<i64>,
        /// The month in which the card runs out.
        expiry_month: Option<i64>,
        /// When it was created.
        created_at: Option<Timestamp> = optional,
        /// When it was last changed.
        updated_at: Option<Timestamp> = optional,
        /// Whether it can be removed.
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
    /// Whether a [`CommercePaymentMethod`] can be used.
    CommercePaymentMethodStatus {
        Active = "active",
        Disconnected = "disconnected",
    }
}
