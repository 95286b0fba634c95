//! The time left by the server's clock, in whole minutes.

use leptos::prelude::*;

use super::use_room;
use crate::ui::use_messages;

const MINUTE: i64 = 60_000;
/// From here on it is time to come to an end.
const SHORT: i64 = 5 * MINUTE;

/// `34 min left`; nothing before the server has said when the end is.
#[component]
pub fn TimeLeft() -> impl IntoView {
    let store = use_room().store;
    let messages = use_messages();
    // Whole minutes, so that the text changes once a minute and not with each tick.
    let minutes = Memo::new(move |_| store.left().map(|left| left / MINUTE));
    let short = Memo::new(move |_| store.left().is_some_and(|left| left < SHORT));
    move || {
        minutes.get().map(|minutes| {
            let minutes = u32::try_from(minutes).unwrap_or(0);
            view! {
                <span class="pill room-time" class:warning=move || short.get()>
                    {(messages.time.left)(minutes)}
                </span>
            }
        })
    }
}
