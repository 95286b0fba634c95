//! What just happened to this person, in words, until they have read it.

use leptos::prelude::*;

use super::use_room;
use crate::{
    browser::{clock, room::Notice},
    messages::{ChargeMessages, clock as time_of_day},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

/// One card for each notice, the newest last; read out when it appears.
#[component]
pub fn Announcements() -> impl IntoView {
    let room = use_room();
    Effect::new(move |_| {
        if room.media.microphone_on() {
            forget_muting(room.store.notices);
        }
    });
    view! {
        <div class="room-cards" aria-live="polite">
            {move || {
                let notices = room.store.notices.get();
                notices.into_iter().map(|notice| view! { <Card notice /> }).collect_view()
            }}
        </div>
    }
}

/// Who speaks again need not be told how to.
fn forget_muting(notices: RwSignal<Vec<Notice>>) {
    let muting = |notice: &Notice| matches!(notice, Notice::Muted { .. });
    if notices.with_untracked(|notices| notices.iter().any(muting)) {
        notices.update(|notices| notices.retain(|notice| !muting(notice)));
    }
}

#[component]
fn Card(notice: Notice) -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let words = words_of(&notice, &messages.charge);
    let (name, muted) = (name_of(&notice), matches!(notice, Notice::Muted { .. }));
    view! {
        <div class="room-card" data-notice=name>
            <p class="room-card-words">{words}</p>
            <div class="room-card-actions">
                {muted
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                data-action="unmute"
                                on:click=move |_| room.media.toggle_microphone()
                            >
                                {messages.charge.unmute}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="button quiet icon-only"
                    aria-label=messages.common.close
                    on:click=move |_| room.store.dismiss(&notice)
                >
                    <Icon name=IconName::Close />
                </button>
            </div>
        </div>
    }
}

fn words_of(notice: &Notice, messages: &ChargeMessages) -> String {
    match notice {
        Notice::Muted { by } => format!("{} {}", (messages.muted_by)(by), messages.muted_more),
        Notice::ShareStopped { by } => (messages.share_stopped_by)(by),
        Notice::RoleIs(role) => (messages.role_is)(*role).to_owned(),
        Notice::StandsIn { away } => (messages.stands_in)(away.as_deref()),
        Notice::StandInOver { by } => (messages.stand_in_over)(by.as_deref()),
        Notice::EndsAt(at) => (messages.ends_at)(&time_of_day(clock::local_date_time(*at))),
    }
}

/// A stable name for tests.
const fn name_of(notice: &Notice) -> &'static str {
    match notice {
        Notice::Muted { .. } => "muted",
        Notice::ShareStopped { .. } => "share-stopped",
        Notice::RoleIs(_) => "role",
        Notice::StandsIn { .. } => "stands-in",
        Notice::StandInOver { .. } => "stand-in-over",
        Notice::EndsAt(_) => "ends-at",
    }
}
