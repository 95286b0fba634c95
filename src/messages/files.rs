//! Files handed from page to page.

/// Files handed from page to page.
#[derive(Debug)]
pub struct FileMessages {
    pub offer_file: &'static str,
}

pub(super) const ENGLISH: FileMessages = FileMessages {
    offer_file: "Send a file",
};

pub(super) const CHINESE: FileMessages = FileMessages {
    offer_file: "发送文件",
};
