//! What a place or an address names: the same passage, however it was written, whatever else comes
//! and goes.

use std::{fs, path::Path};

use super::program::{command, corpus, indexed, json_hits, run};

#[test]
fn an_address_names_the_same_passage_when_other_documents_come_and_go() {
    let place = indexed(&corpus());
    let hits =
        |place: &Path| json_hits(place, &["search", "-n", "100", "--", "-zebra", "path:room.vtt"]);
    let before = hits(place.path());
    assert!(before.len() > 20);
    fs::remove_file(place.path().join("corpus/cutting-a-documentary.srt")).unwrap();
    fs::write(place.path().join("corpus/a.txt"), "Host: Something new.\n").unwrap();
    run(place.path(), &["index", "--quiet"]);
    for hit in &before {
        let address = hit["address"].as_str().unwrap();
        let shown = json_hits(place.path(), &["show", address, "-C0"]);
        assert_eq!(shown.len(), 1);
        for field in ["address", "passage", "text", "place", "source", "speaker"] {
            assert_eq!(shown[0][field], hit[field], "{address}");
        }
    }
}

#[test]
fn the_place_of_every_hit_can_be_shown_as_each_format_writes_it() {
    let place = indexed(&corpus());
    let hits = json_hits(place.path(), &["search", "tape OR sound", "-n", "50"]);
    let text = run(place.path(), &["search", "tape OR sound", "-n", "50"]);
    let vimgrep =
        run(place.path(), &["search", "tape OR sound", "-n", "50", "--format", "vimgrep"]);
    assert!(hits.len() > 20);
    for hit in &hits {
        let address = hit["address"].as_str().unwrap();
        let (path, spot) = address.split_once('#').unwrap();
        let line = &hit["matches"][0]["place"]["line"];
        let written = format!("{path}:{line}#{spot}");
        assert!(text.contains(&written), "{written}");
        assert_eq!(json_hits(place.path(), &["show", &written])[0]["address"], hit["address"]);
        let column = &hit["matches"][0]["place"]["column"];
        let found = format!("{path}:{line}:{column}");
        assert!(vimgrep.contains(&found), "{found}");
        assert_eq!(json_hits(place.path(), &["show", &found])[0]["address"], hit["address"]);
    }
}

/// Other systems have no such names.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_utf_8_is_given_back_byte_for_byte() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let place = indexed(&[("corpus/plain.md", "The tern rests.\n")]);
    let name = b"corpus/caf\xe9.md";
    fs::write(place.path().join(OsStr::from_bytes(name)), "The gull walks.\n").unwrap();
    run(place.path(), &["index", "--quiet"]);
    let written = |arguments: &[&OsStr]| {
        let output = command(place.path(), arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let typed =
        |line: &str| -> Vec<u8> { written(&line.split(' ').map(OsStr::new).collect::<Vec<_>>()) };
    assert_eq!(typed("search gull --files"), [name, &b"\n"[..]].concat());
    assert_eq!(typed("search gull --files -0"), [name, &b"\0"[..]].concat());
    let matched = typed("search gull --format vimgrep");
    assert_eq!(matched, [name, &b":1:5:The gull walks.\n"[..]].concat());
    let place_of = |spot: &[u8]| [name, spot].concat();
    for spot in [&b"#p=1"[..], b":1", b""] {
        let spot = place_of(spot);
        let arguments = ["show", "--format", "vimgrep"].map(OsStr::new);
        let shown = written(&[&arguments[..], &[OsStr::from_bytes(&spot)]].concat());
        assert_eq!(shown, [name, &b":1:1:The gull walks.\n"[..]].concat());
    }
    let json = json_hits(place.path(), &["search", "gull"]);
    let address = json[0]["address"].as_str().unwrap().to_owned();
    assert_eq!(json_hits(place.path(), &["show", &address])[0]["address"], address.as_str());
    let linked = typed("search gull --hyperlink always");
    assert!(String::from_utf8(linked).unwrap().contains("/corpus/caf%E9.md#1"));
}
