//! What interviewers hear and nobody else: details of members and how well they are connected.

use crate::model::{ParticipantId, Timestamp};
use crate::protocol::{Details, LinkReport, LinksOf, Looking, Overview, ServerMessage};

use super::allowance::REPORTS;
use super::queue::Waiter;
use super::seats::Seat;
use super::{Output, Room, SocketId, send};

/// So many links a report may have.
const MOST_LINKS: usize = 20;

impl Room {
    /// The sockets of those present who may see details, as the seats say at this moment.
    pub(super) fn interviewers(&self) -> Vec<SocketId> {
        let may = self.seats.iter().filter(|seat| sees_details(seat));
        may.filter_map(Seat::socket).collect()
    }

    /// Tells an interviewer everything interviewers know; anybody else nothing.
    pub(super) fn tell_overview(&self, seat: &Seat, outputs: &mut Vec<Output>) {
        if !sees_details(seat) {
            return;
        }
        let reports = self.seats.iter().filter(|seat| !seat.links.is_empty());
        let overview = Overview {
            waiting: self.queue.iter().map(Waiter::caller).collect(),
            details: self.seats.iter().map(details).collect(),
            links: reports.map(links_of).collect(),
            looking: self.seats.iter().filter_map(looking_of).collect(),
        };
        let to = seat.socket().into_iter().collect();
        send(to, ServerMessage::Overview { overview }, outputs);
    }

    /// Tells the other interviewers about somebody who took a seat or is back on it.
    pub(super) fn tell_details(&self, seat: &Seat, outputs: &mut Vec<Output>) {
        let others = self.seats.without(seat.participant());
        let to = others.filter(|seat| sees_details(seat));
        let to = to.filter_map(Seat::socket).collect();
        let details = details(seat);
        send(to, ServerMessage::DetailsKnown { details }, outputs);
    }

    /// Keeps a report and passes it on; too many, or too long ones, are dropped.
    pub(super) fn report_links(
        &mut self,
        now: Timestamp,
        participant: ParticipantId,
        links: Vec<LinkReport>,
        outputs: &mut Vec<Output>,
    ) {
        if links.len() > MOST_LINKS {
            return;
        }
        let mut known: Vec<LinkReport> = Vec::new();
        for link in links {
            let is_other = self
                .seats
                .without(participant)
                .any(|s| s.peer() == link.peer);
            if is_other && known.iter().all(|before| before.peer != link.peer) {
                known.push(link);
            }
        }
        let Some(seat) = self.seats.of_mut(participant) else {
            return;
        };
        if seat.allowances.reports.take(now, REPORTS) {
            let (peer, links) = (seat.peer(), known.clone());
            seat.links = known;
            let reported = ServerMessage::LinksReported { peer, links };
            send(self.interviewers(), reported, outputs);
        }
    }
}

fn sees_details(seat: &Seat) -> bool {
    seat.role().may_see_details()
}

fn details(seat: &Seat) -> Details {
    Details {
        peer: seat.peer(),
        user_name: seat.occupant.user_name.clone(),
        transport: seat.occupant.transport,
        arrived_at: seat.taken_at,
    }
}

fn looking_of(seat: &Seat) -> Option<Looking> {
    let peer = seat.peer();
    seat.looking.map(|at| Looking { peer, at: Some(at) })
}

fn links_of(seat: &Seat) -> LinksOf {
    LinksOf {
        peer: seat.peer(),
        links: seat.links.clone(),
    }
}
