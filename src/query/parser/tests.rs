use super::*;
use proptest::prelude::*;

/// The tree of a query, written so that one can read it.
fn shown(query: &str) -> String {
    fn list(nodes: &[Node]) -> String {
        nodes.iter().map(show).collect::<Vec<_>>().join(" ")
    }
    fn show(node: &Node) -> String {
        match node {
            Node::Word(term) => term.pattern.to_string(),
            Node::Near(near) if near.is_phrase() => format!("\"{}\"", list(&near.operands)),
            Node::Near(near) if near.order == Order::Kept => {
                format!("before/{}[{}]", near.distance, list(&near.operands))
            }
            Node::Near(near) => format!("near/{}[{}]", near.distance, list(&near.operands)),
            Node::Filter(filter) => format!("{filter:?}"),
            Node::And(nodes) => format!("({})", list(nodes)),
            Node::Or(nodes) => format!("<{}>", list(nodes)),
            Node::Not(node) => format!("-{}", show(node)),
        }
    }
    parse(query).unwrap().root.as_ref().map_or_else(String::new, show)
}

#[test]
fn plain_words_must_all_be_there() {
    assert_eq!(shown("Wrecking cru"), "(wrecking cru)");
    assert_eq!(shown("word"), "word");
    assert_eq!(shown("  "), "");
}

#[test]
fn prose_means_what_a_person_means() {
    assert_eq!(shown("don't"), "don't");
    assert_eq!(shown("10:30"), "\"10 30\"");
    assert_eq!(shown("said: hello"), "(said hello)");
    assert_eq!(shown("who's there?"), "(who's there)");
    assert_eq!(shown("a - b"), "(a b)");
    assert_eq!(shown("[music]"), "music");
    assert_eq!(shown("\"soup of"), "\"=soup =of\"");
    assert_eq!(shown("“Soup of”"), "\"=soup =of\"");
    assert_eq!(shown("(laughs) well"), "(laughs well)");
    assert_eq!(shown("so :) yes"), "(so yes)");
    assert_eq!(shown("hip-hop"), "\"hip hop\"");
    assert_eq!(shown("rock AND"), "(rock and)");
    assert_eq!(shown("12\" vinyl record"), "(12 vinyl record)");
    assert_eq!(shown("acetate” has begun"), "(acetate has begun)");
    assert_eq!(shown("**Host:** yes"), "(host yes)");
    assert_eq!(shown("10~15 people, ~3 of them"), "(\"10 15\" people 3 of them)");
}

#[test]
fn operators_nest_as_usual() {
    assert_eq!(shown("a OR b c"), "<a (b c)>");
    assert_eq!(shown("(a OR b) AND c"), "(<a b> c)");
    assert_eq!(shown("a -b -\"c d\""), "(a -b -\"=c =d\")");
    assert_eq!(shown("NOT a"), "-a");
    assert_eq!(shown("-a"), "-a");
}

#[test]
fn nearness_is_asked_for_in_two_ways() {
    assert_eq!(shown("\"a b\"~5"), "near/5[=a =b]");
    assert_eq!(shown("a NEAR/5 b"), "near/5[a b]");
    assert_eq!(shown("a BEFORE/3 \"b c\""), "before/3[a \"=b =c\"]");
    assert_eq!(shown("(a OR b) NEAR/2 c"), "near/2[<a b> c]");
}

#[test]
fn words_carry_operators() {
    assert_eq!(shown("=Recorded"), "=recorded");
    assert_eq!(shown("=hip-hop"), "\"=hip =hop\"");
    assert_eq!(shown("rec* wo?d *ophone"), "(rec* wo?d *ophone)");
    assert_eq!(shown("wrod~ wrod~2"), "(wrod~1 wrod~2)");
    assert_eq!(shown("/colou?r/"), "/colou?r/");
    assert_eq!(shown("sounds:Iovine"), "sounds:iovine");
    assert_eq!(shown("sounds:hip-hop"), "\"sounds:hip sounds:hop\"");
    assert_eq!(shown("sounds:\"Jimmy Iovine\""), "\"sounds:jimmy sounds:iovine\"");
}

#[test]
fn words_of_a_phrase_carry_operators_too() {
    assert_eq!(
        shown("\"the rec* wrod~ of sounds:iovine, who?\""),
        "\"=the rec* wrod~1 =of sounds:iovine =who\""
    );
    assert_eq!(shown("\"sounds: good\"~3"), "near/3[=sounds =good]");
}

#[test]
fn scripts_without_spaces_are_asked_for_by_pairs() {
    assert_eq!(shown("音楽史"), "\"音楽 楽史\"");
    assert_eq!(shown("音楽"), "音楽");
    assert_eq!(shown("史"), "史*");
    assert_eq!(shown("\"音楽 2017\""), "\"=音楽 楽* =2017\"");
}

#[test]
fn words_know_where_they_were_typed() {
    let query = "x “Soup of” =day";
    let mut typed = Vec::new();
    let root = parse(query).unwrap().root.unwrap();
    root.each_wanted_term(&mut |term| typed.push(&query[term.span.start..term.span.end]));
    assert_eq!(typed, ["x", "Soup", "of", "=day"]);
}

#[test]
fn a_wrong_operator_is_pointed_at() {
    for (query, wrong) in [
        ("a /b(/ c", "/b(/"),
        ("/a)|(b/", "/a)|(b/"),
        ("speaker:|", "speaker:|"),
        ("date:soon", "date:soon"),
        ("kind:novel", "kind:novel"),
        ("a NEAR/500 b", "NEAR/500"),
        ("a NEAR/5 speaker:x", "NEAR/5"),
        ("has:wings", "has:wings"),
        ("lang:english", "lang:english"),
        ("sounds:!", "sounds:!"),
        ("date:2018..2017", "date:2018..2017"),
        ("a rumor~3 b", "rumor~3"),
        ("\"a rumor~0 b\"", "rumor~0"),
        ("a hip-hop~1", "hip-hop~1"),
        ("a dog*~ b", "dog*~"),
        ("\"a d?g~2 b\"", "d?g~2"),
        ("a =dog* b", "=dog*"),
        ("=dog~", "=dog~"),
        ("sounds:dog*", "sounds:dog*"),
        ("a sounds:\"a dog~1\"", "sounds:\"a dog~1\""),
        ("\"a sounds:dog* b\"", "sounds:dog*"),
        ("a speaker:*", "speaker:*"),
        ("title:jean-l* b", "title:jean-l*"),
        ("path:| b", "path:|"),
        ("date:2026-02-30", "date:2026-02-30"),
        ("time:3m..2m", "time:3m..2m"),
        ("/a{1000}{1000}/", "/a{1000}{1000}/"),
    ] {
        let span = parse(query).unwrap_err().span;
        assert_eq!(&query[span.start..span.end], wrong, "{query}");
    }
}

#[test]
fn what_goes_wrong_is_told_with_the_way_out() {
    for (query, message, hint) in [
        ("dog*~2", "`*` and `~` do not go together on a word", "write `dog*` or `dog~2`"),
        ("=d?g", "`?` and `=` do not go together on a word", "write `d?g` or `=dg`"),
        ("=dog~", "`~` and `=` do not go together on a word", "write `dog~` or `=dog`"),
        (
            "sounds:dog*",
            "`*` and `sounds:` do not go together on a word",
            "write `dog*` or `sounds:dog`",
        ),
        (
            "speaker:*",
            "`*` is no name: `*` stands for letters of one word",
            "write a word of it: `speaker:host`, `speaker:ho*`",
        ),
        (
            "/a{1000}{1000}/",
            "`/a{1000}{1000}/` is too large a regular expression",
            "repeat less, or fewer times: each `{1000}` is a thousand copies",
        ),
    ] {
        let error = parse(query).unwrap_err();
        assert_eq!((&*error.message, error.hint.as_deref()), (message, Some(hint)), "{query}");
    }
}

#[test]
fn sums_and_struck_out_words_are_prose() {
    assert_eq!(shown("=5*3 ~~struck~~"), "(\"=5 =3\" struck~1)");
}

#[test]
fn names_and_paths_have_alternatives() {
    let filter = |query: &str| match parse(query).unwrap().root {
        Some(Node::Filter(filter)) => filter.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(filter("speaker:H*|cook"), "speaker:h*|cook");
    assert_eq!(filter("path:*.md|*.srt"), "path:*.md|*.srt");
    assert_eq!(filter("path:/archive/x/y.md"), "path:/archive/x/y.md");
    assert_eq!(filter("path:\"a|b\""), "path:\"a|b\"");
}

#[test]
fn endless_operators_are_refused() {
    for query in
        ["NOT ".repeat(50_000) + "a", "a NEAR/1 ".repeat(50_000) + "b", "(".repeat(50_000) + "a"]
    {
        let error = parse(&query).unwrap_err().to_string();
        assert_eq!(error, "operators are nested more than 64 deep", "{}", &query[..20]);
    }
}

proptest! {
    #[test]
    fn no_query_panics_and_spans_lie_in_it(query in "\\PC{0,40}") {
        if let Ok(Query { root: Some(root), .. }) = parse(&query) {
            let mut inside = true;
            root.each_wanted_term(&mut |term| {
                inside &= query.get(term.span.start..term.span.end).is_some();
            });
            prop_assert!(inside);
        }
    }

    #[test]
    fn no_run_of_operators_panics(query in "(\\(|\\)|\"|“|-|=|~2|\\*|\\?| |a|é|音|NOT |AND |OR |NEAR/2 |/|speaker:|date:){0,20}") {
        let _ = parse(&query);
    }

    #[test]
    fn prose_is_a_valid_query(query in "[a-zA-Z' ,.;:!?\"“”()0-9éß—-]{0,60}") {
        prop_assert!(parse(&query).is_ok());
    }
}
