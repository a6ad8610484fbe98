//! Writes the JavaScript bindings of a WebAssembly module, for any runtime: `bindgen MODULE
//! FOLDER`.
//!
//! The lock file gives this program the same version of wasm-bindgen as the module. You can also
//! use the program `wasm-bindgen` of `wasm-bindgen-cli`, if it has exactly this version.

use std::env::args;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let (Some(module), Some(folder)) = (args().nth(1), args().nth(2)) else {
        return Err("usage: bindgen MODULE FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).web(true)?.typescript(false);
    Ok(bindgen.generate(folder)?)
}
