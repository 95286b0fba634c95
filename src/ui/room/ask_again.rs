//! The button by which somebody who was not let in asks once more, as soon as the server would listen.

use std::time::Duration;

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption};

use super::use_room;
use crate::{
    browser::clock::{self, Interval},
    model::Timestamp,
    ui::use_messages,
};

/// Asked sooner, the server gives the same answer.
const PAUSE: Duration = Duration::from_secs(30);

/// Counts down, then can be pressed.
#[component]
pub fn AskAgain() -> impl IntoView {
    let room = use_room();
    let messages = &use_messages().charge;
    let left = RwSignal::new(PAUSE.as_secs());
    let ticks = StoredValue::new(SendOption::<Interval>::new_local(None));
    Effect::new(move |_| {
        let end: Timestamp = clock::now() + PAUSE;
        let tick = Interval::new(Duration::from_secs(1), move || {
            let now = end.since(clock::now()).as_millis().div_ceil(1000);
            left.try_set(u64::try_from(now).unwrap_or(0));
        });
        ticks.set_value(SendOption::new_local(Some(tick)));
    });
    let waits = Memo::new(move |_| left.get() > 0);
    view! {
        <button
            type="button"
            class="button primary"
            data-action="ask-again"
            disabled=move || waits.get()
            on:click=move |_| room.enter_again()
        >
            {messages.ask_again}
        </button>
        <span class="muted room-ask-pause">
            {move || waits.get().then(|| (messages.ask_again_in)(left.get()))}
        </span>
    }
}
