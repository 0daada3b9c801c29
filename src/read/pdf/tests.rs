//! Small files, and what is read of them.

mod about;
mod bounds;
mod broken;
mod content;
mod layout;
mod made;
