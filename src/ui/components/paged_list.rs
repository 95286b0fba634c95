//! A list that is looked at a part at a time, by links and a plain form. What is listed, and which
//! choices there are, is its page's.

use leptos::prelude::*;

use crate::{
    messages::ListMessages,
    ui::{
        components::{Icon, IconName},
        query::encoded,
        use_messages,
    },
};

/// Which part of a list is looked at, as it stands in the page's address.
#[derive(Clone, Debug)]
pub struct ListAddress {
    pub path: &'static str,
    /// The names and values of what is chosen.
    pub choices: [(&'static str, &'static str); 2],
    pub search: String,
}

impl ListAddress {
    /// The address of a page, counted from 1.
    pub fn at_page(&self, page: u32) -> String {
        let [(one, its), (other, others)] = self.choices;
        let mut address = format!("{}?{one}={its}&{other}={others}", self.path);
        if !self.search.is_empty() {
            address += "&search=";
            address += &encoded(&self.search);
        }
        if page > 1 {
            address += &format!("&page={page}");
        }
        address
    }
}

/// Links to the parts of a list, one of which is looked at.
#[component]
pub fn Choices<Choice, Address>(
    class: &'static str,
    label: &'static str,
    choices: Vec<(Choice, &'static str)>,
    chosen: Choice,
    /// Where each leads.
    address: Address,
) -> impl IntoView
where
    Choice: Copy + PartialEq + 'static,
    Address: Fn(Choice) -> ListAddress + 'static,
{
    let links = choices.into_iter().map(|(choice, label)| {
        let current = (choice == chosen).then_some("page");
        view! {
            <a href=address(choice).at_page(1) aria-current=current>
                {label}
            </a>
        }
    });
    view! {
        <nav class=class aria-label=label>
            {links.collect_view()}
        </nav>
    }
}

/// The list below its head and its controls; where there is nothing to list yet, how to begin.
#[component]
pub fn PagedList<Segments, Tabs, Row>(
    title: &'static str,
    sentences: &'static ListMessages,
    /// Where one more is made, and what that is called.
    new: (&'static str, &'static str),
    address: ListAddress,
    /// Whether there is anything in any part.
    any: bool,
    page: u32,
    pages: u32,
    /// The choice beside the title.
    segments: Segments,
    /// The choice beside the search.
    tabs: Tabs,
    #[prop(default = "rows")] class: &'static str,
    rows: Vec<Row>,
) -> impl IntoView
where
    Segments: IntoView + 'static,
    Tabs: IntoView + 'static,
    Row: IntoView + 'static,
{
    let (new, label) = new;
    let body = if any {
        view! {
            <div class="list-controls">
                {tabs}
                <SearchForm address=address.clone() hint=sentences.search_hint />
            </div>
            <Rows class rows sentences search=address.search.clone() />
            <Pager address page pages />
        }
        .into_any()
    } else {
        view! {
            <div class="card empty">
                <h2>{sentences.empty}</h2>
                <p class="muted">{sentences.empty_text}</p>
                <a class="button" href=new>
                    {label}
                </a>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="list-head">
            <h1>{title}</h1>
            {segments}
            <a class="button primary push" href=new>
                {label}
            </a>
        </div>
        {body}
    }
}

#[component]
fn Rows<Row: IntoView + 'static>(
    class: &'static str,
    rows: Vec<Row>,
    sentences: &'static ListMessages,
    search: String,
) -> impl IntoView {
    if rows.is_empty() {
        let text = if search.is_empty() {
            sentences.none_here.to_owned()
        } else {
            (sentences.none_found)(&search)
        };
        return view! { <p class="card empty muted">{text}</p> }.into_any();
    }
    view! {
        <ul class=class role="list">
            {rows}
        </ul>
    }
    .into_any()
}

#[component]
fn SearchForm(address: ListAddress, hint: &'static str) -> impl IntoView {
    let sentences = &use_messages().common;
    let kept = address.choices.map(|(name, value)| {
        view! { <input type="hidden" name=name value=value /> }
    });
    let everything = ListAddress {
        search: String::new(),
        ..address.clone()
    };
    let clear = (!address.search.is_empty()).then(|| {
        view! {
            <a
                class="button quiet icon-only"
                href=everything.at_page(1)
                aria-label=sentences.clear_search
            >
                <Icon name=IconName::Close />
            </a>
        }
    });
    view! {
        <form class="search" method="get" action=address.path role="search">
            {kept.collect_view()}
            <input
                type="search"
                name="search"
                value=address.search
                placeholder=hint
                aria-label=hint
            />
            {clear}
            <button class="button">{sentences.search}</button>
        </form>
    }
}

/// The way to the pages beside this one, when there are several.
#[component]
fn Pager(address: ListAddress, page: u32, pages: u32) -> impl IntoView {
    let sentences = &use_messages().common;
    let link = move |to: u32, label: &'static str| {
        (1..=pages).contains(&to).then(|| {
            view! {
                <a class="button" href=address.at_page(to)>
                    {label}
                </a>
            }
        })
    };
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=sentences.pages>
                {link(page.saturating_sub(1), sentences.earlier_page)}
                <span class="muted">{(sentences.page_of)(page, pages)}</span>
                {link(page + 1, sentences.later_page)}
            </nav>
        }
    })
}
