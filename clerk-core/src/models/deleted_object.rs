use crate::json::model::model;

model! {
    /// What is left of something that was deleted.
    DeletedObject {
        /// What it was: `user`, `passkey` …
        object: String,
        /// Its id.
        id: Option<String> = optional,
        /// What it was called in URLs.
        slug: Option<String> = optional,
        /// Whether it is gone.
        deleted: bool,
        /// Its id in the application's own systems.
        external_id: Option<String> = optional,
    }
}
