//! What the server tells a client.

use serde::{Deserialize, Serialize};

use super::{
    AnswerKey, Caller, ChatMessage, Details, EndReason, IceCandidate, IceServer, LinkReport,
    Looking, MediaState, Member, Overview, PreparedQuestion, Reaction, RejectCode, Run,
    ShownQuestion,
};
use crate::model::{ConnectionId, InterviewNumber, InterviewQuestionId, PeerId, Role, Timestamp};

/// What the server tells a client. Facts, each harmless to hear again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[allow(
    clippy::large_enum_variant,
    reason = "one welcome a join; boxing it would only make it harder to read"
)]
pub enum ServerMessage {
    /// The receiver is seated: the room as it is. Peers already there call the newcomer.
    Welcome {
        version: u16,
        number: InterviewNumber,
        title: String,
        /// The receiver's own seat.
        you: Member,
        /// Everyone else, in the order of their arrival.
        members: Vec<Member>,
        /// Who runs the interview now, if anybody does.
        in_charge: Option<PeerId>,
        locked: bool,
        /// What was said since the receiver first took the seat, as far as the room remembers.
        chat: Vec<ChatMessage>,
        /// Those shown now, in their order.
        questions: Vec<ShownQuestion>,
        now: Timestamp,
        ends_at: Timestamp,
        ice_servers: Vec<IceServer>,
    },
    /// The receiver is not seated yet: somebody in charge must admit them.
    Waiting {
        version: u16,
        number: InterviewNumber,
        title: String,
        peer: PeerId,
        /// True while somebody is there who can admit.
        attended: bool,
        now: Timestamp,
        ends_at: Timestamp,
    },
    /// Somebody in charge wrote to the receiver, who waits.
    SentToWaiting {
        from: String,
        text: String,
        at: Timestamp,
    },
    /// The receiver is not admitted; the socket closes with [`super::CloseCode::Refused`].
    Refused { by: String, reason: String },
    /// Somebody took a seat, or is back on it. With another page than before, its connections are
    /// gone and the receiver calls; with the same page, connections that still work are left alone.
    PeerJoined { member: Member },
    /// Somebody's socket is gone; the seat is kept for a while.
    PeerAway { peer: PeerId },
    /// Somebody's seat is free.
    PeerLeft { peer: PeerId },
    /// An offer from another peer.
    Offer {
        from: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// An answer from another peer.
    Answer {
        from: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// A candidate from another peer.
    Candidate {
        from: PeerId,
        connection: ConnectionId,
        candidate: IceCandidate,
    },
    /// What somebody sends was switched, by themselves or by somebody in charge.
    MediaChanged { peer: PeerId, media: MediaState },
    /// Somebody began or stopped speaking.
    SpeakingChanged { peer: PeerId, speaking: bool },
    /// Somebody wrote to everyone, the receiver's own messages included.
    ChatSent { message: ChatMessage },
    /// Somebody raised a hand, at that moment, or took it down.
    HandChanged {
        peer: PeerId,
        raised_at: Option<Timestamp>,
    },
    /// Somebody showed a sign.
    Reacted { peer: PeerId, reaction: Reaction },
    /// Somebody, possibly the receiver, has another role from now on.
    RoleChanged { peer: PeerId, role: Role },
    /// Somebody else runs the interview from now on, or nobody.
    ChargeChanged { peer: Option<PeerId> },
    /// Whether everybody new waits until admitted.
    LockChanged { locked: bool },
    /// The receiver's microphone was switched off.
    Muted { by: String },
    /// The receiver's screen share was ended.
    ShareStopped { by: String },
    /// What interviewers see besides: the snapshot, after their welcome and after a promotion.
    Overview { overview: Overview },
    /// To interviewers: somebody waits to be admitted.
    Knocked { caller: Caller },
    /// To interviewers: somebody does not wait any more.
    KnockEnded { peer: PeerId },
    /// To interviewers: more about somebody who took a seat or is back on it.
    DetailsKnown { details: Details },
    /// To interviewers: how well somebody sees and hears the others.
    LinksReported {
        peer: PeerId,
        links: Vec<LinkReport>,
    },
    /// A question is shown from now on, or is shown and changed.
    QuestionShown { question: ShownQuestion },
    /// A question is not shown any more. Answers to it are kept.
    QuestionHidden { question: InterviewQuestionId },
    /// To interviewers: every question of this interview, in their order.
    QuestionsPrepared { questions: Vec<PreparedQuestion> },
    /// To interviewers: somebody looks at another answer, or at none.
    LookChanged { looking: Looking },
    /// To those who may see the answer: how its code runs, or ran.
    RunReported { answer: AnswerKey, run: Run },
    /// The server's clock and the end as it stands, every ten seconds: the sign of life for clients.
    Clock { now: Timestamp, ends_at: Timestamp },
    /// The interview is over; the socket closes with [`super::CloseCode::Ended`].
    Ended { reason: EndReason },
    /// A message was refused and changed nothing.
    Rejected {
        code: RejectCode,
        /// The kind of the refused message, as [`super::ClientMessage::tag`] names it.
        about: String,
        /// The same for people, in the language of the receiver's page.
        text: String,
    },
}
