//! A limit on the memory that a decoded body takes.

use std::cell::Cell;
use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{
    DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

/// The start of the error message if a body exceeds its budget.
pub(crate) const EXCEEDED: &str = "too many values: ";

/// The bytes of memory that any decoded body may take, however short it is.
const ALLOWANCE: usize = 14 << 20;
/// The additional bytes of memory for each byte of a body. Strings, and the buffer in which escapes
/// are resolved, take up to three more bytes for each byte of the body. The budget does not count
/// these bytes.
const RATIO: usize = 3;
/// For each item of a list that serde's own code reads, the budget counts the memory of this many
/// items. Such a list reserves memory for four items, even if it has only one. The same number
/// applies to each entry of a map, except the first.
const RESERVED: usize = 4;

/// The memory that the values of a body may take, without the content of strings. Reading a value
/// spends a part of the budget. If too little is left, reading fails.
pub(crate) struct Budget {
    left: Cell<usize>,
    limit: usize,
}

impl Budget {
    /// Creates the budget of a body of `body_bytes` bytes.
    pub(crate) fn new(body_bytes: usize) -> Self {
        let limit = body_bytes.saturating_mul(RATIO).saturating_add(ALLOWANCE);
        Self {
            left: Cell::new(limit),
            limit,
        }
    }

    /// Wraps a deserializer, or a part of a deserializer, so that it spends this budget.
    #[inline]
    pub(crate) fn limit<I>(&self, inner: I) -> Limited<'_, I> {
        let budget = self;
        Limited { inner, budget }
    }

    #[inline]
    fn limit_struct<V>(&self, inner: V) -> Limited<'_, V, true> {
        let budget = self;
        Limited { inner, budget }
    }

    #[inline]
    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.exceeded()),
        }
    }

    #[cold]
    fn exceeded<E: Error>(&self) -> E {
        // Later values are refused too.
        self.left.set(0);
        E::custom(format_args!(
            "{EXCEEDED}the limit is {} MiB of memory for a body of this size",
            self.limit >> 20
        ))
    }
}

/// [`allocated`] reads each value as a newtype whose name consists of copies of this byte. The
/// length of the name represents a number of bytes of memory.
const MARK: u8 = 0x1f;
/// The bytes of memory that each [`MARK`] in a name represents.
const UNIT: usize = 16;
/// The text from which the names of the newtypes are cut.
const RULER: &str = match str::from_utf8(&[MARK; 1024]) {
    Ok(ruler) => ruler,
    Err(_) => "",
};

/// Reads an item of a list or the content of a box, and spends the budget for its memory.
///
/// A [`Limited`] deserializer knows neither the type nor the size of the value that it reads.
/// Therefore the value is read as a newtype, and the length of the newtype's name tells the size.
/// serde_json also marks raw JSON with the name of a newtype. Other deserializers ignore the name.
pub(crate) fn allocated<'de, T, D, V>(deserializer: D, visitor: V) -> Result<V::Value, D::Error>
where
    D: Deserializer<'de>,
    V: Visitor<'de>,
{
    struct Size<T>(T);
    impl<T> Size<T> {
        // While a list grows by half, its old and its new memory exist at the same time. Together,
        // they are 1 + 3/2 times the old memory.
        const NAME: &'static str = RULER.split_at(1 + size_of::<T>() * 5 / 2 / UNIT).0;
    }

    deserializer.deserialize_newtype_struct(Size::<T>::NAME, visitor)
}

/// Adds an item that was read by [`allocated`].
#[inline]
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        // Most lists have one item, so the first reservation is for one item.
        let more = if list.is_empty() { 1 } else { 2 };
        list.reserve_exact(more.max(list.len() / 2));
    }
    list.push(item);
}

/// A part of a deserializer that spends a budget. `STRUCT` tells whether it reads a struct.
pub(crate) struct Limited<'a, I, const STRUCT: bool = false> {
    inner: I,
    budget: &'a Budget,
}

/// Forwards the methods of a deserializer. The visitor of a scalar is passed unchanged. Any other
/// visitor is wrapped, so that it spends the budget.
macro_rules! forward {
    ($wrap:ident $($method:ident($($name:ident: $type:ty),*);)+) => {
        $(#[inline]
        fn $method<V>(self, $($name: $type,)* visitor: V) -> Result<V::Value, D::Error>
        where
            V: Visitor<'de>,
        {
            self.inner.$method($($name,)* forward!($wrap self visitor))
        })+
    };
    (scalar $self:ident $visitor:ident) => {
        $visitor
    };
    (limited $self:ident $visitor:ident) => {
        $self.budget.limit($visitor)
    };
    (fields $self:ident $visitor:ident) => {
        $self.budget.limit_struct($visitor)
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Limited<'_, D> {
    type Error = D::Error;

    forward! { scalar
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    forward! { limited
        deserialize_any();
        deserialize_option();
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    forward! { fields
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if name.as_bytes().first() == Some(&MARK) {
            self.budget.spend(name.len() * UNIT)?;
            return visitor.visit_newtype_struct(self);
        }
        let visitor = self.budget.limit(visitor);
        self.inner.deserialize_newtype_struct(name, visitor)
    }

    #[inline]
    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident: $type:ty,)+) => {
        $(#[inline]
        fn $method<E: Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        })+
    };
}

impl<'de, V: Visitor<'de>, const STRUCT: bool> Visitor<'de> for Limited<'_, V, STRUCT> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool: bool,
        visit_i8: i8,
        visit_i16: i16,
        visit_i32: i32,
        visit_i64: i64,
        visit_i128: i128,
        visit_u8: u8,
        visit_u16: u16,
        visit_u32: u32,
        visit_u64: u64,
        visit_u128: u128,
        visit_f32: f32,
        visit_f64: f64,
        visit_char: char,
        visit_str: &str,
        visit_borrowed_str: &'de str,
        visit_string: String,
        visit_bytes: &[u8],
        visit_borrowed_bytes: &'de [u8],
        visit_byte_buf: Vec<u8>,
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(self.budget.limit(deserializer))
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<V::Value, D::Error> {
        self.inner
            .visit_newtype_struct(self.budget.limit(deserializer))
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(self.budget.limit(seq))
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Entries::<_, STRUCT> {
            inner: map,
            budget: self.budget,
            key: 0,
            is_first: true,
        })
    }

    #[inline]
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(self.budget.limit(data))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Limited<'_, S> {
    type Value = S::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(self.budget.limit(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Limited<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        self.budget.spend(size_of::<S::Value>() * RESERVED)?;
        self.inner.next_element_seed(self.budget.limit(seed))
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

/// The entries of an object. Reading them spends a budget. `key` is the size of a key in bytes.
struct Entries<'a, A, const STRUCT: bool> {
    inner: A,
    budget: &'a Budget,
    key: usize,
    is_first: bool,
}

impl<'de, A: MapAccess<'de>, const STRUCT: bool> MapAccess<'de> for Entries<'_, A, STRUCT> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        self.key = size_of::<K::Value>();
        self.inner.next_key_seed(seed)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        // Fields take no memory of their own: the memory of a struct includes them. A model reads
        // its fields as map entries with keys of one byte and values of no size.
        if !STRUCT && (self.key > 1 || size_of::<S::Value>() > 0) {
            // For its first entry, a `BTreeMap` reserves a node with a header and eleven entries.
            let entries = if self.is_first { 12 } else { RESERVED };
            self.is_first = false;
            self.budget
                .spend((self.key + size_of::<S::Value>()) * entries)?;
        }
        self.inner.next_value_seed(self.budget.limit(seed))
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'a, 'de, A: EnumAccess<'de>> EnumAccess<'de> for Limited<'a, A> {
    type Error = A::Error;
    type Variant = Limited<'a, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let (value, variant) = self.inner.variant_seed(seed)?;
        Ok((value, self.budget.limit(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Limited<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.budget.limit(seed);
        self.inner.newtype_variant_seed(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        let visitor = self.budget.limit(visitor);
        self.inner.tuple_variant(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let visitor = self.budget.limit_struct(visitor);
        self.inner.struct_variant(fields, visitor)
    }
}
