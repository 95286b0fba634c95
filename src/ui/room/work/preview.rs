//! A text as it will be read, rendered by the server; follows what is written.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::super::use_room;
use crate::{
    api::questions::preview_markdown,
    ui::{components::Prose, use_messages},
};

/// How long nothing is written before the preview follows.
const PAUSE: Duration = Duration::from_millis(600);

/// What the preview shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Waiting,
    Empty,
    Html(String),
    Failed,
}

/// The text in front, rendered.
#[component]
pub fn Preview() -> impl IntoView {
    let room = use_room();
    let messages = use_messages();
    let texts = &messages.work;
    let shown = RwSignal::new(Shown::Waiting);
    let render = move || {
        let text = room.answer_text().unwrap_or_default();
        if text.trim().is_empty() {
            shown.try_set(Shown::Empty);
            return;
        }
        spawn_local(async move {
            let answer = preview_markdown(text.clone()).await;
            // What was asked for earlier must not stand over what was written since.
            if room.answer_text().as_ref() == Some(&text) {
                shown.try_set(answer.map_or(Shown::Failed, Shown::Html));
            }
        });
    };
    let mut later = debounce(PAUSE, move |()| render());
    let length = Memo::new(move |_| {
        let writing = room.store.answers.writing.get();
        writing.map(|writing| (writing.length, writing.waiting, writing.saved))
    });
    Effect::new(move |before: Option<()>| {
        length.track();
        match before {
            None => render(),
            Some(()) => later(()),
        }
    });
    view! {
        <div class="work-preview" role="region" tabindex="0" aria-label=texts.preview>
            {move || match shown.get() {
                Shown::Waiting => {
                    view! { <p class="muted small">{messages.questions.loading}</p> }.into_any()
                }
                Shown::Empty => view! { <p class="muted">{texts.preview_empty}</p> }.into_any(),
                Shown::Html(html) => view! { <Prose html /> }.into_any(),
                Shown::Failed => view! { <p class="muted">{texts.preview_failed}</p> }.into_any(),
            }}
        </div>
    }
}
