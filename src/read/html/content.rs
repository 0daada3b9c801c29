//! What of a page is its text: the main content, not what stands around it on every page.
//!
//! Nothing here is learned or weighed; these are rules that can be told in a sentence each (see
//! docs/formats.md). Where a rule would take most of a page away it does not count: the text of a
//! page without structure is never lost.

use crate::read::html::{
    element::{is_block, is_never_read},
    tree::{Node, Tree},
};

/// Which nodes of a page are its text.
#[derive(Debug)]
pub struct Content {
    /// For each node, whether it is left out with all that it holds.
    left_out: Vec<bool>,
    /// The elements that hold the text, by first node and end, in order.
    pub roots: Vec<(usize, usize)>,
}

impl Content {
    /// Whether a node is left out with all that it holds.
    #[must_use]
    pub fn is_left_out(&self, node: usize) -> bool {
        self.left_out[node]
    }
}

/// The main element must hold this share of the letters of a page, in percent.
const SHARE_OF_MAIN: usize = 30;
/// Articles together must hold this share.
const SHARE_OF_ARTICLES: usize = 50;
/// What is about cookies holds less than this share.
const SHARE_OF_BANNER: usize = 30;
/// In a list of links this share of the letters belongs to links, in percent.
const SHARE_OF_LINKS: usize = 80;
/// A list of links has as many links or more,
const FEWEST_LINKS: usize = 3;
/// whose texts are not longer than this on average, in letters.
const LONGEST_LINK: usize = 25;

/// The content of a page of the web.
#[must_use]
pub fn main_content(tree: &Tree<'_>) -> Content {
    let never = all_content(tree).left_out;
    let all = Letters::count(tree, &never);
    let mut left_out = never.clone();
    for (at, left_out) in left_out.iter_mut().enumerate() {
        *left_out |= is_furniture(tree, at) || is_banner(tree, at, &all);
    }
    in_articles(tree, &mut left_out, &never);
    let mut kept = Letters::count(tree, &left_out);
    let whole = (0, tree.nodes.len());
    if kept.of(whole) * 10 < all.of(whole) && kept.of(whole) < 200 {
        // A page that is all form, or all header.
        left_out.clone_from(&never);
        kept = all;
    }
    let roots = roots(tree, &left_out, &kept);
    leave_out_lists_of_links(tree, &roots, &kept, &mut left_out);
    Content { left_out, roots }
}

/// All that can be read of a page, such as a chapter of a book.
#[must_use]
pub fn all_content(tree: &Tree<'_>) -> Content {
    let left_out = tree.nodes.iter().map(|node| is_hidden(tree, node)).collect();
    Content { left_out, roots: vec![(0, tree.nodes.len())] }
}

fn is_hidden(tree: &Tree<'_>, node: &Node) -> bool {
    if node.name.is_empty() {
        return false;
    }
    let style = || {
        let style = tree.attribute(node, "style")?.to_ascii_lowercase();
        let style: String = style.split_ascii_whitespace().collect();
        Some(style.contains("display:none") || style.contains("visibility:hidden"))
    };
    is_never_read(node.name)
        || (node.name == "dialog" && tree.attribute(node, "open").is_none())
        || tree.attribute(node, "hidden").is_some_and(|it| !it.eq_ignore_ascii_case("until-found"))
        || tree.attribute(node, "aria-hidden").is_some_and(|it| it.trim() == "true")
        || tree.has(node, "class", &["sr-only", "visually-hidden", "screen-reader-text"])
        || tree.has(node, "role", &["doc-noteref", "doc-backlink"])
        || style().unwrap_or(false)
}

/// Whether an element is there to get about in a site, by its name or role.
fn is_furniture(tree: &Tree<'_>, at: usize) -> bool {
    const ROLES: &[&str] = &[
        "alertdialog",
        "banner",
        "complementary",
        "contentinfo",
        "dialog",
        "form",
        "menu",
        "menubar",
        "navigation",
        "search",
        "toolbar",
    ];
    let node = &tree.nodes[at];
    match node.name {
        "" | "html" | "body" | "main" | "article" => false,
        "nav" | "aside" | "form" | "search" | "menu" | "header" | "footer" => true,
        _ => tree.has(node, "role", ROLES),
    }
}

/// Brings back what a header or a footer of an article holds: its title, its notes.
fn in_articles(tree: &Tree<'_>, left_out: &mut [bool], never: &[bool]) {
    let mut end = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        if matches!(node.name, "article" | "main" | "section" | "blockquote") {
            end = end.max(node.end);
        }
        let is_page = node.name == "header" || node.name == "footer";
        if is_page && at < end {
            left_out[at] = never[at];
        }
    }
}

/// Whether an element asks for consent to cookies: by its name, where it is a small part.
fn is_banner(tree: &Tree<'_>, at: usize, all: &Letters) -> bool {
    let node = &tree.nodes[at];
    if !matches!(node.name, "div" | "section" | "p") {
        return false;
    }
    let names = ["id", "class"].iter().filter_map(|name| tree.attribute(node, name));
    let is_named = names
        .map(str::to_ascii_lowercase)
        .any(|names| ["cookie", "consent", "gdpr", "onetrust"].iter().any(|it| names.contains(it)));
    is_named && all.of((at, node.end)) * 100 < all.of((0, tree.nodes.len())) * SHARE_OF_BANNER
}

/// The elements that hold the text: the main one, else the articles, else the whole page.
fn roots(tree: &Tree<'_>, left_out: &[bool], kept: &Letters) -> Vec<(usize, usize)> {
    let whole = (0, tree.nodes.len());
    let outermost = |is: &dyn Fn(&Node) -> bool| {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate() {
            let inside = found.last().is_some_and(|(_, end)| at < *end);
            if !inside && !left_out[at] && is(node) && kept.of((at, node.end)) > 0 {
                found.push((at, node.end));
            }
        }
        found
    };
    let share = |roots: &[(usize, usize)]| {
        let letters: usize = roots.iter().map(|root| kept.of(*root)).sum();
        letters * 100 / kept.of(whole).max(1)
    };
    let main = outermost(&|node| node.name == "main" || tree.has(node, "role", &["main"]));
    if share(&main) >= SHARE_OF_MAIN {
        return main;
    }
    let articles = outermost(&|node| {
        node.name == "article"
            || tree.has(node, "role", &["article"])
            || tree.has(node, "itemprop", &["articleBody"])
    });
    if share(&articles) >= SHARE_OF_ARTICLES { articles } else { vec![whole] }
}

/// Leaves out what is little more than links, unless that is most of the page.
fn leave_out_lists_of_links(
    tree: &Tree<'_>,
    roots: &[(usize, usize)],
    kept: &Letters,
    left_out: &mut [bool],
) {
    let links = Links::count(tree, left_out);
    let mut found = Vec::new();
    let mut taken = 0;
    for &(start, end) in roots {
        let mut at = start;
        while at < end {
            let node = &tree.nodes[at];
            let is_list =
                matches!(node.name, "ul" | "ol" | "div" | "section" | "table" | "p" | "footer")
                    && !left_out[at]
                    && links.make_up((at, node.end), kept);
            if is_list {
                found.push(at);
                taken += kept.of((at, node.end));
            }
            at = if is_list || left_out[at] { node.end } else { at + 1 };
        }
    }
    let all: usize = roots.iter().map(|root| kept.of(*root)).sum();
    if taken * 2 < all {
        for at in found {
            if let Some(label) = label_of_list(tree, at, left_out) {
                left_out[label] = true;
            }
            left_out[at] = true;
        }
    }
}

/// The longest label of a list of links, in bytes.
const LONGEST_LABEL: usize = 30;
/// How many nodes before a list its label is looked for.
const NEAR_LABEL: usize = 16;

/// The text right before a list of links that is there for it alone: `Tags:`, on a line of its own.
fn label_of_list(tree: &Tree<'_>, list: usize, left_out: &[bool]) -> Option<usize> {
    let text = |at: usize| tree.source.text[tree.nodes[at].text.clone()].trim();
    let near = list.saturating_sub(NEAR_LABEL)..list;
    let label = near.clone().rfind(|at| !text(*at).is_empty())?;
    let written = text(label);
    if left_out[label] || !written.ends_with(':') || written.len() > LONGEST_LABEL {
        return None;
    }
    let starts_line = |at: &usize| is_block(tree.nodes[*at].name) || tree.nodes[*at].name == "br";
    let start = near.start..label;
    let opens = start.clone().rfind(|at| starts_line(at) && tree.nodes[*at].end > label)?;
    (opens..label).all(|at| text(at).is_empty()).then_some(label)
}

/// How many letters stand before each node, without what is left out.
#[derive(Debug)]
struct Letters(Vec<usize>);

impl Letters {
    fn count(tree: &Tree<'_>, left_out: &[bool]) -> Self {
        let mut before = Vec::with_capacity(tree.nodes.len() + 1);
        let (mut sum, mut skip) = (0, 0);
        for (at, node) in tree.nodes.iter().enumerate() {
            before.push(sum);
            if left_out[at] {
                skip = skip.max(node.end);
            }
            if at >= skip {
                let text = &tree.source.text[node.text.clone()];
                sum += text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
            }
        }
        before.push(sum);
        Self(before)
    }

    fn of(&self, (start, end): (usize, usize)) -> usize {
        self.0[end] - self.0[start]
    }
}

/// How many links, and how many letters in them, stand before each node.
struct Links {
    count: Vec<usize>,
    letters: Letters,
}

impl Links {
    fn count(tree: &Tree<'_>, left_out: &[bool]) -> Self {
        let mut outside = left_out.to_vec();
        let mut count = Vec::with_capacity(tree.nodes.len() + 1);
        let (mut links, mut end) = (0, 0);
        for (at, node) in tree.nodes.iter().enumerate() {
            count.push(links);
            if node.name == "a" && tree.attribute(node, "href").is_some() && !left_out[at] {
                links += 1;
                end = end.max(node.end);
            }
            outside[at] |= node.name.is_empty() && at >= end;
        }
        count.push(links);
        Self { count, letters: Letters::count(tree, &outside) }
    }

    /// Whether links are nearly all that a stretch holds, and have the length of headings.
    fn make_up(&self, stretch: (usize, usize), kept: &Letters) -> bool {
        let links = self.count[stretch.1] - self.count[stretch.0];
        let letters = self.letters.of(stretch);
        links >= FEWEST_LINKS
            && letters * 100 >= kept.of(stretch) * SHARE_OF_LINKS
            && letters <= links * LONGEST_LINK
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that is kept of a page, its white space folded.
    fn kept(page: &str) -> String {
        let tree = Tree::read(page);
        let content = main_content(&tree);
        let mut text = String::new();
        for &(start, end) in &content.roots {
            let mut at = start;
            while at < end {
                let node = &tree.nodes[at];
                if content.is_left_out(at) {
                    at = node.end;
                    continue;
                }
                text.push_str(&page[node.text.clone()]);
                text.push(' ');
                at += 1;
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    const LONG: &str = "The tape was left in an attic for sixty years, and the glue took up water.";

    #[test]
    fn what_stands_around_the_text_is_left_out() {
        for around in [
            "<nav>Home</nav>",
            "<header><h1>Site</h1></header>",
            "<footer>Imprint</footer>",
            "<aside>More</aside>",
            "<form><p>Your name</p></form>",
            "<div role=navigation>Home</div>",
            "<div id=cookie-notice>We use cookies</div>",
            "<p hidden>x</p><p style='display: none'>x</p><p aria-hidden=true>x</p>",
            "<script>x</script><style>x</style><template>x</template><noscript>x</noscript>",
            "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul>",
            "<dialog>Sign up</dialog><button>Share</button><svg><title>x</title></svg>",
        ] {
            assert_eq!(kept(&format!("<body>{around}<p>{LONG}</p>{around}")), LONG, "{around}");
        }
    }

    #[test]
    fn the_label_of_a_list_of_links_goes_with_it() {
        let list = "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul>";
        for label in ["<div><b>Tags:</b>", "<p>Tags: </p>", "<div><h3><i>Tags:</i></h3>"] {
            assert_eq!(kept(&format!("<p>{LONG}</p>{label}{list}")), LONG, "{label}");
        }
        let words = format!("<p>{LONG} It says:</p>{list}");
        assert_eq!(kept(&words), format!("{LONG} It says:"));
        let words = format!("<p>{LONG}</p><p>One <i>more:</i></p>{list}");
        assert_eq!(kept(&words), format!("{LONG} One more:"));
    }

    #[test]
    fn the_main_element_or_the_articles_are_the_text() {
        let page = format!("<div>Login</div><main><header>By A.</header><p>{LONG}</main><p>Tags");
        assert_eq!(kept(&page), format!("By A. {LONG}"));
        let page = format!("<div>Login</div><article>{LONG}</article><article>Two</article>");
        assert_eq!(kept(&page), format!("{LONG} Two"));
    }

    #[test]
    fn a_main_element_that_holds_next_to_nothing_is_not_the_text() {
        let page = format!("<main>Menu</main><div>{LONG}</div>");
        assert_eq!(kept(&page), format!("Menu {LONG}"));
    }

    #[test]
    fn the_text_of_a_page_without_structure_is_never_lost() {
        for page in [LONG.to_owned(), format!("<form>{LONG}</form>"), format!("<aside>{LONG}")] {
            assert_eq!(kept(&page), LONG, "{page}");
        }
        let links = "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a></ul>";
        assert_eq!(kept(links), "One Two Three");
    }
}
