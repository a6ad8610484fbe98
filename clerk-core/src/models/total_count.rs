use crate::json::model::model;

model! {
    /// The number of items.
    TotalCount("total_count") {
        /// The number.
        total_count: i64,
    }
}
