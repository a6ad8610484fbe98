use crate::requests::body::body;

use crate::types::metadata::Metadata;

body! {
    /// The request body of
    /// [`update_user_metadata`](crate::UsersApi::update_user_metadata).
    ///
    /// Clerk merges each field that you set into the same field of the user. Other fields stay
    /// unchanged.
    UpdateUserMetadataRequest {
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change. Do not trust it.
        unsafe_metadata: Metadata,
    }
}

body! {
    /// The request body of
    /// [`replace_user_metadata`](crate::UsersApi::replace_user_metadata).
    ///
    /// The new value of a field replaces the whole old value. Fields that are not set stay
    /// unchanged.
    ReplaceUserMetadataRequest {
        /// Metadata that both the frontend and the backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change. Do not trust it.
        unsafe_metadata: Metadata,
    }
}
