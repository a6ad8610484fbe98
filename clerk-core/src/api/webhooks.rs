//! The operations on an instance's application at Svix, the service that sends Clerk's webhooks.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::done::Done;

api! {
    /// The operations on an instance's application at Svix, the service that sends Clerk's
    /// webhooks. [`Clerk::webhooks`](crate::Clerk::webhooks) returns this type.
    ///
    /// In Svix's dashboard, you choose the events to send, and the endpoints that receive them.
    ///
    /// ```no_run
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// let created = clerk.webhooks().create_svix_app().await?;
    /// assert!(created.svix_url.starts_with("https://"));
    ///
    /// let dashboard = clerk.webhooks().generate_svix_auth_url().await?;
    /// assert!(dashboard.svix_url.starts_with("https://"));
    ///
    /// clerk.webhooks().delete_svix_app().await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`create_svix_app`](Self::create_svix_app) | `CreateSvixApp` | no |
    /// | [`delete_svix_app`](Self::delete_svix_app) | `DeleteSvixApp` | yes |
    /// | [`generate_svix_auth_url`](Self::generate_svix_auth_url) | `GenerateSvixAuthURL` | no |
    ///
    /// # Errors
    ///
    /// - 400: Clerk refuses the request. [`code`](crate::Error::code) tells why.
    WebhooksApi:
        self,
}

operations! {
    /// # Svix application
    impl WebhooksApi = "Webhooks";

    /// Creates the Svix application of the instance.
    CreateSvixApp: POST "/webhooks/svix", once = "Call [`generate_svix_auth_url`](Self::generate_svix_auth_url) to see whether the application exists.", [
        400 = "the Svix application already exists (`svix_app_exists`), among other causes.",
    ];
    fn create_svix_app() -> SvixUrl;

    /// Deletes the Svix application of the instance. Clerk then no longer sends webhooks for the
    /// instance.
    DeleteSvixApp: DELETE "/webhooks/svix", idempotent, [400 = "the Svix application does not exist (`svix_app_missing`), among other causes. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the application."];
    fn delete_svix_app() -> Done;

    /// Creates a URL that opens Svix's dashboard for the instance.
    ///
    /// Keep the URL secret: anyone who has the URL can open the dashboard. The URL is valid for a
    /// limited time.
    GenerateSvixAuthURL: POST "/webhooks/svix_url", once = "Repeating the call is safe: Clerk creates another URL.", [
        400 = "the Svix application does not exist (`svix_app_missing`), among other causes.",
    ];
    fn generate_svix_auth_url() -> SvixUrl;
}

model! {
    /// A URL that opens Svix's dashboard.
    SvixUrl {
        /// The URL. Hidden from `Debug`, because anyone who has the URL can change the webhooks.
        svix_url: String = secret,
    }
}
