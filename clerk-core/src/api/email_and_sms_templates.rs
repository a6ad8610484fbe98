//! The operations on the templates of e-mails and SMS messages.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::{Page, PageItem};
use crate::requests::body::body;
use crate::requests::params::params;
use crate::types::id::{InstanceId, id};
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

api! {
    /// The operations on the templates of e-mails and SMS messages.
    /// [`Clerk::email_and_sms_templates`](crate::Clerk::email_and_sms_templates) returns this type.
    ///
    /// All operations are deprecated: edit templates in the Clerk Dashboard instead.
    ///
    /// ```no_run
    /// # #![allow(deprecated)]
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// use clerk_client::models::TemplateType;
    /// use clerk_client::requests::{PageParams, UpsertTemplateRequest};
    ///
    /// let templates = clerk.email_and_sms_templates();
    /// let list = templates.get_template_list(TemplateType::Email, PageParams::new()).await?;
    /// let slug = &list.data[0].slug;
    ///
    /// let request = UpsertTemplateRequest::new().subject("Your code");
    /// let template = templates.upsert_template(TemplateType::Email, slug, request).await?;
    /// assert_eq!(template.subject.as_deref(), Some("Your code"));
    ///
    /// templates.revert_template(TemplateType::Email, slug).await?;
    /// # Ok(()) });
    /// ```
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_template_list`](Self::get_template_list) | `GetTemplateList` | yes |
    /// | [`get_template`](Self::get_template) | `GetTemplate` | yes |
    /// | [`upsert_template`](Self::upsert_template) | `UpsertTemplate` | no |
    /// | [`revert_template`](Self::revert_template) | `RevertTemplate` | no |
    /// | [`preview_template`](Self::preview_template) | `PreviewTemplate` | no |
    /// | [`toggle_template_delivery`](Self::toggle_template_delivery) | `ToggleTemplateDelivery` | no |
    ///
    /// # Errors
    ///
    /// - 400 or 422: Clerk refuses the request. [`code`](crate::Error::code) tells why, and
    ///   [`for_param`](crate::Error::for_param) returns the errors of one field.
    EmailAndSmsTemplatesApi:
        self,
}

operations! {
    /// # Templates
    impl EmailAndSmsTemplatesApi = "Email-and-SMS-Templates";

    /// Lists the templates of a type, in the order of their positions.
    #[deprecated = "use the Clerk Dashboard, which lists the templates"]
    GetTemplateList: GET "/templates/{template_type}", idempotent, [400, 401, 422], unsent = "the `limit` is not from 1 to 500.";
    fn get_template_list(template_type: TemplateType, params: TemplateListParams) -> Page<Template>,
        all list_all(params);

    /// Returns a template.
    #[deprecated = "use the Clerk Dashboard, which shows the template"]
    GetTemplate: GET "/templates/{template_type}/{slug}", idempotent, [400, 401, 404 = "the template does not exist."];
    fn get_template(template_type: TemplateType, slug: TemplateSlug) -> Template;

    /// Updates a template. [`revert_template`](Self::revert_template) restores Clerk's text.
    #[deprecated = "use the Clerk Dashboard, which edits the template"]
    UpsertTemplate: PUT "/templates/{template_type}/{slug}", once = "Call [`get_template`](Self::get_template) to see whether the update took effect.", [
        400 = "the body of the template cannot be changed (`template_body_modification_restricted`), among other causes.",
        401,
        402 = "the instance's plan does not include custom templates.",
        403 = "Clerk blocks the template as suspicious (`email_template_suspicious_blocked`), among other causes.",
        404 = "the template does not exist.",
        422 = "the body of the template is invalid (`invalid_template_body`), or lacks a required variable (`required_variable_missing`), among other causes.",
        423 = "templates are locked (`email_template_customization_locked`).",
        429 = "templates were changed too often (`email_template_customization_rate_limited`).",
    ];
    fn upsert_template(template_type: TemplateType, slug: TemplateSlug, request: UpsertTemplateRequest) -> Template;

    /// Replaces your text of a template with Clerk's original text.
    #[deprecated = "use the Clerk Dashboard, which restores the template"]
    RevertTemplate: POST "/templates/{template_type}/{slug}/revert", once = "Call [`get_template`](Self::get_template) to see whether the template was restored.", [
        400 = "the template cannot be restored (`template_revert_error`), among other causes.",
        401,
        402 = "the instance's plan does not include custom templates.",
        404 = "the template does not exist.",
    ];
    fn revert_template(template_type: TemplateType, slug: TemplateSlug) -> Template;

    /// Returns a preview of a template with your changes. The changes are not saved.
    #[deprecated = "use the Clerk Dashboard, which shows a preview of the template"]
    PreviewTemplate: POST "/templates/{template_type}/{slug}/preview", once = "Repeating the call is safe: a preview changes nothing.", [
        400, 401,
        404 = "the template does not exist.",
        422 = "the body of the template is invalid (`invalid_template_body`), or lacks a required variable (`required_variable_missing`), among other causes.",
    ];
    fn preview_template(template_type: TemplateType, slug: TemplateSlug, request: PreviewTemplateRequest) -> Metadata;

    /// Sets whether Clerk delivers the messages of a template.
    ///
    /// If Clerk does not deliver the messages, deliver them yourself: the webhook events
    /// `email.created` and `sms.created` contain them.
    #[deprecated = "use the Clerk Dashboard, which sets the delivery of the template"]
    ToggleTemplateDelivery: POST "/templates/{template_type}/{slug}/toggle_delivery", once = "Call [`get_template`](Self::get_template) to see whether the change took effect.", [
        400, 401,
        404 = "the template does not exist.",
        423 = "templates are locked (`email_template_customization_locked`).",
        429 = "templates were changed too often (`email_template_customization_rate_limited`).",
    ];
    fn toggle_template_delivery(template_type: TemplateType, slug: TemplateSlug, request: ToggleTemplateDeliveryRequest) -> Template;
}

id! {
    /// The id of a template.
    TemplateId
}

id! {
    /// The slug of a template: its name in URLs, such as `verification_code`.
    TemplateSlug
}

params! {
    /// The limit and the offset of a list of templates. [`PageParams`](crate::requests::PageParams)
    /// converts into this type.
    TemplateListParams paged 500 as paginated {}
}

body! {
    /// The request body of
    /// [`upsert_template`](crate::api::EmailAndSmsTemplatesApi::upsert_template).
    UpsertTemplateRequest {
        /// The display name.
        name: String,
        /// The subject of an e-mail.
        subject / clear_subject: String,
        /// The markup in Clerk's template editor. Clerk generates the body from the markup.
        markup / clear_markup: String,
        /// The body. Clerk replaces the variables in it.
        body: String,
        /// Whether Clerk delivers the messages.
        delivered_by_clerk / clear_delivered_by_clerk: bool,
        /// The local part of the sender's e-mail address: `hello` in `hello@example.com`.
        from_email_name: String,
        /// The local part of the reply-to e-mail address: `hello` in `hello@example.com`.
        reply_to_email_name: String,
    }
}

body! {
    /// The request body of
    /// [`preview_template`](crate::api::EmailAndSmsTemplatesApi::preview_template).
    PreviewTemplateRequest {
        /// The subject of an e-mail.
        subject / clear_subject: String,
        /// The body. Clerk replaces the variables in it.
        body: String,
        /// The local part of the sender's e-mail address: `hello` in `hello@example.com`.
        from_email_name: String,
        /// The local part of the reply-to e-mail address: `hello` in `hello@example.com`.
        reply_to_email_name: String,
    }
}

body! {
    /// The request body of
    /// [`toggle_template_delivery`](crate::api::EmailAndSmsTemplatesApi::toggle_template_delivery).
    ToggleTemplateDeliveryRequest {
        /// Whether Clerk delivers the messages.
        delivered_by_clerk: bool,
    }
}

model! {
    /// A template of e-mails or SMS messages.
    Template("template") {
        /// The id of the template.
        id: TemplateId,
        /// The id of the instance; `None` for Clerk's own template.
        instance_id: Option<InstanceId>,
        /// The origin of the text: `system` for Clerk's own text, or `user` for your text.
        resource_type: String,
        /// The type of the template.
        template_type: TemplateType,
        /// The display name.
        name: String,
        /// The slug: the name in URLs.
        slug: TemplateSlug,
        /// The position in the list.
        position: i64,
        /// Whether the template can be restored to Clerk's text.
        can_revert: bool,
        /// Whether the template can be deleted.
        can_delete: bool,
        /// Whether the body can be edited.
        can_edit_body: bool,
        /// Whether the template can be enabled and disabled. This is true only for SMS
        /// notifications.
        can_toggle: bool,
        /// The subject of an e-mail; `None` for an SMS message.
        subject: Option<String>,
        /// The markup in Clerk's template editor. Clerk generates the body from the markup.
        markup: String,
        /// The body. Clerk replaces the variables in it.
        body: String,
        /// The variables that the body may contain.
        available_variables: Vec<String>,
        /// The variables that the body must contain.
        required_variables: Vec<String>,
        /// The local part of the sender's e-mail address; `None` if the response does not include
        /// it.
        from_email_name: Option<String> = optional,
        /// The local part of the reply-to e-mail address; `None` if the response does not include
        /// it.
        reply_to_email_name: Option<String> = optional,
        /// Whether Clerk delivers the messages.
        delivered_by_clerk: bool,
        /// Whether the template is enabled.
        enabled: bool,
        /// Whether Clerk considers the text suspicious.
        flagged_as_suspicious: bool,
        /// The time of the last change.
        updated_at: Timestamp,
        /// The creation time.
        created_at: Timestamp,
    }
}

open_enum! {
    /// The type of a [`Template`].
    TemplateType {
        Email = "email",
        Sms = "sms",
    }
}

impl PageItem for Template {
    #[inline]
    fn key(&self) -> String {
        self.id.to_string()
    }
}
