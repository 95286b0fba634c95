//! How good the connection to somebody is: a sign, and the same in words on demand.

use leptos::prelude::*;

use super::use_room;
use crate::{
    messages::MediaMessages, model::PeerId, protocol::LinkReport, quality::Grade, ui::use_messages,
};

/// Three bars; pressed, they say what they mean.
#[component]
pub(super) fn QualitySign(peer: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().media;
    let measured = Memo::new(move |_| {
        let report = store.quality.with(|quality| quality.get(&peer).cloned())?;
        let jitter = store
            .measured
            .with(|measured| measured.get(&peer).and_then(|measured| measured.jitter));
        Some((Grade::of(&report, jitter), report))
    });
    let grade = move || measured.with(|known| known.as_ref().map(|(grade, _)| grade.name()));
    let words = move || {
        measured.with(|known| match known {
            Some((grade, report)) => described(*grade, report, messages),
            None => messages.measuring.to_owned(),
        })
    };
    view! {
        <details class="room-quality" data-grade=grade>
            <summary class="room-tool" aria-label=words title=words>
                <span class="room-bars" aria-hidden="true">
                    <span></span>
                    <span></span>
                    <span></span>
                </span>
            </summary>
            <p class="room-quality-words">{words}</p>
        </details>
    }
}

/// `good connection, direct, 24 ms, 0 % lost, 720p`.
pub(super) fn described(grade: Grade, report: &LinkReport, messages: &MediaMessages) -> String {
    let parts = [
        Some((messages.grade)(grade).to_owned()),
        report.route.map(|route| (messages.route)(route).to_owned()),
        report.round_trip.map(messages.round_trip),
        report.loss.map(messages.lost),
        report.height.map(messages.lines),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    known.join(messages.comma)
}
