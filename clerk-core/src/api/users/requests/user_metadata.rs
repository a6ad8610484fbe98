use crate::requests::body::body;

use crate::types::metadata::Metadata;

body! {
    /// What to merge into a user's metadata: the body of
    /// [`update_user_metadata`](crate::UsersApi::update_user_metadata).
    UpdateUserMetadataRequest {
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change: not to be trusted.
        unsafe_metadata: Metadata,
    }
}

body! {
    /// What to put in place of a user's metadata: the body of
    /// [`replace_user_metadata`](crate::UsersApi::replace_user_metadata).
    ///
    /// A field that is set loses all that it had; one that is not set stays as it is.
    ReplaceUserMetadataRequest {
        /// Metadata that both frontend and backend can see.
        public_metadata: Metadata,
        /// Metadata that only the backend can see. Hidden from `Debug`.
        private_metadata: Metadata = secret,
        /// Metadata that the frontend can change: not to be trusted.
        unsafe_metadata: Metadata,
    }
}
