//! Asks before the interview is ended for everyone.

use leptos::prelude::*;

use super::{
    grave_dialog::{GraveDialog, GraveTexts},
    use_room,
};
use crate::ui::use_messages;

/// `End for everyone`, or not. Stays open until the server was told.
#[component]
pub fn EndDialog(open: RwSignal<bool>) -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    view! {
        <GraveDialog
            open
            texts=GraveTexts {
                title: messages.end_question,
                offline: messages.end_waits,
                cancel: messages.end_cancel,
                confirm: messages.end_for_everyone,
                action: "confirm-end",
            }
            explained=Signal::derive(move || messages.end_explained.to_owned())
            on_confirm=move || room.end()
        />
    }
}
