//! The formats that Clerk requires of identifiers and other texts.

/// The maximum number of characters of an e-mail address.
const MAX_EMAIL_ADDRESS: usize = 254;

/// Whether a text has the form of an e-mail address with a domain, such as `ada@example.com`.
pub(crate) fn is_email_address(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty()
            && label.chars().all(is_allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_local = |local: &str| {
        let is_forbidden =
            |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"@".contains(c);
        !local.is_empty() && !local.contains(is_forbidden)
    };
    text.chars().count() <= MAX_EMAIL_ADDRESS
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            is_local(local) && domain.contains('.') && domain.split('.').all(is_label)
        })
}

/// Whether a text is a fully qualified domain name, such as `example.com`.
pub(crate) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty()
            && label.bytes().all(is_allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

/// Whether a text is a URL. Any scheme is valid, even one that only a mobile application uses.
///
/// `myapp://` alone is valid, because it opens an application. A URL with the scheme `http` or
/// `https` needs more text after the `://`.
pub(crate) fn is_url(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(is_allowed)
            && !(is_web(scheme) && rest.is_empty())
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// Whether a text is a URL with the scheme `http` or `https`.
pub(crate) fn is_web_url(text: &str) -> bool {
    is_url(text)
        && text
            .split_once("://")
            .is_some_and(|(scheme, _)| is_web(scheme))
}

fn is_web(scheme: &str) -> bool {
    let mut web = ["http", "https"].into_iter();
    web.any(|name| scheme.eq_ignore_ascii_case(name))
}

/// Returns the first 100 characters of a text in quotes.
pub(crate) fn quoted(text: &str) -> String {
    let start: String = text.chars().take(100).collect();
    format!("{start:?}")
}

/// Whether two URLs differ at most in the case of the scheme and the host.
pub(crate) fn is_same_url(one: &str, other: &str) -> bool {
    let (host, rest) = split_url(one);
    let (other_host, other_rest) = split_url(other);
    host.eq_ignore_ascii_case(other_host) && rest == other_rest
}

/// Splits a URL after its host and port.
fn split_url(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let len = url.get(host..).unwrap_or_default().find(['/', '?', '#']);
    url.split_at(len.map_or(url.len(), |len| host + len))
}

/// Whether a text is a phone number in the E.164 format, such as `+15555550100`.
pub(crate) fn is_phone_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// Whether a text is the address of an Ethereum wallet, in hexadecimal digits, or of a Solana
/// wallet, in base 58.
pub(crate) fn is_web3_wallet(text: &str) -> bool {
    let is_base58 = |byte: u8| byte.is_ascii_alphanumeric() && !b"0OIl".contains(&byte);
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => digits.len() == 40 && is_hex(digits),
        None => (32..=44).contains(&text.len()) && text.bytes().all(is_base58),
    }
}

/// Whether a text has the form of a language tag of BCP 47, such as `de-CH`.
pub(crate) fn is_locale(text: &str) -> bool {
    let mut subtags = text.split('-');
    let language = subtags.next().unwrap_or_default();
    let is_subtag = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    (2..=8).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(is_subtag)
}

/// Whether a text has hexadecimal digits only.
pub(crate) fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether the first bytes are those of an image in a format that a logo can have: JPEG, PNG, GIF
/// or WebP.
pub(crate) fn is_logo(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"];
    starts.iter().any(|start| bytes.starts_with(start))
        || has(bytes, 0, b"RIFF") && has(bytes, 8, b"WEBP")
}

/// Whether the first bytes are those of an image in a common format. The specification does not
/// limit the formats of a profile image.
pub(crate) fn is_image(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"BM", b"II*\0", b"MM\0*", b"\0\0\x01\0"];
    is_logo(bytes)
        || starts.iter().any(|start| bytes.starts_with(start))
        || has(bytes, 4, b"ftypavif")
        || has(bytes, 4, b"ftypheic")
}

/// Whether `bytes` contains `start` at the position `at`.
fn has(bytes: &[u8], at: usize, start: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(start))
}
