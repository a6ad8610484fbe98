//! Organizations of the fake, and what belongs to them.

mod domains;
mod life;
mod refusals;
mod roles;

pub(super) use self::life::live;
