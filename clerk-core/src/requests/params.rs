/// Defines the query parameters of an operation. `new` takes the parameters in `required`. All
/// other parameters are optional.
///
/// - `field: T` has a setter of the same name. `[T]` is a list. `field / exclude_field: [T]` is a
///   pair of lists: values to include, and values to exclude. `= joined` sends the values of both
///   lists in one parameter, separated by commas.
/// - `paged 500` adds `limit`, up to 500, and `offset`. `as paginated` also sends `paginated=true`,
///   so that Clerk returns the length of the list.
/// - `as "key"` is the name in the query, if it differs from the name of the field.
/// - `Name(check)` adds a check of all parameters. Mark the function `check` as `#[inline]`, so
///   that only applications that use these parameters compile it.
macro_rules! params {
    (
        $(#[$meta:meta])*
        $name:ident $(($rule:path))? $(paged $max:literal $(as $paginated:ident)?)?
        $(required { $($(#[$rmeta:meta])* $required:ident $(as $rkey:literal)?: $rtype:ty,)+ } and)?
        {
            $(
                $(#[$pmeta:meta])*
                $param:ident $(/ $(#[$xmeta:meta])* $exclude:ident)? $(as $key:literal)?: $type:tt
                $(= $form:ident)?,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($($(#[$rmeta])* pub $required: $rtype,)+)?
            $(
                $(#[$pmeta])* pub $param: $crate::requests::params::params!(@type $type),
                $($(#[$xmeta])* pub $exclude: $crate::requests::params::params!(@type $type),)?
            )*
            $(
                #[doc = concat!("The limit, up to ", $max, " items, and the offset.")]
                pub page: $crate::requests::page_params::PageParams,
            )?
        }

        impl $name {
            $crate::requests::params::params!(
                @new [$($($required: $rtype,)+)?] [$($param $($exclude)?)*] [$($max)?]
            );

            $(
                $crate::requests::params::setter! { $type, $param $(#[$pmeta])* }
                $($crate::requests::params::setter! { $type, $exclude $(#[$xmeta])* })?
            )*
            $($crate::requests::page_params::page_setters!($max);)?
        }

        $crate::requests::params::params!(@default $name $($($required)+)?);

        #[automatically_derived]
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $($($crate::json::model::same(&self.$required, &other.$required) &&)+)?
                $(
                    $crate::json::model::same(&self.$param, &other.$param) &&
                    $($crate::json::model::same(&self.$exclude, &other.$exclude) &&)?
                )*
                $((self.page, $max) == (other.page, $max) &&)?
                true
            }
        }

        impl $crate::requests::parameter::Params for $name {
            #[inline]
            fn write_into(&self, query: &mut $crate::uri::query::Query) -> Result<(), String> {
                $($crate::json::model::tri!($rule(self));)?
                $($($crate::json::model::tri!($crate::requests::parameter::Parameter::put(
                    &self.$required, $crate::json::model::key!($required $($rkey)?), query
                ));)+)?
                $($crate::requests::params::params!(
                    @put self query $param $($exclude)? as $crate::json::model::key!($param $($key)?)
                    $(=> $form)?
                );)*
                $(
                    $(query.pair(stringify!($paginated), "true");)?
                    $crate::json::model::tri!(self.page.write_into(query, $max));
                )?
                Ok(())
            }
        }

        $(
            impl $crate::requests::page_params::PagedParams for $name {
                const MAX_LIMIT: u32 = $max;

                #[inline]
                fn page(&self) -> $crate::requests::page_params::PageParams {
                    self.page
                }

                #[inline]
                fn set_page(&mut self, page: $crate::requests::page_params::PageParams) {
                    self.page = page;
                }
            }
        )?

        $crate::requests::params::params!(@from_page $name [$($max)?] [$($($required)+)?]);

        $crate::requests::parameter::params_argument!($name);

        #[cfg(feature = "_samples")]
        impl $crate::samples::Sample for $name {
            fn sample(sampler: &$crate::samples::Sampler, _name: &str) -> Self {
                let sample = |sampler: &$crate::samples::Sampler| Self {
                    $($($required: sampler.value(stringify!($required)),)+)?
                    $(
                        $param: sampler.value(stringify!($param)),
                        $($exclude: sampler.value(stringify!($exclude)),)?
                    )*
                    $(page: $crate::requests::params::params!(@page sampler $max),)?
                };
                sampler.valid(sample, |sample| {
                    let mut query = Default::default();
                    $crate::requests::parameter::Params::write_into(sample, &mut query).is_ok()
                })
            }
        }
    };

    (@page $sampler:ident $max:literal) => {
        $crate::samples::Sample::sample($sampler, "page")
    };

    (@new [] [$($param:ident)*] [$($max:literal)?]) => {
        /// Creates parameters with nothing set.
        #[must_use]
        #[inline]
        pub fn new() -> Self {
            Self {
                $($param: None,)*
                $(page: $crate::requests::params::params!(@first $max),)?
            }
        }
    };
    (@new [$($required:ident: $rtype:ty,)+] [$($param:ident)*] [$($max:literal)?]) => {
        /// Creates parameters with the required values, and nothing else set.
        #[must_use]
        #[inline]
        pub fn new($($required: impl Into<$rtype>),+) -> Self {
            Self {
                $($required: $required.into(),)+
                $($param: None,)*
                $(page: $crate::requests::params::params!(@first $max),)?
            }
        }
    };
    (@first $max:literal) => { $crate::requests::page_params::PageParams::new() };

    (@default $name:ident) => {
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident $($required:ident)+) => {};

    (@from_page $name:ident [$max:literal] []) => {
        /// Sets the limit and the offset, and nothing else.
        impl From<$crate::requests::page_params::PageParams> for $name {
            #[inline]
            fn from(page: $crate::requests::page_params::PageParams) -> Self {
                Self { page, ..Self::new() }
            }
        }
    };
    (@from_page $name:ident $max:tt $required:tt) => {};

    (@type [$type:ty]) => { Option<Vec<$type>> };
    (@type $type:ty) => { Option<$type> };

    (@put $self:ident $query:ident $param:ident as $key:expr) => {
        $crate::json::model::tri!($crate::requests::parameter::Parameter::put(
            &$self.$param, $key, $query
        ))
    };
    (@put $self:ident $query:ident $param:ident $exclude:ident as $key:expr) => {
        $crate::json::model::tri!(
            $query.signed($key, $self.$param.as_deref(), $self.$exclude.as_deref())
        )
    };
    (@put $self:ident $query:ident $param:ident $exclude:ident as $key:expr => joined) => {
        $crate::json::model::tri!(
            $query.joined($key, $self.$param.as_deref(), $self.$exclude.as_deref())
        )
    };
}

/// Defines the setter of a parameter. With `in part`, the parameter is a field of `self.part`.
macro_rules! setter {
    ([$type:ty], $param:ident $(in $part:ident)? $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($param), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $param(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self$(.$part)?.$param = Some(values.into_iter().map(Into::into).collect());
            self
        }
    };
    (bool, $param:ident $(in $part:ident)? $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($param), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $param(mut self, value: bool) -> Self {
            self$(.$part)?.$param = Some(value);
            self
        }
    };
    ($type:ty, $param:ident $(in $part:ident)? $(#[$meta:meta])*) => {
        #[doc = concat!("Sets `", stringify!($param), "`.")]
        ///
        $(#[$meta])*
        #[must_use]
        #[inline]
        pub fn $param(mut self, value: impl Into<$type>) -> Self {
            self$(.$part)?.$param = Some(value.into());
            self
        }
    };
}

pub(crate) use {params, setter};
