//! Runs the examples of the Markdown pages as tests. Each page is the documentation of a module.

#[cfg(doctest)]
macro_rules! pages {
    ($($name:ident = $file:literal,)+) => {
        $(
            #[doc = include_str!($file)]
            mod $name {}
        )+
    };
}

#[cfg(doctest)]
pages! {
    readme = "../../README.md",
    changelog = "../../CHANGELOG.md",
    contributing = "../../CONTRIBUTING.md",
    security = "../../SECURITY.md",
    architecture = "../../docs/internals/architecture.md",
    blocking = "../../docs/guide/blocking.md",
    browser_pages = "../../docs/guide/browser-pages.md",
    comparison = "../../docs/guide/comparison.md",
    cookbook = "../../docs/guide/cookbook.md",
    design = "../../docs/internals/design.md",
    forms = "../../docs/guide/forms.md",
    guide = "../../docs/guide/README.md",
    migrating = "../../docs/guide/migrating.md",
    operations = "../../docs/operations.md",
    performance = "../../docs/internals/performance.md",
    proxy = "../../docs/guide/proxy.md",
    robustness = "../../docs/internals/robustness.md",
    runtimes = "../../docs/guide/runtimes.md",
    served_fake = "../../docs/guide/served-fake.md",
    sessions = "../../docs/guide/sessions.md",
    several_runtimes = "../../docs/guide/several-runtimes.md",
    testing = "../../docs/guide/testing.md",
    tracing = "../../docs/guide/tracing.md",
    transports = "../../docs/guide/transports.md",
    troubleshooting = "../../docs/guide/troubleshooting.md",
    wasm = "../../docs/guide/wasm.md",
    webhooks = "../../docs/guide/webhooks.md",
}
