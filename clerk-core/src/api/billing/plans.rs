use crate::api::billing::BillingApi;
use crate::api::operations::operations;
use crate::models::commerce_payer::CommercePayerType;
use crate::models::commerce_plan::CommercePlan;
use crate::models::page::Page;
use crate::requests::params::params;
use crate::types::id::id;

operations! {
    /// # Plans
    impl BillingApi = "Billing";

    /// Lists the free and paid plans of the instance, the newest first.
    #[doc(alias = "get_plan_list")]
    GetCommercePlanList: GET "/billing/plans", idempotent, [400, 401, 422, 500],
        unsent = "the `limit` is not from 1 to 500.";
    fn get_commerce_plan_list(params: CommercePlanListParams) -> Page<CommercePlan>,
        all list_all_commerce_plans(params);
}

params! {
    /// The parameters of a list of plans: a filter, the limit and the offset.
    CommercePlanListParams paged 500 as paginated {
        /// Plans for payers of this type.
        payer_type: CommercePayerType,
    }
}

id! {
    /// The id of a plan: `cplan_…`.
    CommercePlanId
}
