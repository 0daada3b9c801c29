//! Draws a page in thought: from operators to glyphs.
//!
//! Of the operators of ISO 32000-2 only those count that place text: the text state, the
//! transformation matrix, forms within forms, and marked content that says what its glyphs mean
//! (`ActualText`). Colours, lines and pictures are skipped, so invisible text under a scan is read
//! like any other.

use std::{borrow::Cow, rc::Rc};

use hayro_font::kurbo::{Affine, Point, Rect, Vec2};
use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction},
    object::{Array, Dict, Name, Number, Object, Stream, String as Bytes},
    page::{Page, Resources},
};

use crate::read::pdf::{
    fonts::{Fonts, LoadedFont},
    glyph::Ink,
    limits::{Budget, CHARACTERS, DEPTH, Limit},
    metadata,
};

/// The glyphs of a page, as far as they could be read, and what stopped it.
pub fn read<'a>(
    page: &Page<'a>,
    fonts: &mut Fonts<'a>,
    budget: &mut Budget,
) -> (Ink, Option<Limit>) {
    budget.turn_page();
    let (width, height) = page.render_dimensions();
    let paper = Rect::new(0.0, 0.0, width.into(), height.into()).inset(MARGIN);
    let mut canvas = Canvas { fonts, budget, paper, ink: Ink::default() };
    let stopped = canvas.page(page).err();
    (canvas.ink, stopped)
}

struct Canvas<'a, 'b> {
    fonts: &'b mut Fonts<'a>,
    budget: &'b mut Budget,
    /// What lies outside is cut off when the page is printed.
    paper: Rect,
    ink: Ink,
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct State<'a> {
    matrix: Affine,
    font: Option<Rc<LoadedFont<'a>>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    /// 1 where nothing is stretched.
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Where text goes on: the matrices of 9.4.2.
#[derive(Clone, Copy, Default)]
struct Pen {
    text: Affine,
    line: Affine,
}

/// A stretch of marked content that is open.
struct Marked {
    /// What its glyphs mean, and the number of the first of them.
    meaning: Option<(String, usize)>,
}

/// How far text may lie outside of the page, in points.
const MARGIN: f64 = 5.0;
/// The most states that `q` saves; what lies deeper is drawn with the wrong one.
const DEEPEST_STATE: usize = 4096;

impl<'a> Canvas<'a, '_> {
    fn page(&mut self, page: &Page<'a>) -> Result<(), Limit> {
        let mut data = Vec::new();
        if let Some(stream) = page.raw().get::<Stream<'a>>(b"Contents") {
            data.extend_from_slice(&self.unpack(&stream)?);
        } else if let Some(streams) = page.raw().get::<Array<'a>>(b"Contents") {
            for stream in streams.iter::<Stream<'a>>() {
                data.extend_from_slice(&self.unpack(&stream)?);
                data.push(b'\n');
            }
        }
        let matrix = Affine::new(page.initial_transform(true).as_coeffs());
        let state = State {
            matrix,
            font: None,
            size: 1.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.draw(&data, page.resources(), state, 0)
    }

    fn draw(
        &mut self,
        data: &[u8],
        resources: &Resources<'a>,
        mut state: State<'a>,
        depth: usize,
    ) -> Result<(), Limit> {
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut marked: Vec<Marked> = Vec::new();
        let mut pen = Pen::default();
        let mut operators = TypedIter::new(data);
        while let Some(operator) = operators.next() {
            self.budget.operator()?;
            match operator {
                TypedInstruction::SaveState(_) if saved.len() < DEEPEST_STATE => {
                    saved.push(state.clone());
                }
                TypedInstruction::RestoreState(_) => {
                    if let Some(last) = saved.pop() {
                        state = last;
                    }
                }
                TypedInstruction::Transform(it) => {
                    state.matrix *= affine([it.0, it.1, it.2, it.3, it.4, it.5]);
                }
                TypedInstruction::BeginText(_) => pen = Pen::default(),
                TypedInstruction::CharacterSpacing(it) => state.character_space = it.0.as_f64(),
                TypedInstruction::WordSpacing(it) => state.word_space = it.0.as_f64(),
                TypedInstruction::HorizontalScaling(it) => state.stretch = it.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(it) => state.leading = it.0.as_f64(),
                TypedInstruction::TextRise(it) => state.rise = it.0.as_f64(),
                TypedInstruction::TextFont(it) => {
                    state.font = self.fonts.named(it.0, resources, self.budget)?;
                    state.size = it.1.as_f64();
                }
                TypedInstruction::SetGraphicsState(it) => {
                    self.set_font_of(resources.get_ext_g_state(it.0).as_ref(), &mut state)?;
                }
                TypedInstruction::NextLine(it) => pen.feed(it.0.as_f64(), it.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(it) => {
                    state.leading = -it.1.as_f64();
                    pen.feed(it.0.as_f64(), it.1.as_f64());
                }
                TypedInstruction::SetTextMatrix(it) => {
                    let matrix = affine([it.0, it.1, it.2, it.3, it.4, it.5]);
                    pen = Pen { text: matrix, line: matrix };
                }
                TypedInstruction::NextLineUsingLeading(_) => pen.feed(0.0, -state.leading),
                TypedInstruction::ShowText(it) => self.show(it.0, &state, &mut pen)?,
                TypedInstruction::NextLineAndShowText(it) => {
                    pen.feed(0.0, -state.leading);
                    self.show(it.0, &state, &mut pen)?;
                }
                TypedInstruction::ShowTextWithParameters(it) => {
                    state.word_space = it.0.as_f64();
                    state.character_space = it.1.as_f64();
                    pen.feed(0.0, -state.leading);
                    self.show(it.2, &state, &mut pen)?;
                }
                TypedInstruction::ShowTexts(it) => {
                    for piece in it.0.iter::<Object<'_>>() {
                        match piece {
                            Object::String(string) => self.show(&string, &state, &mut pen)?,
                            Object::Number(by) => pen.kern(by.as_f64(), &state),
                            _ => {}
                        }
                    }
                }
                TypedInstruction::XObject(it) => self.x_object(resources, it.0, &state, depth)?,
                TypedInstruction::InlineImage(_) => self.ink.has_picture = true,
                TypedInstruction::BeginMarkedContent(_) => marked.push(Marked { meaning: None }),
                TypedInstruction::BeginMarkedContentWithProperties(it) => {
                    let meaning = meaning(it.1, resources).map(|text| (text, self.ink.len()));
                    marked.push(Marked { meaning });
                }
                TypedInstruction::EndMarkedContent(_) => {
                    if let Some(Marked { meaning: Some((text, first)) }) = marked.pop() {
                        self.ink.replace_from(first, &text);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn unpack<'s>(&mut self, stream: &Stream<'s>) -> Result<Cow<'s, [u8]>, Limit> {
        let data = self.budget.unpack(stream)?;
        self.ink.has_broken_stream |= data.is_none();
        Ok(data.unwrap_or_default())
    }

    /// A graphics state may name a font as well.
    fn set_font_of(&mut self, dict: Option<&Dict<'a>>, state: &mut State<'a>) -> Result<(), Limit> {
        let Some(font) = dict.and_then(|dict| dict.get::<Array<'a>>(b"Font")) else {
            return Ok(());
        };
        let mut parts = font.iter::<Object<'a>>();
        if let (Some(Object::Dict(dict)), Some(Object::Number(size))) = (parts.next(), parts.next())
        {
            state.font = self.fonts.get(&dict, self.budget)?;
            state.size = size.as_f64();
        }
        Ok(())
    }

    fn x_object(
        &mut self,
        resources: &Resources<'a>,
        name: &Name<'_>,
        state: &State<'a>,
        depth: usize,
    ) -> Result<(), Limit> {
        let Some(object) = resources.get_x_object(name) else {
            return Ok(());
        };
        match object.dict().get::<Name<'_>>(b"Subtype").as_deref() {
            Some(b"Image") => self.ink.has_picture = true,
            Some(b"Form") if depth < DEPTH => {
                self.budget.form()?;
                let data = self.unpack(&object)?;
                let own = object.dict().get::<Dict<'a>>(b"Resources").map(Resources::new);
                let matrix =
                    object.dict().get::<[f64; 6]>(b"Matrix").map_or(Affine::IDENTITY, Affine::new);
                let state = State { matrix: state.matrix * matrix, ..state.clone() };
                self.draw(&data, own.as_ref().unwrap_or(resources), state, depth + 1)?;
            }
            Some(b"Form") => self.ink.is_too_deep = true,
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, string: &Bytes<'_>, state: &State<'a>, pen: &mut Pen) -> Result<(), Limit> {
        let font = match &state.font {
            Some(font) => Rc::clone(font),
            None => match self.fonts.fallback() {
                Some(font) => font,
                None => return Ok(()),
            },
        };
        let bytes = string.as_bytes();
        let em = Affine::new([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let mut at = 0;
        while at < bytes.len() {
            let (code, length, known) = font.read(bytes, at);
            at += length;
            if self.ink.len() >= CHARACTERS {
                return Err(Limit::Characters);
            }
            let whole = state.matrix * pen.text * em;
            let advance = known.advance / 1000.0;
            let (origin, end) = (whole * Point::ORIGIN, whole * advance.to_point());
            let [a, b, c, d, _, _] = whole.as_coeffs();
            let size = Vec2::new(c, d).hypot();
            let along = if font.is_horizontal() { Vec2::new(a, b) } else { Vec2::new(-c, -d) };
            if self.paper.contains(origin) && end.is_finite() && size.is_finite() {
                self.ink.push(known.text.as_deref(), origin, end, size, along);
            }
            let word = if code == 32 && length == 1 { state.word_space } else { 0.0 };
            let space = state.character_space + word;
            let step = if font.is_horizontal() {
                Vec2::new((advance.x * state.size + space) * state.stretch, 0.0)
            } else {
                Vec2::new(0.0, advance.y * state.size + space)
            };
            pen.text *= Affine::translate(step);
        }
        Ok(())
    }
}

impl Pen {
    /// Goes to the start of another line.
    fn feed(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }

    /// Goes back by thousandths of the type size.
    fn kern(&mut self, by: f64, state: &State<'_>) {
        let by = -by / 1000.0 * state.size;
        let is_horizontal = state.font.as_ref().is_none_or(|font| font.is_horizontal());
        let step = if is_horizontal { (by * state.stretch, 0.0) } else { (0.0, by) };
        self.text *= Affine::translate(step);
    }
}

/// What marked content says that its glyphs mean.
fn meaning(properties: &Object<'_>, resources: &Resources<'_>) -> Option<String> {
    let text = match properties {
        Object::Dict(dict) => dict.get::<Bytes<'_>>(b"ActualText")?,
        Object::Name(name) => {
            resources.properties.get::<Dict<'_>>(name)?.get::<Bytes<'_>>(b"ActualText")?
        }
        _ => return None,
    };
    Some(metadata::text(text.as_bytes()))
}

fn affine(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}
