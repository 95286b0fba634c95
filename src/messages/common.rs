//! What every page says.

use crate::model::{Language, Role};

/// Sentences of the frame around the pages and of shared parts.
#[derive(Debug)]
pub struct CommonMessages {
    pub close: &'static str,
    pub skip_to_content: &'static str,
    pub main_navigation: &'static str,
    pub interviews: &'static str,
    pub join_with_number: &'static str,
    /// As [`Self::join_with_number`] where there is little room.
    pub join: &'static str,
    pub sign_in: &'static str,
    pub sign_up: &'static str,
    pub sign_out: &'static str,
    pub settings: &'static str,
    /// Names the menu behind somebody's initials.
    pub account_of: fn(&str) -> String,
    pub language: &'static str,
    /// In the language itself.
    pub language_name: fn(Language) -> &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub keep: &'static str,
    pub try_again: &'static str,
    pub search: &'static str,
    pub clear_search: &'static str,
    pub pages: &'static str,
    pub page_of: fn(u32, u32) -> String,
    pub earlier_page: &'static str,
    pub later_page: &'static str,
    pub number: &'static str,
    pub number_example: &'static str,
    pub role: fn(Role) -> &'static str,
    /// Whose clock a time is on, by the zone's IANA name.
    pub zone: fn(&str) -> String,
    /// Names in a row.
    pub list: fn(&[String]) -> String,
    pub not_found: &'static str,
    pub not_found_text: &'static str,
    pub to_interviews: &'static str,
    pub to_start: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub join_here: &'static str,
    pub join_here_text: &'static str,
    pub host_here: &'static str,
    pub host_here_text: &'static str,
}

/// Sentences of one list that is looked at a part at a time.
#[derive(Debug)]
pub struct ListMessages {
    /// Names the choice of whose things are listed.
    pub whose: &'static str,
    pub search_hint: &'static str,
    /// Nothing to list ever.
    pub empty: &'static str,
    pub empty_text: &'static str,
    /// Nothing in this part.
    pub none_here: &'static str,
    pub none_found: fn(&str) -> String,
}

fn language_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Chinese => "中文",
    }
}

pub(super) const ENGLISH: CommonMessages = CommonMessages {
    close: "Close",
    skip_to_content: "Skip to the content",
    main_navigation: "Main",
    interviews: "Interviews",
    join_with_number: "Join with a number",
    join: "Join",
    sign_in: "Sign in",
    sign_up: "Sign up",
    sign_out: "Sign out",
    settings: "Settings",
    account_of: |name| format!("Account of {name}"),
    language: "Language",
    language_name,
    copy: "Copy",
    copied: "Copied",
    keep: "No, go back",
    try_again: "Try again",
    search: "Search",
    clear_search: "Show all",
    pages: "Pages",
    page_of: |page, pages| format!("Page {page} of {pages}"),
    earlier_page: "Previous",
    later_page: "Next",
    number: "Interview number",
    number_example: "482 913",
    role: |role| match role {
        Role::MainInterviewer => "Main interviewer",
        Role::CoInterviewer => "Co-interviewer",
        Role::Interviewee => "Interviewee",
    },
    zone: |zone| format!("your time ({})", zone.replace('_', " ")),
    list: |names| names.join(", "),
    not_found: "There is nothing here",
    not_found_text: "The page does not exist, or it is not for you. Perhaps the address was cut off on its way.",
    to_interviews: "To the interviews",
    to_start: "To the first page",
    headline: "Interviews by video, in a browser, on your own server.",
    lead: "Book a time, send the link, meet in a room with video and chat. Nobody installs anything.",
    join_here: "You are invited",
    join_here_text: "Open the link you were sent, or enter the six digits of the interview.",
    host_here: "You hold interviews",
    host_here_text: "Sign in to book an interview and get a link to send.",
};

pub(super) const CHINESE: CommonMessages = CommonMessages {
    close: "关闭",
    skip_to_content: "跳到正文",
    main_navigation: "主导航",
    interviews: "面试",
    join_with_number: "输入会议号加入",
    join: "加入",
    sign_in: "登录",
    sign_up: "注册",
    sign_out: "退出登录",
    settings: "设置",
    account_of: |name| format!("{name} 的账号"),
    language: "语言",
    language_name,
    copy: "复制",
    copied: "已复制",
    keep: "返回，不操作",
    try_again: "重试",
    search: "搜索",
    clear_search: "显示全部",
    pages: "分页",
    page_of: |page, pages| format!("第 {page} 页，共 {pages} 页"),
    earlier_page: "上一页",
    later_page: "下一页",
    number: "会议号",
    number_example: "482 913",
    role: |role| match role {
        Role::MainInterviewer => "主面试官",
        Role::CoInterviewer => "协同面试官",
        Role::Interviewee => "面试者",
    },
    zone: |zone| format!("你的时间（{}）", zone.replace('_', " ")),
    list: |names| names.join("、"),
    not_found: "这里没有内容",
    not_found_text: "页面不存在，或者你无权查看。也可能是网址在传送途中缺了一截。",
    to_interviews: "去面试列表",
    to_start: "回到首页",
    headline: "在自己的服务器上，用浏览器做视频面试。",
    lead: "约好时间，发出链接，在面试间里视频、聊天。谁都不用安装任何东西。",
    join_here: "我收到了邀请",
    join_here_text: "打开收到的链接，或者输入六位会议号。",
    host_here: "我来组织面试",
    host_here_text: "登录后即可预约面试，并得到可以发出的链接。",
};
