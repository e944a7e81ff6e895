//! The random part of the queue, reproducible from its seed.
use sha2::{Digest as _, Sha256};

/// Draws `count` of the candidates. Every one is as likely as any other, and who does not know the seed (the hash of an
/// event that is written after them all) cannot know which.
pub fn draw(seed: &[u8; 32], candidates: &[u64], count: usize) -> Vec<u64> {
    let place = |seq: &u64| -> [u8; 32] {
        Sha256::new()
            .chain_update(b"uketsuke/review/sample")
            .chain_update(seed)
            .chain_update(seq.to_be_bytes())
            .finalize()
            .into()
    };
    let mut drawn = candidates.to_vec();
    drawn.sort_by_key(place);
    drawn.truncate(count);
    drawn.sort_unstable();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_again_and_another_draws_others() {
        let candidates: Vec<u64> = (1..=1000).collect();
        let drawn = draw(&[1; 32], &candidates, 20);
        assert_eq!(drawn, draw(&[1; 32], &candidates, 20));
        assert_ne!(drawn, draw(&[2; 32], &candidates, 20));
        assert_eq!(drawn.len(), 20);
        assert_eq!(draw(&[1; 32], &[5], 20), [5], "no more than there are");
    }

    /// Over many seeds each candidate is drawn about as often: 20 of 200 in 2,000 draws are 200 each.
    #[test]
    fn nobody_is_preferred() {
        let candidates: Vec<u64> = (0..200).collect();
        let mut times = [0usize; 200];
        for round in 0u64..2000 {
            let mut seed = [0; 32];
            seed[..8].copy_from_slice(&round.to_be_bytes());
            for seq in draw(&seed, &candidates, 20) {
                times[usize::try_from(seq).unwrap()] += 1;
            }
        }
        // Six standard deviations of a binomial of 2,000 and a tenth.
        assert!(times.iter().all(|count| (120..=280).contains(count)), "{times:?}");
    }
}
