//! Chance that comes out the same for the same seed on every machine: `SplitMix64` (Steele, Lea, Flood: *Fast splittable pseudorandom number
//! generators*, 2014).

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    #[inline]
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`, by the high half of a product instead of a remainder; 0 if there is none.
    #[inline]
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 32) as usize * end) >> 32
    }

    /// From 0 to below 1.
    #[inline]
    pub(super) fn unit(&mut self) -> f64 {
        f64::from((self.next() >> 32) as u32) * (1.0 / 4_294_967_296.0)
    }
}
