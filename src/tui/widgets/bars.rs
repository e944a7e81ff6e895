//! Figures drawn with letters: lengths and shades that every terminal shows, with the number always beside them.

/// As long as the count is beside the highest one; what is not nothing is at least seen.
pub fn bar(count: u64, most: u64, columns: usize) -> String {
    if count == 0 || most == 0 {
        return String::new();
    }
    let cells = usize::try_from(u128::from(count) * columns as u128 / u128::from(most)).unwrap_or(columns);
    "#".repeat(cells.clamp(1, columns))
}

/// The least count of each shade; below the first it stays empty.
pub const SHADES: [(u32, char); 7] =
    [(1, '.'), (3, ':'), (6, '-'), (11, '='), (21, '+'), (51, '#'), (101, '@')];

/// How dark a count is: always the same for the same count, whatever stands beside it.
pub fn shade(count: u32) -> char {
    SHADES.iter().rev().find(|(least, _)| count >= *least).map_or(' ', |(_, shade)| *shade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_shades_follow_the_counts() {
        for (count, most, drawn) in [(0, 9, ""), (9, 9, "####"), (1, 1000, "#"), (5, 10, "##"), (3, 0, "")] {
            assert_eq!(bar(count, most, 4), drawn, "{count} of {most}");
        }
        assert_eq!(bar(u64::MAX, u64::MAX, 4), "####");
        let shades: String = [0, 1, 2, 3, 10, 20, 50, 51, 101, 9999].into_iter().map(shade).collect();
        assert_eq!(shades, " ..:-=+#@@");
    }
}
