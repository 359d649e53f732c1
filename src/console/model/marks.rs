//! Marks: what is chosen for a bulk, and where a range starts from.

use std::collections::BTreeSet;

/// The marked rows of a list.
#[derive(Clone, Debug)]
pub struct Marks<K> {
    set: BTreeSet<K>,
    /// Where the last mark was set: a range goes from there.
    last: Option<K>,
}

impl<K> Default for Marks<K> {
    fn default() -> Self {
        Self { set: BTreeSet::new(), last: None }
    }
}

impl<K: Copy + Ord> Marks<K> {
    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// How many are marked.
    pub fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether a row is marked.
    pub fn contains(&self, key: K) -> bool {
        self.set.contains(&key)
    }

    /// What is marked.
    pub fn iter(&self) -> impl Iterator<Item = K> + '_ {
        self.set.iter().copied()
    }

    /// Marks a row, or takes its mark away.
    pub fn turn(&mut self, key: K) {
        if !self.set.remove(&key) {
            self.set.insert(key);
        }
        self.last = Some(key);
    }

    /// Marks every row from the last mark to this one, in this order.
    pub fn range(&mut self, order: &[K], to: K) {
        let place = |key: K| order.iter().position(|other| *other == key);
        if let Some(end) = place(to) {
            let start = self.last.and_then(place).unwrap_or(end);
            self.set.extend(order.get(start.min(end)..=start.max(end)).unwrap_or_default());
        }
        self.last = Some(to);
    }

    /// Marks every one of these rows; if all are marked already, none.
    pub fn all(&mut self, shown: impl IntoIterator<Item = K>) {
        let shown: BTreeSet<K> = shown.into_iter().collect();
        if shown.is_subset(&self.set) {
            self.set.clear();
        } else {
            self.set.extend(shown);
        }
        self.last = None;
    }

    /// Marks these alone.
    pub fn set(&mut self, rows: impl IntoIterator<Item = K>) {
        self.set = rows.into_iter().collect();
        self.last = None;
    }

    /// Takes all marks away.
    pub fn clear(&mut self) {
        self.set([]);
    }

    /// Takes the marks of rows away that are no longer there.
    pub fn retain(&mut self, is_there: impl Fn(K) -> bool) {
        self.set.retain(|key| is_there(*key));
    }
}
