use crate::json::model::model;
use crate::models::commerce_credits::CommerceCredits;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// What a payment is made of.
    CommerceTotals {
        /// Before taxes, credits and discounts.
        subtotal: CommerceMoney,
        /// The plan's own fee.
        base_fee: CommerceMoney,
        /// Taxes.
        tax_total: CommerceMoney,
        /// What is to be paid.
        grand_total: CommerceMoney,
        /// Charges by unit, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// Credits that are applied.
        credits: Option<Box<CommerceCredits>>,
        /// Discounts that are applied.
        discounts: Option<Box<CommerceDiscounts>>,
    }
}

model! {
    /// The charges for one kind of unit.
    CommercePerUnitTotal {
        /// What the unit is: `seats`.
        name: String,
        /// How many units make a block.
        block_size: i64,
        /// The charges, tier by tier.
        tiers: Vec<CommercePerUnitTotalTier>,
    }
}

model! {
    /// The charge for one tier of units.
    CommercePerUnitTotalTier {
        /// How many units; `None` is unlimited.
        quantity: Option<i64>,
        /// The price of a block.
        fee_per_block: CommerceMoney,
        /// The charge.
        total: CommerceMoney,
    }
}

model! {
    /// The discounts on a payment.
    CommerceDiscounts {
        /// For time of the cycle that had passed.
        proration: Option<Box<CommerceProrationDiscount>>,
        /// All together.
        total: CommerceMoney,
    }
}

model! {
    /// The discount for time of the cycle that had passed.
    CommerceProrationDiscount {
        /// How much.
        amount: CommerceMoney,
        /// Days that had passed.
        cycle_days_passed: i64,
        /// Days of the whole cycle.
        cycle_days_total: i64,
        /// The part of the cycle that had passed, in per cent.
        cycle_passed_percent: f64,
    }
}
