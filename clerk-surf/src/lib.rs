#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod curl;
mod curl_worker;
mod surf_transport;

pub use surf;
pub use surf_transport::{SurfTransport, SurfTransportBuilder};
