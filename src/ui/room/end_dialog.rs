//! Asks before the interview is ended for everyone.

use leptos::prelude::*;

use super::use_room;
use crate::ui::{components::Dialog, use_messages};

/// `End for everyone`, or not.
#[component]
pub fn EndDialog(open: RwSignal<bool>) -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().room;
    let end = move |_| {
        open.set(false);
        room.end();
    };
    view! {
        <Dialog open title=messages.end_question>
            <p>{messages.end_explained}</p>
            <div class="room-dialog-actions">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    {messages.end_cancel}
                </button>
                <button type="button" class="button danger" data-action="confirm-end" on:click=end>
                    {messages.end_for_everyone}
                </button>
            </div>
        </Dialog>
    }
}
