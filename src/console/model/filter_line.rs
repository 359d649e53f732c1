//! The line of the filter, typed over the list of requests.

use super::field::Field;

/// One way to go on, as Tab offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is called on screen.
    pub label: String,
    /// The whole line with it.
    pub text: String,
    /// How many characters stand before the cursor then.
    pub cursor: usize,
}

/// The line of the filter.
#[derive(Clone, Debug, Default)]
pub struct FilterLine {
    /// What is typed.
    pub field: Field,
    /// The filter that stood before, to go back to.
    pub before: String,
    /// What Tab offers one after the other; gone as soon as something is typed.
    pub proposals: Vec<Proposal>,
    /// Which of them stands in the line, from 0.
    pub chosen: usize,
}

impl FilterLine {
    /// A line that holds the filter that stands.
    pub fn over(filter: &str) -> Self {
        Self { field: Field::holding(filter), before: filter.to_owned(), ..Self::default() }
    }

    /// Offers these, the first of them in the line.
    pub fn offer(&mut self, proposals: Vec<Proposal>) {
        self.proposals = proposals;
        self.chosen = 0;
        self.take_up();
    }

    /// The next of what is offered; after the last comes the first.
    pub fn next(&mut self) {
        self.chosen = (self.chosen + 1) % self.proposals.len().max(1);
        self.take_up();
    }

    fn take_up(&mut self) {
        if let Some(proposal) = self.proposals.get(self.chosen) {
            self.field = Field::at(&proposal.text, proposal.cursor);
        }
    }
}
