//! Measures the memory of a verifier.

use clerk_client::auth::{Ring, Rs256, VerifyingKey};
use common::tokens::Case;

use crate::sign::{encoded, unsigned};
use crate::verifier;

/// An implementation of the cryptography that accepts every signature. The tokens then need no
/// valid signatures. Signing a million tokens would take half an hour.
#[derive(Debug)]
struct Any;

impl Rs256 for Any {
    fn key(&self, _: &[u8], _: &[u8]) -> Option<Box<dyn VerifyingKey>> {
        Some(Box::new(Self))
    }

    fn sha256(&self, message: &[u8]) -> [u8; 32] {
        Ring.sha256(message)
    }
}

impl VerifyingKey for Any {
    fn verify(&self, _: &[u8], _: &[u8]) -> bool {
        true
    }
}

/// Verifies `count` distinct tokens. Prints the bytes that the verifier holds afterwards, and the
/// most that it held at any time.
pub(crate) fn hold(count: usize) {
    let modulus = encoded([255; 256]);
    let verifier = verifier(&modulus, Case::New.kid()).crypto(Any);
    let verifier = verifier.build().expect("a verifier");
    let runtime = common::runtime();
    let counted = allocation_counter::measure(|| {
        runtime.block_on(async {
            for number in 0..count {
                let token = format!("{}.{}", unsigned(number), encoded(number.to_be_bytes()));
                verifier.verify(&token).await.expect("a valid token");
            }
        });
    });
    println!("{} {}", counted.bytes_current, counted.bytes_max);
}
