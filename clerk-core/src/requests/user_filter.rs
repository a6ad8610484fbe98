use crate::query::{Params, Query};
use crate::{OAuthProvider, OrganizationId, Timestamp, UserId};

/// A value that users must have, or must not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sign<T> {
    /// Users with this value.
    Include(T),
    /// Users without this value.
    Exclude(T),
}

/// Which users are meant: shared by [`get_user_list`](crate::UsersApi::get_user_list), as part of
/// [`UserListParams`](crate::UserListParams), and
/// [`get_users_count`](crate::UsersApi::get_users_count).
///
/// Without any filter, everybody is meant. A filter that was set must have a value: an empty list
/// or a blank text is refused, because Clerk would read it as no filter at all. A list takes up to
/// 100 values; those that Clerk does not find are ignored.
///
/// ```
/// use clerk_client::UserFilter;
///
/// let filter = UserFilter::new()
///     .organization_id(["org_1", "org_2"])
///     .exclude_user_id(["user_3"])
///     .banned(false);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct UserFilter {
    /// Users with one of these e-mail addresses.
    pub email_address: Option<Vec<String>>,
    /// Users with one of these phone numbers.
    pub phone_number: Option<Vec<String>>,
    /// Users with, or without, these external ids.
    pub external_id: Option<Vec<Sign<String>>>,
    /// Users with one of these user names.
    pub username: Option<Vec<String>>,
    /// Users with one of these web3 wallets.
    pub web3_wallet: Option<Vec<String>>,
    /// Users with, or without, these ids.
    pub user_id: Option<Vec<Sign<UserId>>>,
    /// Users who belong, or do not belong, to these organizations.
    pub organization_id: Option<Vec<Sign<OrganizationId>>>,
    /// Users of whom an identifier, the id or a name matches this in part.
    pub query: Option<String>,
    /// Users of whom an e-mail address matches this in part.
    pub email_address_query: Option<String>,
    /// Users of whom a phone number matches this in part.
    pub phone_number_query: Option<String>,
    /// Users of whom the user name matches this in part.
    pub username_query: Option<String>,
    /// Users of whom the name matches this in part.
    pub name_query: Option<String>,
    /// Users who are, or are not, banned.
    pub banned: Option<bool>,
    /// Users who were last active before this.
    pub last_active_at_before: Option<Timestamp>,
    /// Users who were last active after this.
    pub last_active_at_after: Option<Timestamp>,
    /// Users who were active since this. Deprecated by Clerk in favour of `last_active_at_after`.
    pub last_active_at_since: Option<Timestamp>,
    /// Users who were created before this.
    pub created_at_before: Option<Timestamp>,
    /// Users who were created after this.
    pub created_at_after: Option<Timestamp>,
    /// Users who last signed in before this.
    pub last_sign_in_at_before: Option<Timestamp>,
    /// Users who last signed in after this.
    pub last_sign_in_at_after: Option<Timestamp>,
    /// The provider whose ids are in `provider_user_id`.
    pub provider: Option<OAuthProvider>,
    /// Users with one of these ids at `provider`.
    pub provider_user_id: Option<Vec<String>>,
}

impl UserFilter {
    /// Everybody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What other parameters have to know.
    fn check(&self) -> Result<(), String> {
        match (&self.provider, &self.provider_user_id) {
            (Some(_), None) => Err("provider is set without provider_user_id".to_owned()),
            (None, Some(_)) => Err("provider_user_id is set without provider".to_owned()),
            _ => Ok(()),
        }
    }
}

impl Params for UserFilter {
    fn write(&self, query: &mut Query) -> Result<(), String> {
        self.check()?;
        query.values("email_address", texts(&self.email_address))?;
        query.values("phone_number", texts(&self.phone_number))?;
        signed(query, "external_id", &self.external_id)?;
        query.values("username", texts(&self.username))?;
        query.values("web3_wallet", texts(&self.web3_wallet))?;
        signed(query, "user_id", &self.user_id)?;
        signed(query, "organization_id", &self.organization_id)?;
        query.text("query", self.query.as_deref())?;
        query.text("email_address_query", self.email_address_query.as_deref())?;
        query.text("phone_number_query", self.phone_number_query.as_deref())?;
        query.text("username_query", self.username_query.as_deref())?;
        query.text("name_query", self.name_query.as_deref())?;
        query.value("banned", self.banned);
        query.time("last_active_at_before", self.last_active_at_before);
        query.time("last_active_at_after", self.last_active_at_after);
        query.time("last_active_at_since", self.last_active_at_since);
        query.time("created_at_before", self.created_at_before);
        query.time("created_at_after", self.created_at_after);
        query.time("last_sign_in_at_before", self.last_sign_in_at_before);
        query.time("last_sign_in_at_after", self.last_sign_in_at_after);
        query.text(
            "provider",
            self.provider.as_ref().map(OAuthProvider::as_str),
        )?;
        query.values("provider_user_id", texts(&self.provider_user_id))
    }
}

fn texts(values: &Option<Vec<String>>) -> Option<impl ExactSizeIterator<Item = &str>> {
    values
        .as_ref()
        .map(|values| values.iter().map(String::as_str))
}

/// Clerk reads `+` and `-` before a value as include and exclude. No sign is include too, so it
/// is only written where the value itself begins like a sign.
fn signed<T: AsRef<str>>(
    query: &mut Query,
    key: &str,
    values: &Option<Vec<Sign<T>>>,
) -> Result<(), String> {
    let Some(values) = values else { return Ok(()) };
    let written: Vec<String> = values
        .iter()
        .map(|value| match value {
            Sign::Include(value) if value.as_ref().starts_with(['+', '-']) => {
                format!("+{}", value.as_ref())
            }
            Sign::Include(value) => value.as_ref().to_owned(),
            Sign::Exclude(value) if value.as_ref().trim().is_empty() => String::new(),
            Sign::Exclude(value) => format!("-{}", value.as_ref()),
        })
        .collect();
    query.values(key, Some(written.iter().map(String::as_str)))
}

/// The methods that set a filter, for everything that has one.
macro_rules! filter_setters {
    ($name:ident $(. $filter:ident)?) => {
        impl $name {
            filter_setters! { $($filter)? =>
                /// Users with one of these e-mail addresses.
                email_address [String],
                /// Users with one of these phone numbers.
                phone_number [String],
                /// Users with these external ids.
                external_id exclude_external_id [String],
                /// Users with one of these user names.
                username [String],
                /// Users with one of these web3 wallets.
                web3_wallet [String],
                /// Users with these ids.
                user_id exclude_user_id [UserId],
                /// Users who belong to one of these organizations.
                organization_id exclude_organization_id [OrganizationId],
                /// Users of whom this matches in part: an e-mail address, a phone number, the
                /// user name, a web3 wallet, the id, or the first or last name.
                query String,
                /// Users of whom an e-mail address matches this in part, in any case.
                email_address_query String,
                /// Users of whom a phone number matches this in part.
                phone_number_query String,
                /// Users of whom the user name matches this in part, in any case.
                username_query String,
                /// Users of whom the name matches this in part, in any case.
                name_query String,
                /// Users who are banned (`true`), or are not (`false`).
                banned bool,
                /// Users who were last active before this.
                last_active_at_before Timestamp,
                /// Users who were last active after this.
                last_active_at_after Timestamp,
                /// Users who were active since this. Deprecated by Clerk in favour of
                /// `last_active_at_after`.
                last_active_at_since Timestamp,
                /// Users who were created before this.
                created_at_before Timestamp,
                /// Users who were created after this.
                created_at_after Timestamp,
                /// Users who last signed in before this.
                last_sign_in_at_before Timestamp,
                /// Users who last signed in after this.
                last_sign_in_at_after Timestamp,
                /// The provider whose ids `provider_user_id` gives; neither goes without the other.
                provider OAuthProvider,
                /// Users with one of these ids at `provider`.
                provider_user_id [String],
            }
        }
    };
    ($($filter:ident)? => ) => {};
    ($($filter:ident)? => $(#[$meta:meta])* $field:ident bool, $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, value: bool) -> Self {
            self.$($filter.)?$field = Some(value);
            self
        }
        filter_setters! { $($filter)? => $($rest)* }
    };
    ($($filter:ident)? => $(#[$meta:meta])* $field:ident [$type:ty], $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$($filter.)?$field = Some(values.into_iter().map(Into::into).collect());
            self
        }
        filter_setters! { $($filter)? => $($rest)* }
    };
    ($($filter:ident)? => $(#[$meta:meta])* $field:ident $exclude:ident [$type:ty], $($rest:tt)*) => {
        $(#[$meta])* #[doc = concat!("Added to those of `", stringify!($exclude), "`.")]
        #[must_use]
        pub fn $field(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            let values = values.into_iter().map(|value| Sign::Include(value.into()));
            self.$($filter.)?$field.get_or_insert_default().extend(values);
            self
        }

        #[doc = concat!("The opposite of `", stringify!($field), "`; added to its values.")]
        #[must_use]
        pub fn $exclude(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            let values = values.into_iter().map(|value| Sign::Exclude(value.into()));
            self.$($filter.)?$field.get_or_insert_default().extend(values);
            self
        }
        filter_setters! { $($filter)? => $($rest)* }
    };
    ($($filter:ident)? => $(#[$meta:meta])* $field:ident $type:ident, $($rest:tt)*) => {
        $(#[$meta])*
        #[must_use]
        pub fn $field(mut self, value: impl Into<$type>) -> Self {
            self.$($filter.)?$field = Some(value.into());
            self
        }
        filter_setters! { $($filter)? => $($rest)* }
    };
}

filter_setters!(UserFilter);

pub(crate) use filter_setters;
