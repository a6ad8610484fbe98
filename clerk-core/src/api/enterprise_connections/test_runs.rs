use crate::api::enterprise_connections::EnterpriseConnectionsApi;
use crate::api::enterprise_connections::models::EnterpriseConnectionId;
use crate::api::operations::operations;
use crate::api::users::models::enterprise_account::EnterpriseAccountProtocol;
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::models::page::{Page, PageItem};
use crate::requests::params::params;
use crate::types::secret::SecretString;
use crate::types::timestamp::Timestamp;

operations! {
    /// # Test runs
    impl EnterpriseConnectionsApi = "Enterprise-Connections";

    /// Lists the test runs of an enterprise connection, with the responses of the identity provider
    /// (IdP).
    ListEnterpriseConnectionTestRuns: GET "/enterprise_connections/{enterprise_connection_id}/test_runs", idempotent, [
        402, 403,
        404 = "the connection does not exist.",
        422,
    ], unsent = "the `limit` is not from 1 to 500, a status is blank, or the `status` filter does not have 1 to 100 values.";
    fn list_enterprise_connection_test_runs(enterprise_connection_id: EnterpriseConnectionId, params: EnterpriseConnectionTestRunListParams) -> Page<EnterpriseConnectionTestRun>,
        all list_all_enterprise_connection_test_runs(params);

    /// Returns a short-lived URL that starts a test run. Open the URL in a browser to sign in at
    /// the identity provider.
    CreateEnterpriseConnectionTestRun: POST "/enterprise_connections/{enterprise_connection_id}/test_runs", once, [
        402, 403,
        404 = "the connection does not exist.",
    ];
    fn create_enterprise_connection_test_run(enterprise_connection_id: EnterpriseConnectionId) -> EnterpriseConnectionTestRunLink;
}

params! {
    /// The parameters of a list of test runs: a filter, the limit and the offset.
    EnterpriseConnectionTestRunListParams paged 500 {
        /// Test runs with one of these statuses.
        status: [EnterpriseConnectionTestRunStatus],
    }
}

model! {
    /// The URL that starts a test run.
    EnterpriseConnectionTestRunLink {
        /// The URL. Hidden from `Debug`.
        url: SecretString,
    }
}

model! {
    /// A test run of an enterprise connection: a sign-in at the identity provider (IdP).
    EnterpriseConnectionTestRun {
        /// The id of the test run.
        id: String,
        /// The status.
        status: EnterpriseConnectionTestRunStatus,
        /// The protocol of the connection.
        connection_type: EnterpriseAccountProtocol,
        /// The user's data in the IdP's response; `None` if there is none.
        parsed_user_info: Option<Box<EnterpriseConnectionTestRunUser>>,
        /// The log of the test run.
        logs: Vec<EnterpriseConnectionTestRunLog>,
        /// The SAML messages; `None` if the connection does not use SAML.
        saml: Option<Box<EnterpriseConnectionTestRunSaml>>,
        /// The OAuth tokens; `None` if the connection does not use OpenID Connect.
        oauth: Option<Box<EnterpriseConnectionTestRunOAuth>>,
        /// The creation time.
        created_at: Timestamp,
    }
}

model! {
    /// The user's data in an [`EnterpriseConnectionTestRun`].
    ///
    /// A field is `None` if the test run has no value for it.
    EnterpriseConnectionTestRunUser {
        /// The e-mail address.
        email_address: Option<String> = optional,
        /// The first name.
        first_name: Option<String> = optional,
        /// The last name.
        last_name: Option<String> = optional,
        /// The id of the user at the identity provider.
        user_id: Option<String> = optional,
    }
}

model! {
    /// A log entry of an [`EnterpriseConnectionTestRun`].
    EnterpriseConnectionTestRunLog {
        /// The severity.
        level: String,
        /// The error code; `None` if there is none.
        code: Option<String> = optional,
        /// A short form of the message; `None` if there is none.
        short_message: Option<String> = optional,
        /// The message.
        message: String,
    }
}

model! {
    /// The SAML messages of an [`EnterpriseConnectionTestRun`].
    ///
    /// A field is `None` if the test run has no value for it.
    EnterpriseConnectionTestRunSaml {
        /// The SAML request to the identity provider (IdP).
        saml_request: Option<String> = optional,
        /// The IdP's SAML response. Hidden from `Debug`.
        saml_response: Option<SecretString> = optional,
        /// The relay state. Hidden from `Debug`.
        relay_state: Option<SecretString> = optional,
    }
}

model! {
    /// The OAuth tokens of an [`EnterpriseConnectionTestRun`].
    ///
    /// A field is `None` if the test run has no value for it.
    EnterpriseConnectionTestRunOAuth {
        /// The ID token. Hidden from `Debug`.
        id_token: Option<SecretString> = optional,
        /// The access token. Hidden from `Debug`.
        access_token: Option<SecretString> = optional,
        /// The user's data at the identity provider, as JSON text.
        user_info: Option<String> = optional,
    }
}

open_enum! {
    /// The status of an [`EnterpriseConnectionTestRun`].
    EnterpriseConnectionTestRunStatus {
        Pending = "pending",
        Success = "success",
        Failed = "failed",
    }
}

impl PageItem for EnterpriseConnectionTestRun {
    #[inline]
    fn key(&self) -> String {
        self.id.clone()
    }
}
