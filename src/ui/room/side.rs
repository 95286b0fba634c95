//! The side panel: chat, people and, for interviewers, questions behind tabs.

use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    chat::Chat, chat_input::ChatInput, files::FilePanel, people::People, questions::Questions,
    use_room, use_view_state, view_state::Tab,
};
use crate::ui::{
    components::{Icon, IconName},
    use_messages,
};

/// Chat, people and questions.
#[component]
pub fn Side() -> impl IntoView {
    let view_state = use_view_state();
    let role = use_room().store.role;
    let interviewer = Memo::new(move |_| role.get().is_interviewer());
    // What is not there for this role cannot be in front.
    Effect::new(move |_| {
        if !interviewer.get() && view_state.tab.get() == Tab::Questions {
            view_state.tab.set(Tab::Chat);
        }
    });
    let messages = &use_messages().room;
    let hidden = move |tab: Tab| move || view_state.tab.get() != tab;
    view! {
        <aside class="room-side" aria-label=messages.parts>
            <div class="room-side-head">
                <div class="room-tabs" role="tablist">
                    <TabButton tab=Tab::Chat />
                    <TabButton tab=Tab::People />
                    <Show when=move || interviewer.get()>
                        <TabButton tab=Tab::Questions />
                    </Show>
                </div>
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=messages.hide_side
                    title=messages.hide_side
                    on:click=move |_| view_state.side_open.set(false)
                >
                    <Icon name=IconName::Close />
                </button>
            </div>
            <div
                class="room-panel"
                id=Tab::Chat.panel()
                role="tabpanel"
                aria-labelledby=Tab::Chat.tab()
                data-chat=""
                hidden=hidden(Tab::Chat)
            >
                <Chat />
                <FilePanel />
                <ChatInput />
            </div>
            <div
                class="room-panel"
                id=Tab::People.panel()
                role="tabpanel"
                aria-labelledby=Tab::People.tab()
                hidden=hidden(Tab::People)
            >
                <People />
            </div>
            <Show when=move || interviewer.get()>
                <div
                    class="room-panel"
                    id=Tab::Questions.panel()
                    role="tabpanel"
                    aria-labelledby=Tab::Questions.tab()
                    hidden=hidden(Tab::Questions)
                >
                    <Questions />
                </div>
            </Show>
        </aside>
    }
}

/// One tab; the arrow keys go to those beside it.
#[component]
fn TabButton(tab: Tab) -> impl IntoView {
    let view_state = use_view_state();
    let role = use_room().store.role;
    let element = NodeRef::<html::Button>::new();
    let selected = move || view_state.tab.get() == tab;
    let step = move |event: KeyboardEvent| {
        let forward = match event.key().as_str() {
            "ArrowRight" => true,
            "ArrowLeft" => false,
            _ => return,
        };
        let tabs = Tab::of(role.get_untracked());
        view_state
            .tab
            .update(|shown| *shown = shown.beside(tabs, forward));
    };
    Effect::new(move |before: Option<bool>| {
        let selected = selected();
        let focus_is_on_tabs = focused_role().as_deref() == Some("tab");
        if let Some(button) = element.get()
            && selected
            && before == Some(false)
            && focus_is_on_tabs
        {
            // Focus fails only for an element that is not shown.
            let _ = button.focus();
        }
        selected
    });
    view! {
        <button
            type="button"
            class="room-tab"
            role="tab"
            id=tab.tab()
            node_ref=element
            aria-controls=tab.panel()
            aria-selected=move || selected().to_string()
            tabindex=move || if selected() { "0" } else { "-1" }
            on:click=move |_| view_state.tab.set(tab)
            on:keydown=step
        >
            <TabName tab />
        </button>
    }
}

fn focused_role() -> Option<String> {
    document().active_element()?.get_attribute("role")
}

/// The word of a tab with its numbers: of unread messages, or of people and of those who wait.
#[component]
pub fn TabName(tab: Tab) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().room;
    let files = &use_messages().files;
    let comma = use_messages().media.comma;
    match tab {
        Tab::Chat => {
            let unread = Memo::new(move |_| store.chat.unread());
            let offered = Memo::new(move |_| store.files.unanswered());
            let number = move || {
                let (unread, offered) = (unread.get(), offered.get());
                let words = [
                    (unread > 0).then(|| (messages.unread)(unread)),
                    (offered > 0).then(|| (files.unanswered)(offered)),
                ];
                (unread + offered > 0).then(|| {
                    let words = words.into_iter().flatten().collect::<Vec<_>>().join(comma);
                    view! {
                        <span class="room-unread" aria-hidden="true">{unread + offered}</span>
                        <span class="visually-hidden">{words}</span>
                    }
                })
            };
            view! { {messages.chat} " " {number} }.into_any()
        }
        Tab::People => {
            let count = move || store.members.with(Vec::len) + 1;
            let waiting = Memo::new(move |_| store.waiting.with(Vec::len));
            let want_in = use_messages().charge.want_in;
            let number = move || {
                let waiting = waiting.get();
                (waiting > 0).then(|| {
                    view! {
                        <span class="room-unread" aria-hidden="true">{waiting}</span>
                        <span class="visually-hidden">{want_in(waiting)}</span>
                    }
                })
            };
            view! { {messages.people} " " {count} " " {number} }.into_any()
        }
        Tab::Questions => use_messages().work.questions.into_any(),
    }
}
