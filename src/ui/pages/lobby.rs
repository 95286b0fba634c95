//! The lobby: what a person checks before entering. Opens devices for the person's own eyes; sends nothing.

mod switches;
mod way_in;

use leptos::prelude::*;
use leptos_meta::Title;

use self::{switches::MediaSwitches, way_in::WayIn};
use crate::{
    api::join::Invitation,
    browser::media::{MediaWish, use_local_media},
    messages::MediaKinds,
    model::Role,
    ui::{
        components::{
            DevicePickers, LanguageSwitch, LocalTime, MediaNotices, MicrophoneLevel, SelfView,
            ZoneName,
        },
        use_messages,
    },
};

/// Preview, devices and the way in.
#[component]
pub fn Lobby(interview: Invitation, name: String, role: Role) -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.lobby;
    let media = use_local_media();
    // False on the server and until this page is alive: then it says what a browser needs.
    let alive = RwSignal::new(false);
    let joined = StoredValue::new(false);
    Effect::new(move |_| {
        alive.set(true);
        media.start(MediaWish::remembered());
    });
    on_cleanup(move || {
        // The devices stay open for the room, and for nothing else.
        if alive.try_get_untracked() == Some(true) && joined.try_get_value() != Some(true) {
            media.stop();
        }
    });

    view! {
        <Title text=interview.title.clone() />
        <main id="main" class="lobby" aria-labelledby="lobby-title">
            <div class="lobby-view">
                <SelfView name=name.clone()>
                    <MicrophoneLevel />
                </SelfView>
                <Opening alive />
                <MediaSwitches alive />
                <MediaNotices />
            </div>
            <div class="lobby-facts">
                <header>
                    <p class="muted">{(texts.invites_you)(&interview.host)}</p>
                    <h1 id="lobby-title">{interview.title.clone()}</h1>
                    <p class="muted">
                        <LocalTime moment=interview.starts_at until=interview.ends_at />
                        " · "
                        <ZoneName />
                    </p>
                </header>
                <DevicePickers />
                <dl class="lobby-name">
                    <dt>{texts.joins_as}</dt>
                    <dd>
                        <strong>{name}</strong>
                        <span class="muted">{(messages.common.role)(role)}</span>
                    </dd>
                </dl>
                <WayIn number=interview.number alive joined />
            </div>
        </main>
        <footer class="site-footer">
            <LanguageSwitch />
        </footer>
    }
    .into_any()
}

/// What lies over the preview before there is anything to see.
#[component]
fn Opening(alive: RwSignal<bool>) -> impl IntoView {
    let texts = &use_messages().lobby;
    let media = use_local_media();
    let kinds = move || match (media.camera_asked(), media.microphone_asked()) {
        (true, true) => Some(MediaKinds::Both),
        (true, false) => Some(MediaKinds::Camera),
        (false, true) => Some(MediaKinds::Microphone),
        (false, false) => None,
    };
    let text = move || match (alive.get(), kinds()) {
        (false, _) => texts.needs_script,
        (true, Some(kinds)) => (texts.opening)(kinds),
        (true, None) => "",
    };
    view! {
        <p class="lobby-opening" role="status" class:shown=move || !text().is_empty()>
            {text}
        </p>
    }
    .into_any()
}
