//! What every page says.

/// Sentences of the frame around the pages and of shared parts.
#[derive(Debug)]
pub struct CommonMessages {
    pub close: &'static str,
}

pub(super) const ENGLISH: CommonMessages = CommonMessages { close: "Close" };
pub(super) const CHINESE: CommonMessages = CommonMessages { close: "关闭" };
