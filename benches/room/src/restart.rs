//! How long a full room is without its server when that is killed and started again. Colloquy's members try again as
//! docs/protocol.md asks clients to; socket.io's are its own client with the settings it comes with.

use std::{net::SocketAddr, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail};
use bench_support::{Frame, GOLDEN, Seat};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    sync::mpsc,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{contestant::Contestant, member::take_seat, setting::Setting};

const LIMIT: Duration = Duration::from_secs(60);
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Milliseconds from the kill until everybody of the first room is welcomed again.
pub async fn measure(setting: &Setting, contestant: Contestant) -> Result<f64> {
    let process = contestant.start(setting, 0).await?;
    let address = process.address;
    let first = contestant
        .seats(setting)
        .first()
        .context("there is a room")?
        .room
        .clone();
    let seats: Vec<Seat> = contestant
        .seats(setting)
        .iter()
        .filter(|seat| seat.room == first)
        .cloned()
        .collect();
    let mut room = Room::open(setting, contestant, address, &seats).await?;
    room.everybody_in(seats.len()).await?;
    let killed = process.kill().await?;
    let process = contestant.start_again(setting, address.port()).await?;
    room.everybody_in(seats.len()).await?;
    let back = killed.elapsed();
    drop(room);
    process.stop().await?;
    Ok(back.as_secs_f64() * 1000.0)
}

/// Members who come back by themselves.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one for each room")]
enum Room {
    Here {
        welcomes: mpsc::UnboundedReceiver<usize>,
        _members: JoinSet<()>,
    },
    Elsewhere {
        lines: Lines<BufReader<ChildStdout>>,
        _program: Child,
    },
}

impl Room {
    async fn open(
        setting: &Setting,
        contestant: Contestant,
        address: SocketAddr,
        seats: &[Seat],
    ) -> Result<Self> {
        if contestant == Contestant::Colloquy {
            let (told, welcomes) = mpsc::unbounded_channel();
            let mut members = JoinSet::new();
            for (index, seat) in seats.iter().cloned().enumerate() {
                let told = told.clone();
                members.spawn(async move {
                    stay(contestant, address, seat, index, told).await;
                });
            }
            return Ok(Self::Here {
                welcomes,
                _members: members,
            });
        }
        let mut program = Command::new("node")
            .arg(setting.bench.join("peers/returning.mjs"))
            .arg(setting.scratch.join("sessions.json"))
            .args([format!("http://{address}"), seats.len().to_string()])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("node cannot be started")?;
        let output = program.stdout.take().context("a piped output is there")?;
        Ok(Self::Elsewhere {
            lines: BufReader::new(output).lines(),
            _program: program,
        })
    }

    /// Waits until everybody was welcomed since the last time.
    async fn everybody_in(&mut self, count: usize) -> Result<()> {
        let mut missing: Vec<bool> = vec![true; count];
        let all = async {
            while missing.contains(&true) {
                let index = match self {
                    Self::Here { welcomes, .. } => welcomes.recv().await.context("no members")?,
                    Self::Elsewhere { lines, .. } => {
                        let line = lines.next_line().await?.context("no members")?;
                        let place = line.strip_prefix("welcomed ").context("an unknown line")?;
                        place.parse()?
                    }
                };
                if let Some(missing) = missing.get_mut(index) {
                    *missing = false;
                }
            }
            Ok::<_, anyhow::Error>(())
        };
        match timeout(LIMIT, all).await {
            Ok(result) => result,
            Err(_) => bail!("not everybody is back after {LIMIT:?}"),
        }
    }
}

/// Takes the seat, tells so, and takes it again whenever the socket is gone: at once, then after growing pauses.
async fn stay(
    contestant: Contestant,
    address: SocketAddr,
    seat: Seat,
    index: usize,
    told: mpsc::UnboundedSender<usize>,
) {
    let mut failures = 0;
    let mut chance = index as f64 * GOLDEN;
    loop {
        if let Ok(mut wire) = take_seat(contestant, address, &seat, index as u128 + 1).await {
            failures = 0;
            if told.send(index).is_err() {
                return;
            }
            while matches!(wire.fill().await, Ok(1..)) {
                while let Ok(Some(frame)) = wire.take() {
                    if let Frame::Ping(body) = frame {
                        let _ = wire.pong(&body).await;
                    }
                }
            }
        }
        chance = (chance + GOLDEN).fract();
        sleep(wait(failures, chance)).await;
        failures += 1;
    }
}

/// None at first, then doubling, less up to half of it by chance.
fn wait(failures: u32, chance: f64) -> Duration {
    if failures == 0 {
        return Duration::ZERO;
    }
    let doubled = FIRST_WAIT * 2_u32.saturating_pow(failures - 1);
    doubled.min(LONGEST_WAIT).mul_f64(1.0 - chance / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_growing() {
        let at = |failures| wait(failures, 0.0).as_millis();
        assert_eq!(
            [at(0), at(1), at(2), at(4), at(5), at(60)],
            [0, 500, 1000, 4000, 5000, 5000]
        );
        assert_eq!(wait(1, 1.0).as_millis(), 250);
    }
}
