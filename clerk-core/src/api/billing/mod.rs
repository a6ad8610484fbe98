//! The operations on billing: plans, prices, subscription items and statements.

pub(crate) mod discounts;
pub(crate) mod free_trials;
pub(crate) mod plans;
pub(crate) mod price_transitions;
pub(crate) mod prices;
pub(crate) mod statements;
pub(crate) mod subscription_items;

use crate::api::operations::api;

api! {
    /// The operations on billing. [`Clerk::billing`](crate::Clerk::billing) returns this type.
    ///
    /// Amounts are in the smallest unit of the currency, such as cents.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::models::CommercePayerType;
    /// use clerk_client::requests::{
    ///     CancelCommerceSubscriptionItemParams, CommercePlanListParams,
    ///     CommerceSubscriptionItemListParams, CreateBillingPriceRequest,
    ///     CreateBillingPriceTransitionRequest,
    /// };
    ///
    /// let billing = clerk.billing();
    /// let for_users = CommercePlanListParams::new().payer_type(CommercePayerType::User);
    /// let plans = billing.get_commerce_plan_list(for_users).await?;
    /// let plan = &plans.data[0].id;
    ///
    /// let discounted = CreateBillingPriceRequest::new(plan, 900).description("nonprofit");
    /// let price = billing.create_billing_price(discounted).await?;
    ///
    /// let subscribed = CommerceSubscriptionItemListParams::new().plan_id(plan);
    /// for item in billing.get_commerce_subscription_item_list(subscribed).await? {
    ///     if let Some(from) = &item.price_id {
    ///         let request = CreateBillingPriceTransitionRequest::new(from, &price.id);
    ///         billing.create_billing_price_transition(&item.id, request).await?;
    ///     } else {
    ///         let at_once = CancelCommerceSubscriptionItemParams::new().end_now(true);
    ///         billing.cancel_commerce_subscription_item(&item.id, at_once).await?;
    ///     }
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_commerce_plan_list`](Self::get_commerce_plan_list) | `GetCommercePlanList` | yes |
    /// | [`get_billing_price_list`](Self::get_billing_price_list) | `GetBillingPriceList` | yes |
    /// | [`create_billing_price`](Self::create_billing_price) | `CreateBillingPrice` | no |
    /// | [`get_commerce_subscription_item_list`](Self::get_commerce_subscription_item_list) | `GetCommerceSubscriptionItemList` | yes |
    /// | [`cancel_commerce_subscription_item`](Self::cancel_commerce_subscription_item) | `CancelCommerceSubscriptionItem` | yes |
    /// | [`extend_billing_subscription_item_free_trial`](Self::extend_billing_subscription_item_free_trial) | `ExtendBillingSubscriptionItemFreeTrial` | no |
    /// | [`create_billing_price_transition`](Self::create_billing_price_transition) | `CreateBillingPriceTransition` | no |
    /// | [`apply_billing_subscription_item_discount`](Self::apply_billing_subscription_item_discount) | `ApplyBillingSubscriptionItemDiscount` | no |
    /// | [`remove_billing_subscription_item_discount`](Self::remove_billing_subscription_item_discount) | `RemoveBillingSubscriptionItemDiscount` | yes |
    /// | [`get_billing_statement_list`](Self::get_billing_statement_list) | `GetBillingStatementList` | yes |
    /// | [`get_billing_statement`](Self::get_billing_statement) | `GetBillingStatement` | yes |
    /// | [`get_billing_statement_payment_attempts`](Self::get_billing_statement_payment_attempts) | `GetBillingStatementPaymentAttempts` | yes |
    ///
    /// # Errors
    ///
    /// - 400, 403 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, for
    ///   example `billing_not_enabled`.
    BillingApi:
        discounts,
        free_trials,
        plans,
        price_transitions,
        prices,
        statements,
        subscription_items,
}
