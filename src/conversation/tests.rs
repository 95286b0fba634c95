//! Nothing said is lost, doubled or counted twice, whatever comes between.

use proptest::prelude::*;

use super::*;

fn said(id: u64, at: i64, own: bool, text: &str) -> Said {
    Said {
        id,
        at: Timestamp(at),
        name: "Mei".into(),
        text: text.into(),
        own,
    }
}

fn texts(chat: &Conversation) -> Vec<&str> {
    chat.said().iter().map(|said| said.text.as_str()).collect()
}

#[test]
fn a_backlog_adds_what_was_missed_and_nothing_twice() {
    let mut chat = Conversation::default();
    chat.add(said(1, 10, false, "one"));
    chat.add(said(3, 30, false, "three"));
    assert!(chat.mark_read());
    assert!(!chat.mark_read());
    let lost = chat.merge([
        said(1, 10, false, "one"),
        said(2, 20, true, "two"),
        said(3, 30, false, "three"),
        said(4, 40, false, "four"),
    ]);
    assert_eq!(lost, Vec::<String>::new());
    assert_eq!(texts(&chat), ["one", "two", "three", "four"]);
    assert_eq!(chat.unread(), 1, "what came meanwhile");
}

#[test]
fn after_a_reload_only_what_came_meanwhile_is_unread() {
    let mut before = Conversation::default();
    before.add(said(1, 10, false, "one"));
    before.mark_read();
    let mut after = Conversation::default();
    after.restore(before.kept().clone());
    after.merge([said(1, 10, false, "one"), said(2, 20, false, "two")]);
    assert_eq!(after.unread(), 1);
    // A restarted server counts anew.
    after.add(said(1, 30, false, "three"));
    assert_eq!(after.unread(), 2);
    assert!(after.mark_read());
    assert_eq!(after.unread(), 0);
}

#[test]
fn what_arrived_does_not_come_back_and_what_did_not_does() {
    let mut chat = Conversation::default();
    chat.add(said(1, 10, true, "yes"));
    chat.send("yes".into());
    chat.send("no".into());
    chat.send("perhaps".into());
    let lost = chat.merge([
        said(1, 10, true, "yes"),
        said(2, 20, true, "yes"),
        said(3, 30, true, "no"),
    ]);
    assert_eq!(lost, ["perhaps"]);
    assert_eq!(chat.kept().pending, []);
}

#[test]
fn an_older_message_of_the_same_words_confirms_nothing() {
    let mut before = Conversation::default();
    before.add(said(1, 10, true, "yes"));
    before.send("yes".into());
    let mut after = Conversation::default();
    after.restore(before.kept().clone());
    assert_eq!(after.merge([said(1, 10, true, "yes")]), ["yes"]);
}

#[test]
fn a_refusal_is_about_the_oldest_on_its_way() {
    let mut chat = Conversation::default();
    chat.send("first".into());
    chat.send("second".into());
    assert_eq!(chat.refuse().as_deref(), Some("first"));
    chat.add(said(1, 10, true, "second"));
    assert_eq!(chat.refuse(), None);
}

#[test]
fn the_newest_thousand_are_kept() {
    let message = |id: u64| said(id, i64::try_from(id).unwrap(), false, "word");
    let mut chat = Conversation::default();
    (1..=MOST_KEPT as u64 + 5).for_each(|id| chat.add(message(id)));
    let first = |chat: &Conversation| chat.said().first().map(|said| said.id);
    assert_eq!((chat.said().len(), first(&chat)), (MOST_KEPT, Some(6)));
    // What gave way does not come back, and an own message confirms what was sent all the same.
    chat.send("late".into());
    let own = said(MOST_KEPT as u64 + 6, 5_000, true, "late");
    let lost = chat.merge([message(1), message(2), own]);
    assert_eq!(lost, Vec::<String>::new());
    assert_eq!((chat.said().len(), first(&chat)), (MOST_KEPT, Some(7)));
    assert_eq!(chat.unread(), MOST_KEPT - 1);
}

#[test]
fn what_comes_back_stands_before_what_is_written() {
    let returned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    assert_eq!(with_returned("", returned(&["a"])), "a");
    assert_eq!(with_returned("c", returned(&["a", "b"])), "a\nb\nc");
    assert_eq!(with_returned("c", returned(&[])), "c");
}

#[test]
fn what_is_kept_survives_as_text() {
    let mut chat = Conversation::default();
    chat.add(said(7, 70, false, "seven"));
    chat.mark_read();
    chat.send("eight".into());
    let text = serde_json::to_string(chat.kept()).unwrap();
    assert_eq!(&serde_json::from_str::<Kept>(&text).unwrap(), chat.kept());
    assert_eq!(serde_json::from_str::<Kept>("{}").unwrap(), Kept::default());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any mixture of single messages and backlogs ends in the same list.
    #[test]
    fn the_order_of_arrival_does_not_matter(order in prop::collection::vec((0..20_u64, any::<bool>()), 0..60)) {
        let mut chat = Conversation::default();
        let message = |id: u64| said(id + 1, i64::try_from(id).unwrap(), false, &id.to_string());
        for (id, backlog) in order {
            if backlog {
                chat.merge((0..id).map(message));
            } else {
                chat.add(message(id));
            }
        }
        chat.merge((0..20).map(message));
        prop_assert!(chat.said().is_sorted_by(|one, two| one.place() < two.place()));
        prop_assert_eq!(chat.said().len(), 20);
        prop_assert_eq!(chat.unread(), 20);
    }
}
