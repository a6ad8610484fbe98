use crate::json::model::model;
use crate::types::metadata::Metadata;
use crate::types::timestamp::Timestamp;

model! {
    /// An e-mail that Clerk sends, or asks you to send. If
    /// [`delivered_by_clerk`](Self::delivered_by_clerk) is false, your application sends it.
    ///
    /// An optional field is `None` if the message has no such value.
    EmailMessage("email") {
        /// The id of the e-mail.
        id: String,
        /// The kind of the e-mail, such as `verification_code`; `None` if it has none.
        slug: Option<String>,
        /// The local part of the sender's e-mail address: `hello` in `hello@example.com`.
        from_email_name: String,
        /// The local part of the reply-to e-mail address; `None` if there is none.
        reply_to_email_name: Option<String>,
        /// The address of the receiver; `None` if Clerk omits it.
        to_email_address: Option<String> = optional,
        /// The id of the receiver's address; `None` if the address belongs to no user.
        email_address_id: Option<String>,
        /// The id of the receiver; `None` if the receiver is not a user.
        user_id: Option<String>,
        /// The subject. Hidden from `Debug`: it may contain a code.
        subject: Option<String> = secret,
        /// The text in HTML. Hidden from `Debug`: it may contain a code or a link.
        body: Option<String> = secret,
        /// The text without markup. Hidden from `Debug`: it may contain a code or a link.
        body_plain: Option<String> = secret,
        /// The status, such as `queued`; `None` if Clerk omits it.
        status: Option<String> = optional,
        /// The values of the template. Hidden from `Debug`: they may contain a code or a link.
        data: Metadata = secret,
        /// Whether Clerk sends the e-mail.
        delivered_by_clerk: bool,
    }
}

model! {
    /// A text message that Clerk sends, or asks you to send. If
    /// [`delivered_by_clerk`](Self::delivered_by_clerk) is false, your application sends it.
    SmsMessage("sms_message") {
        /// The id of the message.
        id: String,
        /// The kind of the message, such as `verification_code`; `None` if it has none.
        slug: Option<String>,
        /// The number of the sender.
        from_phone_number: String,
        /// The number of the receiver.
        to_phone_number: String,
        /// The id of the receiver's number; `None` if the number belongs to no user.
        phone_number_id: Option<String>,
        /// The id of the receiver; `None` if the receiver is not a user.
        user_id: Option<String>,
        /// The text. Hidden from `Debug`: it may contain a code.
        message: String = secret,
        /// The status, such as `queued`.
        status: String,
        /// The values of the template. Hidden from `Debug`: they may contain a code.
        data: Metadata = secret,
        /// Whether Clerk sends the message.
        delivered_by_clerk: bool,
        /// The creation time.
        created_at_ms: Timestamp,
    }
}
