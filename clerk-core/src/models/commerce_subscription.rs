use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_subscription_item::CommerceSubscriptionItem;
use crate::models::commerce_totals::{CommercePerUnitTotal, CommerceTotals};
use crate::types::timestamp::Timestamp;

model! {
    /// The subscription of a user or an organization.
    CommerceSubscription("commerce_subscription") {
        /// The id of the subscription.
        id: String,
        /// The id of the instance.
        instance_id: String,
        /// The subscription's status.
        status: CommerceSubscriptionStatus,
        /// The id of the payer.
        payer_id: String,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The time at which the subscription became active; `None` if it did not.
        active_at: Option<Timestamp>,
        /// The time at which the subscription became past due; `None` if it did not.
        past_due_at: Option<Timestamp>,
        /// The subscribed plans.
        subscription_items: Vec<CommerceSubscriptionItem>,
        /// The next payment; `None` if the response does not include it.
        next_payment: Option<Box<CommerceSubscriptionNextPayment>> = optional,
        /// Whether the payer can get a free trial; `None` if the response does not say.
        eligible_for_free_trial: Option<bool> = optional,
    }
}

model! {
    /// The next payment for a [`CommerceSubscription`].
    CommerceSubscriptionNextPayment {
        /// The payment date.
        date: Timestamp,
        /// The plan's base fee. The full amount, with unit charges, is in `totals`.
        amount: CommerceMoney,
        /// The charges for units, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// The totals of the payment; `None` if the response does not include them. Clerk does not
        /// compute taxes and credits in advance.
        totals: Option<Box<CommerceTotals>>,
    }
}

open_enum! {
    /// The status of a [`CommerceSubscription`].
    CommerceSubscriptionStatus {
        Active = "active",
        PastDue = "past_due",
        Canceled = "canceled",
        Ended = "ended",
        Abandoned = "abandoned",
        Incomplete = "incomplete",
    }
}
