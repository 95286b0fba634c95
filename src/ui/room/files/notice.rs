//! Says above the video that somebody offers a file, for whom the chat is not in view.

use leptos::prelude::*;

use super::super::{use_room, use_view_state, view_state::Tab};
use crate::ui::use_messages;

/// The latest offer that waits for an answer. The style sheet leaves it out beside an open chat.
#[component]
pub fn FileNotice() -> impl IntoView {
    let files = use_room().store.files;
    let view_state = use_view_state();
    let messages = &use_messages().files;
    let offer = Memo::new(move |_| {
        files.list.with(|list| {
            let mut offers = list.iter().rev();
            let latest = offers.find(|file| file.transfer.wants_answer())?;
            let words = (messages.notice)(&latest.name_of_peer, &latest.transfer.name);
            Some(words)
        })
    });
    let beside = move || {
        let shown = view_state.side_open.get() && view_state.tab.get() == Tab::Chat;
        shown.then_some("")
    };
    let show = move |_| {
        view_state.tab.set(Tab::Chat);
        view_state.side_open.set(true);
        view_state.side_in_front.set(true);
    };
    view! {
        <div role="status">
            {move || {
                offer
                    .get()
                    .map(|words| {
                        view! {
                            <p class="room-notice files-notice" data-beside=beside data-file-notice="">
                                {words}
                                <button type="button" class="button" on:click=show>
                                    {messages.show}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
