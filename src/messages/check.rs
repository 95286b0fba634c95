//! The check of devices and network before an interview.

mod chinese;
mod english;

pub(super) use chinese::CHINESE;
pub(super) use english::ENGLISH;

use crate::{
    model::InterviewNumber,
    route_check::{Finding, Severity},
};

/// The check of devices and network before an interview.
#[derive(Debug)]
pub struct CheckMessages {
    pub title: &'static str,
    pub intro: &'static str,
    /// On the page of those who are early.
    pub check_now: &'static str,
    /// On the way of a guest into the lobby.
    pub check_first: &'static str,
    pub back: &'static str,
    pub needs_script: &'static str,

    pub record_title: &'static str,
    pub record_intro: &'static str,
    pub record: &'static str,
    pub record_again: &'static str,
    pub recording: fn(u32) -> String,
    pub stop: &'static str,
    pub plays_back: &'static str,
    pub play_back: &'static str,
    pub recorded_sound: &'static str,
    pub microphone_is_off: &'static str,
    pub cannot_record: &'static str,
    pub heard_yourself: &'static str,
    pub not_heard_yourself: [&'static str; 4],

    pub tone_title: &'static str,
    pub tone_intro: &'static str,
    pub play_tone: &'static str,
    pub tone_plays: &'static str,
    pub cannot_play: &'static str,
    pub heard_tone: &'static str,
    pub not_heard_tone: [&'static str; 4],

    pub yes: &'static str,
    pub no: &'static str,
    pub is_well: &'static str,

    pub route_title: &'static str,
    pub route_intro: &'static str,
    pub run: &'static str,
    pub run_again: &'static str,
    pub running: &'static str,
    pub verdict: fn(Severity) -> &'static str,
    pub severity: fn(Severity) -> &'static str,
    pub found: fn(&Finding) -> String,
    /// What to do about it.
    pub advice: fn(&Finding) -> Option<&'static str>,

    pub report_title: &'static str,
    pub report_intro: &'static str,
    pub copy_report: &'static str,
    pub report: fn(&CheckReport<'_>) -> String,
}

/// What a person may send to the host.
#[derive(Debug)]
pub struct CheckReport<'a> {
    pub title: &'a str,
    pub number: InterviewNumber,
    /// How the browser names itself.
    pub browser: &'a str,
    /// Whether they heard their own recording; None when it was not tried.
    pub heard_yourself: Option<bool>,
    pub heard_tone: Option<bool>,
    pub findings: &'a [Finding],
}

/// One line after the other.
fn lines(head: [String; 4], findings: impl Iterator<Item = String>) -> String {
    let findings = findings.map(|finding| format!("- {finding}"));
    head.into_iter()
        .chain(findings)
        .collect::<Vec<_>>()
        .join("\n")
}
