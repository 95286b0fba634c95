//! What is to be said about sharing a screen: it failed, or a reload ended it.

use leptos::prelude::*;

use super::use_room;
use crate::ui::{
    components::{Icon, IconName},
    use_messages,
};

/// Stands above the pictures while there is something to say.
#[component]
pub(super) fn ShareNotice() -> impl IntoView {
    let media = use_room().media;
    let messages = use_messages();
    let words = move || {
        if media.screen_failed() {
            Some(messages.media.share_failed)
        } else if media.screen_interrupted() {
            Some(messages.media.share_interrupted)
        } else {
            None
        }
    };
    let notice = move |words: &'static str| {
        view! {
            <p class="room-notice" data-notice="share">
                <span>{words}</span>
                <button
                    type="button"
                    class="button"
                    data-action="share-again"
                    on:click=move |_| media.toggle_screen()
                >
                    {messages.media.share_again}
                </button>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=messages.common.close
                    on:click=move |_| media.stop_screen()
                >
                    <Icon name=IconName::Close />
                </button>
            </p>
        }
    };
    view! { <div role="status">{move || words().map(notice)}</div> }
}
