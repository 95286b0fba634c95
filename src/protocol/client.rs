//! What a client asks for.

use serde::{Deserialize, Serialize};

use super::{AnswerKey, IceCandidate, LinkReport, MediaState, Reaction, Run};
use crate::model::{ConnectionId, InterviewQuestionId, PageId, PeerId, Role};

/// What a client asks for. Imperatives; every field is named and unknown ones are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// Takes this participant's seat, or asks to be admitted. The first message of every socket, and
    /// only the first.
    Join {
        version: u16,
        /// Tells a dropped socket (same page) from a refreshed page (another one).
        page: PageId,
        media: MediaState,
    },
    /// Passes an SDP offer to another peer.
    Offer {
        to: PeerId,
        connection: ConnectionId,
        /// Counts the offers of this side on this connection, from 1.
        number: u32,
        sdp: String,
    },
    /// Passes the answer to the offer of that number.
    Answer {
        to: PeerId,
        connection: ConnectionId,
        number: u32,
        sdp: String,
    },
    /// Passes one ICE candidate.
    Candidate {
        to: PeerId,
        connection: ConnectionId,
        candidate: IceCandidate,
    },
    /// Says what this peer sends.
    SetMedia { media: MediaState },
    /// Says whether this peer is speaking, for those whom no data channel tells.
    SetSpeaking { speaking: bool },
    /// Says how well this page sees and hears each of the others.
    ReportLinks { links: Vec<LinkReport> },
    /// Writes to everyone in the room.
    SendChat { text: String },
    /// Asks for the word.
    RaiseHand {},
    /// Takes a hand down: one's own, or, in charge, anybody's.
    LowerHand { peer: PeerId },
    /// Shows everyone a sign for a moment.
    React { reaction: Reaction },
    /// Shows a question to everyone. Interviewers only.
    ShowQuestion { question: InterviewQuestionId },
    /// Hides a question from interviewees; answers are kept. Interviewers only.
    HideQuestion { question: InterviewQuestionId },
    /// Says which one answer this page looks at from now on. Only of that one it hears what changes.
    Look { at: Option<AnswerKey> },
    /// Tells how the code of an answer runs, or ran; again with the same id whenever that changes.
    ReportRun { answer: AnswerKey, run: Run },
    /// Makes an interviewee a co-interviewer, or back. In charge only.
    ChangeRole { peer: PeerId, role: Role },
    /// Lets somebody in who waits. In charge only.
    Admit { peer: PeerId },
    /// Lets everybody in who waits, in order, as long as there are seats. In charge only.
    AdmitAll {},
    /// Sends somebody away who waits. In charge only.
    Refuse { peer: PeerId, reason: String },
    /// Writes to one person who waits, and to nobody else. In charge only.
    SendToWaiting { peer: PeerId, text: String },
    /// Switches somebody's microphone off; they may switch it on again. In charge only.
    Mute { peer: PeerId },
    /// Ends somebody's screen share; they may share again. In charge only.
    StopShare { peer: PeerId },
    /// Takes somebody out of the interview for good, seated or waiting. In charge only.
    Remove { peer: PeerId },
    /// Locked, everybody new waits until admitted. In charge only.
    SetLock { locked: bool },
    /// Prolongs the interview by one of [`super::EXTENSIONS`]. In charge only.
    Extend { minutes: u32 },
    /// Ends the interview for everyone. In charge only.
    End {},
    /// Gives the seat back at once, or stops waiting.
    Leave {},
}

impl ClientMessage {
    /// What kind of message it is, as `type` has it on the wire.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Join { .. } => "join",
            Self::Offer { .. } => "offer",
            Self::Answer { .. } => "answer",
            Self::Candidate { .. } => "candidate",
            Self::SetMedia { .. } => "set_media",
            Self::SetSpeaking { .. } => "set_speaking",
            Self::ReportLinks { .. } => "report_links",
            Self::SendChat { .. } => Self::SEND_CHAT,
            Self::RaiseHand {} => "raise_hand",
            Self::LowerHand { .. } => "lower_hand",
            Self::React { .. } => "react",
            Self::ShowQuestion { .. } => "show_question",
            Self::HideQuestion { .. } => "hide_question",
            Self::Look { .. } => "look",
            Self::ReportRun { .. } => "report_run",
            Self::ChangeRole { .. } => "change_role",
            Self::Admit { .. } => "admit",
            Self::AdmitAll {} => "admit_all",
            Self::Refuse { .. } => "refuse",
            Self::SendToWaiting { .. } => "send_to_waiting",
            Self::Mute { .. } => "mute",
            Self::StopShare { .. } => "stop_share",
            Self::Remove { .. } => "remove",
            Self::SetLock { .. } => "set_lock",
            Self::Extend { .. } => "extend",
            Self::End {} => "end",
            Self::Leave {} => "leave",
        }
    }

    /// The tag of a chat message, by which a page knows that one was refused.
    pub const SEND_CHAT: &'static str = "send_chat";
}
