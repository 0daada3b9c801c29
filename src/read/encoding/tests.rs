use super::*;

fn decoded(bytes: &[u8]) -> (String, &'static str, usize) {
    let decoded = decode(bytes, None).unwrap();
    (decoded.text.into_owned(), decoded.encoding, decoded.warnings.len())
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn valid_utf8_is_borrowed() {
    let decoded = decode("naïve".as_bytes(), None).unwrap();
    assert!(matches!(decoded.text, Cow::Borrowed("naïve")));
    assert!(decoded.warnings.is_empty());
}

#[test]
fn a_byte_order_mark_tells_the_encoding_and_is_no_text() {
    assert_eq!(decoded("\u{FEFF}né".as_bytes()), ("né".into(), "UTF-8", 0));
    assert_eq!(decoded(&utf16("\u{FEFF}né", u16::to_le_bytes)), ("né".into(), "UTF-16LE", 0));
    assert_eq!(decoded(&utf16("\u{FEFF}né", u16::to_be_bytes)), ("né".into(), "UTF-16BE", 0));
    let wide: Vec<u8> = "\u{FEFF}né".chars().flat_map(|it| (it as u32).to_le_bytes()).collect();
    assert_eq!(decoded(&wide), ("né".into(), "UTF-32LE", 0));
    let wide: Vec<u8> = "\u{FEFF}né".chars().flat_map(|it| (it as u32).to_be_bytes()).collect();
    assert_eq!(decoded(&wide), ("né".into(), "UTF-32BE", 0));
}

#[test]
fn utf32_without_a_mark_is_seen_by_its_nul_bytes() {
    let text = "A tape, né";
    let wide = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
        text.chars().flat_map(|it| bytes(it as u32)).collect()
    };
    assert_eq!(decoded(&wide(u32::to_le_bytes)), (text.into(), "UTF-32LE", 1));
    assert_eq!(decoded(&wide(u32::to_be_bytes)), (text.into(), "UTF-32BE", 1));
}

#[test]
fn encodings_of_all_scripts_are_told_by_their_letters() {
    for (label, text) in [
        ("windows-1251", "Лента лежала на чердаке шестьдесят лет, и никто её не слушал."),
        ("koi8-u", "Лента лежала на чердаке шестьдесят лет, и никто её не слушал."),
        ("windows-1253", "Η ταινία έμεινε στη σοφίτα εξήντα χρόνια και κανείς δεν την άκουσε."),
        ("shift_jis", "テープは六十年間屋根裏にありました。誰も聞きませんでした。"),
        ("euc-jp", "テープは六十年間屋根裏にありました。誰も聞きませんでした。"),
        ("euc-kr", "테이프는 육십 년 동안 다락방에 있었습니다. 아무도 듣지 않았습니다."),
        ("gbk", "磁带在阁楼里放了六十年，没有人听过。我们先把它烤一烤。"),
        ("big5", "磁帶在閣樓裡放了六十年，沒有人聽過。我們先把它烤一烤。"),
    ] {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, lost) = encoding.encode(text);
        assert!(!lost, "{label}");
        assert_eq!(decoded(&bytes), (text.into(), encoding.name(), 1), "{label}");
    }
}

#[test]
fn signs_inside_words_are_a_doubt() {
    let vietnamese = b"Cu\xE9n b\xA8ng n\xBB m tr\xAAn g\xB8c m\xB8i s\xB8u m\xAD\xACi n\xA8m, \
        kh\xABng ai nghe n\xB8, th\xABng tin b\xB8o c\xB8o v\xABng d\xA8ng";
    assert_eq!(decoded(vietnamese).2, 2);
    assert!(!has_signs_in_words("«Le mot» coûte 5£, l'eau à 20°C, n°1, x²y, col·legi ±5"));
}

#[test]
fn xml_and_html_may_state_their_encoding() {
    for head in [
        "<?xml version='1.0' encoding='windows-1251'?><p>",
        "<html><head><META CHARSET=windows-1251>",
        " <meta http-equiv=content-type content=\"text/html; charset=cp1251\">",
    ] {
        let bytes = [head.as_bytes(), b"\xCF\xF0"].concat();
        assert_eq!(decoded(&bytes), (format!("{head}Пр"), "windows-1251", 0), "{head}");
    }
    let plain = [b"charset=windows-1251 \xCF\xF0".as_slice(), b" \xCF"].concat();
    assert_eq!(decoded(&plain).2, 1);
    let page = "<meta charset=windows-1251>Пр";
    assert_eq!(decoded(page.as_bytes()), (page.into(), "UTF-8", 0));
}

#[test]
fn utf16_without_a_mark_is_seen_by_its_nul_bytes() {
    let text = "A tape is a ribbon";
    assert_eq!(decoded(&utf16(text, u16::to_le_bytes)), (text.into(), "UTF-16LE", 1));
    assert_eq!(decoded(&utf16(text, u16::to_be_bytes)), (text.into(), "UTF-16BE", 1));
}

#[test]
fn other_nul_bytes_are_binary() {
    assert_eq!(decode(b"PK\x03\x04\x00\x00\x01\x00abc", None), Err(ReadError::Binary));
}

#[test]
fn a_few_broken_bytes_do_not_turn_utf8_into_another_encoding() {
    let mut bytes = "Der Künstler hört die Bänder.\nÜber Nächte, für Jörg.\n".as_bytes().to_vec();
    bytes.extend(b"a \xFF b");
    let decoded = decode(&bytes, None).unwrap();
    assert!(decoded.text.ends_with("Jörg.\na \u{FFFD} b"));
    assert_eq!(decoded.encoding, "UTF-8");
    assert_eq!(decoded.warnings[0].line, Some(3));
}

#[test]
fn an_old_encoding_is_guessed_with_a_warning() {
    let bytes = b"Les droits de l'homme ont \xE9t\xE9 m\xE9connus, voil\xE0 le probl\xE8me";
    let (text, encoding, warnings) = decoded(bytes);
    assert_eq!(text, "Les droits de l'homme ont été méconnus, voilà le problème");
    assert_eq!((encoding, warnings), ("windows-1252", 1));
}

#[test]
fn the_encoding_that_is_asked_for_is_taken() {
    let decoded = decode(b"\xCC\xE8\xF0", Some("windows-1251")).unwrap();
    assert_eq!(decoded.text, "Мир");
    let error = decode(b"x", Some("klingon")).map(drop).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`klingon` is no encoding: use a name such as `utf-8` or `windows-1252`"
    );
    assert!(is_encoding(" UTF-8 ") && is_encoding("latin1") && !is_encoding("klingon"));
}

#[test]
fn escapes_show_japanese_and_chinese_seven_bit_text() {
    assert_eq!(decoded(b"\x1B$B$3$l\x1B(B ok").0, "これ ok");
    let there_and_back = decoded(b"\x1B$B$3\x1B(B\x1B$B$l\x1B(B ok");
    assert_eq!(there_and_back, ("これ ok".into(), "ISO-2022-JP", 0));
    let chinese = decoded(b"~{J@=gHKH(P{QT~} ~{A*:O9z~} ~~ ok");
    assert_eq!(chinese, ("世界人权宣言 联合国 ~ ok".into(), "HZ-GB-2312", 1));
    assert_eq!(decoded(b"a ~{ b").1, "UTF-8");
}
