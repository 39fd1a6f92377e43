//! Four numbers worked on at once: WebAssembly's vectors where they exist, arrays that the compiler vectorizes elsewhere.

/// Four neighbouring channels of one pixel, as they lie in memory.
pub(crate) type Quad = [f32; 4];

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod imp {
    use std::arch::wasm32::{f32x4_add, f32x4_max, f32x4_min, f32x4_mul, f32x4_splat, v128};

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

        #[inline]
        pub fn max(self, other: Self) -> Self {
            Self(f32x4_max(self.0, other.0))
        }

        #[inline]
        pub fn min(self, other: Self) -> Self {
            Self(f32x4_min(self.0, other.0))
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
