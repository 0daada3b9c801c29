pub mod place;
pub mod text;
pub mod transcript;
pub mod words;
