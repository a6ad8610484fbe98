use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_credits::{CommerceCredits, CommerceProrationCredit};
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_payer::CommercePayer;
use crate::models::commerce_payment_method::{CommercePaymentMethodStatus, CommercePaymentType};
use crate::models::commerce_subscription_item::{
    CommercePlanPeriod, CommerceSubscriptionItemStatus,
};
use crate::types::timestamp::Timestamp;
use crate::webhooks::subscription::SubscriptionEventPlan;

model! {
    /// The data of a `paymentAttempt.…` event. It differs from the payment attempt that the API
    /// returns.
    PaymentAttemptEvent {
        /// The id of the payment attempt.
        id: String,
        /// The id of the instance.
        instance_id: String,
        /// The id of the payment.
        payment_id: String,
        /// The id of the invoice. Deprecated by Clerk.
        invoice_id: String,
        /// The id of the statement.
        statement_id: String,
        /// The payment provider's id of the attempt.
        gateway_external_id: String,
        /// The status.
        status: PaymentAttemptEventStatus,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The time of payment; `None` if the attempt is not paid.
        paid_at: Option<Timestamp>,
        /// The time of the failure; `None` if the attempt has not failed.
        failed_at: Option<Timestamp>,
        /// The cause of the failure; `None` if the attempt has not failed.
        failed_reason: Option<Box<PaymentFailedReason>>,
        /// The billing date.
        billing_date: Timestamp,
        /// The kind of charge.
        charge_type: PaymentChargeType,
        /// The receiver of the payment.
        payee: PaymentPayee,
        /// The payer.
        payer: CommercePayer,
        /// The total amounts.
        totals: PaymentTotals,
        /// The payment method.
        payment_source: PaymentSource,
        /// The subscription items that the payment covers.
        subscription_items: Vec<PaymentSubscriptionItem>,
    }
}

open_enum! {
    /// The status of a [`PaymentAttemptEvent`].
    PaymentAttemptEventStatus {
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
    }
}

open_enum! {
    /// The kind of charge of a payment.
    PaymentChargeType {
        Checkout = "checkout",
        Recurring = "recurring",
    }
}

model! {
    /// The cause of a failed payment.
    PaymentFailedReason {
        /// The code of the failure.
        code: String,
        /// The payment provider's code of the failure.
        decline_code: String,
    }
}

model! {
    /// The receiver of a payment.
    PaymentPayee {
        /// The id of the receiver.
        id: String,
        /// The payment provider.
        gateway_type: String,
        /// The payment provider's id of the receiver.
        gateway_external_id: String,
        /// The status of the receiver at the payment provider.
        gateway_status: String,
    }
}

model! {
    /// The total amounts of a payment.
    PaymentTotals {
        /// The amount without taxes and fees.
        subtotal: CommerceMoney,
        /// The taxes.
        tax_total: CommerceMoney,
        /// The amount with taxes and fees.
        grand_total: CommerceMoney,
        /// The charges for units, such as seats.
        per_unit_totals: Vec<PaymentUnitTotal>,
    }
}

model! {
    /// The charge for one kind of unit.
    PaymentUnitTotal {
        /// The name of the unit, such as `seats`.
        name: String,
        /// The price of a unit in the currency's smallest denomination.
        amount: i64,
        /// The number of units; `None` means unlimited.
        quantity: Option<i64>,
        /// The charge for all units in the currency's smallest denomination.
        total: i64,
        /// The currency, such as `USD`.
        currency: String,
    }
}

model! {
    /// The payment method of a payment.
    PaymentSource {
        /// The id of the payment method.
        id: String,
        /// The payment provider.
        gateway: String,
        /// The payment provider's id of the payment method.
        gateway_external_id: String,
        /// The payment provider's id of the account; `None` if there is none.
        gateway_external_account_id: Option<String>,
        /// The type of the payment method.
        payment_method: CommercePaymentType,
        /// The status.
        status: CommercePaymentMethodStatus,
        /// The type of the card; `None` if the payment method is not a card.
        card_type: Option<String>,
        /// The last four digits of the card; `None` if the payment method is not a card.
        last4: Option<String>,
    }
}

model! {
    /// A subscription item that a payment covers.
    PaymentSubscriptionItem("commerce_subscription_item") {
        /// The id of the item.
        id: String,
        /// The status.
        status: CommerceSubscriptionItemStatus,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The start of the paid period.
        period_start: Timestamp,
        /// The end of the paid period.
        period_end: Timestamp,
        /// The length of a period.
        interval: CommercePlanPeriod,
        /// The id of the plan; `None` if there is none.
        plan_id: Option<String>,
        /// The plan; `None` if there is none.
        plan: Option<Box<SubscriptionEventPlan>>,
        /// The payer; `None` if Clerk omits it.
        payer: Option<Box<CommercePayer>> = optional,
        /// The id of the subscription; `None` if Clerk omits it.
        subscription_id: Option<String> = optional,
        /// The credit for the unused part of the previous period; `None` if Clerk omits it.
        /// Deprecated by Clerk in favour of `credits`.
        credit: Option<Box<CommerceProrationCredit>> = optional,
        /// The credits; `None` if there are none.
        credits: Option<Box<CommerceCredits>>,
    }
}
