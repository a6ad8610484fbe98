//! A transport with expectations, and its replies.

pub(crate) mod mock_transport;
pub(crate) mod reply;
