use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_subscription_item::CommerceSubscriptionItem;
use crate::models::commerce_totals::{CommercePerUnitTotal, CommerceTotals};
use crate::types::timestamp::Timestamp;

model! {
    /// What a user has subscribed to.
    CommerceSubscription("commerce_subscription") {
        /// The id of the subscription.
        id: String,
        /// The instance.
        instance_id: String,
        /// How it stands.
        status: CommerceSubscriptionStatus,
        /// Who pays.
        payer_id: String,
        /// When it was created.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
        /// When it became active.
        active_at: Option<Timestamp>,
        /// When it became past due.
        past_due_at: Option<Timestamp>,
        /// The plans in it.
        subscription_items: Vec<CommerceSubscriptionItem>,
        /// What is to be paid next.
        next_payment: Option<Box<CommerceSubscriptionNextPayment>> = optional,
        /// Whether a plan can be tried for free.
        eligible_for_free_trial: Option<bool> = optional,
    }
}

model! {
    /// What is to be paid next for a [`CommerceSubscription`].
    CommerceSubscriptionNextPayment {
        /// When.
        date: Timestamp,
        /// The plan's own fee, without charges by unit.
        amount: CommerceMoney,
        /// Charges by unit, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// What it is made of. Taxes and credits are not known beforehand.
        totals: Option<Box<CommerceTotals>>,
    }
}

open_enum! {
    /// How a [`CommerceSubscription`] stands.
    CommerceSubscriptionStatus {
        Active = "active",
        PastDue = "past_due",
        Canceled = "canceled",
        Ended = "ended",
        Abandoned = "abandoned",
        Incomplete = "incomplete",
    }
}
