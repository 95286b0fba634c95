//! What went wrong just now: a refusal of the server, or a device that does not work.

use leptos::prelude::*;

use super::use_room;
use crate::ui::{
    components::{Icon, IconName, MediaNotices},
    use_messages,
};

/// Stands above the video while there is something to say.
#[component]
pub fn Notice() -> impl IntoView {
    let rejected = use_room().store.rejected;
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
            <MediaNotices />
        </div>
    }
}
