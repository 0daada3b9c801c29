//! A writer that is killed at any moment leaves the old index or the new one, and nothing else for
//! long.

use std::{
    env, fs, thread,
    time::{Duration, Instant},
};

use crate::place::{Numbers, Place, told};

/// Kills so many full and incremental builds at random moments. After each, the index opens, is
/// whole and answers as before or as after; the next run removes what is left over.
fn kill(place: &Place, corpus: &[&str], kills: usize) {
    let mut numbers = Numbers(7);
    let with = |arguments: &[&str]| -> Vec<String> {
        arguments.iter().chain(corpus).map(|&it| it.to_owned()).collect()
    };
    let run = |arguments: &[&str]| {
        let arguments = with(arguments);
        place.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let marker = |round: usize| format!("marker{round}x");
    let mut durations = [Duration::from_millis(1); 2];
    let mut old_or_new = [0, 0];
    for round in 0..kills {
        place.write("corpus/marker.md", &format!("**Host:** The {}.", marker(round)));
        let is_full = round % 2 == 0;
        let arguments: &[&str] =
            if is_full { &["index", "-q", "--rebuild"] } else { &["index", "-q"] };
        let longest = durations[usize::from(is_full)].as_micros().try_into().unwrap();
        let mut child = run(arguments).spawn().unwrap();
        thread::sleep(Duration::from_micros(numbers.next(longest) as u64));
        child.kill().unwrap();
        child.wait().unwrap();

        let (old, new) = (place.found(&marker(round.wrapping_sub(1))), place.found(&marker(round)));
        match (old, new) {
            (None, None) | (Some(1), Some(0)) => old_or_new[0] += 1,
            (Some(0), Some(1)) => old_or_new[1] += 1,
            other => panic!("round {round}: {other:?}"),
        }
        if old.is_some() {
            place.must(&["doctor", "--sample", "100"]);
        }

        let started = Instant::now();
        let output = run(arguments).output().unwrap();
        assert!(output.status.success(), "round {round}: {}", told(&output));
        durations[usize::from(is_full)] = started.elapsed();
        assert_eq!(place.found(&marker(round)), Some(1), "round {round}");
        let diagnosis = place.json(&["doctor", "--json", "--sample", "100"]);
        assert_eq!(
            diagnosis["leftovers"].as_array().unwrap().len(),
            0,
            "round {round}: {diagnosis}"
        );
        let hidden: Vec<_> = crate::place::contents(&place.path("index"))
            .into_keys()
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(hidden, [".managed.json", ".writer.lock"], "round {round}");
    }
    eprintln!("killed {kills}: {} had the old index, {} the new", old_or_new[0], old_or_new[1]);
    let all = with(&["doctor", "--corpus"]);
    place.must(&all.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn twenty_kills_at_any_moment_lose_nothing() {
    kill(&Place::with_talks(20, 60), &["corpus"], 20);
}

/// `PULLQUOTE_KILL_CORPUS=FOLDER PULLQUOTE_PROGRAM=target/release/pullquote cargo test --test
/// index_product -- --ignored --nocapture two_hundred`
#[test]
#[ignore = "takes minutes, and a corpus of one's own"]
fn two_hundred_kills_at_any_moment_lose_nothing() {
    let corpus = env::var("PULLQUOTE_KILL_CORPUS").unwrap();
    let corpus = fs::canonicalize(corpus).unwrap();
    kill(&Place::new(), &["corpus", corpus.to_str().unwrap()], 200);
}
