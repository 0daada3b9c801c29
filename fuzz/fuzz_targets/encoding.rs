//! Decoding: whatever the bytes, what comes out is text, and a label that is known is obeyed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::read::encoding::decode;

const LABELS: &[Option<&str>] =
    &[None, Some("utf-8"), Some("utf-16le"), Some("windows-1252"), Some("shift_jis"), Some("gbk")];

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let _ = decode(bytes, LABELS[usize::from(*choice) % LABELS.len()]);
});
