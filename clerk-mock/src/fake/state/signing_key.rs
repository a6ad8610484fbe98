//! The keys with which an instance signs session tokens.

/// An RSA key of 2048 bits with the exponent 65537. Its numbers are in base64url.
pub(crate) struct SigningKey {
    /// The modulus.
    pub(crate) n: &'static str,
}

/// The exponent of the keys in base64url.
pub(crate) const EXPONENT: &str = "AQAB";

/// The id of the keys: the id of the instance, as at Clerk.
pub(crate) const KEY_ID: &str = "ins_fake";

/// The keys. They are the same on every run, and protect nothing.
pub(crate) const KEYS: [SigningKey; 2] = [
    SigningKey {
        n: concat!(
            "oqmSiBgUgP7vR-pffhRRI5WB8ZYOo2FQcOMdwQ7HxYcXsnS5SLd9-4llRfNlC8eiUZf3wAwzPgTqhAyn",
            "kaNneeFtJwGyX_5K4y_0bJk9c8O9vHsynFK0aWkHwnK4iuLq-11BB91QtXFTbhuDg8631Hva2l_tnJC5",
            "rRJFi81amJh4e_7yBRt688QptZ3cn6eNB6ZsEGQzqX5tIRpY30VHJZDE8k0QSBQvh5UblWiMKsf6wnGk",
            "eHeRUv4lOQA-Gp4L1F8NqNTWsdjetNxF8TG4bpR98SqqRE9tRKOi7oc9KJYgLHm83w6a8nNGZalYVuUu",
            "uKDxM7Kihw-rAjo8pSCHoQ",
        ),
    },
    SigningKey {
        n: concat!(
            "49fNpnwKnpJPv2JqaXopbjbvsE833RdUr41BUMTm7Pz_TbErQ44LkYA-0rnI_N8VyOc1S2tiW0EM1L0Q",
            "Dnl0XasvE1VGc_2Sz_1kR1nSyoa2C16VqPHZJytwogYLEY3l_IkI2oBM_EHqiT0ZeXI9gOelB4HxLAiA",
            "JulJKxtvgp4vZ3pSFhvZGu5HlaolNND4_HMWe6IOvxAxTV12LDnZmrmFb1o4i2A6x71NXStMKqGZy6Bl",
            "acn7Z3cEfFZWrQxcbm9XlSa6Jsk3Bc4TBbiC-vvcIKkEUI5kMSwY8plRTd8ly3KHwI2Y3LfCeg6p-Kky",
            "jCNB5znG110NLrhlMkMOzQ",
        ),
    },
];
