//! Chance that comes out the same for the same seed, on every machine and in every version.

/// A stream of numbers from a seed: `SplitMix64` (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed for one purpose: what is drawn for one changes nothing for another.
    pub fn of(seed: u64, purpose: &str) -> Self {
        // FNV-1a, 64 bits.
        let mixed = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(seed ^ mixed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`; 0 if there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// A whole number between two, both included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to.saturating_sub(from)).unwrap_or_default().saturating_add(1);
        from.saturating_add(i64::try_from(self.below(span)).unwrap_or_default())
    }

    /// Whether something comes about that does so `percent` times of a hundred.
    pub fn happens(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// One of several by weight; none if no weight is above zero.
    pub fn weighted<'a, T>(&mut self, all: &'a [T], weight: impl Fn(&T) -> usize) -> Option<&'a T> {
        let sum: usize = all.iter().map(&weight).sum();
        let mut place = self.below(sum);
        all.iter().find(|item| {
            let heavy = weight(item);
            let here = place < heavy;
            place = place.saturating_sub(heavy);
            here
        })
    }

    /// All of them in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut chance = Chance::of(1, "test");
        assert_eq!(
            [0; 4].map(|_| chance.below(1000)),
            [0; 4].map({
                let mut again = Chance::of(1, "test");
                move |_| again.below(1000)
            })
        );
        let other = Chance::of(1, "other").below(1 << 40);
        assert_ne!(Chance::of(1, "test").below(1 << 40), other);
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn() {
        let mut chance = Chance::of(7, "weights");
        for _ in 0..500 {
            assert_ne!(chance.weighted(&[0_usize, 3, 1], |weight| *weight), Some(&0));
        }
        assert_eq!(chance.weighted(&[0_usize], |weight| *weight), None);
        assert_eq!(chance.pick::<u8>(&[]), None);
    }

    #[test]
    fn both_ends_come_up() {
        let mut chance = Chance::of(7, "ends");
        let drawn: std::collections::BTreeSet<i64> = (0..200).map(|_| chance.between(-1, 2)).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
    }
}
