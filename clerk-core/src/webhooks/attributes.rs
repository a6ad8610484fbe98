use crate::json::model::model;

model! {
    /// What caused an event.
    WebhookEventAttributes {
        /// The request that did.
        http_request: WebhookHttpRequest,
    }
}

model! {
    /// The request that caused an event.
    WebhookHttpRequest {
        /// The address that it came from.
        client_ip: String,
        /// The client that made it.
        user_agent: String,
    }
}
