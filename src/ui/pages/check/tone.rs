//! The test of the speaker: two soft notes, and whether they were heard.

use leptos::{prelude::*, reactive::send_wrapper_ext::SendOption, task::spawn_local};

use super::heard::Heard;
use crate::{
    browser::{check::Tone, media::use_local_media},
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Ready,
    Playing,
    Played,
    Failed,
}

/// Plays through the chosen speaker.
#[component]
pub fn ToneTest(heard: RwSignal<Option<bool>>) -> impl IntoView {
    let texts = &use_messages().check;
    let media = use_local_media();
    let stage = RwSignal::new(Stage::Ready);
    let tone = StoredValue::new(SendOption::<Tone>::new_local(None));
    let keep = move |kept: Option<Tone>| {
        // A page that is gone lets the tone go as well.
        drop(tone.try_set_value(SendOption::new_local(kept)));
    };
    let play = move |_| {
        heard.set(None);
        stage.set(Stage::Playing);
        let speaker = untrack(|| media.speaker());
        spawn_local(async move {
            let end = move || {
                stage.try_set(Stage::Played);
                keep(None);
            };
            match Tone::play(speaker, end).await {
                Ok(playing) => keep(Some(playing)),
                Err(_) => {
                    stage.try_set(Stage::Failed);
                }
            }
        });
    };
    let says = move || match stage.get() {
        Stage::Ready | Stage::Played => texts.tone_intro,
        Stage::Playing => texts.tone_plays,
        Stage::Failed => texts.cannot_play,
    };
    view! {
        <section class="check-test" data-test="tone" aria-labelledby="check-tone">
            <h2 id="check-tone">{texts.tone_title}</h2>
            <p class="muted" role="status">
                {says}
            </p>
            <button
                type="button"
                class="button"
                disabled=move || stage.get() == Stage::Playing
                on:click=play
            >
                <Icon name=IconName::Speaker />
                {texts.play_tone}
            </button>
            <Heard
                question=texts.heard_tone
                advice=texts.not_heard_tone
                asked=Signal::derive(move || stage.get() == Stage::Played)
                answer=heard
            />
        </section>
    }
    .into_any()
}
