use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_credits::{CommerceCredits, CommerceSubscriptionCredit};
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_payer::CommercePayer;
use crate::models::commerce_payment_method::CommercePaymentMethod;
use crate::models::commerce_payment_source::CommercePaymentSource;
use crate::models::commerce_plan::CommercePlan;
use crate::models::commerce_totals::{
    CommercePerUnitTotal, CommercePerUnitTotalTier, CommerceTotals,
};
use crate::models::page::PageItem;
use crate::types::timestamp::Timestamp;

model! {
    /// A subscribed plan in a [`CommerceSubscription`](super::CommerceSubscription).
    ///
    /// An optional field is `None` if the item has no such value.
    CommerceSubscriptionItem("commerce_subscription_item") {
        /// The id of the item.
        id: String,
        /// The id of the instance.
        instance_id: String,
        /// The item's status.
        status: CommerceSubscriptionItemStatus,
        /// The credit of the item; `None` if the response does not include it.
        credit: Option<Box<CommerceSubscriptionCredit>> = optional,
        /// The credits for unused time and from the payer's balance.
        credits: Option<Box<CommerceCredits>>,
        /// The id of the plan.
        plan_id: Option<String>,
        /// The id of the price.
        price_id: Option<String> = optional,
        /// The plan; `None` if the response does not include it.
        plan: Option<Box<CommercePlan>>,
        /// The billing period.
        plan_period: CommercePlanPeriod,
        /// The payment method; `None` if the response does not include it.
        payment_method: Option<Box<CommercePaymentMethod>> = optional,
        /// The id of the payment source; `None` if the response does not include it.
        payment_source_id: Option<String> = optional,
        /// The payment source; `None` if the response does not include it.
        payment_source: Option<Box<CommercePaymentSource>> = optional,
        /// The amount paid so far; `None` if the response does not include it.
        lifetime_paid: Option<CommerceMoney> = optional,
        /// The current amount for the item; `None` if the response does not include it.
        amount: Option<CommerceMoney> = optional,
        /// The next invoice; `None` if the response does not include it.
        next_invoice: Option<Box<CommerceSubscriptionItemNextPayment>> = optional,
        /// The next payment.
        next_payment: Option<Box<CommerceSubscriptionItemNextPayment>>,
        /// The id of the payer.
        payer_id: String,
        /// The payer; `None` if the response does not include it.
        payer: Option<Box<CommercePayer>> = optional,
        /// Whether the item is in a free trial.
        is_free_trial: bool,
        /// The start of the current period; `None` if the response does not include it.
        period_start: Option<Timestamp>,
        /// The end of the current period.
        period_end: Option<Timestamp>,
        /// The day (`2026-01-31`) from which the item was prorated; `None` if the response does not
        /// include it.
        proration_date: Option<String> = optional,
        /// The time of the cancellation; `None` if there was none.
        canceled_at: Option<Timestamp>,
        /// The time at which the item became past due; `None` if it did not.
        past_due_at: Option<Timestamp>,
        /// The time at which the item ended; `None` if it did not.
        ended_at: Option<Timestamp>,
        /// The creation time.
        created_at: Option<Timestamp> = optional,
        /// The time of the last change.
        updated_at: Option<Timestamp> = optional,
        /// The paid seats; `None` if the item is not billed by seat.
        seats: Option<Box<CommerceSubscriptionItemSeats>>,
        /// The totals of the item; `None` if the response does not include them.
        totals: Option<Box<CommerceTotals>>,
    }
}

model! {
    /// The next payment for a [`CommerceSubscriptionItem`].
    ///
    /// An optional field is `None` if the payment has no such value.
    CommerceSubscriptionItemNextPayment {
        /// The plan's base fee. The full amount, with unit charges, is in `totals`.
        amount: Option<CommerceMoney>,
        /// The payment date.
        date: Option<Timestamp>,
        /// The charges for units, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// The totals of the payment, without taxes and credits.
        totals: Option<Box<CommerceTotals>>,
    }
}

model! {
    /// The seats of a [`CommerceSubscriptionItem`].
    CommerceSubscriptionItemSeats {
        /// The number of seats; `None` means unlimited.
        quantity: Option<i64>,
        /// The charges by tier.
        tiers: Vec<CommercePerUnitTotalTier>,
    }
}

open_enum! {
    /// The status of a [`CommerceSubscriptionItem`].
    CommerceSubscriptionItemStatus {
        Active = "active",
        Canceled = "canceled",
        Expired = "expired",
        Ended = "ended",
        PastDue = "past_due",
        Upcoming = "upcoming",
        Incomplete = "incomplete",
        Abandoned = "abandoned",
    }
}

open_enum! {
    /// The billing period of a plan.
    CommercePlanPeriod {
        Month = "month",
        Annual = "annual",
    }
}

impl PageItem for CommerceSubscriptionItem {
    #[inline]
    fn key(&self) -> String {
        self.id.clone()
    }
}
