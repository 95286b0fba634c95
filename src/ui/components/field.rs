//! The one form field: label, control, hint and what is wrong with it, tied together for everyone.

use leptos::{html, prelude::*};

use crate::{model::Problem, ui::use_messages};

/// The ids of what describes the control `id`, for `aria-describedby`.
pub fn described_by(id: &str, hint: bool, problem: bool) -> Option<String> {
    match (hint, problem) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-problem")),
        (true, true) => Some(format!("{id}-problem {id}-hint")),
    }
}

/// Everything of a field but the control, which is the child and has the id `id`.
#[component]
pub fn FieldFrame(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] problem: Signal<Option<Problem>>,
    children: Children,
) -> impl IntoView {
    let sentence = use_messages().problem.field;
    let hint_id = format!("{id}-hint");
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {children()}
            {move || {
                let id = problem_id.clone();
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p class="field-problem" id=id>
                                {sentence(problem)}
                            </p>
                        }
                    })
            }}
            {(!hint.is_empty())
                .then(|| {
                    view! {
                        <p class="field-hint" id=hint_id>
                            {hint}
                        </p>
                    }
                })}
        </div>
    }
}

/// A field with an input.
#[component]
pub fn Field(
    /// Also the control's id.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] problem: Signal<Option<Problem>>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] placeholder: Option<&'static str>,
    /// Least and greatest number.
    #[prop(optional_no_strip)]
    range: Option<(u32, u32)>,
    #[prop(optional_no_strip)] maxlength: Option<u32>,
    #[prop(default = true)] required: bool,
    #[prop(optional)] element: NodeRef<html::Input>,
) -> impl IntoView {
    let id = name.clone();
    let hinted = !hint.is_empty();
    let described = move || described_by(&id, hinted, problem.get().is_some());
    view! {
        <FieldFrame id=name.clone() label hint problem>
            <input
                id=name.clone()
                name=name
                type=kind
                value=value
                required=required
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=placeholder
                min=range.map(|(least, _)| least)
                max=range.map(|(_, most)| most)
                maxlength=maxlength
                autofocus=problem.get_untracked().is_some()
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
                node_ref=element
            />
        </FieldFrame>
    }
}

/// A field with a choice of values.
#[component]
pub fn SelectField(
    /// The control's id, and its name unless `field` names it.
    #[prop(into)]
    name: String,
    #[prop(optional)] field: Option<&'static str>,
    #[prop(into)] label: String,
    /// Values and what they are called.
    choices: Vec<(String, String)>,
    #[prop(into)] selected: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] problem: Signal<Option<Problem>>,
    #[prop(optional)] element: NodeRef<html::Select>,
) -> impl IntoView {
    let id = name.clone();
    let hinted = !hint.is_empty();
    let described = move || described_by(&id, hinted, problem.get().is_some());
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let chosen = value == selected;
            view! {
                <option value=value selected=chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <FieldFrame id=name.clone() label hint problem>
            <select
                id=name.clone()
                name=field.map_or(name, str::to_owned)
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=described
                node_ref=element
            >
                {options}
            </select>
        </FieldFrame>
    }
}
