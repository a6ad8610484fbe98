#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod agent;
mod curl;
mod surf_transport;

pub use surf;
pub use surf_transport::{SurfTransport, SurfTransportBuilder};
