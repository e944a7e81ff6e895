//! The kernel's random numbers.
use crate::domain::entropy::Entropy;

/// Reads the kernel's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct KernelEntropy;

impl Entropy for KernelEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the kernel")]
    fn fill(&mut self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("a kernel without randomness cannot keep any secret: stop here");
    }
}
