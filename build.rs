//! How the program is linked.
//!
//! A program of this size whose place in memory is chosen at its start has some 60,000 addresses to
//! put right before its first instruction, which touches 300 pages: 0.6 ms of the 2 ms that
//! `--help` takes, and a fifth of a search. On Linux with glibc it is therefore linked to a fixed
//! place. The heap, the stack and the libraries stay where chance puts them. Who builds packages
//! under the rule that every program be relocatable sets `PULLQUOTE_RELOCATABLE=1`.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PULLQUOTE_RELOCATABLE");
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|it| it == value);
    let on_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let is_asked_for = is("PULLQUOTE_RELOCATABLE", "1");
    if on_glibc && is("PROFILE", "release") && !is_asked_for {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
