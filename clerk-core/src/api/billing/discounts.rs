use crate::api::billing::BillingApi;
use crate::api::billing::subscription_items::CommerceSubscriptionItemId;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::requests::body::body;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

operations! {
    /// # Discounts
    impl BillingApi = "Billing";

    /// Applies a discount to a subscription item. If the item already has an active discount, the
    /// new discount replaces it.
    ///
    /// Clerk does not check the rules that limit who can redeem the discount.
    ApplyBillingSubscriptionItemDiscount: POST "/billing/subscription_items/{subscription_item_id}/discounts", once = "Repeat the call. The error `discount_already_applied` means that the item has the discount.", [
        400, 401, 403,
        404 = "the subscription item or the discount (`discount_not_found`) does not exist.",
        409 = "the item already has the discount (`discount_already_applied`).",
        422 = "the discount is inactive (`discount_inactive`), or does not apply to the item (`discount_not_applicable_to_subscription_item`).",
        500,
    ];
    fn apply_billing_subscription_item_discount(subscription_item_id: CommerceSubscriptionItemId, request: ApplyCommerceDiscountRequest) -> CommerceDiscountRedemption;

    /// Removes the active discount from a subscription item.
    RemoveBillingSubscriptionItemDiscount: DELETE "/billing/subscription_items/{subscription_item_id}/discounts/{discount_id}", idempotent, [
        400, 401, 403,
        404 = "the subscription item does not exist, or the discount is not the active discount of the item. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely removed the discount.",
        409, 422, 500,
    ];
    fn remove_billing_subscription_item_discount(subscription_item_id: CommerceSubscriptionItemId, discount_id: CommerceDiscountId) -> CommerceDiscountRedemption;
}

body! {
    /// The request body of
    /// [`apply_billing_subscription_item_discount`](crate::api::BillingApi::apply_billing_subscription_item_discount).
    ApplyCommerceDiscountRequest
    required {
        /// The id of the discount.
        discount_id: CommerceDiscountId,
    } and {}
}

model! {
    /// A redemption: a discount that was applied to a subscription item.
    CommerceDiscountRedemption("commerce_discount_redemption") {
        /// The id of the redemption.
        id: String,
        /// The id of the subscription item.
        subscription_item_id: CommerceSubscriptionItemId,
        /// The id of the discount.
        discount_id: CommerceDiscountId,
        /// The name of the discount; `None` if the response does not include it.
        name: Option<String> = optional,
        /// The way in which the discount was applied.
        source: CommerceDiscountSource,
        /// The promo code; `None` if the discount was applied without a code.
        promo_code: Option<String> = optional,
        /// The kind of the discount at the time of the redemption; `None` if the response does not
        /// include it.
        effect: Option<CommerceDiscountEffect> = optional,
        /// The percentage of the discount; `None` if the discount is a fixed amount.
        percent_off: Option<f64>,
        /// The fixed amount of the discount; `None` if the discount is a percentage.
        amount_off: Option<CommerceMoney>,
        /// The amount by which the discount reduces the next renewal charge; `None` if the next
        /// charge is not known.
        amount: Option<CommerceMoney>,
        /// The number of billing cycles for which the discount still applies; `None` if it applies
        /// forever.
        cycles_remaining: Option<i64>,
        /// The number of billing cycles for which the discount was applied.
        cycles_applied: i64,
        /// The status of the redemption; `None` if the response does not include it.
        status: Option<CommerceDiscountRedemptionStatus> = optional,
        /// The time of the redemption.
        redeemed_at: Timestamp,
        /// The id of the actor who redeemed the discount; `None` if the actor is not known.
        redeemed_by: Option<String>,
    }
}

open_enum! {
    /// The way in which a discount was applied to a subscription item.
    CommerceDiscountSource {
        Promotion = "promotion",
        Manual = "manual",
        PromoCode = "promo_code",
    }
}

open_enum! {
    /// The kind of a discount.
    CommerceDiscountEffect {
        Percentage = "percentage",
        FixedAmount = "fixed_amount",
    }
}

open_enum! {
    /// The status of a [`CommerceDiscountRedemption`].
    CommerceDiscountRedemptionStatus {
        Active = "active",
        Exhausted = "exhausted",
        Removed = "removed",
    }
}

id! {
    /// The id of a discount.
    CommerceDiscountId
}
