//! The bar under an answer: running it, its language, whether it is saved, how the editor is.

use leptos::prelude::*;

use super::{
    language::LanguagePicker,
    run::{OwnInput, RunControls, RunWords},
    saved::SavedSign,
    settings::EditorSettingsMenu,
    use_desk,
};
use crate::{model::QuestionKind, ui::use_messages};

/// For an answer of that kind.
#[component]
pub fn Foot(kind: Memo<Option<QuestionKind>>) -> impl IntoView {
    let coding = Memo::new(move |_| kind.get() == Some(QuestionKind::Coding));
    view! {
        <Show when=move || coding.get()>
            <OwnInput />
        </Show>
        <div class="work-foot">
            <Show when=move || coding.get() fallback=|| view! { <WriteOrRead /> }>
                <RunControls />
                <LanguagePicker />
                <RunWords />
            </Show>
            <div class="work-foot-end">
                <SavedSign />
                <EditorSettingsMenu />
            </div>
        </div>
    }
}

/// A text is written or read.
#[component]
fn WriteOrRead() -> impl IntoView {
    let preview = use_desk().preview;
    let messages = &use_messages().work;
    let button = move |wanted: bool, words: &'static str| {
        view! {
            <button
                type="button"
                data-action=if wanted { "preview" } else { "write" }
                aria-pressed=move || (preview.get() == wanted).to_string()
                on:click=move |_| preview.set(wanted)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=messages.preview_or_write>
            {button(false, messages.write)}
            {button(true, messages.preview)}
        </div>
    }
}
