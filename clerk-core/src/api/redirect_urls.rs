//! The operations on redirect URLs.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::models::deleted_object::DeletedObject;
use crate::models::page::{Page, PageItem};
use crate::requests::body::{body, not_blank};
use crate::requests::params::params;
use crate::types::id::id;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on redirect URLs. Clerk may redirect users of native applications to these
    /// URLs after a sign-in. [`Clerk::redirect_urls`](crate::Clerk::redirect_urls) returns the
    /// operations.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::requests::{CreateRedirectUrlRequest, PageParams};
    ///
    /// let request = CreateRedirectUrlRequest::new("my-app://oauth-callback");
    /// let created = clerk.redirect_urls().create_redirect_url(request).await?;
    ///
    /// let urls = clerk.redirect_urls().list_redirect_urls(PageParams::new()).await?;
    /// assert_eq!(urls.data[0].url, "my-app://oauth-callback");
    ///
    /// clerk.redirect_urls().delete_redirect_url(&created.id).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`list_redirect_urls`](Self::list_redirect_urls) | `ListRedirectURLs` | yes |
    /// | [`create_redirect_url`](Self::create_redirect_url) | `CreateRedirectURL` | no |
    /// | [`get_redirect_url`](Self::get_redirect_url) | `GetRedirectURL` | yes |
    /// | [`delete_redirect_url`](Self::delete_redirect_url) | `DeleteRedirectURL` | yes |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    RedirectUrlsApi:
        self,
}

operations! {
    /// # Redirect URLs
    impl RedirectUrlsApi = "Redirect-URLs";

    /// Lists the redirect URLs.
    #[doc(alias = "list_redirect_ur_ls")]
    ListRedirectURLs: GET "/redirect_urls", idempotent, [], unsent = "the `limit` is not from 1 to 500.";
    fn list_redirect_urls(params: RedirectUrlListParams) -> Page<RedirectUrl>,
        all list_all(params);

    /// Creates a redirect URL. Clerk then allows redirects to the URL.
    CreateRedirectURL: POST "/redirect_urls", once = "Call [`list_redirect_urls`](Self::list_redirect_urls) to see whether the redirect URL exists.", [400, 422], unsent = "the URL is blank.";
    fn create_redirect_url(request: CreateRedirectUrlRequest) -> RedirectUrl;

    /// Returns a redirect URL.
    GetRedirectURL: GET "/redirect_urls/{id}", idempotent, [404 = "the redirect URL does not exist."];
    fn get_redirect_url(id: RedirectUrlId) -> RedirectUrl;

    /// Deletes a redirect URL. Clerk then no longer allows redirects to the URL.
    DeleteRedirectURL: DELETE "/redirect_urls/{id}", idempotent, [404 = "the redirect URL does not exist. If [`attempts`](crate::Error::attempts) is above 1, an earlier attempt most likely deleted the redirect URL."];
    fn delete_redirect_url(id: RedirectUrlId) -> DeletedObject;
}

id! {
    /// The id of a redirect URL: `ru_…`.
    RedirectUrlId
}

params! {
    /// The limit and the offset of a list of redirect URLs.
    /// [`PageParams`](crate::requests::PageParams) converts into this type.
    RedirectUrlListParams paged 500 as paginated {}
}

body! {
    /// The request body of
    /// [`create_redirect_url`](crate::api::RedirectUrlsApi::create_redirect_url).
    CreateRedirectUrlRequest(has_url)
    required {
        /// The full URL, with `https://` or a custom scheme, such as `my-app://oauth-callback`.
        url: String,
    } and {}
}

#[inline]
fn has_url(request: &CreateRedirectUrlRequest) -> Result<(), String> {
    not_blank("url", &request.url)
}

model! {
    /// A URL to which Clerk may redirect users.
    RedirectUrl("redirect_url") {
        /// The id of the redirect URL.
        id: RedirectUrlId,
        /// The URL.
        url: String,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}

impl PageItem for RedirectUrl {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
