//! The root certificates of the surf transport.

use std::env;
use std::fs;
use std::process::Command;

use clerk_client::transport::TransportErrorKind;
use clerk_client::{ErrorKind, SurfTransport};

use super::{get, send};
use crate::support::tls_server::{Authority, TlsServer};

/// The variable that tells the child process which URL to request.
const URL: &str = "CLERK_TEST_URL";

/// The variable that tells the child process which certificates to trust.
const ROOTS: &str = "CLERK_TEST_ROOTS";

/// The name under which OpenSSL looks for the certificate of `CN=ours` in a folder. It is a hash of
/// the subject.
const OURS: &str = "71fc071b.0";

/// The test runs in a child process, because the curl crate reads the environment once.
#[test]
fn root_certificates_replace_those_of_the_system() {
    const INNER: &str = "transports::surf::roots::child_process_trusts_only_the_given_roots";
    let (ours, theirs) = (Authority::new("ours"), Authority::new("theirs"));
    let server = TlsServer::start(&ours, "localhost", 2200, &[]);
    let system = tempfile::tempdir().unwrap();
    fs::write(system.path().join(OURS), ours.0.pem()).unwrap();
    let roots = tempfile::NamedTempFile::new().unwrap();
    fs::write(&roots, theirs.0.pem()).unwrap();
    let mut child = Command::new(env::current_exe().unwrap());
    let child = child
        .args([INNER, "--exact", "--nocapture"])
        .env(URL, &server.url)
        .env(ROOTS, roots.path())
        .env("SSL_CERT_DIR", system.path());
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{failed}"
    );
}

#[test]
fn child_process_trusts_only_the_given_roots() {
    let (Ok(url), Some(roots)) = (env::var(URL), env::var_os(ROOTS)) else {
        return;
    };
    // By default, the transport uses the system's certificates. In this process, they include the
    // root certificate of the server.
    let transport = SurfTransport::new().unwrap();
    assert_eq!(send(&transport, get(&url)).unwrap().status(), 200);
    let builder = SurfTransport::builder().root_certificates(roots);
    let error = send(&builder.build().unwrap(), get(&url)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
}

#[test]
fn a_file_without_root_certificates_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = folder.path().join("certificate.der");
    fs::write(&certificate, Authority::new("ours").der()).unwrap();
    for (path, reason) in [
        (folder.path().join("missing.pem"), "cannot read"),
        (folder.path().to_owned(), "cannot read"),
        (certificate, "contains no certificate in PEM form"),
    ] {
        let built = SurfTransport::builder().root_certificates(path).build();
        let error = built.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(reason), "{error}");
    }
}
