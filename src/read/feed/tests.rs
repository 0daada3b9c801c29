use super::*;
use crate::read::json::said;

const SOURCE: &str = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:podcast=\"x\"><channel><title>Attic tapes</title><link>https://tapes.example/</link><image><title>A picture</title></image><description>About old tapes.</description><language>en-GB</language><itunes:author>The archive</itunes:author>\n<item><title>Baking &amp;amp; copying</title><link>https://tapes.example/1</link><pubDate>Sat, 02 Mar 2024 10:00:00 +0100</pubDate><description>Short.</description><content:encoded><![CDATA[<p>It <b>rots</b> &amp; smells.</p><script>x</script><ul><li>one</li><li>two</li></ul>]]></content:encoded><podcast:person role=\"guest\">Mira Kell</podcast:person><podcast:transcript url=\"https://tapes.example/t/ep%201.srt?x=1\" type=\"application/x-subrip\" language=\"en\"/><enclosure url=\"https://tapes.example/1.mp3\"/></item>\n<item><title>Two</title><pubDate>2 Apr 2024 10:00 GMT</pubDate><description>&lt;p&gt;It &lt;a href=\"x\"&gt;does&lt;/a&gt;, 1 &amp;lt; 2.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description><enclosure url=\"https://tapes.example/2.mp3\"/></item></channel></rss>";

#[test]
fn items_are_read_with_their_notes() {
    assert!(recognises(SOURCE));
    let transcript = read(SOURCE);
    let expected = [
        (None, "About old tapes.", None),
        (None, "Baking & copying\n\nIt rots & smells.\n\none\ntwo", None),
        (None, "Two\n\nIt does, 1 < 2.\n\nMore.", None),
    ];
    assert_eq!(said(&transcript), expected);
    assert_eq!(transcript.metadata.title.as_deref(), Some("Attic tapes"));
    assert_eq!(transcript.metadata.url.as_deref(), Some("https://tapes.example/"));
    assert_eq!(transcript.metadata.language.as_deref(), Some("en"));
}

#[test]
fn what_is_known_about_each_item_is_given() {
    let items = items(SOURCE);
    let date = |item: &Item| item.metadata.date.map(|it| it.to_string());
    assert_eq!(items[0].metadata.title.as_deref(), Some("Baking & copying"));
    assert_eq!(date(&items[0]).as_deref(), Some("2024-03-02"));
    assert_eq!(items[0].metadata.url.as_deref(), Some("https://tapes.example/1"));
    let person = |name: &str, role: &str| Person { name: name.into(), role: role.into() };
    assert_eq!(items[0].people, [person("Mira Kell", "guest")]);
    assert_eq!(items[0].transcripts[0].file_name(), "ep 1.srt");
    assert_eq!(items[0].transcripts[0].media_type.as_deref(), Some("application/x-subrip"));
    assert_eq!(date(&items[1]).as_deref(), Some("2024-04-02"));
    assert_eq!(items[1].metadata.url.as_deref(), Some("https://tapes.example/2.mp3"));
    assert_eq!(items[1].people, [person("The archive", "author")]);
    assert_eq!(items[1].transcripts, []);
}

#[test]
fn a_feed_that_is_cut_off_is_read_as_far_as_it_goes() {
    let cut = &SOURCE[..SOURCE.find("&gt;does").unwrap()];
    let transcript = read(cut);
    assert!(transcript.turns[2].text.as_str().starts_with("Two\n\nIt <a href"));
}

#[test]
fn atom_is_read() {
    let source = "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Tapes</title><link rel=\"self\" href=\"https://tapes.example/feed\"/><link href=\"https://tapes.example/\"/><entry><title type=\"html\">One &amp;mdash; two</title><link href=\"https://tapes.example/1\"/><published>2024-03-02T10:00:00Z</published><author><name>Mira Kell</name></author><content type=\"xhtml\"><div><p>It rots.</p><p>It does.</p></div></content></entry></feed>";
    assert!(recognises(source));
    assert_eq!(said(&read(source)), [(None, "One — two\n\nIt rots.\n\nIt does.", None)]);
    let item = items(source).remove(0);
    assert_eq!(item.metadata.url.as_deref(), Some("https://tapes.example/1"));
    assert_eq!(item.people[0].name, "Mira Kell");
}
