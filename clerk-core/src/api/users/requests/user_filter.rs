use crate::api::users::requests::user_list_params::UserListParams;
use crate::types::id::{OAuthProvider, OrganizationId, UserId};
use crate::types::timestamp::Timestamp;
use crate::uri::query::{Params, Query};

/// The filters, by their kind: the struct, the methods that set them (here and on
/// [`UserListParams`]), and how they are written.
macro_rules! filters {
    (
        values { $($(#[$vmeta:meta])* $values:ident: $vtype:ty,)* }
        signed { $($(#[$smeta:meta])* $include:ident, $(#[$xmeta:meta])* $exclude:ident: $stype:ty,)* }
        text { $($(#[$tmeta:meta])* $text:ident: $ttype:ty,)* }
        flag { $($(#[$fmeta:meta])* $flag:ident,)* }
        time { $($(#[$dmeta:meta])* $time:ident,)* }
    ) => {
        /// Which users are meant: shared by [`get_user_list`](crate::UsersApi::get_user_list), as
        /// part of [`UserListParams`], and [`get_users_count`](crate::UsersApi::get_users_count).
        ///
        /// Without any filter, everybody is meant. A filter that was set must have a value: an
        /// empty list or a blank text is refused, because Clerk would read it as no filter at all.
        /// A list takes up to 100 values; those that Clerk does not find are ignored. Setting a
        /// filter again replaces what it was.
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
            $($(#[$vmeta])* pub $values: Option<Vec<$vtype>>,)*
            $($(#[$smeta])* pub $include: Option<Vec<$stype>>,
              $(#[$xmeta])* pub $exclude: Option<Vec<$stype>>,)*
            $($(#[$tmeta])* pub $text: Option<$ttype>,)*
            $($(#[$fmeta])* pub $flag: Option<bool>,)*
            $($(#[$dmeta])* pub $time: Option<Timestamp>,)*
        }

        filters! { @setters UserFilter
            $($(#[$vmeta])* $values $vtype;)*
            $($(#[$smeta])* $include $stype; $(#[$xmeta])* $exclude $stype;)*
            { $($(#[$tmeta])* $text $ttype;)* $($(#[$dmeta])* $time Timestamp;)* }
            { $($(#[$fmeta])* $flag;)* }
        }

        filters! { @setters UserListParams
            $($(#[$vmeta])* $values $vtype;)*
            $($(#[$smeta])* $include $stype; $(#[$xmeta])* $exclude $stype;)*
            { $($(#[$tmeta])* $text $ttype;)* $($(#[$dmeta])* $time Timestamp;)* }
            { $($(#[$fmeta])* $flag;)* }
        }

        impl Params for UserFilter {
            fn write(&self, query: &mut Query) -> Result<(), String> {
                self.check()?;
                $(query.values(stringify!($values), &self.$values)?;)*
                $(query.signed(stringify!($include), &self.$include, &self.$exclude)?;)*
                $(query.text(stringify!($text), &self.$text)?;)*
                $(query.value(stringify!($flag), self.$flag);)*
                $(query.value(stringify!($time), self.$time.map(Timestamp::as_millis));)*
                Ok(())
            }
        }
    };

    (@setters $target:ident
        $($(#[$lmeta:meta])* $list:ident $ltype:ty;)*
        { $($(#[$ometa:meta])* $one:ident $otype:ty;)* }
        { $($(#[$fmeta:meta])* $flag:ident;)* }
    ) => {
        impl $target {
            $(
                $(#[$lmeta])*
                #[must_use]
                pub fn $list(mut self, values: impl IntoIterator<Item = impl Into<$ltype>>) -> Self {
                    self.filter_mut().$list = Some(values.into_iter().map(Into::into).collect());
                    self
                }
            )*
            $(
                $(#[$ometa])*
                #[must_use]
                pub fn $one(mut self, value: impl Into<$otype>) -> Self {
                    self.filter_mut().$one = Some(value.into());
                    self
                }
            )*
            $(
                $(#[$fmeta])*
                #[must_use]
                pub fn $flag(mut self, value: bool) -> Self {
                    self.filter_mut().$flag = Some(value);
                    self
                }
            )*
        }
    };
}

filters! {
    values {
        /// Users with one of these e-mail addresses.
        email_address: String,
        /// Users with one of these phone numbers.
        phone_number: String,
        /// Users with one of these user names.
        username: String,
        /// Users with one of these web3 wallets.
        web3_wallet: String,
        /// Users with one of these ids at `provider`; neither goes without the other.
        provider_user_id: String,
    }
    signed {
        /// Users with one of these external ids.
        external_id,
        /// Users with none of these external ids.
        exclude_external_id: String,
        /// Users with one of these ids.
        user_id,
        /// Users with none of these ids.
        exclude_user_id: UserId,
        /// Users who belong to one of these organizations.
        organization_id,
        /// Users who belong to none of these organizations.
        exclude_organization_id: OrganizationId,
    }
    text {
        /// Users of whom this matches in part: an e-mail address, a phone number, the user name, a
        /// web3 wallet, the id, or the first or last name.
        query: String,
        /// Users of whom an e-mail address matches this in part, in any case.
        email_address_query: String,
        /// Users of whom a phone number matches this in part.
        phone_number_query: String,
        /// Users of whom the user name matches this in part, in any case.
        username_query: String,
        /// Users of whom the name matches this in part, in any case.
        name_query: String,
        /// The provider whose ids are in `provider_user_id`; neither goes without the other.
        provider: OAuthProvider,
    }
    flag {
        /// Users who are banned (`true`), or who are not (`false`).
        banned,
    }
    time {
        /// Users who were last active before this.
        last_active_at_before,
        /// Users who were last active after this.
        last_active_at_after,
        /// Users who were active since this. Deprecated by Clerk in favour of
        /// `last_active_at_after`.
        last_active_at_since,
        /// Users who were created before this.
        created_at_before,
        /// Users who were created after this.
        created_at_after,
        /// Users who last signed in before this.
        last_sign_in_at_before,
        /// Users who last signed in after this.
        last_sign_in_at_after,
    }
}

impl UserFilter {
    /// Everybody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn filter_mut(&mut self) -> &mut Self {
        self
    }

    fn check(&self) -> Result<(), String> {
        match (&self.provider, &self.provider_user_id) {
            (Some(_), None) => Err("provider is set without provider_user_id".to_owned()),
            (None, Some(_)) => Err("provider_user_id is set without provider".to_owned()),
            _ => Ok(()),
        }
    }
}
