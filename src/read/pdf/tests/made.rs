//! Small files, written by a few lines of code, and what is read of them.

use std::{fmt::Write as _, io::Write as _};

use crate::read::{
    pdf::read,
    said::{Said, said_in},
};

/// A file in the making: objects 1 (the catalog), 2 (the pages) and 3 (Helvetica), then others.
pub struct File {
    objects: Vec<Vec<u8>>,
    pub pages: Vec<usize>,
    pub catalog: String,
    pub trailer: String,
}

impl File {
    pub fn new() -> Self {
        let font =
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        let objects = vec![Vec::new(), Vec::new(), font.into()];
        Self { objects, pages: Vec::new(), catalog: String::new(), trailer: String::new() }
    }

    /// Adds an object; gives its number.
    pub fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    pub fn stream(&mut self, dictionary: &str, data: &[u8]) -> usize {
        let mut body = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(body)
    }

    /// Adds a page of 600 by 800 points; `resources` go beside the font `/F`.
    pub fn page(&mut self, content: &str, resources: &str) {
        let content = self.stream("", content.as_bytes());
        self.page_of(content, resources);
    }

    pub fn page_of(&mut self, content: usize, resources: &str) {
        let page = self.object(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R \
             /Resources << /Font << /F 3 0 R {resources} >> >>"
        ));
        self.pages.push(page);
    }

    pub fn bytes(mut self) -> Vec<u8> {
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into();
        let kids: Vec<_> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        let count = self.pages.len();
        self.objects[1] =
            format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")).into();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (at, object) in self.objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
            writeln!(file, "{} 0 obj", at + 1).unwrap();
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        let size = self.objects.len() + 1;
        write!(
            file,
            "{table}trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
            self.trailer
        )
        .unwrap();
        file
    }
}

/// Lines of 10 points, each at its place from the lower left corner.
pub fn lines_at(lines: &[(u32, u32, &str)]) -> String {
    let line = |(x, y, text): &(u32, u32, &str)| format!("BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n");
    lines.iter().map(line).collect()
}

/// A file of one page.
pub fn one_page(content: &str) -> Vec<u8> {
    let mut file = File::new();
    file.page(content, ">>");
    file.bytes()
}

/// Two pages of two columns with running heads, feet and parted words.
pub fn magazine() -> File {
    let mut file = File::new();
    for page in 1..=2 {
        let mut lines =
            vec![(50, 770, "The Slow Bread Review".to_owned()), (290, 30, page.to_string())];
        for (column, x) in [(1, 50), (2, 320)] {
            for row in 0..6 {
                let text = match row {
                    5 => format!("and here ends column {column} of page {page}."),
                    2 => "glue takes up the damp, and the responsi-".to_owned(),
                    3 => "bility is with whoever kept the tape there,".to_owned(),
                    _ => format!("line {row} in column {column} tells of brown tape"),
                };
                lines.push((x, 700 - 12 * row, text));
            }
        }
        let lines: Vec<_> = lines.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        file.page(&lines_at(&lines), ">>");
    }
    file
}

pub fn said(bytes: &[u8]) -> Vec<Said> {
    said_in(read(bytes).unwrap().turns)
}

pub fn text(bytes: &[u8]) -> String {
    said(bytes).into_iter().map(|it| it.1).collect::<Vec<_>>().join("\n\n")
}

/// The text of a file, and what is told about it.
pub fn text_and_warnings(bytes: &[u8]) -> (String, Vec<String>) {
    let warnings = read(bytes).unwrap().warnings.into_iter().map(|it| it.message);
    (text(bytes), warnings.collect())
}
