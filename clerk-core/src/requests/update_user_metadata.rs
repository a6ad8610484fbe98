use crate::Metadata;

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
