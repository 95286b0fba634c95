//! Many who live at once and all obey the same order. Lets them in a few at a time and sees them out; what they do is
//! their own affair.

use std::{future::Future, sync::Arc, time::Duration};

use anyhow::{Context as _, Result};
use tokio::{
    sync::{Semaphore, mpsc, watch},
    task::JoinSet,
    time::timeout,
};

/// How many knock at once.
const AT_THE_DOOR: usize = 128;
const LEAVE_LIMIT: Duration = Duration::from_secs(30);

/// Everybody who is in.
#[derive(Debug)]
pub struct Crowd<O> {
    orders: watch::Sender<O>,
    tasks: JoinSet<()>,
}

impl<O> Crowd<O> {
    /// Nobody yet. `first` is what those obey who come in.
    pub fn new(first: O) -> Self {
        Self {
            orders: watch::channel(first).0,
            tasks: JoinSet::new(),
        }
    }

    /// Where somebody hears what everybody is to do.
    pub fn orders(&self) -> watch::Receiver<O> {
        self.orders.subscribe()
    }

    /// Lets everybody in, in their order, and waits until the last of them is. To come in answers how to live.
    pub async fn admit<Come, Live>(
        &mut self,
        newcomers: impl IntoIterator<Item = Come>,
    ) -> Result<()>
    where
        Come: Future<Output = Result<Live>> + Send + 'static,
        Live: Future<Output = ()> + Send + 'static,
    {
        let door = Arc::new(Semaphore::new(AT_THE_DOOR));
        let (entered, mut entries) = mpsc::unbounded_channel();
        let mut expected = 0;
        for newcomer in newcomers {
            expected += 1;
            let (door, entered) = (door.clone(), entered.clone());
            self.tasks.spawn(async move {
                let Ok(permit) = door.acquire_owned().await else {
                    return;
                };
                let came = newcomer.await;
                drop(permit);
                let (live, came) = match came {
                    Ok(live) => (Some(live), Ok(())),
                    Err(error) => (None, Err(error)),
                };
                // Whoever waits may have given up.
                let _ = entered.send(came);
                drop(entered);
                if let Some(live) = live {
                    live.await;
                }
            });
        }
        drop(entered);
        for _ in 0..expected {
            entries.recv().await.context("somebody went missing")??;
        }
        Ok(())
    }

    /// Tells everybody what to do from now on.
    pub fn order(&self, order: O) {
        self.orders.send_replace(order);
    }

    /// Gives the last order and waits until everybody is gone.
    pub async fn leave(mut self, last: O) -> Result<()> {
        self.order(last);
        let gone = async { while self.tasks.join_next().await.is_some() {} };
        timeout(LEAVE_LIMIT, gone)
            .await
            .context("some do not leave")
    }
}
