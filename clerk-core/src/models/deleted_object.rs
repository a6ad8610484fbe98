use crate::json::model::model;

model! {
    /// The response to a deletion.
    DeletedObject {
        /// The kind of the deleted object: `user`, `passkey` …
        object: String,
        /// The id of the deleted object; `None` if the response does not include it.
        id: Option<String> = optional,
        /// The URL slug of the deleted object; `None` if it has none.
        slug: Option<String> = optional,
        /// Whether the object was deleted.
        deleted: bool,
        /// The id of the object in your own systems; `None` if it has none.
        external_id: Option<String> = optional,
    }
}
