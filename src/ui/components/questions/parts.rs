//! A list of parts in a form, to which rows are added and from which they are taken off; what stands
//! in a row is its owner's.

use leptos::prelude::*;

use crate::ui::{
    components::{Icon, IconName},
    use_messages,
};

/// One row, as its fields know it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    list: &'static str,
    /// The number it was made with, so that taking one off leaves the others alone.
    key: usize,
    keys: RwSignal<Vec<usize>>,
}

impl Part {
    /// The name of one of its fields in the form.
    pub fn field(self, name: &str) -> String {
        format!("form[{}][{}][{name}]", self.list, self.key)
    }

    /// Where it stands, from 1.
    pub fn place(self) -> usize {
        let place = self.keys.read().iter().position(|key| *key == self.key);
        place.unwrap_or(self.key) + 1
    }

    fn remove(self) {
        self.keys.update(|keys| keys.retain(|key| *key != self.key));
    }
}

/// The rows, each of which can be taken off, and a button that adds one.
#[component]
pub fn Parts<Value, Row>(
    /// As the form calls it.
    list: &'static str,
    legend: &'static str,
    hint: &'static str,
    add: &'static str,
    remove: fn(usize) -> String,
    #[prop(into)] problem: Signal<Option<String>>,
    values: Vec<Value>,
    /// How many empty rows are offered where no script can add any.
    spare: usize,
    #[prop(default = usize::MAX)] most: usize,
    /// What stands beside the button that takes a row off, and what below both.
    row: Row,
) -> impl IntoView
where
    Value: Clone + Default + Send + 'static,
    Row: Fn(Part, Value) -> (AnyView, AnyView) + Clone + Send + 'static,
{
    let held = values.len();
    let keys = RwSignal::new((0..held).collect::<Vec<_>>());
    let next = StoredValue::new(held + spare);
    let push = move |_| {
        let key = next.get_value();
        next.set_value(key + 1);
        keys.update(|keys| keys.push(key));
    };
    let full = move || keys.read().len() >= most;
    let one = move |key: usize| {
        let part = Part { list, key, keys };
        let (head, body) = row(part, values.get(key).cloned().unwrap_or_default());
        // A spare one is none of the list, and stays.
        let listed = keys.read_untracked().contains(&key);
        let remove = listed.then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet icon-only needs-script"
                    aria-label=move || remove(part.place())
                    on:click=move |_| part.remove()
                >
                    <Icon name=IconName::Close />
                </button>
            }
        });
        view! {
            <li class="part-row">
                <div class="part-head">{head} {remove}</div>
                {body}
            </li>
        }
    };
    let spares = (held..held + spare).map(one.clone()).collect_view();
    let hint_id = format!("{list}-hint");
    let described_by = hint_id.clone();
    view! {
        <fieldset
            class="field only-coding"
            aria-describedby=described_by
            aria-invalid=move || problem.read().is_some().then_some("true")
        >
            <legend>{legend}</legend>
            <p class="field-problem">{problem}</p>
            <ul class="part-rows" role="list">
                <For each=move || keys.get() key=|key| *key children=one />
            </ul>
            <ul class="part-rows without-script" role="list">
                {spares}
            </ul>
            <p class="field-hint without-script">{use_messages().questions.spare_parts}</p>
            <button
                type="button"
                class="button small needs-script"
                disabled=full
                on:click=push
            >
                <Icon name=IconName::Plus />
                {add}
            </button>
            <p class="field-hint" id=hint_id>
                {hint}
            </p>
        </fieldset>
    }
}
