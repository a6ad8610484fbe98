//! The state that the connections of a server share: its worlds. A world is one instance of Clerk.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clerk_core::HttpRequest;
use clerk_core::http::Method;

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::operations::response::ApiError;
use crate::server::codes;
use crate::server::origin::Origin;
use crate::server::save_file::SaveFile;
use crate::server::served_world::ServedWorld;
use crate::server::stop::StopSignal;
use crate::server::webhooks::endpoint::Endpoint;
use crate::server::world_name::WorldName;

/// The header of a request that is neither recorded nor logged, because the request does not come
/// from the tested application.
pub(crate) const UNRECORDED: &str = "x-clerk-mock-unrecorded";

/// A function that receives the log lines.
pub(crate) type Log = dyn Fn(&str) + Send + Sync;

/// The maximum number of named worlds at a time.
const MAX_WORLDS: usize = 1_000;

/// The state that the connections share: the worlds.
pub(crate) struct ServerState {
    origin: Arc<Origin>,
    /// The world of requests that do not name a world.
    unnamed: Arc<ServedWorld>,
    named: Mutex<BTreeMap<WorldName, Arc<ServedWorld>>>,
    pub(crate) log: Option<Arc<Log>>,
    pub(crate) save_file: Option<Arc<SaveFile>>,
    stop: StopSignal,
}

impl ServerState {
    /// Creates the state of a server that runs until the signal `stop`. The unnamed world sends its
    /// webhooks to `webhook`.
    pub(crate) fn new(
        fake: Arc<FakeClerk>,
        virtual_time: bool,
        stop: StopSignal,
        webhook: Option<Endpoint>,
    ) -> Self {
        let origin = Arc::new(Origin::new(FakeClerk::clone(&fake), virtual_time));
        let unnamed = ServedWorld::new(fake, Arc::clone(&origin), stop.clone(), webhook);
        Self {
            unnamed: Arc::new(unnamed),
            origin,
            named: Mutex::default(),
            log: None,
            save_file: None,
            stop,
        }
    }

    /// Sets the function that receives the log lines.
    pub(crate) fn logs_to(mut self, log: Option<Arc<Log>>) -> Self {
        self.log = log;
        self
    }

    /// Sets the file in which the state is saved.
    pub(crate) fn saved_in(mut self, file: Option<Arc<SaveFile>>) -> Self {
        self.save_file = file;
        self
    }

    /// Returns the world of requests that do not name a world.
    pub(crate) fn unnamed(&self) -> &Arc<ServedWorld> {
        &self.unnamed
    }

    /// Returns the world with a name, and creates it if it does not exist.
    ///
    /// Returns an error if there are too many worlds.
    pub(crate) fn world(&self, name: Option<&WorldName>) -> Result<Arc<ServedWorld>, ApiError> {
        let Some(name) = name else {
            return Ok(Arc::clone(&self.unnamed));
        };
        let mut named = self.named();
        if let Some(world) = named.get(name) {
            return Ok(Arc::clone(world));
        }
        if named.len() >= MAX_WORLDS {
            return Err(ApiError::new(
                codes::TOO_MANY_WORLDS,
                &format!(
                    "There are {MAX_WORLDS} worlds. Delete some with DELETE \
                     /__clerk_mock/worlds/{{name}}."
                ),
            ));
        }
        let world = Arc::new(ServedWorld::start(&self.origin, self.stop.clone()));
        named.insert(name.clone(), Arc::clone(&world));
        Ok(world)
    }

    /// Returns the world that a request names, and creates it if it does not exist.
    ///
    /// If an unrecorded request only reads a world that does not exist, the returned world is not
    /// kept. If the world were kept, an open page in a browser would create it again after a test
    /// has deleted it.
    ///
    /// Returns an error if there are too many worlds.
    pub(crate) fn world_of(
        &self,
        request: &HttpRequest,
        name: Option<&WorldName>,
    ) -> Result<Arc<ServedWorld>, ApiError> {
        let reads = request.method() == Method::GET && request.headers().contains_key(UNRECORDED);
        let Some(name) = name.filter(|_| reads) else {
            return self.world(name);
        };
        let known = self.named().get(name).cloned();
        let start = || Arc::new(ServedWorld::start(&self.origin, self.stop.clone()));
        Ok(known.unwrap_or_else(start))
    }

    /// Returns the named worlds.
    pub(crate) fn worlds(&self) -> Vec<(WorldName, Arc<ServedWorld>)> {
        let named = self.named();
        let worlds = named.iter();
        worlds
            .map(|(name, world)| (name.clone(), Arc::clone(world)))
            .collect()
    }

    /// Removes a world, and returns it. `None` if it does not exist.
    pub(crate) fn remove_world(&self, name: &WorldName) -> Option<Arc<ServedWorld>> {
        self.named().remove(name)
    }

    fn named(&self) -> MutexGuard<'_, BTreeMap<WorldName, Arc<ServedWorld>>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
