use crate::api::billing::BillingApi;
use crate::api::billing::subscription_items::CommerceSubscriptionItemId;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::models::commerce_payer::CommercePayer;
use crate::models::commerce_payment_method::CommercePaymentMethod;
use crate::models::commerce_totals::CommerceTotals;
use crate::models::page::{Page, PageItem};
use crate::requests::params::params;
use crate::types::id::{InstanceId, id};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

operations! {
    /// # Statements
    impl BillingApi = "Billing";

    /// Lists the statements of the instance, the newest first.
    GetBillingStatementList: GET "/billing/statements", idempotent, [400, 401, 422, 500],
        unsent = "the `limit` is not from 1 to 500.";
    fn get_billing_statement_list(params: BillingStatementListParams) -> Page<BillingStatement>,
        all list_all_billing_statements(params);

    /// Returns a statement.
    GetBillingStatement: GET "/billing/statements/{statementID}", idempotent, [
        400, 401,
        404 = "the statement does not exist.",
        422, 500,
    ];
    fn get_billing_statement(statement_id: BillingStatementId) -> BillingStatement;

    /// Lists the payment attempts of a statement, the newest first.
    GetBillingStatementPaymentAttempts: GET "/billing/statements/{statementID}/payment_attempts", idempotent, [
        400, 401,
        404 = "the statement does not exist.",
        422, 500,
    ], unsent = "the `limit` is not from 1 to 500.";
    fn get_billing_statement_payment_attempts(statement_id: BillingStatementId, params: BillingPaymentAttemptListParams) -> Page<BillingPaymentAttempt>,
        all list_all_billing_statement_payment_attempts(params);
}

params! {
    /// The limit and the offset of a list of statements.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    BillingStatementListParams paged 500 as paginated {}
}

params! {
    /// The limit and the offset of a list of a statement's payment attempts.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    BillingPaymentAttemptListParams paged 500 as paginated {}
}

model! {
    /// A statement: the payments of a payer in a period.
    BillingStatement("commerce_statement") {
        /// The id of the statement.
        id: BillingStatementId,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The creation time.
        timestamp: Timestamp,
        /// The payer.
        payer: CommercePayer,
        /// The status.
        status: BillingStatementStatus,
        /// The totals.
        totals: BillingStatementTotals,
        /// The payment attempts, grouped by date.
        groups: Vec<BillingStatementGroup>,
    }
}

model! {
    /// The totals of a [`BillingStatement`].
    BillingStatementTotals {
        /// The grand total of the statement.
        grand_total: CommerceMoney,
        /// The subtotal: base fees and per-unit prices, without taxes.
        subtotal: CommerceMoney,
        /// The base fees of the plans, without per-unit prices.
        base_fee: CommerceMoney,
        /// The total of the taxes.
        tax_total: CommerceMoney,
    }
}

model! {
    /// The payment attempts of one date in a [`BillingStatement`].
    BillingStatementGroup("commerce_statement_group") {
        /// The date of the payment attempts.
        timestamp: Timestamp,
        /// The payment attempts.
        items: Vec<BillingPaymentAttempt>,
    }
}

model! {
    /// An attempt to collect a payment.
    BillingPaymentAttempt("commerce_payment") {
        /// The id of the payment attempt.
        id: String,
        /// The id of the payment.
        payment_id: String,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The type of the charge.
        charge_type: String,
        /// The id of the payee.
        payee_id: String,
        /// The payee. Clerk does not specify its fields.
        payee: Metadata,
        /// The id of the payer.
        payer_id: String,
        /// The payer.
        payer: CommercePayer,
        /// The id of the subscription item; `None` if the response does not include it.
        subscription_item_id: Option<CommerceSubscriptionItemId> = optional,
        /// The subscription item. Clerk does not specify its fields.
        subscription_item: Metadata = optional,
        /// The amount.
        amount: CommerceMoney,
        /// The totals; `None` if the response does not include them.
        totals: Option<Box<CommerceTotals>>,
        /// The id of the payment method.
        payment_method_id: String,
        /// The payment method.
        payment_method: CommercePaymentMethod,
        /// The id of the statement.
        statement_id: BillingStatementId,
        /// The id of the payment at the payment gateway; `None` if there is none.
        gateway_external_id: Option<String>,
        /// The URL of the payment at the payment gateway; `None` if there is none.
        gateway_external_url: Option<String>,
        /// The status.
        status: BillingPaymentAttemptStatus,
        /// The time of the payment; `None` if nothing has been paid.
        paid_at: Option<Timestamp>,
        /// The time of the failure; `None` if the attempt has not failed.
        failed_at: Option<Timestamp>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

open_enum! {
    /// The status of a [`BillingStatement`].
    BillingStatementStatus {
        Open = "open",
        Closed = "closed",
    }
}

open_enum! {
    /// The status of a [`BillingPaymentAttempt`].
    BillingPaymentAttemptStatus {
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
    }
}

id! {
    /// The id of a billing statement.
    BillingStatementId
}

impl PageItem for BillingStatement {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}

impl PageItem for BillingPaymentAttempt {
    #[inline]
    fn key(&self) -> String {
        self.id.clone()
    }
}
