//! M2M tokens, and the secret keys of machines.

use clerk_client::api::M2mTokensApi;
use clerk_client::mock::FakeClerk;
use clerk_client::requests::{CreateM2mTokenRequest, M2mTokenListParams, RevokeM2mTokenRequest};
use clerk_client::{Error, SecretKey};
use serde_json::json;

use super::validity::checked_with;
use crate::support::run;

const PRINTER: &str = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Da";
const WORKER: &str = "mch_2xhFjEI5X2qWRvtV13BzSj8H6Db";

/// Returns a fake with two machines. The worker can access the printer.
fn fake_with_machines() -> FakeClerk {
    let printer = json!({ "id": PRINTER, "name": "printer", "secret_key": "ak_printer" });
    let worker = json!({
        "id": WORKER,
        "name": "worker",
        "secret_key": "ak_worker",
        "scoped_machines": [PRINTER],
        "default_token_ttl": 600,
    });
    let seed = json!({ "objects": { "machines": [printer, worker] } });
    FakeClerk::from_json(&seed.to_string()).unwrap()
}

/// Returns the operations on M2M tokens with the secret key of a machine.
fn tokens_with(fake: &FakeClerk, key: &str) -> M2mTokensApi {
    checked_with(fake, SecretKey::machine(key).unwrap()).m2m_tokens()
}

/// Returns the status and the code with which a call was refused.
fn refusal(result: Result<impl Sized, Error>) -> (u16, String) {
    let error = result.err().expect("it is refused");
    let status = error.status().expect("the fake responded").as_u16();
    (status, error.code().unwrap_or_default().to_owned())
}

#[test]
fn a_machine_manages_its_own_tokens_and_verifies_those_that_grant_access_to_it() {
    let fake = fake_with_machines();
    let printer = tokens_with(&fake, "ak_printer");
    let worker = tokens_with(&fake, "ak_worker");
    let not_found = (404, "resource_not_found".to_owned());
    run(async {
        let request = CreateM2mTokenRequest::new();
        let created = worker.create_m2m_token(request).await.unwrap();
        let secret = created.token.clone().unwrap();
        let verified = printer.verify_m2m_token(&secret).await.unwrap();
        assert_eq!(verified.id, created.id);
        assert_eq!(
            refusal(worker.verify_m2m_token(&secret).await),
            not_found,
            "the worker is not in its own scope"
        );

        let list = || M2mTokenListParams::new(WORKER);
        let listed = worker.get_m2m_tokens(list()).await.unwrap();
        assert_eq!(listed.data[0].id, created.id);
        assert_eq!(
            refusal(printer.get_m2m_tokens(list()).await),
            (403, "authorization_invalid".to_owned())
        );

        let request = RevokeM2mTokenRequest::new;
        let refused = printer.revoke_m2m_token(&created.id, request()).await;
        assert_eq!(refusal(refused), not_found);
        printer.verify_m2m_token(&secret).await.unwrap();
        let revoked = worker.revoke_m2m_token(&created.id, request()).await;
        assert!(revoked.unwrap().revoked);
    });
}
