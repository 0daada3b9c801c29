//! How the program is linked.
//!
//! A program of this size whose place in memory is chosen at its start has some 60,000 addresses to
//! put right before its first instruction, which touches 300 pages: 0.6 ms of the 2 ms that
//! `--help` takes, and a fifth of a search. On Linux with glibc it is therefore linked to a fixed
//! place. The heap, the stack and the libraries stay where chance puts them. Who builds packages
//! under the rule that every program be relocatable sets `PULLQUOTE_RELOCATABLE=1`.

//!
//! The part of gcc's library that unwinds the stack is put into the program: to load it from a
//! library of its own takes a tenth of a millisecond. Where there is no such archive, it is loaded.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PULLQUOTE_RELOCATABLE");
    let is = |variable: &str, value: &str| env::var(variable).is_ok_and(|it| it == value);
    let on_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    if !on_glibc || !is("PROFILE", "release") {
        return;
    }
    if !is("PULLQUOTE_RELOCATABLE", "1") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    if let Some(folder) = folder_of_archive("libgcc_eh.a") {
        println!("cargo::rustc-link-search=native={folder}");
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}

/// The folder in which the compiler of this machine has an archive, where it builds for itself.
fn folder_of_archive(name: &str) -> Option<String> {
    if env::var("HOST").ok() != env::var("TARGET").ok() {
        return None;
    }
    let told = Command::new("cc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(told.stdout).ok()?;
    let folder = Path::new(path.trim()).parent()?;
    folder.is_absolute().then(|| folder.display().to_string())
}
