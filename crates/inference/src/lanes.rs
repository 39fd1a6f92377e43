//! Four numbers worked on at once: WebAssembly's vectors where they exist, arrays that the compiler vectorizes elsewhere.

/// Four neighbouring channels of one pixel, as they lie in memory.
pub(crate) type Quad = [f32; 4];

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_pmax, f32x4_pmin, f32x4_splat, i32x4_shuffle, v128};

    use super::Quad;

    /// Four numbers in a register.
    #[derive(Clone, Copy)]
    pub(crate) struct Lanes(v128);

    impl Lanes {
        #[inline]
        pub fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline]
        pub fn load(quad: &Quad) -> Self {
            Self(bytemuck::must_cast(*quad))
        }

        /// Each of the four numbers, four times.
        #[inline]
        pub fn spread(self) -> [Self; 4] {
            let all = self.0;
            [
                Self(i32x4_shuffle::<0, 0, 0, 0>(all, all)),
                Self(i32x4_shuffle::<1, 1, 1, 1>(all, all)),
                Self(i32x4_shuffle::<2, 2, 2, 2>(all, all)),
                Self(i32x4_shuffle::<3, 3, 3, 3>(all, all)),
            ]
        }

        /// The columns of a square given by rows.
        #[inline]
        pub fn columns([a, b, c, d]: [Self; 4]) -> [Self; 4] {
            let low = |a: Self, b: Self| i32x4_shuffle::<0, 4, 1, 5>(a.0, b.0);
            let high = |a: Self, b: Self| i32x4_shuffle::<2, 6, 3, 7>(a.0, b.0);
            let first = |ab, cd| Self(i32x4_shuffle::<0, 1, 4, 5>(ab, cd));
            let second = |ab, cd| Self(i32x4_shuffle::<2, 3, 6, 7>(ab, cd));
            [
                first(low(a, b), low(c, d)),
                second(low(a, b), low(c, d)),
                first(high(a, b), high(c, d)),
                second(high(a, b), high(c, d)),
            ]
        }

        #[inline]
        pub fn quad(self) -> Quad {
            bytemuck::must_cast(self.0)
        }

        /// `self + a * b`; rounded once or twice, as the processor likes.
        #[cfg(target_feature = "relaxed-simd")]
        #[inline]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(std::arch::wasm32::f32x4_relaxed_madd(a.0, b.0, self.0))
        }

        /// `self + a * b`.
        #[cfg(not(target_feature = "relaxed-simd"))]
        #[inline]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            self + a * b
        }

        // The plain maximum and minimum take five instructions, to be exact about NaN.
        #[inline]
        pub fn max(self, other: Self) -> Self {
            Self(f32x4_pmax(other.0, self.0))
        }

        #[inline]
        pub fn min(self, other: Self) -> Self {
            Self(f32x4_pmin(other.0, self.0))
        }
    }

    impl std::ops::Add for Lanes {
        type Output = Self;

        #[inline]
        fn add(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }
    }

    impl std::ops::Mul for Lanes {
        type Output = Self;

        #[inline]
        fn mul(self, other: Self) -> Self {
            Self(f32x4_mul(self.0, other.0))
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod imp {
    use super::Quad;

    /// Four numbers.
    #[derive(Clone, Copy)]
    pub(crate) struct Lanes(Quad);

    impl Lanes {
        #[inline]
        pub fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline]
        pub fn load(quad: &Quad) -> Self {
            Self(*quad)
        }

        /// Each of the four numbers, four times.
        #[inline]
        pub fn spread(self) -> [Self; 4] {
            self.0.map(Self::splat)
        }

        /// The columns of a square given by rows.
        #[inline]
        pub fn columns(rows: [Self; 4]) -> [Self; 4] {
            std::array::from_fn(|column| Self(rows.map(|row| row.0[column])))
        }

        #[inline]
        pub fn quad(self) -> Quad {
            self.0
        }

        /// `self + a * b`.
        #[inline]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            self + a * b
        }

        #[inline]
        fn with(self, other: Self, combine: impl Fn(f32, f32) -> f32) -> Self {
            Self(std::array::from_fn(|lane| combine(self.0[lane], other.0[lane])))
        }

        #[inline]
        pub fn max(self, other: Self) -> Self {
            self.with(other, |a, b| if a > b { a } else { b })
        }

        #[inline]
        pub fn min(self, other: Self) -> Self {
            self.with(other, |a, b| if a < b { a } else { b })
        }
    }

    impl std::ops::Add for Lanes {
        type Output = Self;

        #[inline]
        fn add(self, other: Self) -> Self {
            self.with(other, |a, b| a + b)
        }
    }

    impl std::ops::Mul for Lanes {
        type Output = Self;

        #[inline]
        fn mul(self, other: Self) -> Self {
            self.with(other, |a, b| a * b)
        }
    }
}

pub(crate) use imp::Lanes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_spread_and_turned() {
        let rows = [0., 1., 2., 3.].map(|row| [0., 1., 2., 3.].map(|column| 10. * row + column));
        let columns = Lanes::columns(rows.each_ref().map(Lanes::load)).map(Lanes::quad);
        assert_eq!(columns[1], [1., 11., 21., 31.]);
        assert_eq!(columns[3], [3., 13., 23., 33.]);
        let spread = Lanes::load(&rows[2]).spread().map(Lanes::quad);
        assert_eq!(spread, [[20.; 4], [21.; 4], [22.; 4], [23.; 4]]);
    }
}
