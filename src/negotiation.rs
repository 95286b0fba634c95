//! One peer connection offer/answer/ICE machine.
