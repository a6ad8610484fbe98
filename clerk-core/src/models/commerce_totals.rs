use crate::json::model::model;
use crate::models::commerce_credits::CommerceCredits;
use crate::models::commerce_money::CommerceMoney;

model! {
    /// The totals of a payment.
    CommerceTotals {
        /// The subtotal, before taxes, credits and discounts.
        subtotal: CommerceMoney,
        /// The plan's base fee.
        base_fee: CommerceMoney,
        /// The total of the taxes.
        tax_total: CommerceMoney,
        /// The amount due.
        grand_total: CommerceMoney,
        /// The charges for units, such as seats.
        per_unit_totals: Vec<CommercePerUnitTotal>,
        /// The applied credits; `None` if there are none.
        credits: Option<Box<CommerceCredits>>,
        /// The applied discounts; `None` if there are none.
        discounts: Option<Box<CommerceDiscounts>>,
    }
}

model! {
    /// The charges for one kind of unit.
    CommercePerUnitTotal {
        /// The name of the unit, such as `seats`.
        name: String,
        /// The number of units in a block.
        block_size: i64,
        /// The charges by tier.
        tiers: Vec<CommercePerUnitTotalTier>,
    }
}

model! {
    /// The charge for one tier of units.
    CommercePerUnitTotalTier {
        /// The number of billed units; `None` means unlimited.
        quantity: Option<i64>,
        /// The price of a block.
        fee_per_block: CommerceMoney,
        /// The charge for the tier.
        total: CommerceMoney,
    }
}

model! {
    /// The discounts on a payment.
    CommerceDiscounts {
        /// The discount for the elapsed time of the billing cycle; `None` if there is none.
        proration: Option<Box<CommerceProrationDiscount>>,
        /// The total of the discounts.
        total: CommerceMoney,
    }
}

model! {
    /// The discount for the elapsed time of the billing cycle.
    CommerceProrationDiscount {
        /// The amount.
        amount: CommerceMoney,
        /// The elapsed days of the billing cycle.
        cycle_days_passed: i64,
        /// The length of the billing cycle in days.
        cycle_days_total: i64,
        /// The elapsed share of the billing cycle, in per cent.
        cycle_passed_percent: f64,
    }
}
