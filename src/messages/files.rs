//! Files handed from page to page.

/// Files handed from page to page.
#[derive(Debug)]
pub struct FileMessages {
    pub files: &'static str,
    pub offer_file: &'static str,
    /// Whom a file is offered to.
    pub to: &'static str,
    pub everyone: &'static str,
    pub nobody: &'static str,
    pub drop_here: &'static str,
    pub limit: &'static str,

    pub from_peer: fn(&str) -> String,
    pub to_peer: fn(&str) -> String,
    /// So many bytes.
    pub size: fn(u64) -> String,
    /// A part of the whole, both in words.
    pub part: fn(&str, &str) -> String,
    /// The name of a file and how many percent of it are there.
    pub progress: fn(&str, u8) -> String,

    pub waiting: &'static str,
    pub offers_you: fn(&str) -> String,
    pub offered_to: fn(&str) -> String,
    pub moving: &'static str,
    pub paused: &'static str,
    pub received: &'static str,
    pub received_by: fn(&str) -> String,
    pub refused: &'static str,
    pub refused_by: fn(&str) -> String,
    pub cancelled: &'static str,
    pub cancelled_by: fn(&str) -> String,
    pub gone: fn(&str) -> String,
    pub too_large: &'static str,
    pub unreadable: &'static str,
    pub damaged: &'static str,
    pub mismatch: &'static str,
    pub no_room: &'static str,

    pub accept: &'static str,
    pub refuse: &'static str,
    pub cancel: &'static str,
    pub save: &'static str,
    pub dismiss: &'static str,
    /// What a button does and to which file.
    pub does: fn(&str, &str) -> String,

    /// Somebody offers a file of that name.
    pub notice: fn(&str, &str) -> String,
    pub show: &'static str,
    pub unanswered: fn(usize) -> String,
    pub still_here: &'static str,
    pub still_here_more: &'static str,
}

/// The number with one decimal below ten, in the unit it is told in.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 3] = ["KiB", "MiB", "GiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut number = bytes as f64 / 1024.0;
    let mut units = UNITS.into_iter();
    let mut unit = units.next().unwrap_or_default();
    for larger in units {
        // What would be rounded up to 1024 is told in the next unit.
        if number < 1023.5 {
            break;
        }
        number /= 1024.0;
        unit = larger;
    }
    if number < 9.95 {
        format!("{number:.1} {unit}")
    } else {
        format!("{number:.0} {unit}")
    }
}

pub(super) const ENGLISH: FileMessages = FileMessages {
    files: "Files",
    offer_file: "Send a file",
    to: "Send files to",
    everyone: "Everyone",
    nobody: "Nobody else is here to send a file to.",
    drop_here: "Drop files here to send them",
    limit: "Files go straight from browser to browser, up to 100 MiB each.",

    from_peer: |name| format!("from {name}"),
    to_peer: |name| format!("to {name}"),
    size,
    part: |done, all| format!("{done} of {all}"),
    progress: |name, percent| format!("{name}: {percent} %"),

    waiting: "Will be offered in a moment",
    offers_you: |name| format!("{name} offers you this file"),
    offered_to: |name| format!("Waiting for {name} to accept"),
    moving: "On its way",
    paused: "Interrupted; it goes on by itself",
    received: "Received completely",
    received_by: |name| format!("{name} has received it"),
    refused: "You did not take it",
    refused_by: |name| format!("{name} did not take it"),
    cancelled: "You stopped it",
    cancelled_by: |name| format!("{name} stopped it"),
    gone: |name| format!("Broken off: the connection with {name} ended"),
    too_large: "Too large: 100 MiB is the most",
    unreadable: "Broken off: the file cannot be read, or has changed",
    damaged: "Damaged on the way; please try again",
    mismatch: "Broken off: what arrived does not fit what was announced",
    no_room: "There is no room for it now. Save received files and remove them from this list first.",

    accept: "Accept",
    refuse: "Refuse",
    cancel: "Cancel",
    save: "Save",
    dismiss: "Remove from the list",
    does: |action, name| format!("{action}: {name}"),

    notice: |name, file| format!("{name} offers you a file: {file}"),
    show: "Show",
    unanswered: |count| match count {
        1 => "1 file offered".into(),
        count => format!("{count} files offered"),
    },
    still_here: "Files you received",
    still_here_more: "Save them before you close this page.",
};

pub(super) const CHINESE: FileMessages = FileMessages {
    files: "文件",
    offer_file: "发送文件",
    to: "文件发给",
    everyone: "所有人",
    nobody: "暂时没有可以接收文件的人。",
    drop_here: "把文件拖到这里即可发送",
    limit: "文件在浏览器之间直接传送，每个不超过 100 MiB。",

    from_peer: |name| format!("来自 {name}"),
    to_peer: |name| format!("发给 {name}"),
    size,
    part: |done, all| format!("{done} / {all}"),
    progress: |name, percent| format!("{name}：{percent}%"),

    waiting: "稍后发出",
    offers_you: |name| format!("{name} 想发给你这个文件"),
    offered_to: |name| format!("等待 {name} 接收"),
    moving: "正在传送",
    paused: "传送中断，恢复连接后会自动继续",
    received: "已完整接收",
    received_by: |name| format!("{name} 已收到"),
    refused: "你没有接收",
    refused_by: |name| format!("{name} 没有接收"),
    cancelled: "你已取消",
    cancelled_by: |name| format!("{name} 已取消"),
    gone: |name| format!("传送失败：与 {name} 的连接已结束"),
    too_large: "文件太大：最多 100 MiB",
    unreadable: "传送失败：文件无法读取或已被修改",
    damaged: "传送中文件受损，请重试",
    mismatch: "传送失败：收到的内容与对方声明的不符",
    no_room: "暂时没有空间。请先保存已收到的文件，并把它们从列表中移除。",

    accept: "接收",
    refuse: "拒绝",
    cancel: "取消",
    save: "保存",
    dismiss: "从列表中移除",
    does: |action, name| format!("{action}：{name}"),

    notice: |name, file| format!("{name} 想发给你一个文件：{file}"),
    show: "查看",
    unanswered: |count| format!("{count} 个待接收的文件"),
    still_here: "你收到的文件",
    still_here_more: "关闭此页面前请先保存。",
};

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        let table = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1536, "1.5 KiB"),
            (20 * 1024, "20 KiB"),
            (1024 * 1024 - 1, "1.0 MiB"),
            (20 * 1024 * 1024, "20 MiB"),
            (100 * 1024 * 1024, "100 MiB"),
            (u64::MAX, "17179869184 GiB"),
        ];
        for (bytes, expected) in table {
            assert_eq!(size(bytes), expected);
        }
    }
}
