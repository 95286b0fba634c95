//! Taking one's questions to another server and back: an export to download, a text to import.

use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    api::{
        ApiError,
        questions::{ImportQuestions, import_questions},
    },
    browser::file_text,
    ui::{
        components::{Alert, AlertKind, FieldFrame, in_text_area},
        query::Query,
        use_messages,
    },
};

/// Both ways, folded away below the list until they are wanted.
#[component]
pub fn Transfer(query: Query) -> impl IntoView {
    let sentences = &use_messages().questions;
    let failure = query.failure(ImportQuestions::PATH).0;
    let refused = failure.is_some();
    view! {
        <details class="unfold transfer" id="transfer" open=refused>
            <summary>{sentences.transfer}</summary>
            <div class="transfer-ways">
                <section class="stack tight">
                    <h2>{sentences.export}</h2>
                    <p class="muted">{sentences.export_hint}</p>
                    <p>
                        // The file is no page of the program's router.
                        <a class="button" href="/questions/export" rel="external" download>
                            {sentences.export}
                        </a>
                    </p>
                </section>
                <section class="stack tight">
                    <h2>{sentences.import}</h2>
                    <ImportForm text=query.get("json").to_owned() failure />
                </section>
            </div>
        </details>
    }
}

#[component]
fn ImportForm(text: String, failure: Option<ApiError>) -> impl IntoView {
    const ID: &str = "import-json";
    let sentences = &use_messages().questions;
    let failure = RwSignal::new(failure);
    let area = NodeRef::<html::Textarea>::new();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = area.get_untracked().map(|area| area.value());
        let navigate = navigate.clone();
        failure.set(None);
        spawn_local(async move {
            match import_questions(text.unwrap_or_default()).await {
                Ok(count) => {
                    let path = format!("/questions?shelf=mine&imported={count}");
                    navigate(&path, NavigateOptions::default());
                }
                // The page may have been left while the server was thinking.
                Err(error) => drop(failure.try_set(Some(error))),
            }
        });
    };
    view! {
        <form class="stack" method="post" action=ImportQuestions::PATH on:submit=submit>
            {move || failure.get().map(|error| view! { <Mistakes error /> })}
            <FileField area />
            <FieldFrame id=ID label=sentences.import_text hint=sentences.import_hint>
                <textarea
                    id=ID
                    class="code-field"
                    name="json"
                    rows="6"
                    required
                    spellcheck="false"
                    aria-describedby=format!("{ID}-hint")
                    node_ref=area
                >
                    {in_text_area(&text)}
                </textarea>
            </FieldFrame>
            <div class="actions">
                <button class="button">{sentences.import}</button>
            </div>
        </form>
    }
}

/// Puts the text of a file into `area`, where it can be looked at before it is imported.
#[component]
fn FileField(area: NodeRef<html::Textarea>) -> impl IntoView {
    let sentences = &use_messages().questions;
    let read = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        spawn_local(async move {
            let text = file_text::read(&file).await;
            if let (Some(text), Some(Some(area))) = (text, area.try_get_untracked()) {
                area.set_value(&text);
            }
        });
    };
    view! {
        <label class="field needs-script">
            <span class="preview-label">{sentences.import_file}</span>
            <input type="file" accept=".json,application/json" on:change=read />
        </label>
    }
}

/// Every place of the text that is wrong.
#[component]
fn Mistakes(error: ApiError) -> impl IntoView {
    let messages = use_messages();
    let places = match &error {
        ApiError::Misplaced(places) => places.clone(),
        _ => Vec::new(),
    };
    let places = places.into_iter().map(|place| {
        view! { <li>{(messages.problem.misplaced)(place)}</li> }
    });
    view! {
        <Alert kind=AlertKind::Bad>
            <p>{error.text(messages)}</p>
            <ul class="mistakes" role="list">
                {places.collect_view()}
            </ul>
        </Alert>
    }
}
