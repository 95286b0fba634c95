//! The place of the editor, and what is said while it is not there.

use leptos::{html, prelude::*};

use super::{super::use_room, preview::Preview, use_desk};
use crate::{
    browser::{
        editor::LanguageName,
        room::{Editing, RoomClient},
    },
    messages::WorkMessages,
    model::CodeLanguage,
    protocol::AnswerKey,
    ui::use_messages,
};

/// The answer of that key, opened as soon as it has a place on the page.
#[component]
pub fn Answer(key: AnswerKey) -> impl IntoView {
    let room = use_room();
    let answers = room.store.answers;
    let messages = use_messages();
    let texts = &messages.work;
    let preview = use_desk().preview;
    let host = NodeRef::<html::Div>::new();
    let tries = RwSignal::new(0_u32);
    Effect::new(move |_| {
        tries.track();
        let question = untrack(|| answers.find(key.question));
        if let Some((host, question)) = host.get().zip(question) {
            let languages = CodeLanguage::ALL.map(|name| LanguageName {
                name,
                label: (messages.questions.language_of)(name),
            });
            let labels = texts.editor_labels(name_of(room, key, texts));
            room.open_answer(host.into(), key, &question, labels, languages.into());
        }
    });
    on_cleanup(move || room.close_answer());
    let too_long = Memo::new(move |_| {
        let writing = answers.writing.get();
        writing.is_some_and(|writing| writing.too_long)
    });
    view! {
        <div
            class="work-editor"
            data-answer=format!("{}/{}", key.question, key.peer)
            data-editing=move || answers.editing.get().name()
            data-loaded=move || answers.writing.with(|it| it.is_some_and(|it| it.loaded)).to_string()
        >
            <div
                class="work-host"
                data-editor=""
                node_ref=host
                hidden=move || preview.get()
            ></div>
            <Show when=move || preview.get()>
                <Preview />
            </Show>
            {move || match answers.editing.get() {
                Editing::Ready => ().into_any(),
                Editing::Loading => {
                    view! { <p class="work-editor-note muted">{texts.opening}</p> }.into_any()
                }
                Editing::Failed => {
                    view! {
                        <div class="work-editor-note" role="alert">
                            <p>{texts.failed}</p>
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| tries.update(|tries| *tries += 1)
                            >
                                {texts.again}
                            </button>
                        </div>
                    }
                        .into_any()
                }
            }}
        </div>
        <p class="work-notice" role="alert">
            {move || too_long.get().then_some(texts.too_long)}
        </p>
    }
}

/// How the editor is named to those who hear it.
fn name_of(room: RoomClient, key: AnswerKey, messages: &WorkMessages) -> String {
    if untrack(|| room.store.is_me(key.peer)) {
        return messages.your_answer.to_owned();
    }
    let name = untrack(|| room.store.answers.name_of(key.peer));
    (messages.answer_of)(&name.unwrap_or_default())
}
