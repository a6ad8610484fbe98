#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod classify;
mod clients;
mod reqwest_transport;
mod sleep;

pub use reqwest;
pub use reqwest_transport::ReqwestTransport;
