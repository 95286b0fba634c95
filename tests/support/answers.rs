//! An interview with questions, its people, and what they say about answers.

use colloquy::{
    model::{CodeLanguage, InterviewQuestionId, PeerId, Timestamp},
    protocol::{AnswerKey, ClientMessage, Run, RunId, RunState, ServerMessage},
};

use super::{
    attendee::Attendee,
    bank::Sheet,
    replica::shown,
    socket::{By, Socket, fresh_page},
    stage::{Stage, chat, said},
};

pub const STARTER: &str = "def f():\n    pass\n";

/// An interview with two coding questions and a text question, and its main interviewer in the room.
pub struct Scene {
    pub stage: Stage,
    pub host: Socket,
    pub questions: Vec<InterviewQuestionId>,
}

impl Scene {
    pub async fn new() -> Self {
        let stage = Stage::with_seats(6).await;
        let sheets = [
            Sheet::coding("First"),
            Sheet::coding("Second-secret-title"),
            Sheet::text("Third"),
        ];
        let mut questions = Vec::new();
        for sheet in sheets {
            let question = stage.host.write(&sheet).await.unwrap();
            let prepared = stage.host.prepare(&stage.number, question).await;
            questions.push(prepared.unwrap());
        }
        let mut host = stage.open(&stage.host).await;
        host.join().await;
        Self {
            stage,
            host,
            questions,
        }
    }

    pub async fn show(&mut self, place: usize) {
        let question = self.questions[place];
        self.host
            .say(&ClientMessage::ShowQuestion { question })
            .await;
        self.host.wait(shown).await;
    }

    pub async fn hide(&mut self, place: usize) {
        let question = self.questions[place];
        self.host
            .say(&ClientMessage::HideQuestion { question })
            .await;
        self.host.wait(hidden).await;
    }

    pub fn key(&self, place: usize, peer: PeerId) -> AnswerKey {
        AnswerKey {
            question: self.questions[place],
            peer,
        }
    }

    /// Somebody who is interviewed, in the room.
    pub async fn interviewee(&self, by: By, name: &str) -> (Attendee, Socket, PeerId) {
        let attendee = self.stage.guest(name).await;
        let mut socket = self.stage.open_by(by, &attendee).await;
        let peer = socket.join().await.peer;
        (attendee, socket, peer)
    }
}

pub fn hidden(message: &ServerMessage) -> Option<InterviewQuestionId> {
    match message {
        ServerMessage::QuestionHidden { question } => Some(*question),
        _ => None,
    }
}

/// Everything said before has been heard by both when this was.
pub async fn fence(from: &mut Socket, others: &mut [&mut Socket], word: &str) {
    from.say(&chat(word)).await;
    let heard = |message: &ServerMessage| said(message).filter(|(_, text)| text == word);
    from.wait(heard).await;
    for other in others {
        other.wait(heard).await;
    }
}

pub fn run(state: RunState) -> Run {
    Run {
        id: RunId(fresh_page().0),
        language: CodeLanguage::Python,
        at: Timestamp(0),
        state,
        milliseconds: 7,
        output: Vec::new(),
        tests: Vec::new(),
        by: "forged".into(),
    }
}

/// One of every kind of message about questions and answers.
pub fn about_answers(peer: PeerId) -> Vec<ClientMessage> {
    let question = InterviewQuestionId(1);
    let answer = AnswerKey { question, peer };
    let run = run(RunState::Done);
    vec![
        ClientMessage::ShowQuestion { question },
        ClientMessage::HideQuestion { question },
        ClientMessage::Look { at: Some(answer) },
        ClientMessage::ReportRun { answer, run },
    ]
}
