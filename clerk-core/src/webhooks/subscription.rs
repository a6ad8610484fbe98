use crate::json::model::model;
use crate::models::commerce_payer::CommercePayer;
use crate::models::commerce_subscription::CommerceSubscriptionStatus;
use crate::models::commerce_subscription_item::CommerceSubscriptionItemStatus;
use crate::types::timestamp::Timestamp;

model! {
    /// The data of a `subscription.…` event. It differs from the subscription that the API returns.
    SubscriptionEvent("commerce_subscription") {
        /// The id of the subscription.
        id: String,
        /// The status.
        status: CommerceSubscriptionStatus,
        /// The time at which the subscription became active; `None` if it did not.
        active_at: Option<Timestamp>,
        /// The time at which the subscription was canceled; `None` if it was not.
        canceled_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time at which the subscription ended; `None` if it has not ended.
        ended_at: Option<Timestamp>,
        /// The time at which a payment became overdue; `None` if no payment is overdue.
        past_due_at: Option<Timestamp>,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The id of the latest payment attempt; `None` if there is none.
        latest_payment_id: Option<String>,
        /// The id of the payer.
        payer_id: String,
        /// The payer.
        payer: CommercePayer,
        /// The id of the payment method; `None` if there is none.
        payment_source_id: Option<String>,
        /// The items of the subscription.
        items: Vec<SubscriptionItemEvent>,
    }
}

model! {
    /// The data of a `subscriptionItem.…` event. It differs from the subscription item that the API
    /// returns.
    SubscriptionItemEvent("commerce_subscription_item") {
        /// The id of the item.
        id: String,
        /// The status.
        status: CommerceSubscriptionItemStatus,
        /// Whether the item is in a free trial.
        is_free_trial: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The start of the period.
        period_start: Timestamp,
        /// The end of the period; `None` if the period has no end.
        period_end: Option<Timestamp>,
        /// The length of a period, such as `month`.
        interval: String,
        /// The id of the plan; `None` if there is none.
        plan_id: Option<String>,
        /// The plan; `None` if there is none.
        plan: Option<Box<SubscriptionEventPlan>>,
        /// The payer; `None` in the items of a [`SubscriptionEvent`].
        payer: Option<Box<CommercePayer>> = optional,
        /// The id of the subscription; `None` in the items of a [`SubscriptionEvent`].
        subscription_id: Option<String>,
        /// The seats; `None` if the plan has none.
        seats: Option<Box<SubscriptionEventSeats>> = optional,
    }
}

model! {
    /// The plan in an event.
    SubscriptionEventPlan {
        /// The id of the plan.
        id: String,
        /// The slug of the plan.
        slug: String,
        /// The name.
        name: String,
        /// Whether the plan charges repeatedly.
        is_recurring: bool,
        /// The price in the currency's smallest denomination.
        amount: i64,
        /// The currency, such as `USD`.
        currency: String,
        /// The prices of units, such as seats; empty if the plan has none.
        unit_prices: Vec<SubscriptionEventUnitPrice>,
    }
}

model! {
    /// The prices of one kind of unit in the plan of an event.
    SubscriptionEventUnitPrice {
        /// The name of the unit, such as `seats`.
        name: String,
        /// The number of units in a block.
        block_size: i64,
        /// The tiers, in ascending order.
        tiers: Vec<SubscriptionEventUnitPriceTier>,
    }
}

model! {
    /// The price of the units in one tier, which is a range of blocks.
    SubscriptionEventUnitPriceTier {
        /// The first block of the tier.
        starts_at_block: i64,
        /// The last block of the tier; `None` if the tier has no end.
        ends_after_block: Option<i64>,
        /// The price of a block in the currency's smallest denomination.
        amount_per_block: i64,
        /// The currency, such as `USD`.
        currency: String,
    }
}

model! {
    /// The seats of a subscription item in an event.
    SubscriptionEventSeats {
        /// The number of seats; `None` means unlimited.
        quantity: Option<i64>,
    }
}
