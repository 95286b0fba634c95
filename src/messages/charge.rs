//! What those in charge of the room say and hear, and hands and reactions.

/// What those in charge of the room say and hear, and hands and reactions.
#[derive(Debug)]
pub struct ChargeMessages {
    pub raise_hand: &'static str,
}

pub(super) const ENGLISH: ChargeMessages = ChargeMessages {
    raise_hand: "Raise hand",
};

pub(super) const CHINESE: ChargeMessages = ChargeMessages {
    raise_hand: "举手"
};
