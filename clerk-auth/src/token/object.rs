//! A macro for JSON objects that are read strictly.

/// Implements `Deserialize` for a struct. Each entry names a field, and the member of the JSON
/// object from which the field is read.
///
/// If a member is missing, its field keeps the default. Members without a field are skipped.
/// Decoding fails if a name occurs twice in the object or, at any depth, in a skipped member.
macro_rules! object {
    ($object:ident $(<$life:lifetime>)? { $($($field:ident).+ = $name:literal,)+ }) => {
        impl<'de> serde_core::Deserialize<'de> for $object $(<$life>)? {
            fn deserialize<D>(deserializer: D) -> Result<Self, D::Error>
            where
                D: serde_core::Deserializer<'de>,
            {
                struct ObjectVisitor;

                impl<'de> serde_core::de::Visitor<'de> for ObjectVisitor {
                    type Value = $object $(<$life>)?;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A>(self, map: A) -> Result<Self::Value, A::Error>
                    where
                        A: serde_core::de::MapAccess<'de>,
                    {
                        let mut object = $object::default();
                        let mut members = $crate::token::members::Members::new(map);
                        while let Some(name) = members.next_name()? {
                            match name {
                                $($name => object.$($field).+ = members.value()?,)+
                                _ => {
                                    members.value::<$crate::token::any::Any<'de>>()?;
                                }
                            }
                        }
                        Ok(object)
                    }
                }

                deserializer.deserialize_map(ObjectVisitor)
            }
        }
    };
}

pub(crate) use object;
