#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod curl;
mod failure;
mod reply;
mod surf_transport;
mod transfer;
mod worker;

pub use surf;
pub use surf_transport::{SurfTransport, SurfTransportBuilder};
