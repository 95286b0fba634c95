//! On a narrow screen the parts of the room lie behind one another; these tabs bring one to the front.

use leptos::prelude::*;

use super::{side::TabName, use_view_state, view_state::Tab};
use crate::ui::use_messages;

/// Video, chat, people. The style sheet shows it on narrow screens only.
#[component]
pub fn NarrowTabs() -> impl IntoView {
    let view_state = use_view_state();
    let messages = &use_messages().room;
    let in_front = move |tab: Option<Tab>| match tab {
        None => !view_state.side_in_front.get(),
        Some(tab) => view_state.side_in_front.get() && view_state.tab.get() == tab,
    };
    let bring = move |tab: Option<Tab>| {
        view_state.side_in_front.set(tab.is_some());
        if let Some(tab) = tab {
            view_state.tab.set(tab);
        }
    };
    view! {
        <nav class="room-narrow-tabs" aria-label=messages.parts>
            <button
                type="button"
                class="room-tab"
                aria-pressed=move || in_front(None).to_string()
                on:click=move |_| bring(None)
            >
                {messages.video}
            </button>
            {Tab::ALL
                .map(|tab| {
                    view! {
                        <button
                            type="button"
                            class="room-tab"
                            aria-pressed=move || in_front(Some(tab)).to_string()
                            on:click=move |_| bring(Some(tab))
                        >
                            <TabName tab />
                        </button>
                    }
                })
                .collect_view()}
        </nav>
    }
}
