use super::*;
use crate::read::json::said;

const SPEECH: &str = "<?xml version=\"1.0\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"eng\"><teiHeader><fileDesc><titleStmt><title>Baking &amp; a tape</title><title>Sub</title></titleStmt><publicationStmt><date when=\"2025\"/></publicationStmt><sourceDesc><recordingStmt><recording><date when=\"2024-03-02\"/></recording></recordingStmt></sourceDesc></fileDesc><profileDesc><particDesc><listPerson><person xml:id=\"h\"><persName><forename>Mira</forename> <surname>Kell</surname></persName><persName>Other</persName></person></listPerson></particDesc></profileDesc></teiHeader>\n<text><timeline unit=\"s\" origin=\"#T0\"><when xml:id=\"T0\"/><when xml:id=\"T1\" interval=\"1.0\" since=\"#T0\"/><when xml:id=\"T2\"/><when xml:id=\"T3\" interval=\"3.5\" since=\"#T0\"/></timeline><body>\n<annotationBlock who=\"#h\" start=\"#T1\" end=\"#T2\"><u><seg><w>It</w> <w>rots</w><pc>.</pc> <vocal><desc>laughs</desc></vocal></seg></u><spanGrp><span>PRON</span></spanGrp></annotationBlock>\n<u who=\"#a\" start=\"#T2\" end=\"#T3\">It does, <pause dur=\"PT1S\"/>really<note>sic</note>.</u></body></text></TEI>";

#[test]
fn speech_is_read_with_its_speakers_and_times() {
    assert!(recognises(SPEECH));
    let transcript = read(SPEECH);
    assert_eq!(
        said(&transcript),
        [
            (Some("Mira Kell"), "It rots. [laughs]", Some((1000, 3500))),
            (Some("a"), "It does, really.", Some((1000, 3500))),
        ]
    );
    assert_eq!(transcript.metadata.title.as_deref(), Some("Baking & a tape"));
    assert_eq!(transcript.metadata.date.map(|it| it.to_string()).as_deref(), Some("2024-03-02"));
    assert_eq!(transcript.metadata.language.as_deref(), Some("en"));
    assert_eq!(transcript.warnings, []);
}

#[test]
fn an_anchor_is_the_time_of_what_follows() {
    let source = "<TEI><text><timeline origin=\"#T0\"><when xml:id=\"T0\" absolute=\"12:30:00\"/><when xml:id=\"T1\" absolute=\"12:30:02\"/><when xml:id=\"T2\" interval=\"PT1S\"/></timeline><u who=\"h\" start=\"#T0\" end=\"#T2\">one <anchor synch=\"#T1\"/>two</u></text></TEI>";
    let turns = read(source).turns;
    let times: Vec<_> = turns[0].text.parts().iter().filter_map(|it| it.place.time).collect();
    let times: Vec<_> = times.iter().map(|it| (it.start.0, it.end.0)).collect();
    assert_eq!(times, [(0, 2000), (2000, 3000)]);
}

#[test]
fn a_play_is_read_with_its_stage_directions() {
    let source = "<TEI><teiHeader><profileDesc><listPerson><person xml:id=\"host\"><name>Host</name></person></listPerson></profileDesc></teiHeader><text><front><castList><castItem><role xml:id=\"arc\">Archivist</role></castItem></castList></front><body><div><head>Scene 1</head><stage>A reading room.</stage>\n<sp who=\"#host\"><speaker>HO.</speaker><l>The glue takes up water,</l><l>and <choice><sic>brwn</sic><corr>brown</corr></choice> it falls. <stage>Bakes it</stage></l></sp>\n<sp who=\"#arc\"><speaker>ARC.</speaker><p>Like bread?</p><p>Yes.</p></sp><sp><speaker>All.</speaker><p>Bread!</p></sp></div></body></text></TEI>";
    assert_eq!(
        said(&read(source)),
        [
            (None, "Archivist\n\nScene 1\n\nA reading room.", None),
            (Some("Host"), "The glue takes up water,\nand brwn it falls. [Bakes it]", None),
            (Some("Archivist"), "Like bread?\n\nYes.", None),
            (Some("All"), "Bread!", None),
        ]
    );
}

#[test]
fn a_time_that_is_none_is_a_warning() {
    let source = "<TEI><text><timeline>\n<when xml:id=\"T0\" absolute=\"noon\"/></timeline><u start=\"#T0\">one</u></text></TEI>";
    let transcript = read(source);
    assert_eq!(transcript.warnings[0].line, Some(2));
    assert_eq!(said(&transcript), [(None, "one", None)]);
}
