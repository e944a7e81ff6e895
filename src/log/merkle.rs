//! The Merkle tree hash of RFC 6962, grown leaf by leaf.
use sha2::{Digest as _, Sha256};

pub type Hash = [u8; 32];

/// The roots of the full subtrees from left to right: all that is needed to go on, and to name the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// One peak per set bit of `size`; `None` for any other number of them.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (u64::from(size.count_ones()) == peaks.len() as u64).then_some(Self { size, peaks })
    }

    pub const fn size(&self) -> u64 {
        self.size
    }
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds the next leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Each trailing one of the size is a subtree that this leaf completes.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = join(&left, &node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The tree hash over all leaves so far.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            None => Sha256::digest([]).into(),
            Some(last) => peaks.fold(*last, |right, left| join(left, &right)),
        }
    }
}

fn join(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, word by word: split at the largest power of two below the size.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [only] => *only,
            _ => {
                let half = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(half);
                join(&by_definition(left), &by_definition(right))
            }
        }
    }

    fn leaf(data: &[u8]) -> Hash {
        Sha256::new().chain_update([0]).chain_update(data).finalize().into()
    }

    #[test]
    fn every_size_is_as_defined() {
        let leaves: Vec<Hash> = (0u16..300).map(|n| leaf(&n.to_be_bytes())).collect();
        let mut tree = Frontier::default();
        for size in 0..leaves.len() {
            assert_eq!(tree.root(), by_definition(&leaves[..size]), "{size}");
            let peaks = Frontier::from_peaks(tree.size(), tree.peaks().to_vec());
            assert_eq!(peaks.as_ref(), Some(&tree));
            let one_more = [tree.peaks(), &[[0; 32]]].concat();
            assert_eq!(Frontier::from_peaks(tree.size(), one_more), None);
            tree.push(leaves[size]);
        }
    }

    #[test]
    fn vectors_of_certificate_transparency() {
        // Inputs and roots of the reference implementation of RFC 6962.
        let inputs = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Frontier::default();
        for (input, root) in inputs.iter().zip(roots) {
            tree.push(leaf(&data_encoding::HEXLOWER.decode(input.as_bytes()).unwrap()));
            assert_eq!(data_encoding::HEXLOWER.encode(&tree.root()), root);
        }
    }
}
