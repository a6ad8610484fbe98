//! Samples of arguments, for tests that call every operation. Not a part of the API.

use std::collections::BTreeMap;

/// The source of the values of a sample.
///
/// Tests create several samples of the same type, one in each round. In round 0, only required
/// values are set. In round 1 and in all even rounds from 2 on, every value is set; round 2 sets
/// nullable values to null. In the odd rounds from 3 on, some of the optional values are set. The
/// values of enumerations change in each even round.
#[derive(Debug, Clone)]
pub struct Sampler {
    round: usize,
    seed: usize,
    texts: BTreeMap<String, String>,
    all: Option<String>,
    only: Option<&'static str>,
}

impl Sampler {
    /// The number of rounds that tests run. Two consecutive rounds use the same value of an
    /// enumeration. So 34 rounds cover the largest enumeration, which has 17 values.
    pub const ROUNDS: usize = 34;

    /// Creates the sampler of a round.
    #[must_use]
    pub fn new(round: usize) -> Self {
        Self {
            round,
            seed: round,
            texts: BTreeMap::new(),
            all: None,
            only: None,
        }
    }

    /// Sets the text of the arguments and fields of this name.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.texts.insert(name.to_owned(), text.to_owned());
        self
    }

    /// Limits the sample calls of `api::every` to the operation with this id.
    #[must_use]
    pub fn only(mut self, operation_id: &'static str) -> Self {
        self.only = Some(operation_id);
        self
    }

    pub(crate) fn visits(&self, operation_id: &str) -> bool {
        self.only.is_none_or(|only| only == operation_id)
    }

    /// Sets the text of all ids and strings.
    #[must_use]
    pub fn with_all(mut self, text: &str) -> Self {
        self.all = Some(text.to_owned());
        self
    }

    /// Returns the value of an argument or a field.
    #[must_use]
    pub fn value<S: Sample>(&self, name: &str) -> S {
        S::sample(self, name)
    }

    /// Whether the sampler sets nullable values to null in this round.
    pub(crate) fn is_null(&self) -> bool {
        self.round == 2
    }

    /// Whether an optional value of this name is set.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        match self.round {
            0 => false,
            round if round == 1 || round.is_multiple_of(2) => true,
            _ => {
                let hash = name.bytes().fold(self.seed, |hash, byte| {
                    hash.wrapping_mul(31).wrapping_add(usize::from(byte))
                });
                (hash / 7).is_multiple_of(2)
            }
        }
    }

    pub(crate) fn flip(&self) -> bool {
        self.seed.is_multiple_of(2)
    }

    #[allow(clippy::expect_used, reason = "every enumeration has a value")]
    pub(crate) fn choose<T: Clone, const N: usize>(&self, values: [T; N]) -> T {
        let mut values = values.into_iter().cycle().skip((self.seed / 2) % N);
        values.next().expect("an enumeration has a value")
    }

    pub(crate) fn optional<T>(&self, name: &str, value: T) -> Option<T> {
        self.is_set(name).then_some(value)
    }

    /// Returns a text that is valid for an argument or a field of this name.
    pub(crate) fn text(&self, name: &str) -> String {
        if let Some(text) = self.all.as_ref().or_else(|| self.texts.get(name)) {
            return text.clone();
        }
        let text = match name {
            "blocked_country_codes" => "DE",
            "admin_portal_link_token_id" => "aplt_3beecc9c60adb5f9b850e91a83beecc9",
            "api_key_id" => "ak_3beecc9c60adb5f9b850e91a8ee1e992",
            "created_by" => "user_2xhFjEI5X2qWRvtV13BzSj8H6Dk",
            "email_address" => "ada@example.com",
            "m2m_token_id" => "mt_f7f0ba8c3b4843ce7d85fcdd5e71853e",
            "organization_id" => "org_2xhFjEI5X2qWRvtV13BzSj8H6Dk",
            "phone_number" => "+15551234567",
            "redirect_url" => "https://example.com/welcome",
            "subject" => "mch_2xhFjEI5X2qWRvtV13BzSj8H6Dk",
            "web3_wallet" => "0x1f9840a85d5af5bf1d1762f925bdaddc4201f984",
            "locale" => "en-GB",
            "totp_secret" => "JBSWY3DPEHPK3PXP",
            "provider" => "oauth_google",
            // The older and the newer name of a field have the same value.
            "scim_path" | "directory_path" => "title",
            "scim_group_id" | "directory_group_id" => "group_1",
            "scim_group_display_name" | "directory_group_display_name" => "Admins",
            "role_key" | "default_role_key" | "creator_role_key" => "org:member",
            _ => return format!("sample_{name}"),
        };
        text.to_owned()
    }

    /// Returns the first valid sample. If 66 samples are invalid, returns the last of them.
    pub(crate) fn valid<S>(&self, sample: impl Fn(&Self) -> S, is_valid: impl Fn(&S) -> bool) -> S {
        let mut sampler = self.clone();
        loop {
            let candidate = sample(&sampler);
            if is_valid(&candidate) || sampler.seed > self.seed + 64 {
                return candidate;
            }
            sampler.seed += 1;
            // From the 17th sample on, only some of the optional values are set.
            if sampler.seed == self.seed + 16 {
                sampler.round = 3;
            }
        }
    }
}

/// A type that has samples.
pub trait Sample: Sized {
    /// Returns a sample for an argument or a field of this name.
    fn sample(sampler: &Sampler, name: &str) -> Self;
}

impl<T: Sample> Sample for Option<T> {
    fn sample(sampler: &Sampler, name: &str) -> Self {
        sampler.is_set(name).then(|| T::sample(sampler, name))
    }
}

impl<T: Sample> Sample for Vec<T> {
    fn sample(sampler: &Sampler, name: &str) -> Self {
        vec![T::sample(sampler, name)]
    }
}

macro_rules! samples {
    ($($type:ty = $value:expr,)+) => {
        $(impl Sample for $type {
            fn sample(_: &Sampler, _: &str) -> Self {
                $value
            }
        })+
    };
}

samples! {
    BTreeMap<String, String> = BTreeMap::from([("a".to_owned(), "b".to_owned())]),
}

/// The sample is 42. An amount is 4,200, because Clerk requires at least 100 cents.
impl Sample for i64 {
    fn sample(_: &Sampler, name: &str) -> Self {
        if name.ends_with("amount") { 4_200 } else { 42 }
    }
}

impl Sample for u32 {
    fn sample(_: &Sampler, name: &str) -> Self {
        match name {
            // The minimum remaining time must be shorter than any lifetime in a sample.
            "min_remaining_ttl_seconds" => 7,
            _ => 42,
        }
    }
}

impl Sample for bool {
    fn sample(sampler: &Sampler, _: &str) -> Self {
        sampler.round % 5 != 4
    }
}

impl Sample for String {
    fn sample(sampler: &Sampler, name: &str) -> Self {
        sampler.text(name)
    }
}
