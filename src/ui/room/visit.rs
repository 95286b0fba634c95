//! Brings a reloaded page back to where it was, and keeps where it is.

use leptos::prelude::*;

use super::view_state::{Tab, ViewState};
use crate::{
    browser::{
        room::RoomClient,
        visit::{self, View},
    },
    model::InterviewNumber,
};

/// Restores what this tab kept of the visit, then keeps every change. Called once a page.
pub(super) fn keep_visit(room: RoomClient, view_state: ViewState, number: InterviewNumber) {
    let chat = room.store.chat;
    let answers = room.store.answers;
    Effect::new(move |_| {
        untrack(|| {
            let kept = visit::load(number);
            if let Some(view) = kept.view {
                restore_view(view_state, &view);
                room.store.answers.wished_question.set(view.question);
                room.store.answers.wished_owner.set(view.owner);
            }
            chat.restore(kept.chat, kept.draft);
        });
    });
    // Effects run in the order in which they were made: the first runs of these find all restored.
    Effect::new(move |_| {
        let view = View {
            tab: view_state.tab.get().name().to_owned(),
            side_open: view_state.side_open.get(),
            side_in_front: view_state.side_in_front.get(),
            work_wanted: view_state.work_wanted.get(),
            // What is not there yet is still wished for.
            question: answers.question.get().or(answers.wished_question.get()),
            owner: answers
                .at
                .get()
                .map(|at| at.peer)
                .or(answers.wished_owner.get()),
        };
        visit::change(number, |visit| visit.view = Some(view));
    });
    Effect::new(move |_| {
        let (kept, draft) = (chat.kept(), chat.draft.get());
        visit::change(number, |visit| {
            visit.chat = kept;
            visit.draft = draft;
        });
    });
    // While nothing is started, as after the last word, what was on stays as it was.
    Effect::new(move |_| {
        if let Some(wish) = room.media.wish() {
            visit::change(number, |visit| visit.media = Some(wish));
        }
    });
}

fn restore_view(view_state: ViewState, view: &View) {
    if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.name() == view.tab) {
        view_state.tab.set(tab);
    }
    view_state.side_open.set(view.side_open);
    view_state.side_in_front.set(view.side_in_front);
    view_state.work_wanted.set(view.work_wanted);
}
