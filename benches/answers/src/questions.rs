//! Writes a question for an interview and shows it in the room, as its host would.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use bench_support::{Frame, Process, Seat, Wire, post};
use colloquy::{
    model::{InterviewQuestionId, PeerId},
    protocol::{AnswerKey, ClientMessage},
};
use serde_json::Value;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(20);

/// The answers that there are to it from then on: one for each who is interviewed, in their order. `from` is
/// the host's address.
pub async fn show(server: &Process, host: &Seat, from: &str) -> Result<Vec<AnswerKey>> {
    let ask = async |endpoint: &str, fields: &[(&str, &str)]| {
        let answer = post(server.address, endpoint, &host.cookie, from, fields).await?;
        Ok::<Value, anyhow::Error>(answer.body)
    };
    let number = ("number", host.room.as_str());
    let text = [
        ("form[kind]", "2"),
        ("form[title]", "Design"),
        ("form[content]", "Say how."),
    ];
    let written = ask("save_question", &text).await?.to_string();
    let added = ask("add_interview_question", &[number, ("question", &written)]).await?;
    let question = InterviewQuestionId(added.as_i64().context("a question has an id")?);
    let interview = ask("load_interview", &[number]).await?;
    match timeout(PATIENCE, show_in_room(server, host, question)).await {
        Ok(shown) => shown?,
        Err(_) => bail!("a question was not shown in time"),
    }
    let people = interview["participants"].as_array().into_iter().flatten();
    people
        .filter(|person| person["role"] == "interviewee")
        .map(|person| {
            let peer = person["id"].as_i64().context("a participant has an id")?;
            Ok(AnswerKey {
                question,
                peer: PeerId(peer),
            })
        })
        .collect()
}

async fn show_in_room(server: &Process, host: &Seat, question: InterviewQuestionId) -> Result<()> {
    let path = format!("/ws/{}", host.room);
    let mut wire = Wire::open(server.address, &path, &host.cookie).await?;
    wire.send(&bench_support::join(1)?).await?;
    wait(&mut wire, "welcome").await?;
    let show = ClientMessage::ShowQuestion { question };
    wire.send(&serde_json::to_string(&show)?).await?;
    wait(&mut wire, "question_shown").await
}

/// Waits for a message of that type.
async fn wait(wire: &mut Wire, expected: &str) -> Result<()> {
    let start = format!("{{\"type\":\"{expected}\"");
    loop {
        while let Some(frame) = wire.take()? {
            match frame {
                Frame::Text(text) if text.starts_with(start.as_bytes()) => return Ok(()),
                Frame::Close(code) => bail!("closed with {code} before {expected}"),
                Frame::Text(_) | Frame::Binary(_) | Frame::Ping(_) | Frame::Other => {}
            }
        }
        if wire.fill().await? == 0 {
            bail!("the socket ended before {expected}");
        }
    }
}
