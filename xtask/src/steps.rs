//! Says what is being done and how far it is.

/// A known number of steps.
pub struct Steps {
    done: usize,
    total: usize,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// Begins the next step.
    pub fn next(&mut self, what: &str) {
        self.done += 1;
        println!("[{}/{}] {what}", self.done, self.total);
    }
}
