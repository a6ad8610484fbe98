use crate::json::model::model;

model! {
    /// How many there are.
    TotalCount("total_count") {
        /// The number.
        total_count: i64,
    }
}
