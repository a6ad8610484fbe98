/// A value that is one word on the wire: an id, or a value of an enumeration.
pub(crate) trait Word {
    fn as_word(&self) -> &str;
}
