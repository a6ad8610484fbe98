/// A value that is a single word in JSON and in queries: an id or an enumeration value.
pub(crate) trait Word {
    fn as_word(&self) -> &str;
}
