//! A list under the operator's hand: the selection stays on its row and on its line of the glass while rows come and go around it.

use std::{collections::HashSet, hash::Hash};

/// Where a list stands: the row selected and the line it is drawn on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<K> {
    selected: Option<K>,
    /// The order as the list was last settled, with the ghost in it.
    order: Vec<K>,
    /// The selected row's place in the order.
    index: usize,
    /// The line of the glass on which the selected row stands; 0 is the first.
    line: usize,
    /// Lines of the glass, at least 1.
    height: usize,
    /// Whether the selected row is no longer in the order that others made: it stays, greyed, until the operator moves.
    ghost: bool,
    /// How many rows stood out of sight above when the operator last moved.
    above_at_rest: usize,
}

impl<K> Default for List<K> {
    fn default() -> Self {
        Self { selected: None, order: Vec::new(), index: 0, line: 0, height: 1, ghost: false, above_at_rest: 0 }
    }
}

/// One line of the glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<K> {
    /// The row drawn on it.
    pub key: K,
    /// Whether it is the selected one.
    pub selected: bool,
    /// Whether it is kept only because it was selected.
    pub ghost: bool,
}

/// How far a movement goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A glass up.
    PageUp,
    /// A glass down.
    PageDown,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
}

impl<K: Copy + Eq + Hash> List<K> {
    /// The row that a verb acts on.
    pub fn selected(&self) -> Option<K> {
        self.selected
    }

    /// Whether the selected row is kept although it left.
    pub fn is_ghost(&self) -> bool {
        self.ghost
    }

    /// Every row in the order in which it is shown.
    pub fn order(&self) -> &[K] {
        &self.order
    }

    /// The selected row's place among all, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Takes in a new order of rows and the glass's height. Whatever came or went, the selection stays on its row and the row on its line.
    pub fn settle(&mut self, order: impl IntoIterator<Item = K>, height: usize) {
        let mut order: Vec<K> = order.into_iter().collect();
        self.height = height.max(1);
        match self.selected {
            None => {
                self.ghost = false;
                self.index = 0;
                self.line = 0;
                self.selected = order.first().copied();
            }
            Some(key) => {
                let place = order.iter().position(|other| *other == key);
                if let Some(place) = place {
                    order.remove(place);
                }
                self.index = match place {
                    Some(place) => self.place_of_selected(&order, place),
                    None => self.place_of_ghost(&order),
                };
                order.insert(self.index, key);
                self.ghost = place.is_none();
                self.line = self.line.min(self.height - 1);
            }
        }
        self.order = order;
    }

    /// Takes in the rows of another filter: a selected row that one's own filter hides is let go.
    pub fn settle_filtered(&mut self, order: impl IntoIterator<Item = K>, height: usize) {
        let order: Vec<K> = order.into_iter().collect();
        if self.selected.is_some_and(|selected| !order.contains(&selected)) {
            *self = Self::default();
        }
        self.settle(order, height);
    }

    /// Where a row that left is kept: behind the row that stood before it.
    fn place_of_ghost(&self, order: &[K]) -> usize {
        let before = self.order.iter().take(self.index).rev();
        let place = before.into_iter().find_map(|known| order.iter().position(|other| other == known));
        place.map_or(0, |place| place + 1)
    }

    /// Where the selected row stands among the others: where it belongs, unless it would pass by more of them than if it stayed where it stood.
    /// What is looked at does not run away; it goes where it belongs once the operator looks elsewhere.
    fn place_of_selected(&self, others: &[K], place: usize) -> usize {
        let kept = self.place_of_ghost(others);
        if kept == place {
            return place;
        }
        let (low, high) = (place.min(kept), place.max(kept));
        let between: HashSet<K> = others.get(low..high).unwrap_or_default().iter().copied().collect();
        let before = self.order.iter().take(self.index).filter(|row| between.contains(row)).count();
        let after = self.order.iter().skip(self.index + 1).filter(|row| between.contains(row)).count();
        let (by_going, by_staying) = if place > kept { (after, before) } else { (before, after) };
        if by_going > by_staying { kept } else { place }
    }

    /// Moves the selection, as the operator asked; a row that had left is let go.
    pub fn step(&mut self, step: Step) {
        let first = self.first();
        let target = match step {
            Step::Up => self.index.saturating_sub(1),
            // Below a ghost stands the next row already once the ghost is gone.
            Step::Down => self.index + 1,
            Step::PageUp => self.index.saturating_sub(self.height),
            Step::PageDown => self.index + self.height,
            Step::Top => 0,
            Step::Bottom => self.order.len(),
        };
        let ghost_index = self.index;
        let target = target.min(self.order.len().saturating_sub(1));
        if self.ghost && target != ghost_index {
            self.order.remove(ghost_index);
            self.ghost = false;
            let target = if target > ghost_index { target - 1 } else { target };
            self.go_to(target, first);
        } else {
            self.go_to(target, first);
        }
    }

    /// Puts the selection on a row, if it is there.
    pub fn select(&mut self, key: K) {
        if let Some(index) = self.order.iter().position(|other| *other == key) {
            let first = self.first();
            if self.ghost && index != self.index {
                self.order.remove(self.index);
                self.ghost = false;
                let index = if index > self.index { index - 1 } else { index };
                self.go_to(index, first);
            } else {
                self.go_to(index, first);
            }
        }
    }

    /// Goes on to the next row after one's own verb, whether or not the row stays: what was acted upon is dealt with.
    pub fn advance(&mut self) {
        if self.index + 1 < self.order.len() {
            self.step(Step::Down);
        } else {
            self.step(Step::Up);
        }
    }

    fn go_to(&mut self, index: usize, first: isize) {
        let index = index.min(self.order.len().saturating_sub(1));
        let last_first = self.order.len().saturating_sub(self.height);
        // The glass stands still where it can; blank lines that rows left above close up again.
        let mut top = usize::try_from(first).unwrap_or_default().min(last_first);
        if index < top {
            top = index;
        } else if index >= top + self.height {
            top = index + 1 - self.height;
        }
        self.index = index;
        self.line = index - top;
        self.selected = self.order.get(index).copied();
        self.above_at_rest = top;
    }

    /// The place of the row on the glass's first line; below zero where rows above left and nothing may move.
    fn first(&self) -> isize {
        isize::try_from(self.index).unwrap_or(isize::MAX).saturating_sub_unsigned(self.line)
    }

    /// What stands on each line of the glass, from the top; nothing on a line that is blank.
    pub fn glass(&self) -> impl Iterator<Item = Option<Line<K>>> + '_ {
        let first = self.first();
        (0..self.height).map(move |line| {
            let index = usize::try_from(first.saturating_add_unsigned(line)).ok()?;
            let key = *self.order.get(index)?;
            let selected = index == self.index;
            Some(Line { key, selected, ghost: selected && self.ghost })
        })
    }

    /// The line of the glass on which the selected row stands.
    pub fn line(&self) -> Option<usize> {
        self.selected.map(|_| self.line)
    }

    /// The places of the first and last row on the glass, counted from 1, and how many there are.
    pub fn span(&self) -> (usize, usize, usize) {
        let first = usize::try_from(self.first()).unwrap_or_default();
        let last = (first + self.height).min(self.order.len());
        (if last == 0 { 0 } else { first + 1 }, last, self.order.len())
    }

    /// How many rows came in above, out of sight, since the operator last moved.
    pub fn new_above(&self) -> usize {
        usize::try_from(self.first()).unwrap_or_default().saturating_sub(self.above_at_rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(rows: &[u32], height: usize) -> List<u32> {
        let mut list = List::default();
        list.settle(rows.iter().copied(), height);
        list
    }

    fn glass(list: &List<u32>) -> Vec<Option<u32>> {
        list.glass().map(|line| line.map(|line| line.key)).collect()
    }

    #[test]
    fn a_row_that_comes_in_above_goes_out_of_sight_and_is_announced() {
        let mut list = list(&[1, 2, 3], 3);
        list.step(Step::Down);
        list.settle([9, 1, 2, 3], 3);
        assert_eq!(glass(&list), [Some(1), Some(2), Some(3)]);
        assert_eq!((list.selected(), list.line(), list.new_above()), (Some(2), Some(1), 1));
    }

    #[test]
    fn a_row_that_leaves_above_leaves_a_blank_line_until_the_operator_moves() {
        let mut list = list(&[1, 2, 3], 3);
        list.step(Step::Down);
        list.settle([2, 3], 3);
        assert_eq!(glass(&list), [None, Some(2), Some(3)]);
        list.step(Step::Down);
        assert_eq!(glass(&list), [Some(2), Some(3), None]);
    }

    #[test]
    fn the_selected_row_stays_when_others_took_it_away_and_goes_when_the_operator_moves() {
        let mut list = list(&[1, 2, 3], 3);
        list.step(Step::Down);
        list.settle([1, 3], 3);
        assert_eq!((list.selected(), list.is_ghost()), (Some(2), true));
        assert_eq!(glass(&list), [Some(1), Some(2), Some(3)]);
        list.step(Step::Down);
        assert_eq!((list.selected(), list.is_ghost()), (Some(3), false));
        assert_eq!(glass(&list), [Some(1), Some(3), None]);
    }

    #[test]
    fn a_row_that_comes_back_is_no_ghost() {
        let mut list = list(&[1, 2], 2);
        list.settle([2], 2);
        list.settle([2, 1], 2);
        assert_eq!((list.selected(), list.is_ghost()), (Some(1), false));
    }

    #[test]
    fn the_selected_row_keeps_its_place_when_others_change_its_rank_until_the_operator_moves() {
        let mut list = list(&[1, 2, 3, 4, 5], 3);
        list.settle([2, 3, 4, 1, 5], 3);
        assert_eq!(glass(&list), [Some(1), Some(2), Some(3)], "it was taken, and stays under the eyes");
        assert_eq!((list.is_ghost(), list.new_above()), (false, 0));
        list.settle([9, 2, 3, 4, 1, 5], 3);
        assert_eq!((list.line(), list.selected()), (Some(0), Some(1)));
        list.step(Step::Down);
        list.settle([9, 2, 3, 4, 1, 5], 3);
        assert_eq!((list.selected(), list.order()), (Some(9), [9, 2, 3, 4, 1, 5].as_slice()));
    }

    #[test]
    fn another_row_that_changes_its_rank_takes_the_selected_one_nowhere() {
        let mut list = list(&[1, 2, 3, 4], 4);
        list.step(Step::Down);
        list.settle([2, 3, 4, 1], 4);
        assert_eq!(list.order(), [2, 3, 4, 1]);
        assert_eq!(glass(&list), [None, Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn after_ones_own_verb_the_next_row_is_selected_and_after_the_last_the_one_before() {
        let mut list = list(&[1, 2, 3], 3);
        list.advance();
        assert_eq!(list.selected(), Some(2));
        list.step(Step::Bottom);
        list.advance();
        assert_eq!(list.selected(), Some(2));
    }

    #[test]
    fn an_empty_list_has_nothing_to_act_on() {
        let mut list = list(&[], 4);
        list.step(Step::Down);
        list.advance();
        assert_eq!((list.selected(), list.span()), (None, (0, 0, 0)));
    }

    proptest! {
        #[test]
        fn the_selection_never_moves_by_itself(
            orders in prop::collection::vec(prop::collection::hash_set(0_u32..40, 0..30), 1..20),
            heights in prop::collection::vec(1_usize..12, 1..20),
        ) {
            let mut list = list(&[7, 8, 9], 5);
            list.step(Step::Down);
            for (order, height) in orders.iter().zip(heights) {
                let line = list.line();
                list.settle(order.iter().copied(), height);
                prop_assert_eq!(list.selected(), Some(8));
                prop_assert_eq!(list.line(), line.map(|line| line.min(height - 1)));
                prop_assert!(list.glass().flatten().any(|line| line.selected && line.key == 8));
            }
        }

        #[test]
        fn every_movement_ends_on_a_row_that_is_drawn(
            steps in prop::collection::vec((0_u8..6, prop::option::of(prop::collection::vec(0_u32..20, 0..20))), 0..40)
        ) {
            let mut list = list(&[1, 2, 3], 4);
            for (step, order) in steps {
                if let Some(mut order) = order {
                    order.sort_unstable();
                    order.dedup();
                    list.settle(order, 4);
                }
                list.step([Step::Up, Step::Down, Step::PageUp, Step::PageDown, Step::Top, Step::Bottom][usize::from(step)]);
                let drawn = list.glass().flatten().find(|line| line.selected).map(|line| line.key);
                prop_assert_eq!(drawn, list.selected());
            }
        }
    }
}
