//! What can go wrong with the machine.

use std::{fs, process::Command};

use crate::place::{Place, contents, told};

/// A file system of 64 MB, if one may mount; unmounted in the end.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    fn mount(path: std::path::PathBuf) -> Option<Self> {
        fs::create_dir_all(&path).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=64m", "tmpfs"];
        let mount = Command::new("mount").args(options).arg(&path).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(path))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_an_error_and_the_old_index_stays() {
    let place = Place::with_talks(20, 60);
    let Some(disk) = SmallDisk::mount(place.path("disk")) else {
        eprintln!("skipped: a file system can be mounted by root alone");
        return;
    };
    let index = ["--index", "disk/index"];
    place.must(&["index", index[0], index[1]]);
    let before = contents(&disk.0.join("index"));
    for at in 20..40 {
        place.write(&format!("corpus/talk-{at:03}.md"), &crate::place::talk(at, 200));
    }
    let file = disk.0.join("ballast");
    let free = 300_000;
    let used: usize = before.values().map(Vec::len).sum();
    fs::write(&file, vec![1; 64 * 1024 * 1024 - used.next_multiple_of(4096) - free]).unwrap();
    for mode in [&["index"][..], &["index", "--rebuild"]] {
        let arguments: Vec<&str> = mode.iter().chain(&index).copied().collect();
        let output = place.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{mode:?} {}", told(&output));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains("No space left on device"), "{error}");
        assert!(contents(&disk.0.join("index")) == before, "{mode:?}");
        place.must(&["doctor", index[0], index[1]]);
    }
    fs::remove_file(file).unwrap();
    place.must(&["index", index[0], index[1]]);
    place.must(&["doctor", index[0], index[1], "--corpus", "corpus"]);
}

#[test]
fn twenty_readers_during_twenty_updates_see_whole_states() {
    let place = Place::with_talks(10, 20);
    let write = |round: usize| {
        // Two files that change together, in one commit.
        place.write("corpus/x.md", &format!("**Host:** The left cassowary{round}."));
        place.write("corpus/y.md", &format!("**Host:** The right cassowary{round}."));
    };
    write(0);
    place.must(&["index"]);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..20)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..8 {
                        let output = place.run(&["search", "--json", "cassowary*"]);
                        assert!(output.status.success(), "{}", told(&output));
                        let text = String::from_utf8(output.stdout).unwrap();
                        let rounds: Vec<&str> = text
                            .match_indices("cassowary")
                            .filter_map(|(at, word)| {
                                let rest = &text[at + word.len()..];
                                let end = rest.find(|c: char| !c.is_ascii_digit())?;
                                Some(&rest[..end]).filter(|digits| !digits.is_empty())
                            })
                            .collect();
                        assert!(rounds.len() >= 2, "{text}");
                        assert!(rounds.iter().all(|it| *it == rounds[0]), "{text}");
                    }
                })
            })
            .collect();
        for round in 1..=20 {
            write(round);
            let rebuild = ["index", "-q", "--rebuild"];
            place.must(if round % 5 == 0 { &rebuild } else { &rebuild[..2] });
        }
        for reader in readers {
            reader.join().unwrap();
        }
    });
}

#[test]
fn files_from_the_future_and_from_1970_are_files_like_any_other() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    let times = [0, 4_000_000_000]
        .map(|seconds| std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds));
    let file = |name: &str| fs::File::options().write(true).open(place.path(name)).unwrap();
    for (round, time) in times.into_iter().enumerate() {
        for (name, _) in contents(&place.path("index")) {
            file(&format!("index/{name}")).set_modified(time).unwrap();
        }
        place.write("corpus/talk-001.md", &format!("**Host:** The cassowary{round}."));
        file("corpus/talk-001.md").set_modified(times[1 - round]).unwrap();
        place.must(&["index"]);
        assert_eq!(place.found(&format!("cassowary{round}")), Some(1));
        place.must(&["doctor", "--corpus"]);
    }
}

#[test]
fn with_another_encoding_documents_are_read_again_and_it_is_said() {
    let place = Place::with_talks(2, 5);
    fs::write(place.path("corpus/cafe.txt"), b"Host: The caf\xE9 at the pier.\n").unwrap();
    place.must(&["index"]);
    for (encoding, word) in [("windows-1251", "caf\u{439}"), ("windows-1252", "caf\u{e9}")] {
        let index = ["index", "--encoding", encoding];
        let text = place.must(&index);
        assert!(text.contains("(0 added, 3 changed, 0 removed, 0 unchanged)"), "{text}");
        let told = "3 documents read again: another --encoding was asked for than before\n";
        assert!(text.contains(told), "{text}");
        assert_eq!(place.found(&format!("={word}")), Some(1), "{encoding}");
        let text = place.must(&index);
        assert!(text.contains("3 unchanged") && !text.contains("read again"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn an_index_that_may_only_be_read_is_searched_and_checked() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    let index = place.path("index");
    let allow = |mode| {
        for name in contents(&index).into_keys() {
            fs::set_permissions(index.join(name), fs::Permissions::from_mode(mode & 0o666))
                .unwrap();
        }
        fs::set_permissions(&index, fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    assert!(place.found("tape").unwrap() > 0);
    place.must(&["doctor", "--corpus"]);
    place.must(&["index"]);
    place.must(&["index", "--check"]);
    allow(0o755);
}
