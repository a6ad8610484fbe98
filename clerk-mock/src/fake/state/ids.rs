//! The ids of new objects. They are random. Objects get unique ids, even if a test sets the same
//! random seed twice.

use crate::fake::state::machine_token::MachineTokenKind;
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

impl World {
    /// Creates an id in Clerk's form: a prefix, and 27 letters and digits. No existing object with
    /// this prefix has the new id. If JSON is being read, the JSON does not contain the id either.
    pub(crate) fn new_id(&mut self, prefix: &str) -> String {
        loop {
            let id = self.random_id(prefix);
            if !self.stated_ids.contains(id.as_str()) && !self.is_taken(prefix, &id) {
                return id;
            }
        }
    }

    /// Creates the id of a new opaque token. No existing token of this kind has the id. If JSON is
    /// being read, the JSON does not contain the id either.
    pub(crate) fn new_token_id(&mut self, kind: MachineTokenKind, prefix: &str) -> String {
        loop {
            let id = format!("{prefix}_{}", self.new_trace_id());
            let is_taken = self.machine_tokens.secret_of(kind, &id).is_some();
            if !is_taken && !self.stated_ids.contains(id.as_str()) {
                return id;
            }
        }
    }

    fn is_taken(&self, prefix: &str, id: &str) -> bool {
        let of = &self.organizations;
        match prefix {
            "user" => self.user(id).is_some(),
            "idn" | "orgmem" | "ccl" => self.users_having(UserField::Part, id).next().is_some(),
            "sess" => self.sessions.get(id).is_some(),
            "client" => self.sessions.of_client(id).next().is_some(),
            "org" => of.all.get(id).is_some(),
            "orginv" => of.invitations.get(id).is_some(),
            "orgdmn" => of.domains.get(id).is_some(),
            "role" => of.roles.get(id).is_some(),
            "perm" => of.permissions.get(id).is_some(),
            // The fake does not store the JWTs that have these ids.
            "jti" => false,
            _ => self.machine_tokens.has(id) || self.shelves.has(id),
        }
    }
}
