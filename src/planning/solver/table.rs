//! A list that has an answer for every index: beyond its end stands a spare element. The search reckons with indices all the time; so none of
//! them can stop it, and the code that does reads as the formulas do.

use std::ops::{Index, IndexMut};

/// A list, and what stands beyond its end.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    items: Vec<T>,
    spare: T,
}

impl<T> Table<T> {
    pub(super) const fn new(items: Vec<T>, spare: T) -> Self {
        Self { items, spare }
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }
}

impl<T: Clone> Table<T> {
    pub(super) fn filled(len: usize, with: T) -> Self {
        Self::new(vec![with.clone(); len], with)
    }
}

impl<T> Index<usize> for Table<T> {
    type Output = T;

    #[inline]
    fn index(&self, at: usize) -> &T {
        self.items.get(at).unwrap_or(&self.spare)
    }
}

impl<T> IndexMut<usize> for Table<T> {
    #[inline]
    fn index_mut(&mut self, at: usize) -> &mut T {
        self.items.get_mut(at).unwrap_or(&mut self.spare)
    }
}
