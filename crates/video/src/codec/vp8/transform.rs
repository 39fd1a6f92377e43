//! Inverse transforms (RFC 6386, section 14.3 and 14.4).

/// sqrt(2) * cos(pi / 8) - 1 and sqrt(2) * sin(pi / 8) in 16-bit fractions.
const COSINE_LESS_ONE: i32 = 20091;
const SINE: i32 = 35468;

/// Both products of a butterfly. Inputs are 16-bit, so nothing overflows.
const fn rotate(first: i32, third: i32) -> (i32, i32) {
    let difference = ((first * SINE) >> 16) - (third + ((third * COSINE_LESS_ONE) >> 16));
    let sum = first + ((first * COSINE_LESS_ONE) >> 16) + ((third * SINE) >> 16);
    (difference, sum)
}

/// Adds the inverse transform of a block to the prediction at `start`.
pub(super) fn add_inverse_dct(coefficients: &[i16; 16], plane: &mut [u8], start: usize, stride: usize) {
    // Sums of the first pass are kept in 16 bits, as in libvpx: that only matters for damaged data.
    let mut middle = [0_i16; 16];
    for column in 0..4 {
        let at = |row: usize| i32::from(coefficients[row * 4 + column]);
        let (even_sum, even_difference) = (at(0) + at(2), at(0) - at(2));
        let (difference, sum) = rotate(at(1), at(3));
        middle[column] = (even_sum + sum) as i16;
        middle[4 + column] = (even_difference + difference) as i16;
        middle[8 + column] = (even_difference - difference) as i16;
        middle[12 + column] = (even_sum - sum) as i16;
    }
    for row in 0..4 {
        let at = |column: usize| i32::from(middle[row * 4 + column]);
        let (even_sum, even_difference) = (at(0) + at(2), at(0) - at(2));
        let (difference, sum) = rotate(at(1), at(3));
        let residue = [
            (even_sum + sum + 4) >> 3,
            (even_difference + difference + 4) >> 3,
            (even_difference - difference + 4) >> 3,
            (even_sum - sum + 4) >> 3,
        ];
        add_row(plane, start + row * stride, residue);
    }
}

/// As [`add_inverse_dct`] when only the first coefficient is not zero.
pub(super) fn add_dc(coefficient: i16, plane: &mut [u8], start: usize, stride: usize) {
    let residue = (i32::from(coefficient) + 4) >> 3;
    for row in 0..4 {
        add_row(plane, start + row * stride, [residue; 4]);
    }
}

fn add_row(plane: &mut [u8], start: usize, residue: [i32; 4]) {
    if let Some(row) = plane.get_mut(start..start + 4) {
        for (pixel, residue) in row.iter_mut().zip(residue) {
            *pixel = (i32::from(*pixel) + residue).clamp(0, 255) as u8;
        }
    }
}

/// The first coefficients of the 16 luma blocks from the second-order block.
pub(super) fn inverse_walsh(coefficients: &[i16; 16]) -> [i16; 16] {
    let mut middle = [0_i32; 16];
    for column in 0..4 {
        let at = |row: usize| i32::from(coefficients[row * 4 + column]);
        let (outer_sum, inner_sum) = (at(0) + at(3), at(1) + at(2));
        let (outer_difference, inner_difference) = (at(0) - at(3), at(1) - at(2));
        middle[column] = outer_sum + inner_sum;
        middle[4 + column] = inner_difference + outer_difference;
        middle[8 + column] = outer_sum - inner_sum;
        middle[12 + column] = outer_difference - inner_difference;
    }
    let mut output = [0_i16; 16];
    for row in 0..4 {
        let at = |column: usize| middle[row * 4 + column];
        let (outer_sum, inner_sum) = (at(0) + at(3), at(1) + at(2));
        let (outer_difference, inner_difference) = (at(0) - at(3), at(1) - at(2));
        output[row * 4] = ((outer_sum + inner_sum + 3) >> 3) as i16;
        output[row * 4 + 1] = ((inner_difference + outer_difference + 3) >> 3) as i16;
        output[row * 4 + 2] = ((outer_sum - inner_sum + 3) >> 3) as i16;
        output[row * 4 + 3] = ((outer_difference - inner_difference + 3) >> 3) as i16;
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_first_coefficient_gives_the_same_either_way() {
        for coefficient in [-2000, -5, 0, 3, 4, 77, 1999] {
            let mut block = [0; 16];
            block[0] = coefficient;
            let (mut whole, mut short) = ([100; 16], [100; 16]);
            add_inverse_dct(&block, &mut whole, 0, 4);
            add_dc(coefficient, &mut short, 0, 4);
            assert_eq!(whole, short, "{coefficient}");
        }
    }

    #[test]
    fn extreme_coefficients_do_not_overflow() {
        for value in [i16::MIN, i16::MAX] {
            let mut plane = [0; 16];
            add_inverse_dct(&[value; 16], &mut plane, 0, 4);
            inverse_walsh(&[value; 16]);
        }
    }

    #[test]
    fn the_walsh_transform_spreads_its_first_coefficient() {
        let mut block = [0; 16];
        block[0] = 80;
        assert_eq!(inverse_walsh(&block), [10; 16]);
    }
}
