//! The macro that defines response models.

use std::fmt;

/// Defines a response struct that tolerates unknown, missing and null fields.
///
/// - The literal after the name is the value of the JSON key `object`.
/// - `required` marks the one field whose absence is a decode error.
/// - The JSON key of a field is its name, or the literal after `as`.
/// - `= secret` hides the value from `Debug`.
/// - `= optional` is for fields that the API never sends as null. Serializing omits such a field if
///   it is `None` or empty metadata.
///
/// The impls are written by hand, because a derived `Deserialize` accepts arrays for structs,
/// rejects repeated keys, and needs an `Option` for each field.
macro_rules! model {
    (
        $(#[$meta:meta])*
        $name:ident $(($object:literal))?
        $(required { $(#[$rmeta:meta])* $required:ident: $rtype:ty } and)?
        {
            $($(#[$fmeta:meta])* $field:ident $(as $key:literal)?: $type:ty $(= $mark:ident)?,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$rmeta])* pub $required: $rtype,)?
            $($(#[$fmeta])* pub $field: $type,)*
        }

        $(impl $name {
            /// Creates a value with this id and default values for all other fields.
            #[inline]
            pub fn new($required: impl Into<$rtype>) -> Self {
                Self { $required: $required.into(), ..Self::default() }
            }
        })?

        $crate::json::model::equal!($name { $($required)? $($field)* });

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::json::model::fmt_fields(f, stringify!($name), &[
                    $((stringify!($required), &self.$required),)?
                    $((stringify!($field), $crate::json::model::debug!(self.$field $($mark)?)),)*
                ])
            }
        }

        impl serde_core::Serialize for $name {
            #[inline]
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut entries = $crate::json::entries::Entries::new(serializer);
                $(entries.add("object", $object);)?
                $(entries.add(stringify!($required), &self.$required);)?
                $($crate::json::model::entry!(
                    entries, $crate::json::model::key!($field $($key)?), &self.$field, $($mark)?
                );)*
                entries.end()
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut model = Self::default();
                $crate::json::nullable::Nullable::fill(&mut model, deserializer)?;
                Ok(model)
            }
        }

        impl<'de> $crate::json::nullable::Nullable<'de> for $name {
            #[inline]
            fn fill<D: serde_core::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                #[allow(non_camel_case_types)]
                enum Key { $($required,)? $($field,)* __Other }

                impl<'de> serde_core::Deserialize<'de> for Key {
                    fn deserialize<D: serde_core::Deserializer<'de>>(
                        deserializer: D,
                    ) -> Result<Self, D::Error> {
                        $crate::json::decode::word(deserializer, |key| {
                            match key {
                                $(stringify!($required) => Self::$required,)?
                                $($crate::json::model::key!($field $($key)?) => Self::$field,)*
                                _ => Self::__Other,
                            }
                        })
                    }
                }

                struct Model<'a>(&'a mut $name);

                impl<'de> serde_core::de::Visitor<'de> for Model<'_> {
                    type Value = ();

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object (", stringify!($name), ")"))
                    }

                    fn visit_map<A: serde_core::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<(), A::Error> {
                        $(let mut $required: Option<$rtype> = None;)?
                        // rustc rejects a binding with the name of a variant, and the variants are
                        // named after the fields. So the binding is `__key`, which names no field.
                        while let Some(__key) = $crate::json::model::tri!(map.next_key::<Key>()) {
                            match __key {
                                $(Key::$required => {
                                    let key = stringify!($required);
                                    $crate::json::model::tri!($crate::json::nullable::read_field(
                                        &mut map, key, &mut $required
                                    ));
                                })?
                                $(Key::$field => {
                                    let key = $crate::json::model::key!($field $($key)?);
                                    $crate::json::model::tri!($crate::json::nullable::read_field(
                                        &mut map, key, &mut self.0.$field
                                    ));
                                })*
                                Key::__Other => {
                                    $crate::json::model::tri!(map.next_value::<serde_core::de::IgnoredAny>());
                                }
                            }
                        }
                        $(self.0.$required = $crate::json::model::tri!(
                            $crate::json::nullable::required($required, stringify!($required))
                        );)?
                        Ok(())
                    }
                }

                deserializer.deserialize_map(Model(self))
            }
        }
    };
}

/// Implements `PartialEq`. The attribute marks the implementation as derived, so `public-api/` does
/// not list it.
macro_rules! equal {
    ($name:ident { $($field:ident)* }) => {
        #[automatically_derived]
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $($crate::json::model::same(&self.$field, &other.$field) &&)* true
            }
        }
    };
}

/// Returns the JSON key of a field.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

macro_rules! debug {
    ($self:ident.$field:ident) => {
        &$self.$field
    };
    ($self:ident.$field:ident optional) => {
        &$self.$field
    };
    ($self:ident.$field:ident secret) => {
        &$crate::json::redacted::Redacted
    };
}

macro_rules! entry {
    ($entries:ident, $key:expr, $value:expr, optional) => {
        if $crate::json::model::Optional::is_given($value) {
            $entries.add($key, $value);
        }
    };
    ($entries:ident, $key:expr, $value:expr, $($mark:ident)?) => {
        $entries.add($key, $value)
    };
}

/// Returns an error from the enclosing function, as `?` does. `?` also converts the error, which
/// slows down the compilation.
macro_rules! tri {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(error) => return Err(error),
        }
    };
}

pub(crate) use {debug, entry, equal, key, model, tri};

/// Writes the `Debug` output of a struct. It is a function instead of a macro, so that the compiler
/// handles little code for each struct.
pub(crate) fn fmt_fields(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut out = f.debug_struct(name);
    for (name, value) in fields {
        out.field(name, value);
    }
    out.finish()
}

/// Whether two fields are equal. The function is not inlined, so that the compiler handles little
/// code for each field.
#[inline(never)]
pub(crate) fn same<T: PartialEq>(one: &T, other: &T) -> bool {
    one == other
}

/// A value that is serialized only if it is given.
pub(crate) trait Optional {
    fn is_given(&self) -> bool;
}

impl<T> Optional for Option<T> {
    fn is_given(&self) -> bool {
        self.is_some()
    }
}
