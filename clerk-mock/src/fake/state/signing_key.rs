//! The keys with which an instance signs tokens.

/// An RSA key of 2048 bits with the exponent 65537. Its numbers are in base64url.
pub(crate) struct SigningKey {
    /// The modulus.
    pub(crate) n: &'static str,
    /// The first prime factor.
    #[cfg(feature = "auth")]
    pub(crate) p: &'static str,
    /// The second prime factor.
    #[cfg(feature = "auth")]
    pub(crate) q: &'static str,
    /// The exponent for the first factor.
    #[cfg(feature = "auth")]
    pub(crate) dp: &'static str,
    /// The exponent for the second factor.
    #[cfg(feature = "auth")]
    pub(crate) dq: &'static str,
    /// The inverse of the second factor, modulo the first factor.
    #[cfg(feature = "auth")]
    pub(crate) qi: &'static str,
}

/// The counters that determine the signing key of an instance.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CurrentKey {
    /// The number of times that the key was replaced.
    pub(crate) rotations: u64,
    /// The number of times that the key was replaced by a key with another id.
    pub(crate) names: u64,
}

/// The public exponent of every key, in base64url.
pub(crate) const EXPONENT: &str = "AQAB";

/// The id of the first key. As in Clerk, it is the id of the instance.
pub(crate) const KEY_ID: &str = "ins_fake";

/// The keys. They are public, and the same on every run.
pub(crate) const KEYS: [SigningKey; 2] = [
    SigningKey {
        n: concat!(
            "oqmSiBgUgP7vR-pffhRRI5WB8ZYOo2FQcOMdwQ7HxYcXsnS5SLd9-4llRfNlC8eiUZf3wAwzPgTqhAyn",
            "kaNneeFtJwGyX_5K4y_0bJk9c8O9vHsynFK0aWkHwnK4iuLq-11BB91QtXFTbhuDg8631Hva2l_tnJC5",
            "rRJFi81amJh4e_7yBRt688QptZ3cn6eNB6ZsEGQzqX5tIRpY30VHJZDE8k0QSBQvh5UblWiMKsf6wnGk",
            "eHeRUv4lOQA-Gp4L1F8NqNTWsdjetNxF8TG4bpR98SqqRE9tRKOi7oc9KJYgLHm83w6a8nNGZalYVuUu",
            "uKDxM7Kihw-rAjo8pSCHoQ",
        ),
        #[cfg(feature = "auth")]
        p: concat!(
            "zRcYW9lwNSE3zJbDuzW403OhBD9_LMdNCdgcEIacMaAhZqyJQ1klms91R3cDhwgG_0RVkoIata-gwJRl",
            "W0QpCr-H2sAXVu1Vk6WdJq8d7QnUW_Mk_XZXhxu9O1gN8J86_PpD4siFOfCRCasPk0omQnampeSQzocS",
            "887-zplPmxE",
        ),
        #[cfg(feature = "auth")]
        q: concat!(
            "ywpPB7dkf91UzU7xIVgyNQCba2lRPmHeLZDtEf8UyPaYyiHlASoB3trZtANtkQ9kbn3tzt3kuk90lUXy",
            "WE4_mCPtFvupqd-rsm_EnReDdYOSMhT_5oxWwyUPQredR4PWmUJ3QgV6knZrvcMJ7uWV_ZemCTlsFaDR",
            "3Oj2DAewg5E",
        ),
        #[cfg(feature = "auth")]
        dp: concat!(
            "cmT-bkUDZG8p25EAjgyyEie92Uu9mPF11BbZ2JHsz3VdDBMS4SD5a7dp2DnXGttsY7fu7zBoy4yx4pkj",
            "S9vh9J_OnEJnAlKRWDCZTnmA_LVt4PfnWwVGXxMm4tIDvIJkebTyZq2oOiAoFjd3EZXbb1kVLRUnfDs1",
            "ZA7Ca-Rx1bE",
        ),
        #[cfg(feature = "auth")]
        dq: concat!(
            "G7APMOUwXkNncgvm0_478oBfsVkOTCx6aMpPmdmoEvOVyFKw8OSylppPf73L7jEkJ_EiQch-jW2SX1zH",
            "fIVHJM8ZYL322AR5XH7jV-zB739-qzez4dOXbUsbdqSlXQA8fm_S5XzrxxdBAAKd0ycZuhg4-x8KfzSM",
            "Ccz26JMP3hE",
        ),
        #[cfg(feature = "auth")]
        qi: concat!(
            "gVKGFeQfNXyl9mXt4d4vdwZ2D4z-pmYMoT4C7BbgrUmwOGtgeeehEp_xP3s6ghqw71xrWkhS6xuDN8Ld",
            "kcFQElsBwdNQQ6goFil_PuWCelqsVRE7AVCEiR86M3PPJXYObinBOh18_kFVtpGqBgnrBQV-WYP8Onxp",
            "AQ8sspq3nF0",
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
        #[cfg(feature = "auth")]
        p: concat!(
            "_T115raAurXSecnbY-y553iv-eACHtxX4CthBIZnf3GP4TDfJVGy_FTY4fu6CYb8m1uNc14SYFWYtGzi",
            "b1zYYwRjB-RlkXCBklRMfoX40T3srpv2qrC46xiuLErYh5um3zANKvYK0J1cSypuZz7aUng3SYtSEH3Q",
            "zaP8vc3OMJU",
        ),
        #[cfg(feature = "auth")]
        q: concat!(
            "5lN8IpSahFbEi4dOkro44fLGYLo7BcQFejOPFrw1mpDIaB63Xrlu8QWnzULi9OR6IXrKvBJpXvF6BZdK",
            "Y5xoE_v5NgUj7RFlMLv2rLc3-JyCP4lMyw7-oUYcUxP8-J-scyp5h02KnSfAu6m44VhPWcDZNPkFUq0L",
            "p57SbbPBv1k",
        ),
        #[cfg(feature = "auth")]
        dp: concat!(
            "e20nN8mfuGDCMwXFXlCU01KpQnqBzhTK58F8yb3QV_c7jyBIwmGtgPrBsnMEW3xlRjs7GA2zmyxc_yNK",
            "wchY1vneYoxZTKevH2ji14_ok-NApmHxuYPkvQEMcx4PpxigHovG_zdoUgFAaIpHwR6LPkLFf5zd5JfN",
            "20yf9MqIQnk",
        ),
        #[cfg(feature = "auth")]
        dq: concat!(
            "bl4a4ccrs7aQP_v6Xrz1fPAEt10F42Fm7oO-UTqmxQYTwjDV1YIt8ziui-E9N_Qzwc9BTpXUADbeLcet",
            "UcYk6U6YwJX9_R-UyaGINoMlQvBcSW3Vaogo48bg076EPe7lh9oWmgtCHMRryoEtom3auDt82bFqJ4_c",
            "QdoNI5w7fyE",
        ),
        #[cfg(feature = "auth")]
        qi: concat!(
            "TggiRxz30diw_c-gXXy3B7Mqf2iasDEqOSHANDDyP5BEAjg8pwpCKTUFLBQFTq-n-FdHldYEuCO1k_7z",
            "0z5fo0z-Ulmr2oO4M0_TwZiUEJFW5Facaba6qpwF18e-NK8CTFV0pWOQZEQNj2XdUxj2rRLWhh9Eb0Du",
            "1yCYWHBH930",
        ),
    },
];

impl CurrentKey {
    /// Returns the key that signs tokens.
    pub(crate) fn key(self) -> &'static SigningKey {
        let [first, second] = &KEYS;
        if self.rotations.is_multiple_of(2) {
            first
        } else {
            second
        }
    }

    /// Returns the id of the key that signs tokens.
    pub(crate) fn id(self) -> String {
        match self.names {
            0 => KEY_ID.to_owned(),
            names => format!("{KEY_ID}_{names}"),
        }
    }

    /// Returns the counters after the key was replaced. If `renamed` is true, the new key has a new
    /// id.
    #[cfg(feature = "auth")]
    pub(crate) fn rotated(self, renamed: bool) -> Self {
        // The data of a seed can set the counters to any number, so the additions wrap.
        Self {
            rotations: self.rotations.wrapping_add(1),
            names: self.names.wrapping_add(u64::from(renamed)),
        }
    }
}
