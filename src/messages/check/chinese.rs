//! The sentences of the check in Chinese.

use super::{CheckMessages, CheckReport, lines};
use crate::route_check::{Finding, Means, Severity, Tried};

pub(in crate::messages) const CHINESE: CheckMessages = CheckMessages {
    title: "检查设备",
    intro: "三个简短的测试。你的声音和画面不会离开这个浏览器。",
    check_now: "现在就检查设备",
    check_first: "先检查设备",
    back: "返回面试页面",
    needs_script: "检查需要启用 JavaScript 的浏览器。",

    record_title: "麦克风",
    record_intro: "录三秒，听听别人会听到的你。",
    record: "录三秒",
    record_again: "再录一次",
    recording: |left| match left {
        1 => "正在录音：还剩一秒。".into(),
        2 => "正在录音：还剩两秒。".into(),
        _ => "正在录音：请说几句话，共三秒。".into(),
    },
    stop: "停止",
    plays_back: "你的声音听起来是这样的。",
    play_back: "播放",
    recorded_sound: "你的录音",
    microphone_is_off: "请先打开麦克风再录音。",
    cannot_record: "这个浏览器无法录音，但面试时麦克风仍可能正常：请看说话时音量条是否跳动。",
    heard_yourself: "听到自己的声音了吗？",
    not_heard_yourself: [
        "说话时画面下方的音量条会跳动吗？如果不会，请换一个麦克风。",
        "看看耳机、耳机线或键盘上有没有静音开关。",
        "在系统的声音设置中，看看麦克风音量是否为零。",
        "如果音量条会跳动，问题在扬声器：请播放下面的提示音。",
    ],

    tone_title: "扬声器",
    tone_intro: "通过所选扬声器播放两声轻柔的提示音。",
    play_tone: "播放提示音",
    tone_plays: "正在播放两个音…",
    cannot_play: "这个浏览器无法播放声音。请刷新页面后再试一次。",
    heard_tone: "听到两个音了吗？",
    not_heard_tone: [
        "调高电脑和耳机的音量。",
        "如果本页面有扬声器列表，请换一个扬声器。",
        "蓝牙耳机：看看是否连到了别的设备上。",
        "看看这个标签页是否被静音：浏览器的标签页菜单中会显示。",
    ],

    yes: "听到了",
    no: "没听到",
    is_well: "很好，这一项正常。",

    route_title: "网络",
    route_intro: "用几秒钟试一遍浏览器与服务器之间的每一条通路。",
    run: "测试网络",
    run_again: "重新测试",
    running: "正在测试…",
    verdict: |severity| match severity {
        Severity::Good | Severity::Plain => "一切正常：这个网络适合面试。",
        Severity::Limited => "可以使用，但有下列限制。",
        Severity::Bad => "有问题会影响面试，请看下面的说明。",
    },
    severity: |severity| match severity {
        Severity::Good => "正常",
        Severity::Plain => "说明",
        Severity::Limited => "受限",
        Severity::Bad => "有问题",
    },
    found,
    advice,

    report_title: "发给面试官",
    report_intro: "有什么不正常？复制这段文字，发给邀请你的人。",
    copy_report: "复制结果",
    report,
};

fn found(finding: &Finding) -> String {
    match finding {
        Finding::Server(tried) => server(tried),
        Finding::SocketWorks => "实时连接（WebSocket）正常。".into(),
        Finding::SocketBlocked => {
            "实时连接（WebSocket）被拦截：一切改走普通 HTTP，只是稍慢一些。".into()
        }
        Finding::HttpWorks => "普通 HTTP 正常。".into(),
        Finding::HttpBlocked => "普通 HTTP 请求没有回应。实时连接正常，所以用不到它。".into(),
        Finding::ServerUnreachable => "无法连接服务器。".into(),
        Finding::WebRtcWorks => "这个浏览器可以通话（WebRTC）。".into(),
        Finding::WebRtcBlocked => "这个浏览器无法建立通话，连自己和自己都连不上。".into(),
        Finding::WebRtcMissing => "这个浏览器不能通话：没有 WebRTC。".into(),
        Finding::ServersUnknown => "无法得知服务器提供哪些中继，所以没有测试中继。".into(),
        Finding::NoServers => {
            "这个服务器不提供中继：参与者之间直接连接，在多数网络中没有问题。".into()
        }
        Finding::UdpWorks => "声音和画面可以通过 UDP 直接传输。".into(),
        Finding::UdpAndRelayWork => "声音和画面可以直接传输，不行时还可以走中继。".into(),
        Finding::RelayWorks => "声音和画面可以走中继。".into(),
        Finding::UdpBlockedRelayWorks => {
            "这里的 UDP 被拦截：声音和画面通过 TCP 走中继，延迟稍高。".into()
        }
        Finding::RelaySilent => "UDP 正常，但没有中继回应：声音和画面只能直接传输。".into(),
        Finding::UdpBlocked => "UDP 被拦截，也没有中继：在这个网络中视频可能连不上。".into(),
        Finding::NothingAnswers => "UDP 和中继都不通：在这个网络中视频可能连不上。".into(),
    }
}

fn server(tried: &Tried) -> String {
    let host = &tried.host;
    match (tried.means, tried.answered) {
        (Means::Stun, true) => format!("{host} 通过 UDP 有回应。"),
        (Means::Stun, false) => format!("{host} 通过 UDP 没有回应。"),
        (Means::RelayByUdp, true) => format!("中继 {host} 通过 UDP 有回应。"),
        (Means::RelayByUdp, false) => format!("中继 {host} 通过 UDP 没有回应。"),
        (Means::RelayByTcp, true) => format!("中继 {host} 通过 TCP 有回应。"),
        (Means::RelayByTcp, false) => format!("中继 {host} 通过 TCP 没有回应。"),
        (Means::RelayByTls, true) => format!("中继 {host} 通过 TLS 有回应。"),
        (Means::RelayByTls, false) => format!("中继 {host} 通过 TLS 没有回应。"),
    }
}

const fn advice(finding: &Finding) -> Option<&'static str> {
    Some(match finding {
        Finding::SocketBlocked => "不用做什么。通常是 VPN 或公司的过滤造成的；没有它们会更快。",
        Finding::HttpBlocked => "如果用了拦截请求的扩展，请将其关闭。",
        Finding::ServerUnreachable => "请检查网络是否已连接，然后重新测试。",
        Finding::WebRtcBlocked => "请在本页面关闭隐私类或禁用 WebRTC 的扩展，或者换一个浏览器。",
        Finding::WebRtcMissing => "请使用较新的 Chrome、Edge、Firefox 或 Safari。",
        Finding::ServersUnknown => "请过一分钟再测试。",
        Finding::NoServers => "如果面试时画面一直是黑的，可以试试手机热点。",
        Finding::UdpBlockedRelayWorks => "不用做什么。关闭 VPN 或改用手机热点会更快。",
        Finding::RelaySilent => "如果画面一直是黑的，可以试试手机热点，并告诉面试官中继没有回应。",
        Finding::UdpBlocked | Finding::NothingAnswers => {
            "可以试试手机热点，关闭 VPN，或者换一个网络。"
        }
        _ => return None,
    })
}

fn report(report: &CheckReport<'_>) -> String {
    let heard = |heard| match heard {
        Some(true) => "听到了",
        Some(false) => "没听到",
        None => "未测试",
    };
    let head = [
        format!("“{}”（{}）的检查结果", report.title, report.number),
        format!("浏览器：{}", report.browser),
        format!("自己的录音：{}", heard(report.heard_yourself)),
        format!("扬声器的提示音：{}", heard(report.heard_tone)),
    ];
    lines(head, report.findings.iter().map(found))
}
