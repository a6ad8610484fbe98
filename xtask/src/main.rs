//! The project's commands: see CONTRIBUTING.md. `.ci/run` runs most of them.

mod api;
mod corpus;
mod features;
mod links;
mod prose;
mod rust_version;
mod shell;

use std::process::ExitCode;

use crate::shell::{cargo, step, tool};

const HELP: &str = "\
cargo xtask lint                check the formatting and the rust-version, and run clippy
cargo xtask test                run the quickstart, and the tests that need no key and no network
cargo xtask doc                 build the documentation; check its links and those in Markdown files
cargo xtask features            check features alone and combined, dependencies, and wasm
cargo xtask package [--bless]   publish the crates without an upload; check their public API;
                                --bless accepts the current API
cargo xtask operations [--bless]
                                check that docs/operations.md is up to date; --bless writes it
cargo xtask deny                check licences and sources; installs cargo-deny below target/
cargo xtask corpus unpack|pack  unpack or pack the corpora of the fuzzers: see fuzz/README.md
cargo xtask prose [--list]      count summaries that start with What, Who, When …; --list shows them";

/// The other workspaces of the repository.
const OTHER_WORKSPACES: [&str; 7] = [
    "benches/peers",
    "examples/clerk-rs-port",
    "examples/fetch-transport",
    "examples/frameworks",
    "examples/opentelemetry",
    "fuzz",
    "tests/sdks/clerk-rs",
];

/// The result of a command. The error is a message for the terminal.
type Result<T = (), E = String> = std::result::Result<T, E>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = shell::enter_root().and_then(|()| match arguments[..] {
        ["lint"] => lint(),
        ["test"] => test(),
        ["doc"] => doc(),
        ["features"] => features::check(),
        ["package"] => package(false),
        ["package", "--bless"] => package(true),
        ["operations"] => operations(false),
        ["operations", "--bless"] => operations(true),
        ["deny"] => deny(),
        ["corpus", "unpack"] => corpus::unpack(),
        ["corpus", "pack"] => corpus::pack(),
        ["prose"] => prose::run(false),
        ["prose", "--list"] => prose::run(true),
        _ => Err(HELP.to_owned()),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn lint() -> Result {
    step("formatting");
    cargo("fmt --all --check")?;
    for workspace in OTHER_WORKSPACES {
        cargo(&format!(
            "fmt --all --check --manifest-path {workspace}/Cargo.toml"
        ))?;
    }
    rust_version::check()?;
    step("lints");
    cargo("clippy --workspace --all-features --all-targets --locked -- -D warnings")
}

fn test() -> Result {
    step("the README's commands");
    cargo("run --quiet --locked --example quickstart")?;
    cargo("test --workspace --all-features --locked")
}

fn doc() -> Result {
    step("documentation");
    // rustdoc links only to crates that are already documented, but Cargo documents crates in
    // parallel. So the crates that link to others are documented again, after the crates to which
    // they link.
    for outdated in [
        &["."][..],
        &[
            "clerk_auth",
            "clerk_hyper",
            "clerk_mock",
            "clerk_reqwest",
            "clerk_surf",
        ],
        &["clerk_client"],
    ] {
        for name in outdated {
            let _ = std::fs::remove_dir_all(shell::doc_folder().join(name));
        }
        let arguments = "doc --quiet --workspace --all-features --no-deps --locked";
        shell::cargo_with(&[("RUSTDOCFLAGS", "-D warnings")], arguments)?;
    }
    step("links");
    links::check()
}

fn package(bless: bool) -> Result {
    step("packages");
    // `--all-features` includes static-ssl, so OpenSSL need not be installed. A packaged crate
    // lacks the profile of the workspace, so the `--config` options repeat this profile. With
    // another profile, all dependencies would be compiled again.
    cargo(
        "publish --dry-run --locked --allow-dirty --all-features \
         --config profile.dev.debug=\"line-tables-only\" --config profile.dev.package.\"*\".debug=false \
         --package clerk-core --package clerk-auth --package clerk-hyper --package clerk-mock \
         --package clerk-reqwest --package clerk-surf --package clerk-client",
    )?;
    step("public API");
    api::check(bless)
}

/// Checks docs/operations.md, or writes it if `bless` is set. `cargo xtask test` runs the same
/// test.
fn operations(bless: bool) -> Result {
    step("docs/operations.md");
    let bless = if bless { "1" } else { "0" };
    // `cargo xtask test` uses the same features, so nothing is compiled twice.
    let arguments = "test --quiet --workspace --all-features --locked --test it \
                     operations::docs_operations_md";
    shell::cargo_with(&[("CLERK_BLESS", bless)], arguments)
}

/// Checks the rules of deny.toml, except the advisories.
///
/// Advisories need the network, so they are checked by `cargo deny --workspace check advisories`.
fn deny() -> Result {
    step("licences and sources");
    let deny = tool("cargo-deny", "0.20.2")?;
    shell::run(&deny, "--workspace check bans licenses sources")
}
