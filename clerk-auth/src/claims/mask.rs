//! The bit masks of the claim `fpm`.

/// The bits of a decimal number of any length. Bit 0 is the lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask(Vec<u32>);

impl Mask {
    /// Reads a decimal number. Any other text, such as a signed number, sets no bits.
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.trim();
        let mut words = Vec::new();
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
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
        }
        Self(words)
    }

    /// Whether a bit is set.
    pub(crate) fn has(&self, bit: usize) -> bool {
        let word = self.0.get(bit / 32).copied().unwrap_or_default();
        (word >> (bit % 32)) & 1 == 1
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "only the low bits are meant"
)]
fn low_bits(value: u64) -> u32 {
    value as u32
}
