//! Showing and hiding questions, and hearing of changes from outside the room.

use crate::model::question::MOST_SHOWN;
use crate::model::{InterviewQuestionId, QuestionKind};
use crate::protocol::{ClientMessage, PreparedQuestion, RejectCode, ServerMessage, ShownQuestion};
use crate::room::{Fact, Input, Output, Prepared};

use super::stage::{ANNA, BO, CHEN, DORA, Stage, occupant, peer};

pub fn question(id: i64) -> InterviewQuestionId {
    InterviewQuestionId(id)
}

pub fn shown_question(id: i64) -> ShownQuestion {
    ShownQuestion {
        question: question(id),
        kind: QuestionKind::Coding,
        title: format!("Question {id}"),
        content: format!("<p>{id}</p>"),
        starters: Vec::new(),
        examples: Vec::new(),
    }
}

/// None of them was ever shown.
pub fn prepared(ids: impl IntoIterator<Item = i64>) -> Vec<Prepared> {
    let prepared = |id| Prepared {
        question: shown_question(id),
        is_shown: false,
        was_shown: false,
    };
    ids.into_iter().map(prepared).collect()
}

/// A room with ten questions of which none is shown yet.
pub fn stage() -> Stage {
    let mut stage = Stage::new(8);
    let questions = prepared(1..=10);
    assert_eq!(stage.handle(Input::QuestionsRead { questions }), []);
    stage
}

pub fn show(id: i64) -> ClientMessage {
    let question = question(id);
    ClientMessage::ShowQuestion { question }
}

pub fn hide(id: i64) -> ClientMessage {
    let question = question(id);
    ClientMessage::HideQuestion { question }
}

fn titles(prepared: &[PreparedQuestion]) -> Vec<(String, bool)> {
    let title = |question: &PreparedQuestion| (question.title.clone(), question.shown);
    prepared.iter().map(title).collect()
}

#[test]
fn interviewers_show_and_hide_and_everybody_sees() {
    let mut stage = stage();
    let [anna, bo, chen] = [ANNA, BO, CHEN].map(|who| stage.join(who, 1));
    assert_eq!(stage.clients[&anna].prepared.len(), 10);
    assert_eq!(stage.clients[&bo].prepared.len(), 10);
    assert_eq!(stage.clients[&chen].prepared, []);
    for (by, id) in [(anna, 2), (bo, 5)] {
        stage.facts.clear();
        let outputs = stage.say(by, show(id));
        let question = question(id);
        let fact = Fact::QuestionShown { question };
        assert_eq!(outputs[0], Output::Record(fact), "before anybody is told");
        assert_eq!(stage.say(by, show(id)), [], "again");
    }
    let both = vec![shown_question(2), shown_question(5)];
    for socket in [anna, bo, chen] {
        assert_eq!(stage.clients[&socket].questions, both);
    }
    let listed = titles(&stage.clients[&anna].prepared);
    assert_eq!(listed[1], ("Question 2".to_owned(), true));
    assert_eq!(listed[2], ("Question 3".to_owned(), false));
    let late = stage.join(DORA, 1);
    assert_eq!(stage.clients[&late].questions, both);
    let outputs = stage.say(bo, hide(2));
    let question = question(2);
    assert_eq!(
        outputs[0],
        Output::Record(Fact::QuestionHidden { question })
    );
    assert_eq!(stage.say(bo, hide(2)), [], "again");
    for socket in [anna, bo, chen, late] {
        assert_eq!(stage.clients[&socket].questions, [shown_question(5)]);
    }
}

#[test]
fn interviewees_choose_nothing() {
    let mut stage = stage();
    let [anna, chen] = [ANNA, CHEN].map(|who| stage.join(who, 1));
    stage.say(anna, show(1));
    for message in [show(1), show(2), show(99), hide(1), hide(2), hide(99)] {
        let refused = stage.ask(chen, message);
        assert_eq!(refused, Some(RejectCode::Forbidden));
    }
    let unknown = Some(RejectCode::UnknownQuestion);
    assert_eq!(stage.ask(anna, show(99)), unknown);
    assert_eq!(stage.ask(anna, hide(99)), unknown);
}

#[test]
fn only_so_many_are_shown_at_once() {
    let mut stage = stage();
    let anna = stage.join(ANNA, 1);
    let most = i64::from(MOST_SHOWN);
    for id in 1..=most {
        assert_eq!(stage.ask(anna, show(id)), None);
    }
    let too_many = Some(RejectCode::TooMany);
    assert_eq!(stage.ask(anna, show(most + 1)), too_many);
    assert_eq!(stage.ask(anna, hide(1)), None);
    assert_eq!(stage.ask(anna, show(most + 1)), None);
}

#[test]
fn a_new_interviewer_hears_of_the_questions_and_a_former_one_does_not() {
    let mut stage = stage();
    let [anna, chen] = [ANNA, CHEN].map(|who| stage.join(who, 1));
    let change = |role| ClientMessage::ChangeRole {
        peer: peer(CHEN),
        role,
    };
    stage.say(anna, change(occupant(BO).role));
    assert_eq!(stage.clients[&chen].prepared.len(), 10);
    assert_eq!(stage.ask(chen, show(3)), None);
    stage.say(anna, change(occupant(CHEN).role));
    stage.forget();
    stage.say(anna, show(4));
    let heard = stage.heard(chen);
    assert!(matches!(heard[..], [ServerMessage::QuestionShown { .. }]));
}

#[test]
fn what_is_changed_outside_is_told() {
    let mut stage = stage();
    let [anna, chen] = [ANNA, CHEN].map(|who| stage.join(who, 1));
    stage.say(anna, show(1));
    stage.say(anna, show(2));
    stage.forget();
    let mut questions = prepared([2, 1, 11]);
    for shown in &mut questions[..2] {
        (shown.is_shown, shown.was_shown) = (true, true);
    }
    let same = questions.clone();
    stage.handle(Input::QuestionsRead { questions: same });
    assert_eq!(stage.clients[&anna].prepared.len(), 3);
    assert_eq!(stage.heard(chen), [], "nothing new for interviewees");
    questions[0].question.content = "<p>Better</p>".into();
    questions.remove(1);
    stage.handle(Input::QuestionsRead { questions });
    let [shown] = &stage.clients[&chen].questions[..] else {
        panic!("{:?}", stage.clients[&chen].questions);
    };
    assert_eq!(shown.content, "<p>Better</p>");
}
