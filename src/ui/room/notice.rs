//! What is wrong now: a refusal of the server, no way to the room, a slow one, or a device that does
//! not work.

use std::time::Duration;

use leptos::prelude::*;

use super::{files::FileNotice, use_room};
use crate::{
    browser::room::{Phase, RoomStore, Trouble},
    messages::RoomMessages,
    negotiation::LinkState,
    protocol::Transport,
    ui::{
        components::{Icon, IconName, MediaNotices},
        use_messages,
    },
};

/// A shorter interruption is over before it could be read about.
const WORTH_SAYING: Duration = Duration::from_secs(2);

/// Stands above the video while there is something to say.
#[component]
pub fn Notice() -> impl IntoView {
    let store = use_room().store;
    let rejected = store.rejected;
    view! {
        <div class="room-notices">
            <div role="alert">
                {move || {
                    rejected
                        .get()
                        .map(|text| {
                            view! { <Closable text on_close=move || rejected.set(None) /> }
                        })
                }}
            </div>
            <div role="status">
                <WayNotice />
            </div>
            <FileNotice />
            <MediaNotices />
        </div>
    }
}

/// What the person may close.
#[component]
fn Closable(#[prop(into)] text: String, on_close: impl Fn() + Send + 'static) -> impl IntoView {
    let messages = use_messages();
    view! {
        <p class="room-notice">
            {text}
            <button
                type="button"
                class="button quiet icon-only"
                aria-label=messages.common.close
                on:click=move |_| on_close()
            >
                <Icon name=IconName::Close />
            </button>
        </p>
    }
}

/// About the way to the server: why there is none and what goes on without it, or that it is the slow
/// one.
#[component]
fn WayNotice() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().room;
    let read = RwSignal::new(false);
    let trouble = Memo::new(move |_| trouble(store));
    let media_flows = Memo::new(move |_| {
        let connected = |link: &LinkState| *link == LinkState::Connected;
        store.links.with(|links| links.values().any(connected))
    });
    let slow = Memo::new(move |_| {
        let live = store.phase.with(|phase| *phase == Phase::Live);
        live && store.transport.get() == Transport::Http && !read.get()
    });
    move || {
        if let Some(trouble) = trouble.get() {
            let name = trouble.map_or("interrupted", Trouble::name);
            let meanwhile = media_flows.get().then_some(messages.media_goes_on);
            return view! {
                <p class="room-notice" data-trouble=name>
                    {words(trouble, messages)}
                    " "
                    {meanwhile}
                </p>
            }
            .into_any();
        }
        let close = move || read.set(true);
        slow.get()
            .then(|| view! { <Closable text=messages.over_http_more on_close=close /> })
            .into_any()
    }
}

/// None while all is well, or the interruption is not worth saying; the cause, if it is known.
fn trouble(store: RoomStore) -> Option<Option<Trouble>> {
    let known = store.trouble.get();
    match store.phase.get() {
        Phase::Connecting => known.map(Some),
        Phase::Reconnecting { since } => {
            let lasts = store.now.get().since(since);
            (known.is_some() || lasts >= WORTH_SAYING).then_some(known)
        }
        _ => None,
    }
}

/// Why there is no way to the server, as far as it is known.
pub(super) const fn words(trouble: Option<Trouble>, messages: &RoomMessages) -> &'static str {
    match trouble {
        None => messages.interrupted,
        Some(Trouble::NoNetwork) => messages.no_network,
        Some(Trouble::NoAnswer) => messages.no_answer,
        Some(Trouble::Blocked) => messages.blocked,
    }
}
