use crate::api::billing::BillingApi;
use crate::api::billing::plans::CommercePlanId;
use crate::api::operations::operations;
use crate::json::open_enum::open_enum;
use crate::models::commerce_payer::CommercePayerType;
use crate::models::commerce_subscription_item::CommerceSubscriptionItem;
use crate::models::page::Page;
use crate::requests::params::params;
use crate::types::id::id;

operations! {
    /// # Subscription items
    impl BillingApi = "Billing";

    /// Lists the subscription items of all users and organizations, the newest first.
    #[doc(alias = "get_subscription_item_list")]
    GetCommerceSubscriptionItemList: GET "/billing/subscription_items", idempotent, [400, 401, 422, 500], unsent = "the `limit` is not from 1 to 500.";
    fn get_commerce_subscription_item_list(params: CommerceSubscriptionItemListParams) -> Page<CommerceSubscriptionItem>,
        all list_all_commerce_subscription_items(params);

    /// Cancels a subscription item. By default, the item ends with the current billing period. With
    /// [`end_now`](crate::requests::CancelCommerceSubscriptionItemParams::end_now), it ends
    /// immediately.
    #[doc(alias = "cancel_subscription_item")]
    CancelCommerceSubscriptionItem: DELETE "/billing/subscription_items/{subscription_item_id}", idempotent, [
        400 = "the item is already canceled (`commerce_subscription_item_already_canceled`). If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely canceled the item.",
        401, 403,
        404 = "the subscription item does not exist.",
        422 = "the item cannot be canceled (`commerce_subscription_item_cannot_be_canceled`) or ended (`commerce_subscription_item_cannot_be_ended`).",
        500,
    ];
    fn cancel_commerce_subscription_item(subscription_item_id: CommerceSubscriptionItemId, params: CancelCommerceSubscriptionItemParams) -> CommerceSubscriptionItem;
}

params! {
    /// The parameters of a list of subscription items: filters, the limit and the offset.
    CommerceSubscriptionItemListParams paged 500 as paginated {
        /// Items with this status.
        status: CommerceSubscriptionItemListStatus,
        /// Items of payers of this type.
        payer_type: CommercePayerType,
        /// Items of this plan.
        plan_id: CommercePlanId,
        /// Whether the list also contains the items of free plans. Clerk's default is no.
        include_free: bool,
        /// A text by which Clerk filters the items.
        query: String,
    }
}

params! {
    /// The parameters of the cancellation of a subscription item.
    CancelCommerceSubscriptionItemParams {
        /// Whether the item ends immediately. By default, it ends with the current billing period.
        end_now: bool,
    }
}

open_enum! {
    /// A status by which a list of subscription items can be filtered.
    CommerceSubscriptionItemListStatus {
        Active = "active",
        Ended = "ended",
        PastDue = "past_due",
        Upcoming = "upcoming",
        FreeTrial = "free_trial",
    }
}

id! {
    /// The id of a subscription item.
    CommerceSubscriptionItemId
}
