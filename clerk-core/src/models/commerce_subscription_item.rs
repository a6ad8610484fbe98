use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_credits::{CommerceCredits, CommerceSubscriptionCredit};
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_payer::CommercePayer;
use crate::models::commerce_payment_method::CommercePaymentMethod;
use crate::models::commerce_plan::CommercePlan;
use crate::models::commerce_totals::{
    CommercePerUnitTotal, CommercePerUnitTotalTier, CommerceTotals,
};
use crate::types::timestamp::Timestamp;

model! {
    /// A plan in a [`CommerceSubscription`](super::CommerceSubscription).
    CommerceSubscriptionItem("commerce_subscription_item") {
        /// The id of the item.
        id: String,
        /// The instance.
        instance_id: String,
        /// How it stands.
        status: CommerceSubscriptionItemStatus,
        /// Its credit, where the API says so.
        credit: Option<Box<CommerceSubscriptionCredit>> = optional,
        /// Its credits, one by one.
        credits: Option<Box<CommerceCredits>>,
        /// The id of the plan.
        plan_id: Option<String>,
        /// The id of the price.
        price_id: Option<String> = optional,
        /// The plan.
        plan: Option<Box<CommercePlan>>,
        /// How often it is paid.
        plan_period: CommercePlanPeriod,
        /// What it is paid with.
        payment_method: Option<Box<CommercePaymentMethod>> = optional,
        /// What was paid so far.
        lifetime_paid: Option<CommerceMoney> = optional,
        /// What is to be paid next.
        next_payment: Option<Box<CommerceSubscriptionItemNextPayment>>,
        /// The id of who pays.
        payer_id: String,
        /// Who pays.
        payer: Option<Box<CommercePayer>> = optional,
        /// Whether it is being tried for free.
        is_free_trial: bool,
        /// When the current period began.
        period_start: Timestamp,
        /// When the current period ends.
        period_end: Option<Timestamp>,
        /// The day (`2026-01-31`) from which the item was prorated, where the API says so.
        proration_date: Option<String> = optional,
        /// When it was cancelled.
        canceled_at: Option<Timestamp>,
        /// When it became past due.
        past_due_at: Option<Timestamp>,
        /// When it ended.
        ended_at: Option<Timestamp>,
        /// When it was created.
        created_at: Option<Timestamp> = optional,
        /// When it was last changed.
        updated_at: Option<Timestamp> = optional,
        /// The seats that are paid.
        seats: Option<Box<CommerceSubscriptionItemSeats>>,
        /// What it costs.
        totals: Option<Box<CommerceTotals>>,
    }
}

model! {
    /// What is to be paid next for a [`CommerceSubscriptionItem`].
    CommerceSubscriptionItemNextPayment {
        /// The plan's own fee, without charges by unit.
        amount: Option<CommerceMoney>,
        /// When.
        date: Option<Timestamp>,
        /// Charges by unit, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// What it is made of. Taxes and credits are not known beforehand.
        totals: Option<Box<CommerceTotals>>,
    }
}

model! {
    /// The seats of a [`CommerceSubscriptionItem`].
    CommerceSubscriptionItemSeats {
        /// How many; `None` is unlimited.
        quantity: Option<i64>,
        /// What they cost, tier by tier.
        tiers: Vec<CommercePerUnitTotalTier>,
    }
}

open_enum! {
    /// How a [`CommerceSubscriptionItem`] stands.
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
    /// How often a plan is paid.
    CommercePlanPeriod {
        Month = "month",
        Annual = "annual",
    }
}
