//! Asks before the interview is ended for everyone.

use leptos::prelude::*;

use super::use_room;
use crate::{
    browser::room::Phase,
    ui::{components::Dialog, use_messages},
};

/// `End for everyone`, or not. Stays open until the server was told.
#[component]
pub fn EndDialog(open: RwSignal<bool>) -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    let offline = move || room.store.phase.with(|phase| *phase != Phase::Live);
    let end = move |_| {
        if room.end() {
            open.set(false);
        }
    };
    view! {
        <Dialog open title=messages.end_question>
            <p>{messages.end_explained}</p>
            <p class="muted" role="status">
                {move || offline().then_some(messages.end_waits)}
            </p>
            <div class="room-dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {messages.end_cancel}
                </button>
                <button
                    type="button"
                    class="button danger"
                    data-action="confirm-end"
                    disabled=offline
                    on:click=end
                >
                    {messages.end_for_everyone}
                </button>
            </div>
        </Dialog>
    }
}
