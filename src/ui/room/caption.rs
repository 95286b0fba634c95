//! The words on a tile: name, role, microphone, connection; and how loud somebody is.

use leptos::{html, prelude::*};

use super::use_room;
use crate::{
    model::{PeerId, Role},
    protocol::MediaState,
    speaking::SPEECH,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// Name, role and microphone of a person, and one more word.
#[component]
pub(super) fn Caption(
    #[prop(into)] name: Signal<String>,
    #[prop(into)] role: Signal<Option<Role>>,
    media: Signal<MediaState>,
    #[prop(into)] speaking: Signal<bool>,
    words: Signal<Option<&'static str>>,
) -> impl IntoView {
    let messages = use_messages();
    let role_name = messages.common.role;
    let muted = move || !media.get().microphone;
    view! {
        <div class="room-caption">
            <span class="room-label">
                <Show when=muted>
                    <span class="room-muted" data-muted="">
                        <Icon name=IconName::MicrophoneOff />
                        <span class="visually-hidden">
                            {messages.room.microphone_off} {messages.media.comma}
                        </span>
                    </span>
                </Show>
                <span class="room-name">{move || name.get()}</span>
                <Show when=move || speaking.get()>
                    <span class="visually-hidden">
                        {messages.media.comma} {messages.media.speaking}
                    </span>
                </Show>
            </span>
            <span class="room-label room-role">{move || role.get().map(role_name)}</span>
            {move || words.get().map(|words| view! { <span class="room-label">{words}</span> })}
        </div>
    }
}

/// How loud somebody is, from 0 to 100; 0 for whoever is muted.
pub(super) fn level_of(
    peer: impl Fn() -> Option<PeerId> + Send + Sync + 'static,
    media: Signal<MediaState>,
) -> Memo<u8> {
    let store = use_room().store;
    Memo::new(move |_| {
        let level = peer().and_then(|peer| store.levels.with(|levels| levels.get(&peer).copied()));
        level.filter(|_| media.get().microphone).unwrap_or(0)
    })
}

/// True while that level is speech.
pub(super) fn is_speech(level: Memo<u8>) -> Memo<bool> {
    Memo::new(move |_| level.get() >= SPEECH)
}

/// A bar that moves with the voice. For eyes only: the caption says who speaks.
#[component]
pub(super) fn LevelBar(level: Memo<u8>) -> impl IntoView {
    let bar = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        let scale = format!("scaleX({:.2})", f64::from(level.get()) / 100.0);
        if let Some(bar) = bar.get() {
            // Through the object model: the content security policy forbids style attributes.
            let _ = (*bar).style().set_property("transform", &scale);
        }
    });
    view! {
        <span class="room-level" aria-hidden="true">
            <span node_ref=bar></span>
        </span>
    }
}
