use crate::api::billing::BillingApi;
use crate::api::billing::plans::CommercePlanId;
use crate::api::operations::operations;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::commerce_money::CommerceMoney;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::params::params;
use crate::types::id::{InstanceId, id};
use crate::types::timestamp::Timestamp;

operations! {
    /// # Prices
    impl BillingApi = "Billing";

    /// Lists the default and custom prices of the instance, the lowest first. Equal prices are
    /// ordered by creation time, the newest first.
    GetBillingPriceList: GET "/billing/prices", idempotent, [
        400, 401,
        404 = "the plan does not exist.",
        422, 500,
    ], unsent = "the `limit` is not from 1 to 500.";
    fn get_billing_price_list(params: BillingPriceListParams) -> Page<BillingPrice>,
        all list_all_billing_prices(params);

    /// Creates a custom price of a plan, for specific customers.
    ///
    /// [`create_billing_price_transition`](Self::create_billing_price_transition) moves a
    /// subscription item to the price.
    CreateBillingPrice: POST "/billing/prices", once = "Call [`get_billing_price_list`](Self::get_billing_price_list) to see whether the price exists.", [
        400, 401,
        404 = "the plan does not exist (`plan_not_found`).",
        422 = "the plan is a default plan (`default_plan_price_creation_forbidden`), or an amount is out of range.",
        500,
    ], unsent = "an amount is negative, or is from 1 to 99 cents.";
    fn create_billing_price(request: CreateBillingPriceRequest) -> BillingPrice;
}

params! {
    /// The parameters of a list of prices: a filter, the limit and the offset.
    BillingPriceListParams paged 500 as paginated {
        /// Prices of this plan.
        plan_id: CommercePlanId,
    }
}

body! {
    /// The request body of [`create_billing_price`](crate::api::BillingApi::create_billing_price).
    CreateBillingPriceRequest(amounts)
    required {
        /// The id of the plan.
        plan_id: CommercePlanId,
        /// The amount per month in cents: 0 for a free price, otherwise at least 100. `None` if the
        /// price has no monthly period.
        amount: Option<i64>,
    } and {
        /// The currency, such as `EUR`. Clerk's default is `USD`.
        currency: String,
        /// The amount per month in cents, if the plan is paid annually. The amount is 0 for a free
        /// price, otherwise at least 100.
        annual_monthly_amount / clear_annual_monthly_amount: i64,
        /// A description of the price.
        description: String,
        /// The billing periods of the price. By default, Clerk derives them from the amounts.
        supported_billing_periods: BillingPricePeriods,
    }
}

#[inline]
fn amounts(request: &CreateBillingPriceRequest) -> Result<(), String> {
    let annual = request.annual_monthly_amount.as_set().copied();
    for (name, amount) in [
        ("amount", request.amount),
        ("annual_monthly_amount", annual),
    ] {
        if let Some(amount) = amount.filter(|amount| *amount < 100 && *amount != 0) {
            return Err(format!(
                "invalid {name}: {amount}; it must be 0, or at least 100 cents"
            ));
        }
    }
    Ok(())
}

model! {
    /// A price of a plan.
    BillingPrice("commerce_price") {
        /// The id of the price.
        id: BillingPriceId,
        /// The id of the plan.
        plan_id: CommercePlanId,
        /// The id of the instance.
        instance_id: InstanceId,
        /// The currency code, such as `USD`.
        currency: String,
        /// The currency symbol, such as `$`.
        currency_symbol: String,
        /// The amount per month in cents.
        amount: i64,
        /// The amount per month in cents if the plan is paid annually.
        annual_monthly_amount: i64,
        /// The fee per month; `None` if the price has no monthly period.
        fee: Option<CommerceMoney>,
        /// The fee per month if the plan is paid annually; `None` if the price has no annual
        /// period.
        annual_monthly_fee: Option<CommerceMoney>,
        /// The description; `None` if there is none.
        description: Option<String>,
        /// Whether this is the default price of the plan.
        is_default: bool,
        /// The creation time.
        created_at: Timestamp,
        /// The billing periods of the price.
        supported_billing_periods: BillingPricePeriods,
    }
}

open_enum! {
    /// The billing periods of a [`BillingPrice`].
    BillingPricePeriods {
        Month = "month",
        Annual = "annual",
        Both = "both",
    }
}

id! {
    /// The id of a price of a plan.
    BillingPriceId
}

impl PageItem for BillingPrice {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
