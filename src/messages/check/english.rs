//! The sentences of the check in English.

use super::{CheckMessages, CheckReport, lines};
use crate::route_check::{Finding, Means, Severity, Tried};

pub(in crate::messages) const ENGLISH: CheckMessages = CheckMessages {
    title: "Check your devices",
    intro: "Three short tests. Nothing you say or show leaves this browser.",
    check_now: "Check your devices now",
    check_first: "Check your devices first",
    back: "Back to the interview's page",
    needs_script: "The check needs a browser with JavaScript switched on.",

    record_title: "Microphone",
    record_intro: "Record three seconds and hear yourself as others will.",
    record: "Record three seconds",
    record_again: "Record again",
    recording: |left| match left {
        1 => "Recording: one more second.".into(),
        2 => "Recording: two more seconds.".into(),
        _ => "Recording: say something, three seconds.".into(),
    },
    stop: "Stop",
    plays_back: "This is how you sound.",
    play_back: "Play it",
    recorded_sound: "Your recording",
    microphone_is_off: "Switch the microphone on to record.",
    cannot_record: "This browser could not record. The microphone may work in the interview all the \
                    same: watch whether the level moves when you speak.",
    heard_yourself: "Did you hear yourself?",
    not_heard_yourself: [
        "Does the level under the picture move when you speak? If not, choose another microphone.",
        "Look for a mute switch on the headset, its cable or the keyboard.",
        "In the system's sound settings, see whether the microphone's volume is at zero.",
        "If the level moves, the speaker is the matter: play the notes below.",
    ],

    tone_title: "Speaker",
    tone_intro: "Two soft notes through the chosen speaker.",
    play_tone: "Play two notes",
    tone_plays: "Playing two notes…",
    cannot_play: "This browser could not play a sound. Load the page again and try once more.",
    heard_tone: "Did you hear two notes?",
    not_heard_tone: [
        "Turn up the volume of the computer and of the headset.",
        "Choose another speaker, if there is a list of them on this page.",
        "Headphones over Bluetooth: see whether they are connected to another device.",
        "See whether this tab is muted: its menu in the browser says so.",
    ],

    yes: "Yes",
    no: "No",
    is_well: "Good, this works.",

    route_title: "Network",
    route_intro: "Tries every way between this browser and the server, in a few seconds.",
    run: "Test the network",
    run_again: "Test again",
    running: "Testing…",
    verdict: |severity| match severity {
        Severity::Good | Severity::Plain => "All good: this network suits an interview.",
        Severity::Limited => "It will work, with the limits named below.",
        Severity::Bad => "Something here will get in the way of the interview.",
    },
    severity: |severity| match severity {
        Severity::Good => "Good",
        Severity::Plain => "Note",
        Severity::Limited => "Limited",
        Severity::Bad => "Problem",
    },
    found,
    advice,

    report_title: "For your host",
    report_intro: "Something does not work? Copy this text and send it to the person who invited you.",
    copy_report: "Copy the results",
    report,
};

fn found(finding: &Finding) -> String {
    match finding {
        Finding::Server(tried) => server(tried),
        Finding::SocketWorks => "The live connection (WebSocket) works.".into(),
        Finding::SocketBlocked => {
            "The live connection (WebSocket) is blocked: everything works over plain HTTP, a little \
             slower."
                .into()
        }
        Finding::HttpWorks => "Plain HTTP works.".into(),
        Finding::HttpBlocked => {
            "Plain HTTP requests get no answer. The live connection works, so they are not needed.".into()
        }
        Finding::ServerUnreachable => "The server cannot be reached.".into(),
        Finding::WebRtcWorks => "This browser can make calls (WebRTC).".into(),
        Finding::WebRtcBlocked => "This browser makes no call, not even to itself.".into(),
        Finding::WebRtcMissing => "This browser cannot make calls: it has no WebRTC.".into(),
        Finding::ServersUnknown => {
            "Which relays this server offers could not be found out, so they were not tried.".into()
        }
        Finding::NoServers => {
            "This server offers no relay: people connect directly. That works on most networks.".into()
        }
        Finding::UdpWorks => "Sound and picture can go directly, by UDP.".into(),
        Finding::UdpAndRelayWork => {
            "Sound and picture can go directly, and through the relay where that fails.".into()
        }
        Finding::RelayWorks => "Sound and picture can go through the relay.".into(),
        Finding::UdpBlockedRelayWorks => {
            "UDP is blocked here: sound and picture go through the relay by TCP, with a little more \
             delay."
                .into()
        }
        Finding::RelaySilent => {
            "UDP works, but no relay answers: sound and picture must find a direct way.".into()
        }
        Finding::UdpBlocked => {
            "UDP is blocked and there is no relay: video may not connect on this network.".into()
        }
        Finding::NothingAnswers => {
            "Neither UDP nor a relay works: video may not connect on this network.".into()
        }
    }
}

fn server(tried: &Tried) -> String {
    let host = &tried.host;
    match (tried.means, tried.answered) {
        (Means::Stun, true) => format!("{host} answers by UDP."),
        (Means::Stun, false) => format!("{host} does not answer by UDP."),
        (Means::RelayByUdp, true) => format!("The relay {host} answers by UDP."),
        (Means::RelayByUdp, false) => format!("The relay {host} does not answer by UDP."),
        (Means::RelayByTcp, true) => format!("The relay {host} answers by TCP."),
        (Means::RelayByTcp, false) => format!("The relay {host} does not answer by TCP."),
        (Means::RelayByTls, true) => format!("The relay {host} answers by TLS."),
        (Means::RelayByTls, false) => format!("The relay {host} does not answer by TLS."),
    }
}

const fn advice(finding: &Finding) -> Option<&'static str> {
    Some(match finding {
        Finding::SocketBlocked => {
            "Nothing needs to be done. A VPN or a company's filter often is the cause; without it the \
             connection is quicker."
        }
        Finding::HttpBlocked => "Switch off extensions that block requests, if you use some.",
        Finding::ServerUnreachable => "See whether you are online, then test again.",
        Finding::WebRtcBlocked => {
            "Switch off extensions for privacy or against WebRTC on this page, or use another browser."
        }
        Finding::WebRtcMissing => "Use a current Chrome, Edge, Firefox or Safari.",
        Finding::ServersUnknown => "Test again in a minute.",
        Finding::NoServers => {
            "Should a picture stay black in the interview, try a phone's hotspot."
        }
        Finding::UdpBlockedRelayWorks => {
            "Nothing needs to be done. Without a VPN, or over a phone's hotspot, it is quicker."
        }
        Finding::RelaySilent => {
            "Should a picture stay black, try a phone's hotspot. Tell your host that the relay is silent."
        }
        Finding::UdpBlocked | Finding::NothingAnswers => {
            "Try a phone's hotspot, switch off the VPN, or use another network."
        }
        _ => return None,
    })
}

fn report(report: &CheckReport<'_>) -> String {
    let heard = |heard| match heard {
        Some(true) => "heard",
        Some(false) => "not heard",
        None => "not tried",
    };
    let head = [
        format!("Check for “{}” ({})", report.title, report.number),
        format!("Browser: {}", report.browser),
        format!("Own recording: {}", heard(report.heard_yourself)),
        format!("Notes from the speaker: {}", heard(report.heard_tone)),
    ];
    lines(head, report.findings.iter().map(found))
}
