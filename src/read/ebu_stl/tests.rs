use super::*;

/// The first block, and the start of the programme.
fn general(table: &[u8], start: &[u8]) -> Vec<u8> {
    let mut block = vec![b' '; GENERAL];
    block[..16].copy_from_slice(b"850STL25.01100 9");
    block[12..14].copy_from_slice(table);
    block[14] = b'0';
    block[16..22].copy_from_slice(b"A caf\x82");
    block[256..264].copy_from_slice(start);
    block
}

/// A block of text, from one second to another; `extension` is 255 in the last one of a subtitle.
fn block(number: u8, extension: u8, seconds: [u8; 2], text: &[u8]) -> Vec<u8> {
    let mut block = vec![0x8F; BLOCK];
    block[..TEXT].fill(0);
    (block[1], block[3]) = (number, extension);
    (block[5], block[7], block[8]) = (10, seconds[0], 5);
    (block[9], block[11]) = (10, seconds[1]);
    block[TEXT..TEXT + text.len()].copy_from_slice(text);
    block
}

fn file(blocks: &[Vec<u8>]) -> Transcript {
    read(&[general(b"00", b"10000000"), blocks.concat()].concat()).unwrap()
}

/// What is said from when to when, in milliseconds.
fn said(transcript: &Transcript) -> Vec<(&str, Option<(u64, u64)>)> {
    let turns = transcript.turns.iter().map(|turn| {
        let times = turn.text.parts().iter().filter_map(|part| part.place.time);
        let whole = times.map(|it| (it.start.0, it.end.0)).reduce(|a, b| (a.0, b.1));
        (turn.text.as_str(), whole)
    });
    turns.collect()
}

#[test]
fn subtitles_are_read_with_their_times_from_the_start_of_the_programme() {
    let transcript = file(&[
        block(1, 255, [1, 3], b"\x0B\x0BOne\x8A\x8A\x0Btwo caf\xC2e"),
        block(2, 255, [4, 5], b"three"),
    ]);
    assert_eq!(transcript.metadata.title, Some("A café".into()));
    assert_eq!(transcript.metadata.language, Some("en".into()));
    assert_eq!(said(&transcript), [("One\ntwo café\nthree", Some((1200, 5000)))]);
    assert_eq!(transcript.warnings, []);
}

#[test]
fn a_long_subtitle_goes_on_in_extension_blocks() {
    let long = [b'a'; 112];
    let blocks = [block(1, 0, [1, 3], &long), block(1, 255, [1, 3], b"b\x8Ac")];
    let transcript = file(&blocks);
    assert_eq!(said(&transcript)[0].0, format!("{}b\nc", "a".repeat(112)));
    assert_eq!(file(&blocks[..1]).warnings, [Warning::whole("subtitle 1 has no end")]);
}

#[test]
fn comments_and_user_data_are_no_text() {
    let mut comment = block(1, 255, [1, 3], b"no");
    comment[15] = 1;
    let data = block(2, 0xFE, [1, 3], b"no");
    assert_eq!(said(&file(&[comment, data, block(3, 255, [1, 3], b"yes")]))[0].0, "yes");
}

#[test]
fn colours_that_come_back_part_speakers() {
    let text: [&[u8]; 4] = [b"One", b"\x03two", b"three\x8A\x03four", b"f\x80i\x81ve"];
    let blocks: Vec<_> = (1..).zip(text).map(|(at, text)| block(at, 255, [at, at], text)).collect();
    assert_eq!(said(&file(&blocks))[0].0, "One\n\ntwo\n\nthree\n\nfour\n\nfive");
}

#[test]
fn odd_times_and_a_cut_off_block_are_warnings_and_the_text_is_kept() {
    let mut odd = block(1, 255, [1, 3], b"one");
    odd[6] = 61;
    let mut blocks = [odd, block(2, 255, [4, 2], b"two")].concat();
    blocks.extend(&block(3, 255, [5, 6], b"three")[..30]);
    let transcript = file(&[blocks]);
    assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo\nthree");
    let messages: Vec<_> = transcript.warnings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the last block is cut off",
            "subtitle 1: its times cannot be read; its text is kept without a time",
            "subtitle 2: it ends before it starts; only its start is used",
        ]
    );
}

#[test]
fn another_code_table_is_read_and_an_unknown_one_is_a_warning() {
    let cyrillic = [general(b"01", b"00000000"), block(1, 255, [1, 2], b"\xBC\xD8\xE0")].concat();
    assert_eq!(said(&read(&cyrillic).unwrap()), [("Мир", Some((36_001_200, 36_002_000)))]);
    let unknown = [general(b"77", b"00000000"), block(1, 255, [1, 2], b"a")].concat();
    assert_eq!(
        read(&unknown).unwrap().warnings,
        [Warning::whole("names no known code table; it was read as Latin")]
    );
}

#[test]
fn a_first_block_that_is_not_whole_is_an_error() {
    assert!(recognises("850STL25.011"));
    assert!(!recognises("850STLxx.01") && !recognises("00:00:01:00") && !recognises(""));
    let error = read(b"850STL25.011").unwrap_err();
    assert_eq!(
        error.to_string(),
        "is no valid EBU STL: the block about the programme is not whole"
    );
}
