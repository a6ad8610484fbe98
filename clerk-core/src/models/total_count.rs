use crate::json::model::model;

model! {
    /// The number of items in a list.
    TotalCount("total_count") {
        /// The number of items.
        total_count: i64,
    }
}
