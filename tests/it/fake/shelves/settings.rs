//! The settings of the instance.

use clerk_client::requests::{
    UpdateInstanceAuthConfigRequest, UpdateInstanceCommunicationRequest,
    UpdateInstanceOAuthApplicationSettingsRequest, UpdateInstanceOrganizationSettingsRequest,
    UpdateInstanceProtectRequest, UpdateInstanceRequest, UpdateInstanceRestrictionsRequest,
};

use super::super::checked::checked;
use super::fake_with_ada;
use crate::support::run;

#[test]
fn settings_stay_as_they_were_set() {
    let clerk = checked(&fake_with_ada());
    let settings = clerk.instance_settings();
    run(async {
        assert!(
            settings
                .get_instance()
                .await
                .unwrap()
                .allowed_origins
                .is_empty()
        );
        let request = UpdateInstanceRequest::new().allowed_origins(["http://localhost:3000"]);
        settings.update_instance(request).await.unwrap();
        let instance = settings.get_instance().await.unwrap();
        assert_eq!(instance.allowed_origins, ["http://localhost:3000"]);

        let request = UpdateInstanceRestrictionsRequest::new().allowlist(true);
        settings
            .update_instance_restrictions(request)
            .await
            .unwrap();
        let request = UpdateInstanceRestrictionsRequest::new().blocklist(true);
        let both = settings
            .update_instance_restrictions(request)
            .await
            .unwrap();
        assert!(both.allowlist && both.blocklist);

        let request = UpdateInstanceProtectRequest::new().rules_enabled(true);
        let updated = settings.update_instance_protect(request).await.unwrap();
        assert_eq!(settings.get_instance_protect().await.unwrap(), updated);
        let request = UpdateInstanceCommunicationRequest::new().blocked_country_codes(["DE"]);
        let updated = settings
            .update_instance_communication(request)
            .await
            .unwrap();
        assert_eq!(
            settings.get_instance_communication().await.unwrap(),
            updated
        );
        let request =
            UpdateInstanceOrganizationSettingsRequest::new().max_allowed_memberships(7u32);
        let updated = settings
            .update_instance_organization_settings(request)
            .await
            .unwrap();
        assert_eq!(updated.max_allowed_memberships, 7);
        let read = settings.get_instance_organization_settings().await.unwrap();
        assert_eq!(read, updated);
        let request = UpdateInstanceOAuthApplicationSettingsRequest::new();
        let request = request.oauth_jwt_access_tokens(true);
        let updated = settings
            .update_instance_oauth_application_settings(request)
            .await
            .unwrap();
        let read = settings
            .get_instance_oauth_application_settings()
            .await
            .unwrap();
        assert_eq!(read, updated);
        let request = UpdateInstanceAuthConfigRequest::new().progressive_sign_up(true);
        let beta = clerk
            .beta_features()
            .update_instance_auth_config(request)
            .await
            .unwrap();
        assert!(beta.progressive_sign_up);
    });
}
