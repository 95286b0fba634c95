//! What is wrong with a field, and what went wrong with a request.

use crate::model::{Field, Problem, question::file::Misplaced};
use crate::protocol::RejectCode;

/// Sentences for bad input and failures.
#[derive(Debug)]
pub struct ProblemMessages {
    pub field: fn(Problem) -> String,
    /// What is wrong with a text of questions, and where.
    pub misplaced: fn(Misplaced) -> String,
    pub not_imported: &'static str,
    pub rejected: fn(RejectCode) -> &'static str,
    pub not_found: &'static str,
    pub unauthenticated: &'static str,
    pub forbidden: &'static str,
    pub conflict: &'static str,
    pub invalid: &'static str,
    pub too_many: fn(u32) -> String,
    pub internal: &'static str,
    pub unreachable: &'static str,
    pub wrong_credentials: &'static str,
    pub sign_up_closed: &'static str,
}

pub(super) const ENGLISH: ProblemMessages = ProblemMessages {
    field: |problem| match problem {
        Problem::Missing => "Please fill this in.".into(),
        Problem::TooShort { least } => format!("At least {least} characters, please."),
        Problem::TooLong { most } => format!("At most {most} characters, please."),
        Problem::OutOfRange { least, most } => format!("A number from {least} to {most}, please."),
        Problem::BadCharacter => "There is a character here that cannot be used.".into(),
        Problem::Malformed => "This does not look right. Please check it.".into(),
        Problem::Taken => "Somebody has this already. Please choose another.".into(),
        Problem::UnknownUser => "Nobody here has this user name or user id.".into(),
        Problem::AlreadyInvited => "This person is invited already.".into(),
        Problem::InThePast => "This moment has passed. Please choose a later one.".into(),
        Problem::SkippedByClockChange => {
            "The clocks go forward then: this time does not exist. Please choose another.".into()
        }
        Problem::WrongPassword => "This is not your current password.".into(),
        Problem::NoSeat => "There are more people than seats. Please add seats first.".into(),
        Problem::TooMany { most } => format!("At most {most}, please."),
        Problem::Repeated => "A language stands here twice. Please keep one of them.".into(),
        Problem::UnknownQuestion => "There is no such question, or not for you.".into(),
        Problem::AlreadyChosen => "This question is chosen already.".into(),
    },
    misplaced: |mistake| match mistake {
        Misplaced::NoJson { line, column } => {
            format!("Line {line}, column {column}: this is not JSON from here on.")
        }
        Misplaced::NoQuestions => "This is not a file of questions.".into(),
        Misplaced::TooLarge { most } => {
            format!("At most {} MiB, please.", most / 1024 / 1024)
        }
        Misplaced::TooMany { most } => format!("At most {most} questions, please."),
        Misplaced::InQuestion {
            question,
            field,
            problem,
        } => {
            let sentence = (ENGLISH.field)(problem);
            match english_part(field) {
                Some(part) => format!("Question {question}, {part}: {sentence}"),
                None => format!("Question {question}: {sentence}"),
            }
        }
    },
    not_imported: "Nothing was imported. Please correct the file first.",
    rejected: |code| match code {
        RejectCode::Forbidden => "Your role does not allow that.",
        RejectCode::UnknownPeer => "That person is not here any more.",
        RejectCode::Empty => "There is nothing to send.",
        RejectCode::TooLong => "That message is too long.",
        RejectCode::AlreadyJoined => "You are in the room already.",
        RejectCode::TooFast => "That was too fast. Please wait a moment.",
        RejectCode::NotSeated => "You are not let in yet.",
        RejectCode::OutOfRange => "That is not one of the choices.",
        RejectCode::NoSeat => "Every seat is taken.",
        RejectCode::UnknownQuestion => "That question is not here any more.",
        RejectCode::TooMany => "Hide a question before you show another one.",
    },
    not_found: "This does not exist, or not for you.",
    unauthenticated: "Please sign in first.",
    forbidden: "You may not do that here.",
    conflict: "Something changed in the meantime. Please load the page again.",
    invalid: "Please check the marked fields.",
    too_many: |seconds| {
        format!(
            "Too many tries. Please wait {} and try again.",
            english_wait(seconds)
        )
    },
    internal: "Something went wrong on our side. Please try again.",
    unreachable: "The server cannot be reached. Please check the network and try again.",
    wrong_credentials: "User name or password is wrong.",
    sign_up_closed: "New accounts are made by whoever runs this server.",
};

/// What a part of a question is called inside a sentence.
const fn english_part(field: Field) -> Option<&'static str> {
    match field {
        Field::Kind => Some("kind"),
        Field::Title => Some("title"),
        Field::Content => Some("content"),
        Field::ReferenceAnswer => Some("reference answer"),
        Field::Starters => Some("starter code"),
        Field::Examples => Some("examples"),
        Field::Public => Some("public"),
        _ => None,
    }
}

fn english_wait(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "a minute".into(),
        minutes => format!("{minutes} minutes"),
    }
}

pub(super) const CHINESE: ProblemMessages = ProblemMessages {
    field: |problem| match problem {
        Problem::Missing => "请填写此项。".into(),
        Problem::TooShort { least } => format!("至少需要 {least} 个字符。"),
        Problem::TooLong { most } => format!("最多 {most} 个字符。"),
        Problem::OutOfRange { least, most } => format!("请输入 {least} 到 {most} 之间的数字。"),
        Problem::BadCharacter => "包含不能使用的字符。".into(),
        Problem::Malformed => "格式不正确，请检查。".into(),
        Problem::Taken => "已被他人使用，请换一个。".into(),
        Problem::UnknownUser => "没有找到这个用户名或用户编号。".into(),
        Problem::AlreadyInvited => "此人已在邀请名单中。".into(),
        Problem::InThePast => "这个时间已经过去，请选择更晚的时间。".into(),
        Problem::SkippedByClockChange => "当天时钟拨快，这个时间不存在，请另选时间。".into(),
        Problem::WrongPassword => "当前密码不正确。".into(),
        Problem::NoSeat => "人数超过席位，请先增加席位。".into(),
        Problem::TooMany { most } => format!("最多 {most} 个。"),
        Problem::Repeated => "同一种语言出现了两次，请只保留一个。".into(),
        Problem::UnknownQuestion => "没有这道题目，或者你无权使用。".into(),
        Problem::AlreadyChosen => "这道题目已经选过了。".into(),
    },
    misplaced: |mistake| match mistake {
        Misplaced::NoJson { line, column } => {
            format!("第 {line} 行第 {column} 列起不是有效的 JSON。")
        }
        Misplaced::NoQuestions => "这不是题目文件。".into(),
        Misplaced::TooLarge { most } => format!("最多 {} MiB。", most / 1024 / 1024),
        Misplaced::TooMany { most } => format!("最多 {most} 道题目。"),
        Misplaced::InQuestion {
            question,
            field,
            problem,
        } => {
            let sentence = (CHINESE.field)(problem);
            match chinese_part(field) {
                Some(part) => format!("第 {question} 题，{part}：{sentence}"),
                None => format!("第 {question} 题：{sentence}"),
            }
        }
    },
    not_imported: "没有导入任何题目，请先修正文件。",
    rejected: |code| match code {
        RejectCode::Forbidden => "你的角色不能这样做。",
        RejectCode::UnknownPeer => "对方已经不在这里了。",
        RejectCode::Empty => "没有可发送的内容。",
        RejectCode::TooLong => "消息太长。",
        RejectCode::AlreadyJoined => "你已经在面试间里了。",
        RejectCode::TooFast => "操作太快，请稍等。",
        RejectCode::NotSeated => "你还没有被允许进入。",
        RejectCode::OutOfRange => "这不是可选的值。",
        RejectCode::NoSeat => "座位已满。",
        RejectCode::UnknownQuestion => "这道题目已不在这里。",
        RejectCode::TooMany => "请先隐藏一道题目，再展示另一道。",
    },
    not_found: "内容不存在，或者你无权查看。",
    unauthenticated: "请先登录。",
    forbidden: "你不能进行此操作。",
    conflict: "内容已发生变化，请刷新页面。",
    invalid: "请检查标出的各项。",
    too_many: |seconds| {
        format!(
            "尝试次数过多，请 {} 分钟后再试。",
            seconds.div_ceil(60).max(1)
        )
    },
    internal: "服务器出了问题，请重试。",
    unreachable: "无法连接服务器，请检查网络后重试。",
    wrong_credentials: "用户名或密码不正确。",
    sign_up_closed: "新账号由本站管理员创建。",
};

/// What a part of a question is called inside a sentence.
const fn chinese_part(field: Field) -> Option<&'static str> {
    match field {
        Field::Kind => Some("类型"),
        Field::Title => Some("标题"),
        Field::Content => Some("内容"),
        Field::ReferenceAnswer => Some("参考答案"),
        Field::Starters => Some("起始代码"),
        Field::Examples => Some("示例"),
        Field::Public => Some("公开"),
        _ => None,
    }
}
