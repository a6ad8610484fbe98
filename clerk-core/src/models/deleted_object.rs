use crate::json::model::model;

model! {
    /// What is left of something that was deleted.
    DeletedObject {
        /// What it was: `user`, `passkey` …
        object: Box<str>,
        /// Its id.
        id: Option<Box<str>> = optional,
        /// What it was called in URLs.
        slug: Option<Box<str>> = optional,
        /// Whether it is gone.
        deleted: bool,
        /// Its id in the application's own systems.
        external_id: Option<Box<str>> = optional,
    }
}
