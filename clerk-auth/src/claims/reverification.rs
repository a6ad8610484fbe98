/// The factors that a [`Reverification`] requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReverificationLevel {
    /// The first factor.
    FirstFactor,
    /// The second factor. If the token says that the second factor was never verified, the first
    /// factor is enough.
    SecondFactor,
    /// Both factors. If the token says that the second factor was never verified, the first factor
    /// is enough.
    MultiFactor,
}

impl ReverificationLevel {
    /// Returns the name that Clerk's SDKs use, such as `second_factor`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FirstFactor => "first_factor",
            Self::SecondFactor => "second_factor",
            Self::MultiFactor => "multi_factor",
        }
    }
}

/// The condition that a user has verified a factor recently, for a sensitive action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reverification {
    level: ReverificationLevel,
    minutes: u64,
}

impl Reverification {
    /// Requires [both factors](ReverificationLevel::MultiFactor), verified less than 10 minutes
    /// ago.
    pub const STRICT_MFA: Self = Self::new(ReverificationLevel::MultiFactor, 10);
    /// Requires the [second factor](ReverificationLevel::SecondFactor), verified less than 10
    /// minutes ago.
    pub const STRICT: Self = Self::new(ReverificationLevel::SecondFactor, 10);
    /// Requires the [second factor](ReverificationLevel::SecondFactor), verified less than an hour
    /// ago.
    pub const MODERATE: Self = Self::new(ReverificationLevel::SecondFactor, 60);
    /// Requires the [second factor](ReverificationLevel::SecondFactor), verified less than a day
    /// ago.
    pub const LAX: Self = Self::new(ReverificationLevel::SecondFactor, 1_440);

    /// Creates the condition that the factors of `level` were verified less than `minutes` minutes
    /// ago. With 0 minutes, the condition is never met.
    #[must_use]
    pub const fn new(level: ReverificationLevel, minutes: u64) -> Self {
        Self { level, minutes }
    }

    /// Returns the level, which names the required factors.
    #[must_use]
    pub const fn level(self) -> ReverificationLevel {
        self.level
    }

    /// Returns the limit in minutes. The age of each required factor must be below the limit.
    #[must_use]
    pub const fn minutes(self) -> u64 {
        self.minutes
    }

    pub(crate) fn is_fulfilled(self, ages: FactorAges) -> bool {
        let is_recent = |age: Option<u64>| age.is_some_and(|age| age < self.minutes);
        let (first, second) = (is_recent(ages.first), is_recent(ages.second));
        match self.level {
            ReverificationLevel::FirstFactor => first,
            _ if ages.second.is_none() => first,
            ReverificationLevel::SecondFactor => second,
            ReverificationLevel::MultiFactor => first && second,
        }
    }
}

/// The ages of a user's two factors when the token was checked. A factor's age is the time since
/// the user last verified it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct FactorAges {
    /// The age of the first factor in minutes. `None` if the factor was never verified.
    pub first: Option<u64>,
    /// The age of the second factor in minutes. `None` if the factor was never verified.
    pub second: Option<u64>,
}

impl FactorAges {
    /// Reads the claim `fva`: the minutes since the first and the second factor were verified. -1
    /// means that the factor was never verified. `None` if the claim is malformed.
    pub(crate) fn from_claim(claim: &[i64]) -> Option<Self> {
        let [first, second] = claim else { return None };
        if *first < -1 || *second < -1 {
            return None;
        }
        Some(Self {
            first: u64::try_from(*first).ok(),
            second: u64::try_from(*second).ok(),
        })
    }

    /// Returns the ages `minutes` minutes later.
    pub(crate) fn after(self, minutes: u64) -> Self {
        let older = |age: Option<u64>| age.map(|age| age.saturating_add(minutes));
        Self {
            first: older(self.first),
            second: older(self.second),
        }
    }
}
