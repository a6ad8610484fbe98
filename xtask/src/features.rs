//! The checks of features, dependencies and the WebAssembly target.

use crate::Result;
use crate::shell::{cargo, output, step};

/// The combinations of features that must compile without a warning.
const LIBRARIES: [(&str, &[&str]); 7] = [
    ("clerk-core", &["", "stream", "tracing", "webhooks"]),
    (
        "clerk-auth",
        &["", "ring", "pure", "pure,ring", "tower", "axum,pure"],
    ),
    (
        "clerk-client",
        &[
            "",
            "auth",
            "auth-pure",
            "auth-tower",
            "auth-axum",
            "auth-pure,mock",
            "hyper-tokio",
            "hyper-smol",
            "reqwest",
            "reqwest-client",
            "reqwest-native-tls",
            "surf,static-ssl",
            "mock",
            "mock-server",
            "contract",
            "proxy",
            "stream",
            "tracing",
            "webhooks",
            "hyper-tokio,hyper-smol",
            "hyper-tokio,native-roots,platform-verifier,aws-lc-rs",
            "native-roots,platform-verifier,aws-lc-rs",
        ],
    ),
    (
        "clerk-mock",
        &[
            "",
            "mockall",
            "fake",
            "auth",
            "contract",
            "bcrypt",
            "bcrypt,fake",
            "webhooks",
            "server",
        ],
    ),
    ("clerk-reqwest", &["", "http2", "rustls", "native-tls"]),
    // Without this feature, OpenSSL's headers are required.
    ("clerk-surf", &["static-ssl"]),
    (
        "clerk-hyper",
        &[
            "",
            "tokio",
            "smol",
            "http2",
            "gzip",
            "proxy",
            "ring",
            "aws-lc-rs",
            "webpki-roots",
            "native-roots",
            "platform-verifier",
            "tokio,smol",
            "tokio,gzip",
            "smol,http2",
            "tokio,proxy",
        ],
    ),
];

/// The sets of features with which `clerk-hyper/tests/features.rs` runs. This test builds a
/// transport, or expects an error that names the missing feature.
const TRANSPORTS: [&str; 7] = [
    "tokio",
    "smol",
    "tokio,ring",
    "tokio,webpki-roots",
    "tokio,aws-lc-rs,native-roots",
    "smol,ring,platform-verifier",
    "tokio,smol,ring,aws-lc-rs,webpki-roots,native-roots,platform-verifier",
];

/// Checks dependencies, features, and the build for WebAssembly.
pub(crate) fn check() -> Result {
    step("clerk-core has no runtime, no TLS and no HTTP client");
    let runtimes = [
        "tokio",
        "smol",
        "async-",
        "futures-executor",
        "futures-timer",
        "hyper",
        "h2",
        "rustls",
        "ring",
        "aws-lc",
        "native-tls",
        "openssl",
        "reqwest",
        "surf",
        "curl",
        "ureq",
    ];
    forbid_crates(&runtimes, &["--package", "clerk-core", "--all-features"])?;

    step("only the feature surf brings surf");
    let surfs = ["surf", "curl", "http-types", "async-std", "openssl"];
    for features in [
        "auth,auth-pure,hyper-tokio,hyper-smol,mock-server,contract,proxy,stream,tracing,webhooks",
        "",
    ] {
        let features = ["--no-default-features", "--features", features];
        forbid_crates(
            &surfs,
            &[&["--package", "clerk-client"], &features[..]].concat(),
        )?;
    }

    step("only the features reqwest and reqwest-client bring reqwest");
    for features in [
        "auth,auth-pure,hyper-tokio,hyper-smol,mock-server,contract,proxy,stream,tracing,webhooks,surf",
        "",
    ] {
        let features = ["--no-default-features", "--features", features];
        forbid_crates(
            &["reqwest", "aws-lc", "native-tls"],
            &[&["--package", "clerk-client"], &features[..]].concat(),
        )?;
    }

    step("features alone and combined");
    for (package, all) in LIBRARIES {
        for features in all {
            let features = format!("--no-default-features --features={features}");
            cargo(&format!(
                "clippy --quiet --package {package} --lib {features} --locked -- -D warnings"
            ))?;
        }
    }
    for features in TRANSPORTS {
        println!("clerk-hyper with {features}");
        let features = format!("--no-default-features --features={features}");
        cargo(&format!(
            "test --quiet --package clerk-hyper {features} --locked --test features"
        ))?;
    }

    println!("clerk-reqwest without TLS");
    cargo(
        "test --quiet --package clerk-reqwest --no-default-features --locked --test without_tls",
    )?;

    step("clerk-core, clerk-mock and clerk-client build for wasm32-unknown-unknown");
    let installed = output("rustup", &["target", "list", "--installed"])?;
    let target = "wasm32-unknown-unknown";
    if !installed.lines().any(|installed| installed == target) {
        output("rustup", &["target", "add", target])?;
    }
    let features = "clerk-core/stream,clerk-core/tracing,clerk-core/webhooks";
    cargo(&format!(
        "build --package clerk-core --package clerk-mock --features {features} --target {target} --locked"
    ))?;
    let features = "--no-default-features --features auth-pure,mock,stream,tracing,webhooks";
    cargo(&format!(
        "build --package clerk-client {features} --target {target} --locked"
    ))
}

/// Returns an error if a dependency tree has a crate whose name starts with one of `prefixes`.
fn forbid_crates(prefixes: &[&str], package: &[&str]) -> Result {
    let tree = [
        "tree", "--edges", "normal", "--target", "all", "--prefix", "none", "--locked",
    ];
    let tree = output(env!("CARGO"), &[&tree[..], package].concat())?;
    let crates = tree
        .lines()
        .filter(|line| !line.starts_with("async-trait "));
    let found: Vec<&str> = crates
        .filter(|line| prefixes.iter().any(|prefix| line.starts_with(prefix)))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(format!(
        "forbidden dependencies of {}:\n{}",
        package.join(" "),
        found.join("\n")
    ))
}
