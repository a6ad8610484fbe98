use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;
use crate::models::page::PageItem;

model! {
    /// A plan to which users or organizations can subscribe.
    ///
    /// An optional field is `None` if the plan has no such value, or if the response does not
    /// include it.
    CommercePlan("commerce_plan") {
        /// The id of the plan.
        id: String,
        /// The name.
        name: String,
        /// The fee per month if the plan is paid monthly.
        fee: Option<CommerceMoney>,
        /// The fee per month if the plan is paid annually.
        annual_monthly_fee: Option<CommerceMoney>,
        /// The fee per year.
        annual_fee: Option<CommerceMoney>,
        /// The description.
        description: Option<String>,
        /// The fee per month in cents if the plan is paid monthly; `None` if the response does not
        /// include it.
        amount: Option<i64> = optional,
        /// The formatted `amount`, such as `$49.99`.
        amount_formatted: Option<String> = optional,
        /// The fee per month in cents if the plan is paid annually; `None` if the response does not
        /// include it.
        annual_monthly_amount: Option<i64> = optional,
        /// The formatted `annual_monthly_amount`.
        annual_monthly_amount_formatted: Option<String> = optional,
        /// The fee per year in cents; `None` if the response does not include it.
        annual_amount: Option<i64> = optional,
        /// The formatted `annual_amount`.
        annual_amount_formatted: Option<String> = optional,
        /// The symbol of the currency of `amount` and of the annual amounts, such as `$`.
        currency_symbol: Option<String> = optional,
        /// The code of the currency of `amount` and of the annual amounts, such as `USD`.
        currency: Option<String> = optional,
        /// The id of the plan's product. Deprecated by Clerk.
        product_id: Option<String> = optional,
        /// Whether the plan is the default plan.
        is_default: bool,
        /// Whether payments recur.
        is_recurring: bool,
        /// Whether the plan is publicly visible.
        publicly_visible: bool,
        /// Whether the plan has a base fee.
        has_base_fee: bool,
        /// The types of payer that can use the plan; `None` if the response does not include them.
        payer_type: Option<Vec<String>> = optional,
        /// The type of payer for which the plan is designed: `user` or `org`.
        for_payer_type: String,
        /// The URL slug.
        slug: String,
        /// The URL of the picture.
        avatar_url: Option<String>,
        /// The billing period; `None` if the response does not include it.
        period: Option<String> = optional,
        /// The billing interval; `None` if the response does not include it.
        interval: Option<i64> = optional,
        /// The included features.
        features: Vec<CommerceFeature>,
        /// Whether a free trial is available.
        free_trial_enabled: bool,
        /// The length of the free trial in days.
        free_trial_days: Option<i64>,
        /// The prices of units, such as seats.
        unit_prices: Vec<CommercePlanUnitPrice>,
    }
}

model! {
    /// A feature of a plan.
    ///
    /// An optional field is `None` if the feature has no such value.
    CommerceFeature("feature") {
        /// The id of the feature.
        id: String,
        /// The name.
        name: String,
        /// The description.
        description: Option<String>,
        /// The URL slug.
        slug: String,
        /// The URL of the picture.
        avatar_url: Option<String>,
    }
}

model! {
    /// The prices of one kind of unit.
    CommercePlanUnitPrice {
        /// The name of the unit, such as `seats`.
        name: String,
        /// The number of units in a block.
        block_size: i64,
        /// The prices by tier.
        tiers: Vec<CommercePlanUnitPriceTier>,
    }
}

model! {
    /// The price of the units in one tier, which is a range of blocks.
    CommercePlanUnitPriceTier {
        /// The first block of the tier, inclusive.
        starts_at_block: i64,
        /// The last block of the tier, inclusive; `None` if the tier has no last block.
        ends_after_block: Option<i64>,
        /// The price of a block.
        fee_per_block: CommerceMoney,
    }
}

impl PageItem for CommercePlan {
    #[inline]
    fn key(&self) -> String {
        self.id.clone()
    }
}
