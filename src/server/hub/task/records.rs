//! Writing down what a room wants remembered; decides nothing.

use super::RoomTask;
use crate::{room::Fact, server::db};

impl RoomTask {
    /// Writes a fact before anything later is told to anybody; false when that failed.
    pub(super) async fn record(&self, fact: Fact) -> bool {
        let (database, now) = (&self.hub.0.database, self.hub.0.clock.now());
        let written = match fact {
            Fact::Arrived { participant } => {
                db::participants::record_arrival(database, participant, now).await
            }
            Fact::Ended { .. } => db::interviews::record_end(database, self.interview, now).await,
            Fact::RoleChanged { participant, role } => {
                db::participants::record_role(database, participant, role).await
            }
            Fact::Removed { participant } => {
                db::participants::remove_for_good(database, self.interview, participant, now).await
            }
            Fact::LockSet { locked } => {
                db::interviews::record_lock(database, self.interview, locked).await
            }
            Fact::Extended { ends_at } => {
                db::interviews::record_extension(database, self.interview, ends_at).await
            }
            Fact::QuestionShown { question } => {
                db::answers::record_shown(database, question, Some(now)).await
            }
            Fact::QuestionHidden { question } => {
                db::answers::record_shown(database, question, None).await
            }
            Fact::Expired => db::interviews::record_expiry(database, self.interview, now).await,
        };
        if let Err(error) = &written {
            tracing::error!(%error, interview = %self.interview, ?fact, "a fact of a room was not written");
        }
        written.is_ok()
    }
}

/// Whether a room must not go on when a fact could not be written: it would tell people what is not
/// so after the next restart, and let those back in who were taken out.
pub(super) fn changes_rights(fact: Fact) -> bool {
    match fact {
        Fact::RoleChanged { .. }
        | Fact::Removed { .. }
        | Fact::LockSet { .. }
        | Fact::Extended { .. }
        | Fact::QuestionShown { .. }
        | Fact::QuestionHidden { .. }
        | Fact::Ended { .. } => true,
        // Somebody waits a second time; the sweeper finds out by itself.
        Fact::Arrived { .. } | Fact::Expired => false,
    }
}
