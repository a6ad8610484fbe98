//! Sample calls of every operation.

use clerk_client::samples::Sampler;
use clerk_client::{AnyCall, Clerk, OperationInfo, SampleCall, every};

/// Returns the sampler of a round, with the ids of this user and of the user's objects. [`Sampler`]
/// explains the rounds.
pub(crate) fn sampler(user_id: &str, round: usize) -> Sampler {
    Sampler::new(round)
        .with("user_id", user_id)
        .with("passkey_id", "idn_passkey")
        .with("web3_wallet_id", "idn_wallet")
        .with("external_account_id", "eac_1")
        .with("trusted_device_id", "device_1")
}

/// Returns a sample call of every operation.
pub(crate) fn sample_calls(clerk: &Clerk, sampler: &Sampler) -> Vec<SampleCall> {
    let mut calls = Vec::new();
    every(clerk, sampler, &mut |call| calls.push(call));
    calls
}

/// Returns a sample call of this operation.
pub(crate) fn sample_call(
    clerk: &Clerk,
    operation: &OperationInfo,
    sampler: &Sampler,
) -> Box<dyn AnyCall> {
    let sampler = sampler.clone().only(operation.operation_id());
    let call = sample_calls(clerk, &sampler).pop();
    call.expect("every operation has a sample").call
}

/// Returns the route of an operation, with this segment in place of each name in braces.
pub(crate) fn path_with(operation: &OperationInfo, segment: &str) -> String {
    let parts = operation.route().split('/');
    let parts = parts.map(|part| if part.starts_with('{') { segment } else { part });
    parts.collect::<Vec<_>>().join("/")
}
