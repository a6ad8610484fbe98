use crate::api::operations::operations;
use crate::api::organizations::OrganizationsApi;
use crate::models::commerce_credits::{CommerceCreditBalance, CommerceCreditLedger};
use crate::models::commerce_subscription::CommerceSubscription;
use crate::requests::credits::AdjustCreditBalanceRequest;
use crate::types::id::OrganizationId;

operations! {
    /// # Billing
    ///
    /// If Clerk responds with 403, billing may be disabled for the instance.
    impl OrganizationsApi = "Organizations";

    /// Returns an organization's subscription: the plans, their prices, and the next payment.
    GetOrganizationBillingSubscription: GET "/organizations/{organization_id}/billing/subscription", idempotent, [
        400, 401, 403,
        404 = "the organization does not exist, or has no subscription.",
        422, 500,
    ];
    fn get_organization_billing_subscription(organization_id: OrganizationId) -> CommerceSubscription;

    /// Returns an organization's credit balance, which Clerk applies to the next payments.
    GetOrganizationBillingCreditBalance: GET "/organizations/{organization_id}/billing/credits", idempotent, [
        400, 401, 403,
        404 = "the organization does not exist.",
        422, 500,
    ];
    fn get_organization_billing_credit_balance(organization_id: OrganizationId) -> CommerceCreditBalance;

    /// Increases or decreases an organization's credit balance.
    ///
    /// Idempotent: if several requests have the same `idempotency_key`, Clerk applies only the
    /// first request. Each response has the ledger entry of the first request. Derive the key from
    /// the cause of the adjustment, such as an order number. A retry after a crash then has the
    /// same key.
    AdjustOrganizationBillingCreditBalance: POST "/organizations/{organization_id}/billing/credits", idempotent = "If you repeat the call, pass the same `idempotency_key`.", [
        400, 401, 403,
        404 = "the organization does not exist.",
        409 = "an earlier request used the `idempotency_key` for a different adjustment. Use a new key for each adjustment.",
        422, 500,
    ], unsent = "the amount is 0 or negative, or the `idempotency_key` is blank.";
    fn adjust_organization_billing_credit_balance(organization_id: OrganizationId, request: AdjustCreditBalanceRequest) -> CommerceCreditLedger;
}
