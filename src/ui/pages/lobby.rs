//! The lobby: what a person checks before entering. Opens devices for the person's own eyes; sends nothing.

mod preview;
mod switches;
mod way_in;

use leptos::prelude::*;
use leptos_meta::Title;

pub(super) use self::preview::Preview;
use self::way_in::WayIn;
use super::check::CheckDetails;
use crate::{
    api::join::Invitation,
    model::Role,
    ui::{
        components::{DevicePickers, LanguageSwitch, LocalTime, ZoneName},
        use_messages,
    },
};

/// Preview, devices, the check and the way in.
#[component]
pub fn Lobby(interview: Invitation, name: String, role: Role) -> impl IntoView {
    let messages = use_messages();
    let texts = &messages.lobby;
    // False on the server and until this page is alive: then it says what a browser needs.
    let alive = RwSignal::new(false);
    let joined = StoredValue::new(false);

    view! {
        <Title text=interview.title.clone() />
        <main id="main" class="lobby" aria-labelledby="lobby-title">
            <Preview name=name.clone() alive joined />
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
            <CheckDetails number=interview.number title=interview.title />
        </main>
        <footer class="site-footer">
            <LanguageSwitch />
        </footer>
    }
    .into_any()
}
