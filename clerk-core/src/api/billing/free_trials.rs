use crate::api::billing::BillingApi;
use crate::api::billing::subscription_items::CommerceSubscriptionItemId;
use crate::api::operations::operations;
use crate::models::commerce_subscription_item::CommerceSubscriptionItem;
use crate::requests::body::body;
use crate::requests::rfc3339::Rfc3339;

operations! {
    /// # Free trials
    impl BillingApi = "Billing";

    /// Extends the free trial of a subscription item to a given time.
    ///
    /// The item must be in its free trial. A second request with the same time has no effect.
    #[doc(alias = "extend_subscription_item_free_trial")]
    ExtendBillingSubscriptionItemFreeTrial: POST "/billing/subscription_items/{subscription_item_id}/extend_free_trial", once = "Repeat the call with the same time. The result is the same, even if the first call took effect.", [
        400, 401,
        403 = "the item is not in a free trial (`subscription_item_not_in_free_trial`), or the plan has no free trials (`plan_free_trials_disabled`).",
        404 = "the subscription item does not exist.",
        422 = "the time is in the past, or more than 365 days after the end of the current trial.",
        500,
    ], unsent = "`extend_to` is not in the years 0000 to 9999.";
    fn extend_billing_subscription_item_free_trial(subscription_item_id: CommerceSubscriptionItemId, request: ExtendFreeTrialRequest) -> CommerceSubscriptionItem;
}

body! {
    /// The request body of
    /// [`extend_billing_subscription_item_free_trial`](crate::api::BillingApi::extend_billing_subscription_item_free_trial).
    ExtendFreeTrialRequest
    required {
        /// The new end of the free trial, in the future. Clerk documents two different limits: 365
        /// days from now, and 365 days after the current end of the trial.
        extend_to: Rfc3339,
    } and {}
}
