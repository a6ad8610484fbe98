//! The bit masks of the claim `o.fpm`: one for each feature, with a bit for each permission.

/// The number of digits that always fit into a `u64`.
const MAX_SHORT: usize = 19;

/// The bits of a decimal number of any length. Bit 0 is the lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mask {
    /// A number of at most 19 digits. Almost all masks are this short.
    Short(u64),
    /// The 32-bit words of a longer number, the lowest word first.
    Long(Vec<u32>),
}

impl Mask {
    /// Reads a decimal number. Any other text, such as a signed number, sets no bits.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim();
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::Short(0);
        }
        if text.len() <= MAX_SHORT {
            return Self::Short(text.parse().unwrap_or_default());
        }
        let mut words = Vec::new();
        for digit in text.bytes() {
            let mut carry = u64::from(digit - b'0');
            for word in &mut words {
                let value = u64::from(*word) * 10 + carry;
                *word = low_bits(value);
                carry = value >> 32;
            }
            if carry > 0 {
                words.push(low_bits(carry));
            }
        }
        Self::Long(words)
    }

    pub(crate) fn has(&self, bit: usize) -> bool {
        match self {
            Self::Short(word) => bit < 64 && (word >> bit) & 1 == 1,
            Self::Long(words) => {
                let word = words.get(bit / 32).copied().unwrap_or_default();
                (word >> (bit % 32)) & 1 == 1
            }
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "only the low bits are meant"
)]
fn low_bits(value: u64) -> u32 {
    value as u32
}
