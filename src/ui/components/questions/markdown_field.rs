//! A field for a text in Markdown, with or without a preview that the server renders. Knows no markup.

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};

use crate::{
    api::questions::preview_markdown,
    model::Problem,
    ui::{
        components::{FieldFrame, described_by, in_text_area},
        use_messages,
    },
};

/// How long nothing is typed before the preview follows.
const PAUSE: Duration = Duration::from_millis(300);

/// What the preview shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    Html(String),
    /// The server did not answer; what was shown before is gone from the page's view of the text.
    Failed,
}

/// A text of several lines.
#[component]
pub fn MarkdownField(
    id: &'static str,
    #[prop(into)] name: String,
    label: &'static str,
    hint: &'static str,
    value: String,
    problem: Signal<Option<Problem>>,
    /// The most characters.
    most: u32,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] preview: bool,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let shown = RwSignal::new(Shown::Nothing);
    let follow = move || {
        let text = area.get_untracked().map(|area| area.value());
        show(shown, area, text.unwrap_or_default());
    };
    // What was filled in or typed before the page came alive.
    Effect::new(move |_| {
        if preview && area.get().is_some() {
            follow();
        }
    });
    let mut later = debounce(PAUSE, move |()| follow());
    view! {
        <div class:written=preview>
            <FieldFrame id label hint problem>
                <textarea
                    id=id
                    name=name
                    rows=rows.to_string()
                    maxlength=most.to_string()
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=move || described_by(id, true, problem.get().is_some())
                    node_ref=area
                    on:input=move |_| {
                        if preview {
                            later(());
                        }
                    }
                >
                    {in_text_area(&value)}
                </textarea>
            </FieldFrame>
            {preview.then(|| view! { <Preview shown /> })}
        </div>
    }
}

/// Renders `text`, unless the field holds another by then.
fn show(shown: RwSignal<Shown>, area: NodeRef<html::Textarea>, text: String) {
    if text.trim().is_empty() {
        shown.set(Shown::Nothing);
        return;
    }
    spawn_local(async move {
        let answer = preview_markdown(text.clone()).await;
        let current = area.try_get_untracked().flatten().map(|area| area.value());
        if current.as_deref() == Some(text.as_str()) {
            shown.try_set(answer.map_or(Shown::Failed, Shown::Html));
        }
    });
}

#[component]
fn Preview(shown: RwSignal<Shown>) -> impl IntoView {
    let sentences = &use_messages().questions;
    view! {
        <section class="preview needs-script" aria-label=sentences.preview>
            <p class="preview-label" aria-hidden="true">
                {sentences.preview}
            </p>
            <div class="preview-box" tabindex="0">
                {move || match shown.get() {
                    Shown::Nothing => {
                        view! { <p class="muted small">{sentences.preview_empty}</p> }.into_any()
                    }
                    Shown::Html(html) => view! { <Prose html /> }.into_any(),
                    Shown::Failed => {
                        view! { <p class="muted small">{sentences.preview_waits}</p> }.into_any()
                    }
                }}
            </div>
        </section>
    }
}

/// Markdown as the server rendered and cleaned it; nothing else may be given to it.
#[component]
pub fn Prose(html: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}
