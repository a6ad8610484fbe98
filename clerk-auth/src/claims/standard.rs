use clerk_core::Timestamp;

/// The claims that JWTs of all kinds have in common, except for the subject and the audiences. The
/// times may still be unchecked.
#[derive(Debug, Clone)]
pub(crate) struct Standard {
    pub(crate) issuer: Option<String>,
    pub(crate) authorized_party: Option<String>,
    pub(crate) token_id: Option<String>,
    pub(crate) times: Times,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) expires_at: Timestamp,
    pub(crate) not_before: Option<Timestamp>,
    pub(crate) issued_at: Option<Timestamp>,
}
