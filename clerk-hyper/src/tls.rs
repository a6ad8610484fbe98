//! The configuration of rustls.

use std::fmt;
use std::sync::Arc;

use clerk_core::Error;
use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};

/// The trusted root certificates. Certificates that are added to the builder are trusted, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roots {
    /// Mozilla's root certificates, compiled in.
    #[cfg(feature = "webpki-roots")]
    Webpki,
    /// The root certificates of the operating system, read when the transport is built.
    #[cfg(feature = "native-roots")]
    Native,
    /// Verification of certificates by the operating system. On Linux, where the system has no
    /// verifier, its root certificates are used.
    #[cfg(feature = "platform-verifier")]
    Platform,
    /// No root certificates except those that are added to the builder.
    None,
}

impl Roots {
    /// Returns the first variant whose feature is enabled. Returns [`Option::None`] if no feature
    /// for root certificates is enabled.
    fn built_in() -> Option<Self> {
        let built_in = [
            #[cfg(feature = "webpki-roots")]
            Self::Webpki,
            #[cfg(feature = "native-roots")]
            Self::Native,
            #[cfg(feature = "platform-verifier")]
            Self::Platform,
            Self::None,
        ];
        built_in.into_iter().find(|roots| *roots != Self::None)
    }
}

/// The beginning of each part of a PEM file.
const BEGIN: &[u8] = b"-----BEGIN";

/// The TLS settings of a builder.
#[derive(Clone, Default)]
pub(crate) struct Tls {
    pub(crate) config: Option<ClientConfig>,
    pub(crate) provider: Option<Arc<CryptoProvider>>,
    pub(crate) roots: Option<Roots>,
    /// Added root certificates, each in DER form or as a PEM file.
    pub(crate) extra: Vec<Vec<u8>>,
}

impl Tls {
    /// Creates the configuration.
    ///
    /// # Errors
    ///
    /// Returns an error if cryptography or roots are missing, or if a certificate is invalid.
    pub(crate) fn config(self) -> Result<ClientConfig, Error> {
        let mut config = match self.config {
            Some(config) => config,
            None => build(self.provider, self.roots, certificates(self.extra)?)?,
        };
        if config.alpn_protocols.is_empty() {
            let offered: [&[u8]; if cfg!(feature = "http2") { 2 } else { 1 }] = [
                #[cfg(feature = "http2")]
                b"h2",
                b"http/1.1",
            ];
            config.alpn_protocols = offered.map(<[u8]>::to_vec).into();
        }
        Ok(config)
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("config", &self.config.is_some())
            .field("roots", &self.roots)
            .field("extra", &self.extra.len())
            .finish_non_exhaustive()
    }
}

/// Returns the certificates of the added files.
fn certificates(files: Vec<Vec<u8>>) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut certificates = Vec::new();
    for file in files {
        if !file.windows(BEGIN.len()).any(|window| window == BEGIN) {
            certificates.push(CertificateDer::from(file));
            continue;
        }
        let before = certificates.len();
        for certificate in CertificateDer::pem_slice_iter(&file) {
            certificates.push(certificate.map_err(|error| {
                let reason = pem_reason(&error);
                Error::configuration(format!("invalid root certificate in PEM form: {reason}"))
            })?);
        }
        if certificates.len() == before {
            return Err(Error::configuration(
                "invalid root certificate in PEM form: the file contains no certificate; a \
                 certificate starts with -----BEGIN CERTIFICATE-----",
            ));
        }
    }
    Ok(certificates)
}

/// Describes an error in a PEM file. rustls's own message shows a malformed line as an array of
/// bytes, so this function shows it as text.
fn pem_reason(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { .. } => {
            "a section has no end; -----END CERTIFICATE----- must be on a line of its own"
                .to_owned()
        }
        pem::Error::IllegalSectionStart { line } => {
            format!("the line {:?} is malformed", String::from_utf8_lossy(line))
        }
        error => error.to_string(),
    }
}

fn build(
    provider: Option<Arc<CryptoProvider>>,
    roots: Option<Roots>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ClientConfig, Error> {
    // The default provider of the process is not used. If the program enables no provider or
    // several, rustls cannot determine the default provider, and panics.
    let provider = provider.or_else(built_in_provider).ok_or_else(|| {
        Error::configuration(
            "clerk-hyper was built without TLS cryptography; enable its feature `ring` or `aws-lc-rs`",
        )
    })?;
    let roots = match roots.or_else(Roots::built_in) {
        Some(roots) => roots,
        None if !extra.is_empty() => Roots::None,
        None => {
            return Err(Error::configuration(
                "clerk-hyper was built without root certificates; enable its feature `webpki-roots`, `native-roots` or `platform-verifier`",
            ));
        }
    };
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::configuration(format!("unsupported TLS versions: {error}")))?;
    let builder = match roots {
        #[cfg(feature = "webpki-roots")]
        Roots::Webpki => with_roots(
            builder,
            webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
            extra,
        )?,
        #[cfg(feature = "native-roots")]
        Roots::Native => with_roots(builder, native_roots()?, extra)?,
        #[cfg(feature = "platform-verifier")]
        Roots::Platform => with_platform(builder, provider, extra)?,
        Roots::None => with_roots(builder, RootCertStore::empty(), extra)?,
    };
    Ok(builder.with_no_client_auth())
}

#[allow(unreachable_code, clippy::needless_return)]
fn built_in_provider() -> Option<Arc<CryptoProvider>> {
    #[cfg(feature = "ring")]
    return Some(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(feature = "aws-lc-rs")]
    return Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    None
}

fn with_roots(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    mut roots: RootCertStore,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
    add(&mut roots, extra)?;
    Ok(builder.with_root_certificates(roots))
}

/// Adds certificates to `roots`.
///
/// # Errors
///
/// Returns an error if a certificate is invalid.
fn add(roots: &mut RootCertStore, extra: Vec<CertificateDer<'static>>) -> Result<(), Error> {
    for certificate in extra {
        roots.add(certificate).map_err(|error| {
            Error::configuration(format!(
                "invalid root certificate: {error}; pass a certificate in DER form, or a PEM \
                 file of certificates"
            ))
        })?;
    }
    Ok(())
}

#[cfg(feature = "native-roots")]
fn native_roots() -> Result<RootCertStore, Error> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Some systems have certificates that rustls cannot parse. They are skipped.
    let (added, _) = roots.add_parsable_certificates(found.certs);
    if added > 0 {
        return Ok(roots);
    }
    let cause = found.errors.first().map(|error| format!(": {error}"));
    Err(Error::configuration(format!(
        "cannot load the operating system's root certificates{}",
        cause.unwrap_or_default()
    )))
}

#[cfg(feature = "platform-verifier")]
fn with_platform(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    provider: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
    use rustls_platform_verifier::Verifier;

    let verifier = match Verifier::new_with_extra_roots(extra.clone(), provider) {
        Ok(verifier) => verifier,
        Err(error) => {
            // The error does not say whether an added certificate is the cause, so these
            // certificates are checked here.
            add(&mut RootCertStore::empty(), extra)?;
            return Err(Error::configuration(format!(
                "cannot create the operating system's certificate verifier: {error}"
            )));
        }
    };
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier)))
}
