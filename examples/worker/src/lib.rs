//! A worker for JavaScript runtimes. Its users are signed in with Clerk.
//!
//! [`Worker`] is the interface to JavaScript. `app.rs` has the routes.

mod app;
mod bindings;
mod messages;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use crate::app::App;

/// A worker, which JavaScript creates and calls.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Worker {
    app: App,
}

#[wasm_bindgen]
impl Worker {
    /// Creates a worker from the bindings of its environment. README.md lists them.
    ///
    /// # Errors
    ///
    /// Returns an error if a binding is missing or invalid.
    #[wasm_bindgen(constructor)]
    pub fn new(env: &Object) -> Result<Self, JsError> {
        let app = bindings::app(env)?;
        Ok(Self { app })
    }

    /// Responds to a request.
    ///
    /// # Errors
    ///
    /// Returns an error if the request cannot be read.
    pub async fn fetch(&self, request: web_sys::Request) -> Result<web_sys::Response, JsValue> {
        let request = messages::request(&request).await?;
        messages::response(&self.app.respond(&request).await)
    }
}
