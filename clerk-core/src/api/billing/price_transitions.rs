use crate::api::billing::BillingApi;
use crate::api::billing::prices::{BillingPrice, BillingPriceId};
use crate::api::billing::subscription_items::CommerceSubscriptionItemId;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_plan::CommercePlan;
use crate::models::commerce_subscription_item::CommerceSubscriptionItem;
use crate::requests::body::body;
use crate::types::timestamp::Timestamp;

operations! {
    /// # Price transitions
    impl BillingApi = "Billing";

    /// Moves a subscription item to another price.
    ///
    /// Depending on the plan and the payer, the new price takes effect immediately or after the
    /// current billing period. If the price takes effect immediately, Clerk may charge the payer.
    CreateBillingPriceTransition: POST "/billing/subscription_items/{subscription_item_id}/price_transition", once = "Call [`get_commerce_subscription_item_list`](Self::get_commerce_subscription_item_list) to see which price the item has.", [
        400, 401, 403,
        404 = "the subscription item or a price does not exist.",
        409 = "the price of the item is no longer `from_price_id` (`out_of_date_price`), or the item is no longer active (`subscription_item_no_longer_active`).",
        422 = "the plan or the payer does not allow the new price (`price_transition_not_allowed`), among other causes.",
        500,
    ];
    fn create_billing_price_transition(subscription_item_id: CommerceSubscriptionItemId, request: CreateBillingPriceTransitionRequest) -> CommercePriceTransition;
}

body! {
    /// The request body of
    /// [`create_billing_price_transition`](crate::api::BillingApi::create_billing_price_transition).
    CreateBillingPriceTransitionRequest
    required {
        /// The id of the item's current price.
        from_price_id: BillingPriceId,
        /// The id of the new price.
        to_price_id: BillingPriceId,
    } and {}
}

model! {
    /// The result of moving a subscription item to another price.
    CommercePriceTransition("commerce_price_transition") {
        /// The subscription item with the new price.
        subscription_item: CommerceSubscriptionItem,
        /// The details of the transition.
        transition: CommercePriceTransitionDetails,
    }
}

model! {
    /// The details of a [`CommercePriceTransition`].
    CommercePriceTransitionDetails {
        /// The previous plan.
        previous_plan: CommercePlan,
        /// The previous price.
        previous_price: BillingPrice,
        /// The time at which the new price takes effect.
        effective_at: Timestamp,
        /// Whether the new price takes effect immediately or at the end of the billing period.
        effective_mode: CommercePriceTransitionMode,
        /// The time of the next charge; `None` if there is none.
        next_billing_date: Option<Timestamp>,
        /// Whether the payer was charged immediately.
        charged_immediately: bool,
        /// The amount that was charged immediately; `None` if nothing was charged.
        immediate_charge: Option<CommerceMoney>,
        /// The status that the subscription item with the previous price has after the transition.
        previous_subscription_item_status: CommercePreviousSubscriptionItemStatus,
        /// The id of the subscription item with the previous price.
        previous_subscription_item_id: CommerceSubscriptionItemId,
    }
}

open_enum! {
    /// The moment at which a new price takes effect.
    CommercePriceTransitionMode {
        Immediate = "immediate",
        EndOfPeriod = "end_of_period",
    }
}

open_enum! {
    /// The status that the subscription item with the previous price has after a
    /// [`CommercePriceTransition`].
    CommercePreviousSubscriptionItemStatus {
        Canceled = "canceled",
        Ended = "ended",
        Abandoned = "abandoned",
    }
}
