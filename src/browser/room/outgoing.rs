//! What this page sends to each other page, by what that page wants to see.

use std::rc::Rc;

use super::driver::Driver;
use crate::{channel::PictureSize, model::ConnectionId};

impl Driver {
    pub(super) fn handle_watch(self: &Rc<Self>, _: ConnectionId, _: PictureSize, _: bool) {}

    pub(super) fn tell_watch(&self, _: ConnectionId) {}
}
