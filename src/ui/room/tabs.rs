//! On a narrow screen the parts of the room lie behind one another; these tabs bring one to the front.

use leptos::prelude::*;

use super::{side::TabName, use_room, use_view_state, view_state::Tab, work::NewSign};
use crate::ui::use_messages;

/// Work, video and the parts of the side panel. The style sheet shows it on narrow screens only.
#[component]
pub fn NarrowTabs() -> impl IntoView {
    let view_state = use_view_state();
    let store = use_room().store;
    let messages = use_messages();
    let work = Memo::new(move |_| store.answers.question.get().is_some());
    let in_front = move |part: Part| {
        let side = view_state.side_in_front.get();
        match part {
            Part::Side(tab) => side && view_state.tab.get() == tab,
            Part::Work => !side && view_state.work_wanted.get(),
            Part::Video => !(side || (work.get() && view_state.work_wanted.get())),
        }
    };
    let bring = move |part: Part| {
        view_state.side_in_front.set(matches!(part, Part::Side(_)));
        match part {
            Part::Side(tab) => view_state.tab.set(tab),
            Part::Work => view_state.work_wanted.set(true),
            // Without work the video is there anyway, and gives way to the next question.
            Part::Video => view_state.work_wanted.set(!work.get_untracked()),
        }
    };
    let button = move |part: Part, words: AnyView| {
        view! {
            <button
                type="button"
                class="room-tab"
                data-part=part.name()
                aria-pressed=move || in_front(part).to_string()
                on:click=move |_| bring(part)
            >
                {words}
            </button>
        }
    };
    let side = move || {
        let tabs = Tab::of(store.role.get());
        tabs.iter()
            .map(|tab| button(Part::Side(*tab), view! { <TabName tab=*tab /> }.into_any()))
            .collect_view()
    };
    view! {
        <nav class="room-narrow-tabs" aria-label=messages.room.parts>
            {move || {
                let words = move || view! { {messages.work.work} <NewSign /> }.into_any();
                work.get().then(|| button(Part::Work, words()))
            }}
            {button(Part::Video, messages.room.video.into_any())}
            {side}
        </nav>
    }
}

/// What a narrow screen shows one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Work,
    Video,
    Side(Tab),
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Video => "video",
            Self::Side(tab) => tab.name(),
        }
    }
}
