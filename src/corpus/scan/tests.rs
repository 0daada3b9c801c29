use std::io::Write;

use super::*;
use crate::corpus::Loader;

fn corpus(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "words").unwrap();
    }
    folder
}

fn scanned(folder: &Path, options: &Options) -> Scan {
    scan(&[folder.to_owned()], options).unwrap()
}

/// The names that a scan finds, without the temporary folder.
fn names(folder: &Path, options: &Options) -> Vec<String> {
    let prefix = name(folder) + "/";
    let files = scanned(folder, options).files.into_iter();
    files.map(|file| file.name.replacen(&prefix, "", 1)).collect()
}

/// What was not read and why, without the temporary folder.
fn told(folder: &Path, skipped: &[Skipped]) -> Vec<String> {
    let prefix = name(folder) + "/";
    let tell = |it: &Skipped| format!("{}: {}", it.path, it.reason).replace(&prefix, "");
    skipped.iter().map(tell).collect()
}

fn zip(path: &Path, members: &[(&str, &[u8])]) {
    use zip::{ZipWriter, write::SimpleFileOptions};
    let mut writer = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn files_of_known_formats_are_found_in_the_order_of_their_names() {
    let folder = corpus(&["b.srt", "a/z.md", "a.txt", "c.png", ".hidden.md", "d.srt.gz", "e.gz"]);
    let found = names(folder.path(), &Options::default());
    assert_eq!(found, ["a.txt", "a/z.md", "b.srt", "d.srt.gz"]);
    let scan = scanned(folder.path(), &Options::default());
    let others = BTreeMap::from([("gz".to_owned(), 1), ("png".to_owned(), 1)]);
    assert_eq!(scan.other_formats, others);
}

#[test]
fn ignored_files_are_left_out_unless_asked_for() {
    let folder = corpus(&["a.md", "b.md"]);
    fs::write(folder.path().join(".gitignore"), "b.md\n").unwrap();
    assert_eq!(names(folder.path(), &Options::default()), ["a.md"]);
    let all = Options { no_ignore: true, ..Options::default() };
    assert_eq!(names(folder.path(), &all), ["a.md", "b.md"]);
}

#[test]
fn the_index_is_no_part_of_the_corpus() {
    let folder = corpus(&["a.md", "index/b.md"]);
    let exclude = Some(folder.path().join("index"));
    let options = Options { exclude, no_ignore: true, ..Options::default() };
    assert_eq!(names(folder.path(), &options), ["a.md"]);
}

#[test]
fn a_file_that_is_named_is_read_whatever_its_extension() {
    let folder = corpus(&["talk"]);
    let path = folder.path().join("talk");
    let scan = scan(std::slice::from_ref(&path), &Options::default()).unwrap();
    assert_eq!(scan.files[0].path, path);
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    let (path, error) = scan(&["no/such".into()], &Options::default()).unwrap_err();
    assert_eq!((path, error.kind()), (PathBuf::from("no/such"), io::ErrorKind::NotFound));
}

#[test]
fn a_file_that_is_named_twice_is_read_once_without_a_word() {
    let folder = corpus(&["talks/a.md"]);
    let talks = folder.path().join("talks");
    let scan = scan(&[talks.clone(), talks.join("a.md")], &Options::default()).unwrap();
    assert_eq!((scan.files.len(), scan.left_out), (1, vec![]));
}

#[test]
fn companions_go_with_their_documents_and_one_without_is_told() {
    let folder = corpus(&[
        "ep1.srt",
        "ep1.vtt",
        "ep1.srt.meta.toml",
        "ep1.meta.toml",
        "ep2.txt.gz",
        "ep2.txt.meta.toml",
        "ep3.meta.toml",
    ]);
    let scan = scanned(folder.path(), &Options::default());
    let prefix = name(folder.path()) + "/";
    let beside = |file: &SourceFile| -> Vec<String> {
        file.companions.iter().map(|it| it.file.name.replace(&prefix, "")).collect()
    };
    assert_eq!(beside(&scan.files[0]), ["ep1.meta.toml", "ep1.srt.meta.toml"]);
    assert_eq!(beside(&scan.files[1]), ["ep1.meta.toml"]);
    assert_eq!(beside(&scan.files[2]), ["ep2.txt.meta.toml"]);
    let told = told(folder.path(), &scan.left_out);
    assert_eq!(told, ["ep3.meta.toml: goes with no file: nothing beside it is called `ep3`"]);
    assert_eq!(scan.other_formats, BTreeMap::new());
    let named = super::scan(&[folder.path().join("ep1.srt")], &Options::default()).unwrap();
    assert_eq!(beside(&named.files[0]), ["ep1.meta.toml", "ep1.srt.meta.toml"]);
}

#[test]
fn the_files_of_a_container_are_found_as_if_it_were_a_folder() {
    let folder = corpus(&["b.md"]);
    let members: &[(&str, &[u8])] = &[
        ("ep2.srt.gz", b"x"),
        ("2017/ep1.md", b"words"),
        ("2017/ep1.meta.toml", b"title = \"One\""),
        ("cover.png", b"x"),
        (".hidden.md", b"x"),
        ("__MACOSX/._ep1.md", b"x"),
    ];
    zip(&folder.path().join("a.zip"), members);
    let scan = scanned(folder.path(), &Options::default());
    let found = names(folder.path(), &Options::default());
    assert_eq!(found, ["a.zip/2017/ep1.md", "a.zip/ep2.srt.gz", "b.md"]);
    assert_eq!(scan.files[0].companions.len(), 1);
    assert_eq!(Loader::default().load(&scan.files[0]).unwrap(), b"words");
    assert_eq!(scan.other_formats, BTreeMap::from([("png".to_owned(), 1)]));
    assert_eq!((scan.skipped, scan.left_out), (vec![], vec![]));
}

#[test]
fn names_in_a_container_never_lead_out_of_it() {
    let folder = corpus(&[]);
    let members: &[(&str, &[u8])] = &[
        ("../up.md", b"x"),
        ("/root.md", b"x"),
        ("a/../../up.md", b"x"),
        ("C:\\drive.md", b"x"),
        ("..\\up.md", b"x"),
        ("win\\dows.md", b"words"),
        ("win/dows.md", b"x"),
        ("in/ner.zip", b"x"),
        ("a\0b.md", b"x"),
    ];
    zip(&folder.path().join("a.zip"), members);
    let scan = scanned(folder.path(), &Options::default());
    assert_eq!(names(folder.path(), &Options::default()), ["a.zip/win/dows.md"]);
    let told = told(folder.path(), &scan.skipped);
    let out = "its name leads out of the container; it was not read";
    assert_eq!(told.iter().filter(|it| it.ends_with(out)).count(), 6, "{told:#?}");
    let rest: Vec<_> = told.iter().filter(|it| !it.ends_with(out)).collect();
    assert_eq!(
        rest,
        [
            "a.zip/in/ner.zip: a container in a container is not read; unpack it",
            "a.zip/win/dows.md: another file of the container has this name; it was not read",
        ]
    );
}

#[test]
fn what_a_container_cannot_give_is_told_and_the_rest_is_read() {
    let folder = corpus(&["broken.zip"]);
    let bomb = vec![b'a'; 20_000_000];
    let path = folder.path().join("a.zip");
    zip(&path, &[("good.md", b"words"), ("hurt.md", b"hurt words"), ("zeros.md", &bomb)]);
    let mut bytes = fs::read(&path).unwrap();
    // The packed bytes of the second file stand behind its name.
    let at = bytes.windows(7).position(|it| it == b"hurt.md").unwrap() + 9;
    bytes[at] ^= 0x55;
    fs::write(&path, &bytes).unwrap();
    let scan = scanned(folder.path(), &Options::default());
    assert_eq!(names(folder.path(), &Options::default()), ["a.zip/good.md", "a.zip/hurt.md"]);
    let told = told(folder.path(), &scan.skipped);
    assert_eq!(
        told[0],
        "a.zip/zeros.md: unpacks to more than 250 times its size, as no text does; unpack it yourself"
    );
    assert!(told[1].starts_with("broken.zip: is no whole zip file: "), "{told:?}");
    let mut loader = Loader::default();
    assert_eq!(loader.load(&scan.files[0]).unwrap(), b"words");
    let error = loader.load(&scan.files[1]).unwrap_err().to_string();
    assert!(error.starts_with("is damaged in its container: "), "{error}");
}

#[test]
fn a_container_that_is_encrypted_in_part_is_read_in_part() {
    let folder = corpus(&[]);
    let path = folder.path().join("a.zip");
    zip(&path, &[("a.md", b"words"), ("b.md", b"words")]);
    let mut bytes = fs::read(&path).unwrap();
    // Bit 0 of the flags in the second entry of the directory (APPNOTE 4.4.4).
    let entries: Vec<_> =
        (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).collect();
    bytes[entries[1] + 8] |= 1;
    fs::write(&path, &bytes).unwrap();
    let scan = scanned(folder.path(), &Options::default());
    assert_eq!(names(folder.path(), &Options::default()), ["a.zip/a.md"]);
    let told = told(folder.path(), &scan.skipped);
    assert_eq!(told, ["a.zip/b.md: is encrypted in its container, and was not read"]);
}

#[test]
fn an_entry_that_lies_about_its_size_is_damaged() {
    let folder = corpus(&[]);
    let path = folder.path().join("a.zip");
    zip(&path, &[("a.md", &b"words ".repeat(1000))]);
    let mut bytes = fs::read(&path).unwrap();
    let entry = (0..bytes.len() - 4).find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    // The unpacked size in the directory (APPNOTE 4.4.9).
    bytes[entry + 24..entry + 28].copy_from_slice(&60_u32.to_le_bytes());
    fs::write(&path, &bytes).unwrap();
    let scan = scanned(folder.path(), &Options::default());
    let error = Loader::default().load(&scan.files[0]).unwrap_err().to_string();
    assert!(error.starts_with("is damaged in its container"), "{error}");
}

#[cfg(unix)]
mod unix {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn a_link_out_of_the_corpus_is_reported_and_not_followed() {
        let (folder, outside) = (corpus(&["a.md", "b.meta.toml"]), corpus(&["secret.md"]));
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink(folder.path().join("a.md"), folder.path().join("in.md")).unwrap();
        symlink(folder.path().join("b.meta.toml"), folder.path().join("a.meta.toml")).unwrap();
        let scan = scanned(folder.path(), &Options::default());
        assert_eq!(scan.files.len(), 1);
        let told_of = |list| told(folder.path(), list);
        let out = "out: a link that leads out of the corpus is not followed";
        assert_eq!(told_of(&scan.skipped), [out]);
        let link = "a.meta.toml: a link is not read as metadata: put the file in its place";
        assert_eq!(told_of(&scan.left_out)[0], link);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told_as_such() {
        let folder = corpus(&["a.md"]);
        let link = folder.path().join("b.md");
        symlink("gone.md", &link).unwrap();
        let found = scanned(folder.path(), &Options::default());
        let told = told(folder.path(), &found.skipped);
        assert_eq!(told, ["b.md: a link that leads nowhere is not followed"]);
        let nowhere = "it is a link to `gone.md`, where nothing is: mend the link, or name the file \
                       itself";
        let (path, error) = scan(std::slice::from_ref(&link), &Options::default()).unwrap_err();
        assert_eq!((path.as_path(), error.to_string().as_str()), (link.as_path(), nowhere));
        let opened = crate::corpus::load(&link).unwrap_err().to_string();
        assert_eq!(opened, format!("cannot be opened: {nowhere}"));
        let located = crate::corpus::locate(&link).unwrap_err().to_string();
        assert_eq!(located, format!("cannot be opened: {nowhere}"));
    }

    #[test]
    fn one_file_by_two_names_is_read_by_the_first() {
        let folder = corpus(&["talks/a.md"]);
        fs::hard_link(folder.path().join("talks/a.md"), folder.path().join("talks/b.md")).unwrap();
        let link = folder.path().join("way");
        symlink(folder.path().join("talks"), &link).unwrap();
        let paths = [link, folder.path().join("talks")];
        let scan = scan(&paths, &Options::default()).unwrap();
        assert_eq!(scan.files.len(), 1);
        let told = told(folder.path(), &scan.left_out);
        let same = "is the same file as `talks/a.md`, and was read once";
        let others = ["talks/b.md", "way/a.md", "way/b.md"];
        assert_eq!(told, others.map(|it| format!("{it}: {same}")));
    }

    #[test]
    fn pipes_are_never_opened() {
        let folder = corpus(&["a.md"]);
        let pipe = folder.path().join("pipe.md");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, mode).unwrap();
        let scan = scanned(folder.path(), &Options::default());
        assert_eq!(scan.files.len(), 1);
        assert_eq!(told(folder.path(), &scan.skipped), ["pipe.md: neither a file nor a folder"]);
        let named = super::super::scan(&[pipe], &Options::default()).unwrap();
        let error = Loader::default().load(&named.files[0]).unwrap_err();
        assert_eq!(error.to_string(), "is no file");
        let device = super::super::scan(&["/dev/zero".into()], &Options::default()).unwrap();
        let error = Loader::default().load(&device.files[0]).unwrap_err();
        assert_eq!(error.to_string(), "is no file");
    }

    #[test]
    fn a_link_or_a_pipe_in_place_of_a_file_that_was_found_is_not_followed() {
        let (folder, outside) = (corpus(&["a.md", "b.md"]), corpus(&["secret.md"]));
        let scan = scanned(folder.path(), &Options::default());
        fs::remove_file(folder.path().join("a.md")).unwrap();
        symlink(outside.path().join("secret.md"), folder.path().join("a.md")).unwrap();
        fs::remove_file(folder.path().join("b.md")).unwrap();
        let mut loader = Loader::default();
        assert_eq!(loader.load(&scan.files[0]).unwrap_err().to_string(), "is no file");
        let gone = loader.load(&scan.files[1]).unwrap_err().to_string();
        assert!(gone.starts_with("cannot be opened: "), "{gone}");
    }

    #[test]
    fn odd_names_are_read_and_keep_their_bytes() {
        let folder = corpus(&["with space.md", "line\nend.md"]);
        let odd: [&[u8]; 2] = [b"a\xFE.md", b"a\xFF.md"];
        for bytes in odd {
            fs::write(folder.path().join(OsStr::from_bytes(bytes)), "words").unwrap();
        }
        let scan = scanned(folder.path(), &Options::default());
        let found = names(folder.path(), &Options::default());
        assert_eq!(found, ["a\u{10F7FE}.md", "a\u{10F7FF}.md", "line\nend.md", "with space.md"]);
        for (name, bytes) in found.iter().zip(odd) {
            assert_eq!(&*crate::paths::bytes(name), bytes);
        }
        for file in &scan.files {
            assert_eq!(Loader::default().load(file).unwrap(), b"words");
        }
        assert!(scan.left_out.is_empty());
    }

    #[test]
    fn a_path_that_is_too_long_for_the_system_is_told_and_the_rest_is_read() {
        let folder = corpus(&["a.md"]);
        let part = "x".repeat(250);
        let deep = |levels: usize| vec![part.as_str(); levels].join("/");
        // A path of nearly 4,096 bytes, and, by moving one tree into another, one of far more.
        let (long, longer) = (folder.path().join(deep(15)), folder.path().join("y"));
        fs::create_dir_all(&long).unwrap();
        fs::write(long.join("b.md"), "words").unwrap();
        fs::create_dir_all(longer.join(deep(14))).unwrap();
        fs::write(longer.join(deep(14)).join("c.md"), "words").unwrap();
        fs::rename(&longer, folder.path().join(deep(14)).join("y")).unwrap();
        let found = names(folder.path(), &Options::default());
        assert_eq!(found, ["a.md".to_owned(), format!("{}/b.md", deep(15))]);
        let scan = scanned(folder.path(), &Options::default());
        assert_eq!(scan.skipped.len(), 1, "{:?}", told(folder.path(), &scan.skipped));
        assert!(scan.skipped[0].reason.starts_with("cannot be opened: "));
        // What cannot be named cannot be removed by name either.
        fs::rename(folder.path().join(deep(14)).join("y"), &longer).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf_8_and_links_to_them_are_told_and_never_a_panic() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = corpus(&[]);
    for (name, other) in [(b"bad\xfe.txt", "one.txt"), (b"bad\xff.txt", "two.txt")] {
        let path = folder.path().join(OsStr::from_bytes(name));
        fs::write(&path, "words").unwrap();
        fs::hard_link(&path, folder.path().join(other)).unwrap();
    }
    let scan = scanned(folder.path(), &Options::default());
    assert_eq!(scan.files.len(), 2);
    assert_eq!(scan.left_out.len(), 2);
}
