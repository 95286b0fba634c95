//! Keeps the server, the editor and the page's answers at one: what is looked at, who is here, how the
//! person wants it.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::{
    browser::{
        editor::{EditorPerson, EditorSettings, LanguageName, Opening},
        room::{RoomClient, driver::Driver},
    },
    messages::EditorLabels,
    model::CodeLanguage,
    protocol::{AnswerKey, ClientMessage, ShownQuestion},
};

/// How many colours cursors have.
const COLOURS: i64 = 8;

impl RoomClient {
    /// Follows what changes. Called once a page.
    pub fn follow_answers(self) {
        let store = self.store;
        let answers = store.answers;
        Effect::new(move |_| answers.settings.set(EditorSettings::remembered()));
        Effect::new(move |_| answers.follow_owners(&store.everyone()));
        Effect::new(move |_| {
            let at = answers.at.get();
            if let Some(driver) = self.driver() {
                driver.look(at);
            }
        });
        let people = Memo::new(move |_| self.editor_people());
        Effect::new(move |_| people.with(|people| answers.board().set_people(people)));
        Effect::new(move |_| answers.board().set_settings(answers.settings.get()));
    }

    /// Opens the editor of an answer inside `host`.
    pub fn open_answer(
        self,
        host: HtmlElement,
        key: AnswerKey,
        question: &ShownQuestion,
        labels: EditorLabels,
        languages: Vec<LanguageName>,
    ) {
        let Some(me) = self.store.me.get_untracked() else {
            return;
        };
        let opening = Opening {
            scope: self.scope(),
            question: key.question,
            peer: key.peer,
            kind: question.kind,
            read_only: false,
            me: me.peer,
            people: untrack(|| self.editor_people()),
            settings: self.store.answers.settings.get_untracked(),
            labels,
            starters: question.starters.clone(),
            languages,
        };
        self.store.answers.board().open(host, key, opening);
    }

    /// Closes the editor, as when its place on the page goes.
    pub fn close_answer(self) {
        self.store.answers.board().close();
    }

    /// Puts the keyboard into the editor.
    pub fn focus_answer(self) {
        let board = self.store.answers.board();
        board.with_editor(|_, editor| editor.focus());
    }

    /// Writes the answer in front in another language, for everybody.
    pub fn set_answer_language(self, language: CodeLanguage) {
        self.store.answers.board().set_language(language);
    }

    /// Goes where the owner of the answer goes, or stops doing so.
    pub fn follow_owner(self, wanted: bool) {
        self.store.answers.board().follow(wanted);
    }

    /// What stands in the editor.
    pub fn answer_text(self) -> Option<String> {
        let board = self.store.answers.board();
        board.with_editor(|_, editor| editor.text()).flatten()
    }

    /// Changes how editors are, here and on this person's next pages.
    pub fn change_editor(self, change: impl FnOnce(&mut EditorSettings)) {
        let settings = self.store.answers.settings;
        settings.update(change);
        settings.get_untracked().remember();
    }

    /// Names what the browser keeps for this seat: what one person wrote is never sent by another.
    pub(in crate::browser::room) fn scope(self) -> String {
        let me = self.store.me.get_untracked();
        scope(&self.number.to_string(), me.map_or(0, |me| me.peer.0))
    }

    fn editor_people(self) -> Vec<EditorPerson> {
        let everyone = self.store.everyone().into_iter();
        let person = |member: crate::protocol::Member| EditorPerson {
            peer: member.peer,
            name: member.name,
            colour: u8::try_from(member.peer.0.rem_euclid(COLOURS)).unwrap_or(0),
        };
        everyone.map(person).collect()
    }
}

fn scope(number: &str, peer: i64) -> String {
    format!("{number}-{peer}")
}

impl Driver {
    /// Tells the server what this page looks at, unless it knows.
    pub(in crate::browser::room) fn look(&self, at: Option<AnswerKey>) {
        let news = self.looked.get() != Some(at) && self.knows_seat();
        if news && self.send(&ClientMessage::Look { at }) {
            self.looked.set(Some(at));
        }
    }

    /// The server has seated this page, anew or for the first time: it has forgotten what the page
    /// looked at.
    pub(in crate::browser::room) fn take_up_answers(self: &Rc<Self>) {
        let answers = self.store.answers;
        answers.follow_owners(&untrack(|| self.store.everyone()));
        self.looked.set(None);
        self.look(answers.at.get_untracked());
        let me = self.store.me.get_untracked();
        let scope = scope(&self.number.to_string(), me.map_or(0, |me| me.peer.0));
        answers.board().online(self, scope);
    }

    /// There is no way to the server, or no visit.
    pub(in crate::browser::room) fn put_answers_down(&self) {
        self.looked.set(None);
        self.store.answers.board().offline();
    }
}
