//! Twenty people type while the server is killed again and again, at random, with SIGKILL: nothing that
//! was told to be saved is lost, nothing comes twice, and in the end everybody and the database have the
//! same.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;
#[path = "kill/typist.rs"]
mod typist;
#[path = "kill/victim.rs"]
mod victim;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use colloquy::{
    model::Role,
    protocol::{AnswerKey, ClientMessage, ServerMessage},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use support::{
    attendee::{Attendee, Form},
    bank::Sheet,
    replica::shown,
    socket::{Socket, fresh_page},
};
use tokio::{sync::watch, time::sleep};
use typist::{Book, Plan, Typist};
use victim::Victim;

/// How often the server is killed.
const KILLS: usize = 50;
/// Ten answers, in each of which its owner and an interviewer write.
const ANSWERS: usize = 10;
const SEED: u64 = 20_261_125;

/// Everybody who takes part, and the answers they write in: first the owners, then the interviewers.
struct Cast {
    number: String,
    people: Vec<(Attendee, AnswerKey)>,
}

/// Books, brings everybody in, makes nine of them interviewers and shows the question.
async fn assemble(victim: &Victim) -> Cast {
    let host = Attendee::at(&victim.address);
    let fields = [
        ("user_name", "anna"),
        ("display_name", "Anna"),
        ("password", support::PASSWORD),
        ("time_zone", "UTC"),
    ];
    host.post("sign_up", &fields).await.expect_done();
    let form = Form::at(&victim::in_a_minute()).with("seats", "20");
    let number = host.book(&form).await.unwrap();
    let key = host.guest_key(&number).await;
    let question = host.write(&Sheet::text("Kept")).await.unwrap();
    let question = host.prepare(&number, question).await.unwrap();
    let mut socket = Socket::open(&victim.address, &number, &host.cookies())
        .await
        .unwrap();
    socket.join().await;
    let mut owners = Vec::new();
    let mut interviewers = vec![host];
    for place in 1..2 * ANSWERS {
        let guest = Attendee::at(&victim.address);
        guest
            .join(&number, &key, &format!("Guest {place}"))
            .await
            .unwrap();
        let opened = Socket::open(&victim.address, &number, &guest.cookies()).await;
        let mut seat = opened.unwrap();
        let peer = seat.join_as(fresh_page()).await.peer;
        if place <= ANSWERS {
            owners.push((guest, AnswerKey { question, peer }));
        } else {
            let role = Role::CoInterviewer;
            socket.say(&ClientMessage::ChangeRole { peer, role }).await;
            socket.wait(promoted).await;
            interviewers.push(guest);
        }
    }
    socket.say(&ClientMessage::ShowQuestion { question }).await;
    socket.wait(shown).await;
    let keys: Vec<AnswerKey> = owners.iter().map(|(_, key)| *key).collect();
    let people = owners.into_iter().chain(interviewers.into_iter().zip(keys));
    Cast {
        number,
        people: people.collect(),
    }
}

fn promoted(message: &ServerMessage) -> Option<()> {
    matches!(message, ServerMessage::RoleChanged { .. }).then_some(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_saved_is_lost_over_fifty_kills() {
    let began = Instant::now();
    let mut victim = Victim::start().await;
    let cast = assemble(&victim).await;
    assert_eq!(cast.people.len(), 20);
    let (plan, watching) = watch::channel(Plan::Type);
    let mut books = Vec::new();
    let mut typing = Vec::new();
    for (place, (attendee, answer)) in cast.people.into_iter().enumerate() {
        let book = Arc::new(Mutex::new(Book::default()));
        let typist = Typist {
            place,
            address: victim.address.clone(),
            number: cast.number.clone(),
            cookies: attendee.cookies(),
            page: fresh_page(),
            book: book.clone(),
            random: StdRng::seed_from_u64(SEED + place as u64),
        };
        books.push((answer, book));
        typing.push(tokio::spawn(typist.run(answer, watching.clone())));
    }
    let mut random = StdRng::seed_from_u64(SEED);
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        let least = acknowledged + 20;
        let moment = Duration::from_millis(random.random_range(0..300));
        victim::eventually(|| count(&books) >= least).await;
        sleep(moment).await;
        victim.kill();
        acknowledged = check_acknowledged(&victim, &books, kill).await;
        victim.start_again().await;
    }
    plan.send(Plan::Finish).unwrap();
    let finished = |(_, book): &(_, Arc<Mutex<Book>>)| book.lock().unwrap().finished;
    victim::eventually(|| books.iter().all(finished)).await;
    plan.send(Plan::Leave).unwrap();
    let mut texts: BTreeMap<AnswerKey, Vec<String>> = BTreeMap::new();
    for (typist, (answer, _)) in typing.into_iter().zip(&books) {
        texts
            .entry(*answer)
            .or_default()
            .push(typist.await.unwrap());
    }
    victim.kill();
    let stored = victim.stored().await;
    for (answer, book) in &books {
        let text = stored.text(*answer).await;
        assert!(texts[answer].iter().all(|replica| *replica == text));
        let book = book.lock().unwrap();
        assert_eq!(book.waiting(), 0);
        for word in &book.typed {
            let expected = usize::from(!book.deleted.contains(word));
            assert_eq!(text.matches(word.as_str()).count(), expected, "{word}");
        }
    }
    assert_eq!(stored.integrity().await, "ok");
    let typed: usize = books
        .iter()
        .map(|(_, book)| book.lock().unwrap().typed.len())
        .sum();
    println!(
        "{KILLS} kills, {typed} words typed by 20 people, {} of them known to be saved; {:.1} s",
        count(&books),
        began.elapsed().as_secs_f64()
    );
}

type Books = [(AnswerKey, Arc<Mutex<Book>>)];

fn count(books: &Books) -> usize {
    let saved = |(_, book): &(_, Arc<Mutex<Book>>)| book.lock().unwrap().saved.len();
    books.iter().map(saved).sum()
}

/// What was told to be saved is in what the dead server left behind, once. Answers how much that is.
async fn check_acknowledged(victim: &Victim, books: &Books, kill: usize) -> usize {
    let saved: Vec<_> = books
        .iter()
        .map(|(answer, book)| (*answer, book.lock().unwrap().surely_there()))
        .collect();
    let stored = victim.stored().await;
    let mut texts = BTreeMap::new();
    for (answer, words) in saved {
        let text = match texts.entry(answer) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => unread.insert(stored.text(answer).await),
        };
        for word in words {
            let found = text.matches(word.as_str()).count();
            assert_eq!(found, 1, "{word} after kill {kill}");
        }
    }
    count(books)
}
