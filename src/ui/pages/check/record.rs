//! The test of the microphone: three seconds recorded, played back, and whether they were heard.

use std::time::Duration;

use leptos::{html, prelude::*, reactive::send_wrapper_ext::SendOption, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::heard::Heard;
use crate::{
    browser::{
        check::{Recording, Sound},
        clock::Interval,
        media::{LocalMedia, play_through, use_local_media},
    },
    messages::CheckMessages,
    ui::{
        components::{Icon, IconName},
        use_messages,
    },
};

const SECONDS: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Ready,
    /// With the seconds left.
    Recording(u32),
    Playing,
    /// The browser wants a click before it plays.
    Held,
    Played,
    Failed,
}

/// One visit to the test. Its guards end with the page.
#[derive(Clone, Copy)]
struct Test {
    media: LocalMedia,
    stage: RwSignal<Stage>,
    heard: RwSignal<Option<bool>>,
    recording: StoredValue<SendOption<(Recording, Interval)>>,
    sound: StoredValue<SendOption<Sound>>,
    player: NodeRef<html::Audio>,
}

impl Test {
    fn record(self) {
        self.heard.set(None);
        self.forget();
        let track = self.media.microphone_track_untracked();
        let length = Duration::from_secs(SECONDS.into());
        let started = track
            .and_then(|track| Recording::start(&track, length, move |sound| self.take(sound)).ok());
        let Some(recording) = started else {
            self.stage.set(Stage::Failed);
            return;
        };
        self.stage.set(Stage::Recording(SECONDS));
        let tick = Interval::new(Duration::from_secs(1), move || {
            self.stage.try_update(|stage| {
                if let Stage::Recording(left @ 2..) = stage {
                    *left -= 1;
                }
            });
        });
        let guards = SendOption::new_local(Some((recording, tick)));
        self.recording.set_value(guards);
    }

    /// Takes what was recorded and plays it.
    fn take(self, sound: Option<Sound>) {
        self.recording.set_value(SendOption::new_local(None));
        let Some(sound) = sound else {
            self.stage.set(Stage::Failed);
            return;
        };
        if let Some(player) = self.player.get_untracked() {
            player.set_src(sound.address());
        }
        self.sound.set_value(SendOption::new_local(Some(sound)));
        self.play();
    }

    fn play(self) {
        let Some(player) = self.player.get_untracked() else {
            return;
        };
        self.stage.set(Stage::Playing);
        let speaker = untrack(|| self.media.speaker());
        spawn_local(async move {
            play_through(&player, speaker.as_deref()).await;
            let playing = match player.play() {
                Ok(promise) => JsFuture::from(promise).await.is_ok(),
                Err(_) => false,
            };
            // Who stopped it meanwhile has been told already.
            let refused = !playing && self.stage.try_get_untracked() == Some(Stage::Playing);
            if refused {
                self.stage.try_set(Stage::Held);
            }
        });
    }

    /// Ends what is going on, recording or playing.
    fn stop(self) {
        match self.stage.get_untracked() {
            Stage::Recording(_) => self.recording.with_value(|guards| {
                if let Some((recording, _)) = guards.as_ref() {
                    recording.stop();
                }
            }),
            Stage::Playing => self.finish(),
            _ => {}
        }
    }

    fn finish(self) {
        self.stage.set(Stage::Played);
        if let Some(player) = self.player.get_untracked() {
            // Pausing what has ended does nothing.
            let _ = player.pause();
        }
    }

    /// Lets go of what was recorded before.
    fn forget(self) {
        if let Some(player) = self.player.get_untracked() {
            let _ = player.pause();
            player.set_src("");
            let _ = player.remove_attribute("src");
        }
        self.sound.set_value(SendOption::new_local(None));
    }
}

/// Records the microphone, plays through the chosen speaker.
#[component]
pub fn RecordTest(heard: RwSignal<Option<bool>>) -> impl IntoView {
    let texts = &use_messages().check;
    let test = Test {
        media: use_local_media(),
        stage: RwSignal::new(Stage::Ready),
        heard,
        recording: StoredValue::new(SendOption::new_local(None)),
        sound: StoredValue::new(SendOption::new_local(None)),
        player: NodeRef::new(),
    };
    let stage = test.stage;
    view! {
        <section class="check-test" data-test="record" aria-labelledby="check-record">
            <h2 id="check-record">{texts.record_title}</h2>
            <p class="muted" role="status">
                {move || says(texts, stage.get(), test.media.microphone_on())}
            </p>
            <Controls test />
            <audio
                node_ref=test.player
                aria-label=texts.recorded_sound
                on:ended=move |_| test.finish()
            ></audio>
            <Heard
                question=texts.heard_yourself
                advice=texts.not_heard_yourself
                asked=Signal::derive(move || stage.get() == Stage::Played)
                answer=heard
            />
        </section>
    }
    .into_any()
}

fn says(texts: &CheckMessages, stage: Stage, microphone_on: bool) -> String {
    match stage {
        Stage::Recording(left) => (texts.recording)(left),
        Stage::Failed if microphone_on => texts.cannot_record.into(),
        Stage::Ready | Stage::Failed if !microphone_on => texts.microphone_is_off.into(),
        Stage::Ready | Stage::Failed => texts.record_intro.into(),
        Stage::Playing | Stage::Held | Stage::Played => texts.plays_back.into(),
    }
}

/// One button that records, stops or plays, in the same place.
#[component]
fn Controls(test: Test) -> impl IntoView {
    let texts = &use_messages().check;
    let stage = test.stage;
    let press = move |_| match stage.get_untracked() {
        Stage::Recording(_) | Stage::Playing => test.stop(),
        Stage::Held => test.play(),
        Stage::Ready | Stage::Played | Stage::Failed => test.record(),
    };
    let words = move || match stage.get() {
        Stage::Ready | Stage::Failed => texts.record,
        Stage::Recording(_) | Stage::Playing => texts.stop,
        Stage::Held => texts.play_back,
        Stage::Played => texts.record_again,
    };
    let icon = move || match stage.get() {
        Stage::Recording(_) | Stage::Playing => IconName::Close,
        Stage::Held => IconName::Speaker,
        Stage::Ready | Stage::Failed | Stage::Played => IconName::Microphone,
    };
    let busy = move || !matches!(stage.get(), Stage::Ready | Stage::Played | Stage::Failed);
    view! {
        <button
            type="button"
            class="button"
            disabled=move || !busy() && !test.media.microphone_on()
            on:click=press
        >
            {move || view! { <Icon name=icon() /> }}
            {words}
        </button>
    }
    .into_any()
}
