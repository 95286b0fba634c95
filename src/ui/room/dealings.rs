//! The dialogs by which somebody in charge deals with one person: write, do not admit, remove. One of
//! each, opened for whom it concerns.

mod text_dialog;

use leptos::prelude::*;

use self::text_dialog::{TextDialog, Texts};
use super::{
    grave_dialog::{GraveDialog, GraveTexts},
    use_room,
};
use crate::{
    model::PeerId,
    protocol::{LONGEST_CHAT, LONGEST_REASON},
    ui::use_messages,
};

/// Whom the dialogs are about, and which of them is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dealings {
    person: RwSignal<Option<(PeerId, String)>>,
    writing: RwSignal<bool>,
    refusing: RwSignal<bool>,
    removing: RwSignal<bool>,
}

impl Dealings {
    pub fn new() -> Self {
        Self {
            person: RwSignal::new(None),
            writing: RwSignal::new(false),
            refusing: RwSignal::new(false),
            removing: RwSignal::new(false),
        }
    }

    /// Asks what to write to somebody who waits.
    pub fn write(self, peer: PeerId, name: String) {
        self.person.set(Some((peer, name)));
        self.writing.set(true);
    }

    /// Asks why somebody is not admitted.
    pub fn refuse(self, peer: PeerId, name: String) {
        self.person.set(Some((peer, name)));
        self.refusing.set(true);
    }

    /// Asks whether somebody is to be removed.
    pub fn remove(self, peer: PeerId, name: String) {
        self.person.set(Some((peer, name)));
        self.removing.set(true);
    }

    /// Not reactive: asked when the answer is given.
    fn peer(self) -> Option<PeerId> {
        self.person
            .with_untracked(|person| person.as_ref().map(|(peer, _)| *peer))
    }

    fn name(self) -> String {
        let name = self.person.get().map(|(_, name)| name);
        name.unwrap_or_default()
    }
}

/// The dialogs.
#[component]
pub fn DealingDialogs() -> impl IntoView {
    let room = use_room();
    let dealings = expect_context::<Dealings>();
    let messages = &use_messages().charge;
    view! {
        <TextDialog
            open=dealings.writing
            texts=Texts {
                title: messages.write_title,
                field: messages.write_title,
                example: messages.write_example,
                ready: messages.ready_words,
                confirm: messages.send,
                longest: LONGEST_CHAT,
            }
            explained=Signal::derive(move || (messages.write_to)(&dealings.name()))
            on_confirm=move |text| {
                dealings.peer().is_some_and(|peer| room.send_to_waiting(peer, text))
            }
        />
        <TextDialog
            open=dealings.refusing
            texts=Texts {
                title: messages.refuse_title,
                field: messages.reason,
                example: messages.reason_hint,
                ready: messages.ready_reasons,
                confirm: messages.refuse_person,
                longest: LONGEST_REASON,
            }
            grave=true
            explained=Signal::derive(move || (messages.refuse_explained)(&dealings.name()))
            on_confirm=move |text| dealings.peer().is_some_and(|peer| room.refuse(peer, text))
        />
        <RemoveDialog />
    }
}

/// Asks before somebody is taken out for good.
#[component]
fn RemoveDialog() -> impl IntoView {
    let room = use_room();
    let dealings = expect_context::<Dealings>();
    let messages = &use_messages().charge;
    view! {
        <GraveDialog
            open=dealings.removing
            texts=GraveTexts {
                title: messages.remove_title,
                offline: messages.not_connected,
                cancel: messages.cancel,
                confirm: messages.remove_person,
                action: "confirm-remove",
            }
            explained=Signal::derive(move || (messages.remove_explained)(&dealings.name()))
            on_confirm=move || dealings.peer().is_some_and(|peer| room.remove(peer))
        />
    }
}
