//! Opaque tokens: tokens of machines, in a format that only Clerk can read.

/// The kind of an opaque token, by its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opaque {
    /// `ak_…`
    ApiKey,
    /// `mt_…`
    M2m,
    /// `oat_…`
    OAuth,
}

/// The minimum and the maximum length, in bytes, of a token without its prefix.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=128;

impl Opaque {
    /// Returns the kind of a token, and the text after its prefix. `None` if the token has no
    /// prefix of an opaque token.
    pub(crate) fn of(token: &str) -> Option<(Self, &str)> {
        let prefixes = [
            ("ak_", Self::ApiKey),
            ("mt_", Self::M2m),
            ("oat_", Self::OAuth),
        ];
        let mut kinds = prefixes.into_iter();
        kinds.find_map(|(prefix, kind)| Some((kind, token.strip_prefix(prefix)?)))
    }

    /// Returns an error if `rest`, the text after the prefix, cannot be part of one of Clerk's
    /// tokens. Malformed texts are not sent to Clerk.
    pub(crate) fn check(rest: &str) -> Result<(), String> {
        if !LENGTHS.contains(&rest.len()) {
            let (min, max) = LENGTHS.into_inner();
            let length = rest.len();
            return Err(format!(
                "it has {length} bytes after its prefix; it must have {min} to {max}"
            ));
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !rest.bytes().all(fits) {
            let why = "it has other characters than letters, digits, `_` and `-`";
            return Err(why.to_owned());
        }
        Ok(())
    }

    /// Returns the name of the kind, for error messages.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::ApiKey => "an API key",
            Self::M2m => "an opaque M2M token",
            Self::OAuth => "an opaque OAuth access token",
        }
    }
}
