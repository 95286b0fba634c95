//! What is open of answers on this page: one editor, and what an earlier page kept. Outlives a visit,
//! so that nothing written is lost between two.

use std::{
    cell::{Cell, RefCell},
    collections::HashSet,
    rc::{Rc, Weak},
};

use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlElement;

use super::AnswerStore;
use crate::{
    browser::{
        editor::{
            self, Editor, EditorPerson, EditorProgram, EditorSettings, Opening, Told,
            WaitingSender, Writing,
        },
        room::driver::Driver,
        runner::{Runner, RunnerProgram},
    },
    model::CodeLanguage,
    protocol::{AnswerKey, RunId, document::ServerFrame},
};

/// How the editor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// It is on its way.
    Loading,
    Ready,
    /// It could not be loaded; the person may ask for another try.
    Failed,
}

impl Editing {
    /// A stable name for tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}

/// The open editor and the way to the server, if there is one.
pub(in crate::browser::room) struct Board {
    pub(super) store: AnswerStore,
    program: RefCell<Option<EditorProgram>>,
    tries: Cell<u32>,
    open: RefCell<Option<(AnswerKey, Editor)>>,
    /// Counts what was opened, so that what loads too long gives way.
    turn: Cell<u32>,
    waiting: RefCell<Option<WaitingSender>>,
    /// True while what was kept is being looked for.
    looks_for_waiting: Cell<bool>,
    /// Tells apart what the browser keeps for different visits.
    scope: RefCell<Option<String>>,
    way: RefCell<Weak<Driver>>,
    is_online: Cell<bool>,
    pub(super) runner: RefCell<Option<RunnerProgram>>,
    pub(super) runner_tries: Cell<u32>,
    pub(super) running: RefCell<Option<(RunId, Runner)>>,
    /// What ran in this browser.
    pub(super) own_runs: RefCell<HashSet<RunId>>,
}

impl Board {
    pub(super) fn new(store: AnswerStore) -> Self {
        Self {
            store,
            program: RefCell::default(),
            tries: Cell::new(0),
            open: RefCell::default(),
            turn: Cell::new(0),
            waiting: RefCell::default(),
            looks_for_waiting: Cell::new(false),
            scope: RefCell::default(),
            way: RefCell::default(),
            is_online: Cell::new(false),
            runner: RefCell::default(),
            runner_tries: Cell::new(0),
            running: RefCell::default(),
            own_runs: RefCell::default(),
        }
    }

    /// Opens an answer inside `host`, in place of what was open.
    pub(super) fn open(self: &Rc<Self>, host: HtmlElement, key: AnswerKey, opening: Opening) {
        self.close();
        let turn = self.turn.get();
        self.store.editing.set(Editing::Loading);
        let board = self.clone();
        spawn_local(async move {
            let program = board.program().await;
            if board.turn.get() != turn {
                return;
            }
            let told = Self::told(&board, turn);
            let editor = program.and_then(|program| program.open(&host, &opening, told));
            match editor {
                Some(editor) => board.take_opened(key, editor),
                None => {
                    board.store.editing.try_set(Editing::Failed);
                }
            }
        });
    }

    fn take_opened(self: &Rc<Self>, key: AnswerKey, editor: Editor) {
        if let Some(settings) = self.store.settings.try_get_untracked() {
            editor.set_settings(settings);
        }
        self.open.replace(Some((key, editor)));
        self.store.editing.try_set(Editing::Ready);
        if self.is_online.get() {
            self.begin();
        }
    }

    /// Closes what is open; what was not sent stays in the browser.
    pub(super) fn close(self: &Rc<Self>) {
        self.turn.set(self.turn.get().wrapping_add(1));
        let closed = self.open.take();
        self.store.writing.try_set(None);
        self.store.following.try_set(false);
        if closed.is_some() {
            drop(closed);
            self.send_waiting();
        }
    }

    /// The server knows this page again.
    pub(in crate::browser::room) fn online(self: &Rc<Self>, driver: &Rc<Driver>, scope: String) {
        self.way.replace(Rc::downgrade(driver));
        self.scope.replace(Some(scope));
        self.is_online.set(true);
        self.begin();
        self.send_waiting();
    }

    /// There is no way to the server.
    pub(in crate::browser::room) fn offline(&self) {
        self.is_online.set(false);
        drop(self.waiting.take());
        if let Some((_, editor)) = &*self.open.borrow() {
            editor.offline();
        }
    }

    /// Takes a binary frame of the server.
    pub(in crate::browser::room) fn receive(&self, bytes: &[u8]) {
        let Ok(frame) = ServerFrame::decode(bytes) else {
            leptos::logging::warn!("a frame about a document is unknown");
            return;
        };
        match &*self.open.borrow() {
            Some((key, editor)) if *key == frame.answer() => editor.receive(bytes),
            _ => {
                if let Some(waiting) = &*self.waiting.borrow() {
                    waiting.receive(bytes);
                }
            }
        }
    }

    /// Does something with the open editor.
    pub(super) fn with_editor<T>(&self, act: impl FnOnce(AnswerKey, &Editor) -> T) -> Option<T> {
        let open = self.open.borrow();
        open.as_ref().map(|(key, editor)| act(*key, editor))
    }

    pub(super) fn set_people(&self, people: &[EditorPerson]) {
        self.with_editor(|_, editor| editor.set_people(people));
    }

    pub(super) fn set_settings(&self, settings: EditorSettings) {
        self.with_editor(|_, editor| editor.set_settings(settings));
    }

    pub(super) fn set_language(&self, language: CodeLanguage) {
        self.with_editor(|_, editor| editor.set_language(language));
    }

    /// Goes where the owner of the answer goes, or stops doing so.
    pub(super) fn follow(&self, wanted: bool) {
        let followed = self.with_editor(|key, editor| editor.follow(wanted.then_some(key.peer)));
        self.store.following.set(wanted && followed.is_some());
    }

    /// The visit under way.
    pub(super) fn driver(&self) -> Option<Rc<Driver>> {
        self.way.borrow().upgrade()
    }

    /// Tells the server what is looked at, then lets the editor ask for it.
    fn begin(&self) {
        if let (Some((key, editor)), Some(driver)) = (&*self.open.borrow(), self.driver()) {
            driver.look(Some(*key));
            editor.online();
        }
    }

    fn send(&self, bytes: &[u8]) -> bool {
        self.is_online.get()
            && self
                .driver()
                .is_some_and(|driver| driver.send_document(bytes))
    }

    fn told(board: &Rc<Self>, turn: u32) -> Told {
        let (sender, store) = (Rc::downgrade(board), board.store);
        let teller = sender.clone();
        let current = move |board: &Weak<Self>| {
            let board = board.upgrade()?;
            (board.turn.get() == turn).then_some(board)
        };
        Told {
            // What a closed editor still has to say counts as well.
            send: Box::new(move |bytes| sender.upgrade().is_some_and(|board| board.send(bytes))),
            changed: Box::new(move |writing: Writing| {
                if current(&teller).is_some() {
                    store.writing.try_set(Some(writing));
                }
            }),
            follow_lost: Box::new(move || {
                store.following.try_set(false);
            }),
        }
    }

    async fn program(&self) -> Option<EditorProgram> {
        let known = self.program.borrow().clone();
        if known.is_some() {
            return known;
        }
        let loaded = EditorProgram::load(self.tries.get()).await;
        match &loaded {
            Some(program) => {
                self.program.replace(Some(program.clone()));
            }
            None => self.tries.set(self.tries.get() + 1),
        }
        loaded
    }

    /// Sends what is kept of answers that are not open, if there is any.
    fn send_waiting(self: &Rc<Self>) {
        let scope = self.scope.borrow().clone();
        let Some(scope) = scope.filter(|scope| editor::has_waiting(scope)) else {
            return;
        };
        if !self.is_online.get() || self.looks_for_waiting.replace(true) {
            return;
        }
        drop(self.waiting.take());
        let board = self.clone();
        spawn_local(async move {
            let weak = Rc::downgrade(&board);
            let send = move |bytes: &[u8]| {
                let board: Option<Rc<Self>> = weak.upgrade();
                board.is_some_and(|board| board.send(bytes))
            };
            let sender = match board.program().await {
                Some(program) => program.send_waiting(&scope, Box::new(send)).await,
                None => None,
            };
            board.looks_for_waiting.set(false);
            if board.is_online.get() {
                board.waiting.replace(sender);
            }
        });
    }
}

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Board").finish_non_exhaustive()
    }
}
