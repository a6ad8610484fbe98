//! The cost of features in an application that does not use them.

use crate::measure::Peer;
use crate::table::grouped;

/// Sets of features. Each entry has a name for the table, and the feature of the package
/// `peer-clerk-client` that enables the set in addition to the default features.
const FEATURES: [(&str, &str); 4] = [
    ("default", ""),
    ("`auth`", "auth"),
    ("`auth-axum`", "auth-axum"),
    ("all but `surf`", "everything"),
];

/// Measures builds of the application, and writes their table.
pub(crate) fn report() {
    let application = Peer::build("peer-clerk-client");
    let mut table = String::from(
        "| features | crates | CPU seconds, debug | CPU seconds, release | bytes of the stripped binary |\n|---|---|---|---|---|\n",
    );
    for (name, features) in FEATURES {
        let crates = application.crates_with(features);
        let (debug, _) = application.cold_build("debug", features);
        let (release, bytes) = application.cold_build("release", features);
        let bytes = grouped(bytes);
        let row = format!("| {name} | {crates} | {debug} | {release} | {bytes} |\n");
        print!("{row}");
        table += &row;
    }
    crate::write("features", &table);
}
