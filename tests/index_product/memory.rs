//! The memory of a run: whatever the corpus is, it takes no more than it may.

#![cfg(target_os = "linux")]

use std::{fs, io::Write, thread, time::Duration};

use crate::place::{Place, talk, told};

/// Runs the program and gives its exit code, what it said on both streams, and the most memory that it
/// took, in megabytes.
fn run(place: &Place, arguments: &[&str]) -> (Option<i32>, String, u64) {
    let mut child = place.command(arguments).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        // The mark of the highest water: what counts is the last that is read.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let kilobytes = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = kilobytes.and_then(|it| it.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        most = most.max(number.unwrap_or_default() * 1024 / 1_000_000);
        thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), told(&output), most)
}

#[test]
fn a_file_that_takes_too_much_memory_is_named_with_the_way_out_and_the_rest_is_indexed() {
    let place = Place::with_talks(3, 20);
    place.write("corpus/large.txt", &"So we kept the tape in the cellar. ".repeat(200_000));
    let (code, said, most) = run(&place, &["index", "--memory", "50"]);
    assert_eq!(code, Some(0), "{said}");
    let expected = "corpus/large.txt: has 7.0 MB, and reading it takes 44.0 MB, more than a file may \
                    take; `--memory 130` reads it, or split it\n";
    assert!(said.contains(expected) && said.contains("3 documents (3 added"), "{said}");
    assert!(most < 50, "{most} MB");
    let (code, said, most) = run(&place, &["index", "--memory", "130"]);
    assert!(code == Some(0) && said.contains("4 documents (1 added"), "{said}");
    assert!(most < 130, "{most} MB");
    // What is as it was need not be read.
    let (code, said, _) = run(&place, &["index", "--memory", "90", "--strict"]);
    assert!(code == Some(0) && said.contains("4 unchanged"), "{said}");
}

#[test]
fn many_large_files_at_once_take_no_more_than_one_may() {
    let place = Place::new();
    for at in 0..12 {
        place.write(&format!("corpus/talk-{at}.md"), &talk(at, 20_000));
    }
    let (code, said, most) = run(&place, &["index", "--memory", "200", "--threads", "2"]);
    assert!(code == Some(0) && said.contains("12 documents (12 added"), "{said}");
    assert!(most < 200, "{most} MB");
    place.must(&["doctor", "--corpus"]);
}

/// What a hostile file may be made of: its name, how it begins, and what comes again and again.
const HOSTILE: &[(&str, &str, &str)] = &[
    ("lines.txt", "", "a\n"),
    ("paragraphs.txt", "", "a\n\n"),
    ("turns.txt", "", "Ada: b\n\nBen: c\n\n"),
    ("marks.txt", "", "[0:1]a"),
    ("stars.md", "", "*a* "),
    ("items.md", "", "- a\n"),
    ("links.md", "", "[a](b)"),
    ("commands.tex", "", "\\a{b} "),
    ("cues.srt", "", "0:1 --> 0:2\na\n"),
    ("broken.srt", "", "0:1 -->\na\n"),
    ("colours.srt", "", "0:1 --> 0:2\n<font color=red>a</font>b\n"),
    ("words.vtt", "WEBVTT\n\n0:1 --> 0:2\n", "a<0:0:1.0>"),
    ("lines.lrc", "", "[0:1]a\n"),
    ("talk.cha", "@UTF8\n@Begin\n", "*AAA:\ta .\n*BBB:\tb .\n"),
    ("rows.csv", "", "a\n"),
    ("speakers.csv", "speaker,text\n", "a,b\nc,d\n"),
    ("cells.csv", "text\n", "a,b,c,d,e,f,g,h\n"),
    ("rows.jsonl", "", "{\"text\":\"a\"}\n"),
    ("numbers.json", "{\"segments\":[{\"start\":1,\"text\":\"a\"}],\"x\":[0", ",0"),
    ("objects.json", "{\"segments\":[{\"start\":1,\"text\":\"a\"}],\"x\":[0", ",{\"\":0}"),
    ("lists.json", "{\"segments\":[{\"start\":1,\"text\":\"a\"}],\"x\":[0", ",[0]"),
    ("paragraphs.html", "", "<p>a"),
    ("cells.html", "<table>", "<td>a"),
    ("entities.html", "", "a&lt;"),
    ("breaks.html", "", "a<br>"),
    ("attributes.html", "", "<p a b c d>e"),
    ("plain.tei.xml", "<TEI><text><body>", "<u who='a'>b</u>"),
    ("bold.rtf", "{\\rtf1 ", "{\\b a}"),
    ("paragraphs.rtf", "{\\rtf1 ", "a\\par "),
];

/// Has each of some hostile files read, of so many bytes, in a run that may take 100 MB.
fn keeps_to_its_memory(hostile: &[(&str, &str, &str)], bytes: usize) {
    for (name, head, unit) in hostile {
        let place = Place::with_talks(1, 5);
        let end = if name.ends_with("json") { "]}" } else { "" };
        let text = format!("{head}{}{end}", unit.repeat(bytes / unit.len()));
        place.write(&format!("corpus/{name}"), &text);
        let (code, said, most) = run(&place, &["index", "--memory", "100"]);
        assert_eq!(code, Some(0), "{name}: {said}");
        assert!(most < 100, "{name}: {most} MB\n{said}");
        eprintln!(
            "{name}: {most} MB {}",
            said.lines().find(|it| it.contains(" MB, ")).unwrap_or("")
        );
    }
}

#[test]
fn hostile_files_take_no_more_than_a_run_may() {
    let some = ["rows.csv", "objects.json", "paragraphs.html"];
    let hostile: Vec<_> = HOSTILE.iter().filter(|it| some.contains(&it.0)).copied().collect();
    keeps_to_its_memory(&hostile, 300_000);
    keeps_to_its_memory(&hostile, 60_000);
}

/// `cargo test --release --test index_product -- --ignored --nocapture hostile`
#[test]
#[ignore = "takes minutes"]
fn hostile_files_of_every_kind_and_size_take_no_more_than_a_run_may() {
    for bytes in [100_000, 400_000, 1_600_000, 6_400_000] {
        keeps_to_its_memory(HOSTILE, bytes);
    }
}

/// A file of so many bytes, of talks.
fn large(place: &Place, name: &str, bytes: usize) {
    let mut file = fs::File::create(place.path(name)).unwrap();
    let (mut written, mut seed) = (0, 0);
    while written < bytes {
        let text = talk(seed, 20_000);
        file.write_all(text.as_bytes()).unwrap();
        (written, seed) = (written + text.len(), seed + 1);
    }
}

/// `PULLQUOTE_PROGRAM=target/release/pullquote cargo test --test index_product -- --ignored
/// --nocapture two_gigabytes`: needs 2 GB of disk for the one, and 16 GB of memory for the other.
#[test]
#[ignore = "takes minutes, gigabytes of disk and of memory"]
fn a_file_of_two_gigabytes_is_refused_within_the_memory_of_a_run_and_read_with_more() {
    let place = Place::with_talks(3, 20);
    large(&place, "corpus/large.md", 2_000_000_000);
    let (code, said, most) = run(&place, &["index"]);
    eprintln!("{said}{most} MB");
    assert!(code == Some(0) && said.contains("corpus/large.md: has 2.0 GB"), "{said}");
    assert!(said.contains("3 documents (3 added"), "{said}");
    assert!(most < 500, "{most} MB");
    let (_, rest) = said.split_once("`--memory ").unwrap();
    let (memory, _) = rest.split_once('`').unwrap();
    let (code, said, most) = run(&place, &["index", "--memory", memory]);
    eprintln!("{said}{most} MB");
    assert!(said.contains("1 file could not be read") || said.contains("4 documents"), "{said}");
    assert!(code == Some(0) && most < memory.parse().unwrap(), "{most} MB\n{said}");
}

#[test]
#[ignore = "takes minutes, and some gigabytes of disk"]
fn eight_large_files_at_once_and_two_gigabytes_in_all_keep_to_500_megabytes() {
    let place = Place::new();
    (0..8).for_each(|at| large(&place, &format!("corpus/{at}.md"), 20_000_000));
    (0..700).for_each(|at| large(&place, &format!("corpus/small-{at}.md"), 1_000_000));
    let (code, said, most) = run(&place, &["index"]);
    eprintln!("{said}{most} MB");
    assert!(code == Some(0) && said.contains("708 documents (708 added"), "{said}");
    assert!(most < 500, "{most} MB");
}
