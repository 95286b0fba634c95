//! Who sees and hears whom, for interviewers: every row is one person's own report.

use leptos::prelude::*;

use super::{quality_sign::described, use_room};
use crate::{
    browser::room::RoomStore,
    messages::MediaMessages,
    model::PeerId,
    protocol::{LinkReport, Route},
    quality::{Grade, Sight},
    ui::{
        components::{Icon, IconName, initials},
        use_messages,
    },
};

/// Rows are who, columns are whom. Named by the summary under which it unfolds.
#[component]
pub fn SightTable() -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().media;
    let people = Memo::new(move |_| {
        let me = store
            .me
            .with(|me| me.as_ref().map(|me| (me.peer, me.name.clone())));
        let others = store.members.with(|members| {
            let others = members
                .iter()
                .map(|member| (member.peer, member.name.clone()));
            others.collect::<Vec<_>>()
        });
        me.into_iter().chain(others).collect::<Vec<_>>()
    });
    let alone = Memo::new(move |_| people.with(Vec::len) < 2);
    view! {
        <div class="room-sight">
            <Show
                when=move || !alone.get()
                fallback=move || view! { <p class="muted small">{messages.sight_alone}</p> }
            >
                <p class="muted small">{messages.sight_explained}</p>
                <div
                    class="room-sight-frame"
                    tabindex="0"
                    role="region"
                    aria-labelledby="room-sight-title"
                >
                    <table data-sight-table="">
                        <thead>
                            <tr>
                                <th scope="col">{messages.sight_who}</th>
                                <For each=move || people.get() key=Clone::clone let:person>
                                    <th scope="col" title=person.1.clone()>
                                        <span aria-hidden="true">{initials(&person.1)}</span>
                                        <span class="visually-hidden">{person.1.clone()}</span>
                                    </th>
                                </For>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || people.get() key=Clone::clone let:who>
                                <tr>
                                    <th scope="row">
                                        <span class="room-sight-name">{who.1.clone()}</span>
                                    </th>
                                    <For each=move || people.get() key=Clone::clone let:whom>
                                        <Cell who=who.0 whom=whom.0 />
                                    </For>
                                </tr>
                            </For>
                        </tbody>
                    </table>
                </div>
                <Legend />
            </Show>
        </div>
    }
}

/// What `who` says of `whom`. Reactive.
fn report(store: RoomStore, who: PeerId, whom: PeerId) -> Option<LinkReport> {
    let own = store
        .me
        .with(|me| me.as_ref().is_some_and(|me| me.peer == who));
    if own {
        return store.quality.with(|quality| quality.get(&whom).cloned());
    }
    store.reports.with(|reports| {
        let links = reports.get(&who)?;
        links.iter().find(|link| link.peer == whom).cloned()
    })
}

#[component]
fn Cell(who: PeerId, whom: PeerId) -> impl IntoView {
    let store = use_room().store;
    let messages = &use_messages().media;
    if who == whom {
        return view! {
            <td data-sight="self">
                <span class="visually-hidden">{messages.oneself}</span>
            </td>
        }
        .into_any();
    }
    let report = Memo::new(move |_| report(store, who, whom));
    let name = move || {
        report.with(|report| {
            report
                .as_ref()
                .map_or("unknown", |report| Sight::of(report).name())
        })
    };
    let text = move || report.with(|report| cell_words(report.as_ref(), messages));
    let icon = move || report.with(|report| report.as_ref().map(|it| sign(Sight::of(it))));
    let relayed = Memo::new(move |_| {
        report.with(|report| {
            report
                .as_ref()
                .is_some_and(|report| report.route == Some(Route::Relayed))
        })
    });
    view! {
        <td data-sight=name title=text>
            {move || icon().map(|name| view! { <Icon name /> })}
            <span class="visually-hidden">{text}</span>
            {move || {
                relayed
                    .get()
                    .then(|| {
                        view! {
                            <span class="room-sight-route" aria-hidden="true">
                                {(messages.route)(Route::Relayed)}
                            </span>
                        }
                    })
            }}
        </td>
    }
    .into_any()
}

fn cell_words(report: Option<&LinkReport>, messages: &MediaMessages) -> String {
    let Some(report) = report else {
        return messages.not_told.to_owned();
    };
    let sight = Sight::of(report);
    let connected = !matches!(
        sight,
        Sight::Connecting | Sight::Reconnecting | Sight::Failed
    );
    let mut words = sight_words(sight, messages).to_owned();
    if connected {
        words.push_str(messages.comma);
        words.push_str(&described(Grade::of(report, None), report, messages));
    }
    words
}

const fn sight_words(sight: Sight, messages: &MediaMessages) -> &'static str {
    match sight {
        Sight::SeesAndHears => messages.sees_and_hears,
        Sight::OnlyHears => messages.only_hears,
        Sight::OnlySees => messages.only_sees,
        Sight::Neither => messages.neither,
        Sight::Connecting => messages.connecting,
        Sight::Reconnecting => messages.reconnecting,
        Sight::Failed => messages.failed,
    }
}

const fn sign(sight: Sight) -> IconName {
    match sight {
        Sight::SeesAndHears => IconName::Check,
        Sight::OnlyHears => IconName::Speaker,
        Sight::OnlySees => IconName::Camera,
        Sight::Neither => IconName::Warning,
        Sight::Connecting | Sight::Reconnecting => IconName::Refresh,
        Sight::Failed => IconName::Close,
    }
}

/// What the signs mean.
#[component]
fn Legend() -> impl IntoView {
    let messages = &use_messages().media;
    let shown = [
        Sight::SeesAndHears,
        Sight::OnlyHears,
        Sight::OnlySees,
        Sight::Neither,
        Sight::Connecting,
        Sight::Failed,
    ];
    let entry = move |sight: Sight| {
        view! {
            <li>
                <span class="room-sight-sign" data-sight=sight.name()>
                    <Icon name=sign(sight) />
                </span>
                {sight_words(sight, messages)}
            </li>
        }
    };
    view! {
        <ul class="room-sight-legend small" role="list" aria-hidden="true">
            {shown.map(entry).collect_view()}
        </ul>
    }
}
