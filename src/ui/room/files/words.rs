//! What is said of a file; no element.

use crate::{
    browser::room::HandedFile,
    messages::FileMessages,
    transfer::{Failure, TransferState},
};

/// How a file stands, in words.
pub(super) fn words(file: &HandedFile, messages: &FileMessages) -> String {
    let name = file.name_of_peer.as_str();
    let incoming = file.is_incoming();
    let here_or = |here: bool, own: &str, other: fn(&str) -> String| {
        if here { own.to_owned() } else { other(name) }
    };
    match file.transfer.state {
        _ if file.no_room => messages.no_room.into(),
        TransferState::Waiting => messages.waiting.into(),
        TransferState::Offered if incoming => (messages.offers_you)(name),
        TransferState::Offered => (messages.offered_to)(name),
        TransferState::Moving => messages.moving.into(),
        TransferState::Paused => messages.paused.into(),
        TransferState::Received => here_or(incoming, messages.received, messages.received_by),
        TransferState::Refused => here_or(incoming, messages.refused, messages.refused_by),
        TransferState::Cancelled { here } => {
            here_or(here, messages.cancelled, messages.cancelled_by)
        }
        TransferState::Failed(failure) => match failure {
            Failure::Gone => (messages.gone)(name),
            Failure::TooLarge => messages.too_large.into(),
            Failure::Unreadable => messages.unreadable.into(),
            Failure::Damaged => messages.damaged.into(),
            Failure::Mismatch => messages.mismatch.into(),
        },
    }
}
