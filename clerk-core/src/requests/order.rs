use std::fmt;

use crate::requests::parameter::Parameter;
use crate::uri::query::Query;

/// The order of a list: a property, and a direction.
///
/// Without an order, most lists start with the newest item. If Clerk documents another default, the
/// documentation of the list's parameters says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Order<By> {
    by: By,
    descending: bool,
}

impl<By: Copy> Order<By> {
    pub(crate) const fn new(by: By, descending: bool) -> Self {
        Self { by, descending }
    }

    /// Returns the property by which the list is ordered.
    #[must_use]
    pub const fn by(self) -> By {
        self.by
    }

    /// Whether the largest or latest value comes first.
    #[must_use]
    pub const fn is_descending(self) -> bool {
        self.descending
    }
}

/// Writes the order as Clerk expects it: `+created_at`, `-created_at`.
impl<By: AsRef<str>> fmt::Display for Order<By> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { '-' } else { '+' };
        write!(f, "{sign}{}", self.by.as_ref())
    }
}

impl<By: AsRef<str>> Parameter for Order<By> {
    fn put(&self, name: &str, query: &mut Query) -> Result<(), String> {
        query.value(name, self);
        Ok(())
    }
}

/// Defines the properties by which a list can be ordered, and the type of its order.
macro_rules! orders {
    (
        $(#[$meta:meta])*
        $name:ident, $order:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        #[doc = concat!("An order by [`", stringify!($name), "`]: a property, and a direction.")]
        pub type $order = $crate::requests::order::Order<$name>;

        impl $name {
            /// Returns the order with the smallest or earliest value first.
            #[must_use]
            pub const fn ascending(self) -> $order {
                $crate::requests::order::Order::new(self, false)
            }

            /// Returns the order with the largest or latest value first.
            #[must_use]
            pub const fn descending(self) -> $order {
                $crate::requests::order::Order::new(self, true)
            }

            /// Returns Clerk's name of the property, such as `created_at`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// Creates the ascending order. Clerk, too, orders ascending if the `+` or `-` is missing.
        impl From<$name> for $crate::requests::order::Order<$name> {
            fn from(by: $name) -> Self {
                by.ascending()
            }
        }

        #[cfg(feature = "_samples")]
        impl $crate::samples::Sample for $order {
            fn sample(sampler: &$crate::samples::Sampler, _name: &str) -> Self {
                let by = sampler.choose([$($name::$variant),+]);
                if sampler.flip() { by.ascending() } else { by.descending() }
            }
        }
    };
}

pub(crate) use orders;
