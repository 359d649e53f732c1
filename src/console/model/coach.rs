//! What is told beside the work while somebody practises; there is none otherwise.

/// A sentence by its key, with what stands in it; the keys of the keyboard are put in where it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its key.
    pub key: String,
    /// What stands in it.
    pub variables: Vec<(&'static str, String)>,
}

/// Where what is proposed begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// In the desk's field of labels.
    InField,
    /// Anywhere.
    Anywhere,
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coach {
    /// Which practice it is, and how far.
    pub title: Sentence,
    /// The command that goes on without the step at hand, by its id; none if there is none.
    pub skip: Option<&'static str>,
    /// Who stands in front of the desk, and what they say or do.
    pub scene: Sentence,
    /// What can be done.
    pub advice: Sentence,
    /// Where that begins.
    pub begins: Begins,
}
