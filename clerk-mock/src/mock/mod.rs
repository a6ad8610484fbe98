//! A transport with expectations.

pub(crate) mod mock_transport;
