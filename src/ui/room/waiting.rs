//! The page of somebody who waits to be let in: that they are seen, how they look and sound, what is said
//! to them. Turns into the room by itself, because the room's frame follows the server.

use leptos::{html, prelude::*};

use super::{
    controls::Control, device_switches::DeviceSwitches, frame::Myself, notice,
    settings::SettingsDialog, use_room,
};
use crate::{
    browser::{
        clock,
        room::{Phase, Word},
    },
    messages::clock as time_of_day,
    ui::{
        components::{IconName, LocalTime, MediaNotices, MicrophoneLevel, SelfView},
        use_messages,
    },
};

/// The waiting page.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let myself = expect_context::<Myself>();
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // Focus fails only for an element that is not shown.
            let _ = heading.focus();
        }
    });
    view! {
        <main class="waiting" data-phase=move || room.store.phase.with(Phase::name)>
            <div class="waiting-view">
                <SelfView name=myself.name>
                    <MicrophoneLevel />
                </SelfView>
                <Switches />
                <MediaNotices />
            </div>
            <div class="waiting-words">
                <header>
                    <h1 node_ref=heading tabindex="-1">
                        {messages.waiting_title}
                    </h1>
                    <p class="muted">
                        {move || room.store.title.get()} " · "
                        <LocalTime moment=myself.starts_at until=myself.ends_at />
                    </p>
                </header>
                <Standing host=myself.host />
                <Words />
                <p class="muted small">{messages.waiting_heard}</p>
            </div>
        </main>
    }
}

/// Whether somebody is there, and what comes next.
#[component]
fn Standing(host: String) -> impl IntoView {
    let store = use_room().store;
    let messages = use_messages();
    let texts = &messages.charge;
    let attended = Memo::new(move |before: Option<&bool>| match store.phase.get() {
        Phase::Waiting { attended } => attended,
        // The way to the server is lost for a moment: what was true still is.
        _ => before.copied().unwrap_or(false),
    });
    let lost = Memo::new(move |_| {
        store
            .phase
            .with(|phase| !matches!(phase, Phase::Waiting { .. }))
    });
    let more = move || match attended.get() {
        true => (texts.waiting_attended_more)(&host),
        false => (texts.waiting_alone_more)(&host),
    };
    view! {
        <div
            class="waiting-standing"
            role="status"
            data-attended=move || attended.get().to_string()
        >
            <p>
                <strong>
                    {move || {
                        if attended.get() { texts.waiting_attended } else { texts.waiting_alone }
                    }}
                </strong>
            </p>
            <p>{more}</p>
            <p>{texts.waiting_by_itself}</p>
            <Show when=move || lost.get()>
                <p class="waiting-lost">
                    {move || {
                        match store.trouble.get() {
                            None => texts.waiting_reconnecting,
                            known => notice::words(known, &messages.room),
                        }
                    }}
                </p>
            </Show>
        </div>
    }
}

/// What was said to this person; nothing before somebody says something.
#[component]
fn Words() -> impl IntoView {
    let words = use_room().store.words;
    let messages = &use_messages().charge;
    let said = |word: Word| {
        let time = time_of_day(clock::local_date_time(word.at));
        view! {
            <li class="waiting-word" data-word="">
                <p class="room-message-head">
                    <strong>{word.from}</strong>
                    " "
                    <span class="muted small">{time}</span>
                </p>
                <p class="room-message-text">{word.text}</p>
            </li>
        }
    };
    view! {
        <ol
            role="list"
            class="waiting-said"
            aria-live="assertive"
            aria-label=messages.waiting_words
        >
            <For each=move || words.get() key=|word: &Word| (word.at, word.text.clone()) let:word>
                {said(word)}
            </For>
        </ol>
    }
}

#[component]
fn Switches() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let choosing = RwSignal::new(false);
    view! {
        <div class="waiting-switches" role="group" aria-label=messages.waiting_preview>
            <DeviceSwitches />
            <Control
                name="settings"
                icon=Signal::derive(|| IconName::Settings)
                words=messages.settings
                on_press=move || choosing.set(true)
            />
            <Control
                name="leave"
                icon=Signal::derive(|| IconName::Leave)
                words=messages.stop_waiting
                on_press=move || room.leave()
            />
        </div>
        <SettingsDialog open=choosing />
    }
}
