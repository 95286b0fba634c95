//! What is wrong now: a refusal of the server, no way to the room, or a device that does not work.

use leptos::prelude::*;

use super::{files::FileNotice, use_room};
use crate::ui::{
    components::{Icon, IconName, MediaNotices},
    use_messages,
};

/// Stands above the video while there is something to say.
#[component]
pub fn Notice() -> impl IntoView {
    let store = use_room().store;
    let rejected = store.rejected;
    let messages = use_messages();
    view! {
        <div class="room-notices">
            <div role="alert">
                {move || {
                    rejected
                        .get()
                        .map(|text| {
                            view! {
                                <p class="room-notice">
                                    {text}
                                    <button
                                        type="button"
                                        class="button quiet icon-only"
                                        aria-label=messages.common.close
                                        on:click=move |_| rejected.set(None)
                                    >
                                        <Icon name=IconName::Close />
                                    </button>
                                </p>
                            }
                        })
                }}
            </div>
            <div role="status">
                {move || {
                    store
                        .unreachable
                        .get()
                        .then(|| view! { <p class="room-notice">{messages.room.unreachable}</p> })
                }}
            </div>
            <FileNotice />
            <MediaNotices />
        </div>
    }
}
