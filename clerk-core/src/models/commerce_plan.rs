use crate::json::model::model;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// A plan that can be subscribed to.
    CommercePlan("commerce_plan") {
        /// The id of the plan.
        id: String,
        /// What it is called.
        name: String,
        /// What a month costs.
        fee: Option<CommerceMoney>,
        /// What a month costs when a year is paid.
        annual_monthly_fee: Option<CommerceMoney>,
        /// What a year costs.
        annual_fee: Option<CommerceMoney>,
        /// What it is, in a sentence.
        description: Option<String>,
        /// The product that it belongs to. Deprecated by Clerk.
        product_id: Option<String> = optional,
        /// Whether it is the one that everybody begins with.
        is_default: bool,
        /// Whether it is paid again and again.
        is_recurring: bool,
        /// Whether everybody can see it.
        publicly_visible: bool,
        /// Whether it has a fee apart from those by unit.
        has_base_fee: bool,
        /// Whom it is for: `user` or `org`.
        for_payer_type: String,
        /// What it is called in URLs.
        slug: String,
        /// Where its picture is.
        avatar_url: Option<String>,
        /// What it includes.
        features: Vec<CommerceFeature>,
        /// Whether it can be tried for free.
        free_trial_enabled: bool,
        /// For how many days it can be tried for free.
        free_trial_days: Option<i64>,
        /// Prices by unit, such as seats.
        unit_prices: Vec<CommercePlanUnitPrice>,
    }
}

model! {
    /// Something that a plan includes.
    CommerceFeature("feature") {
        /// The id of the feature.
        id: String,
        /// What it is called.
        name: String,
        /// What it is, in a sentence.
        description: Option<String>,
        /// What it is called in URLs.
        slug: String,
        /// Where its picture is.
        avatar_url: Option<String>,
    }
}

model! {
    /// The prices of one kind of unit.
    CommercePlanUnitPrice {
        /// What the unit is: `seats`.
        name: String,
        /// How many units make a block.
        block_size: i64,
        /// The prices, tier by tier.
        tiers: Vec<CommercePlanUnitPriceTier>,
    }
}

model! {
    /// The price of the units of one tier.
    CommercePlanUnitPriceTier {
        /// The first block of the tier.
        starts_at_block: i64,
        /// The last block of the tier; `None` is unlimited.
        ends_after_block: Option<i64>,
        /// The price of a block.
        fee_per_block: CommerceMoney,
    }
}
