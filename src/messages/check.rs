//! The check of devices and network before an interview.

/// The check of devices and network before an interview.
#[derive(Debug)]
pub struct CheckMessages {
    pub title: &'static str,
}

pub(super) const ENGLISH: CheckMessages = CheckMessages {
    title: "Check camera, microphone and network",
};

pub(super) const CHINESE: CheckMessages = CheckMessages {
    title: "检查摄像头、麦克风和网络",
};
