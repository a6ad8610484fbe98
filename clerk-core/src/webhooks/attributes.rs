use crate::json::model::model;

model! {
    /// The origin of an event: the request that caused it.
    WebhookEventAttributes {
        /// The request that caused the event.
        http_request: WebhookHttpRequest,
    }
}

model! {
    /// The request that caused an event.
    WebhookHttpRequest {
        /// The IP address of the client.
        client_ip: String,
        /// The user agent of the client.
        user_agent: String,
    }
}
