//! The settings of the instance.

use clerk_core::models::{
    Instance, InstanceCommunication, InstanceProtect, InstanceRestrictions, InstanceSettings,
    OAuthApplicationSettings, OrganizationSettings, Role,
};
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::response::{ApiError, ApiResult};
use crate::fake::operations::shelves::field::{self, EMAIL, Field, Format};
use crate::fake::operations::shelves::instance::INSTANCE_ID;
use crate::fake::operations::shelves::shelf::{as_model, fill};
use crate::fake::state::organizations::roles::{ADMIN, MEMBER, OF_CREATORS};
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The path of the settings for organizations.
const OF_ORGANIZATIONS: &str = "instance/organization_settings";
/// The setting that contains the id of the role that the creator of an organization gets.
const CREATOR_ROLE: &str = "creator_role_id";
/// The setting that contains the id of the role that users get if they join through a domain.
const DEFAULT_ROLE: &str = "domains_default_role_id";

/// The format of a country code.
const COUNTRY: Format = (
    |code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()),
    "two capital letters, such as DE",
);

/// The format of `from_email_address`, which is the local part of an e-mail address.
const ALPHANUMERIC: Format = (
    |text| text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    "letters and digits",
);

/// The enrollment modes of domains that the settings can enable.
const ENROLLMENT_MODES: &[&str] = &[
    "manual_invitation",
    "automatic_invitation",
    "automatic_suggestion",
];

/// The settings that the operations on one path read and change.
pub(crate) struct Settings {
    pub(crate) path: &'static str,
    fields: &'static [Field],
    defaults: fn(&World) -> Value,
    view: fn(Value) -> Value,
}

pub(crate) static SETTINGS: &[Settings] = &[
    Settings {
        path: "instance",
        fields: &[
            Field::flag("test_mode"),
            Field::flag("hibp"),
            Field::text("support_email").matching(EMAIL),
            Field::text("clerk_js_version"),
            Field::text("development_origin"),
            Field::texts("allowed_origins"),
            Field::flag("cookieless_dev"),
            Field::flag("url_based_session_syncing"),
            Field::word(
                "preferred_sign_in_strategy_when_password_required",
                &["password", "otp", ""],
            ),
            // Clerk's specification omits this parameter, but Clerk's JavaScript SDK sends it.
            Field::flag("enhanced_email_deliverability").ignored(),
        ],
        defaults: |_| {
            json!({
                "id": INSTANCE_ID,
                "environment_type": "development",
                "allowed_origins": [],
            })
        },
        view: as_model::<Instance>,
    },
    Settings {
        path: "instance/restrictions",
        fields: &[
            Field::flag("allowlist"),
            Field::flag("blocklist"),
            Field::flag("allowlist_blocklist_disabled_on_sign_in"),
            Field::flag("block_email_subaddresses"),
            Field::flag("block_disposable_email_domains"),
            // Clerk's specification omits this parameter, but Clerk's JavaScript SDK sends it.
            Field::flag("ignore_dots_for_gmail_addresses").ignored(),
        ],
        defaults: |_| json!({}),
        view: as_model::<InstanceRestrictions>,
    },
    Settings {
        path: "instance/protect",
        fields: &[Field::flag("rules_enabled"), Field::flag("specter_enabled")],
        defaults: |_| json!({}),
        view: as_model::<InstanceProtect>,
    },
    Settings {
        path: "instance/communication",
        fields: &[Field::texts("blocked_country_codes")
            .matching(COUNTRY)
            .distinct()
            .longest(250)],
        defaults: |_| json!({}),
        view: as_model::<InstanceCommunication>,
    },
    Settings {
        path: "instance/oauth_application_settings",
        fields: &[
            Field::flag("dynamic_oauth_client_registration"),
            Field::texts("default_scopes"),
            Field::flag("oauth_jwt_access_tokens"),
            Field::flag("client_id_metadata_documents_advertised"),
            Field::flag("client_id_metadata_documents_only_allow_pre_registered_clients"),
            Field::flag("client_id_metadata_documents_block_implicitly_allowed_clients"),
        ],
        defaults: |_| json!({}),
        view: as_model::<OAuthApplicationSettings>,
    },
    Settings {
        path: OF_ORGANIZATIONS,
        fields: &[
            Field::flag("enabled"),
            Field::count("max_allowed_memberships"),
            Field::flag("admin_delete_enabled"),
            Field::flag("domains_enabled"),
            Field::flag("slug_disabled"),
            Field::words("domains_enrollment_modes", ENROLLMENT_MODES),
            Field::text(CREATOR_ROLE),
            Field::text(DEFAULT_ROLE),
        ],
        defaults: |world| {
            let settings = &world.settings;
            json!({
                "enabled": settings.organizations_enabled,
                "domains_enabled": settings.organization_domains_enabled,
                "slug_disabled": !settings.organization_slugs_enabled,
                "max_allowed_memberships": 5,
                "max_allowed_roles": 10,
                "max_allowed_domains": 10,
                "creator_role": role_key(world, CREATOR_ROLE, initial_creator_role(world)),
                "admin_delete_enabled": true,
                "domains_enrollment_modes": ENROLLMENT_MODES,
                "domains_default_role": role_key(world, DEFAULT_ROLE, MEMBER),
                "initial_role_set_key": world.initial_role_set().map(|set| text(set, "key")),
            })
        },
        view: as_model::<OrganizationSettings>,
    },
    Settings {
        path: "beta_features/instance_settings",
        fields: &[
            Field::flag("restricted_to_allowlist"),
            Field::text("from_email_address").matching(ALPHANUMERIC),
            Field::flag("progressive_sign_up"),
            Field::flag("test_mode"),
            // Earlier versions of Clerk's specification, from which clerk-rs 0.4.2 is generated,
            // have these parameters.
            Field::flag("enhanced_email_deliverability").ignored(),
            Field::text("session_token_template").ignored(),
        ],
        defaults: |_| json!({ "id": INSTANCE_ID, "from_email_address": "noreply" }),
        view: as_model::<InstanceSettings>,
    },
];

/// Returns the settings for organizations.
pub(crate) fn of_organizations(world: &World) -> OrganizationSettings {
    let mut all = SETTINGS.iter();
    let settings = all.find(|settings| settings.path == OF_ORGANIZATIONS);
    let settings = settings.map(|settings| settings.get(world));
    serde_json::from_value(settings.unwrap_or_default()).unwrap_or_default()
}

/// Returns the key of the role whose id is the value of the setting `name`. Returns `default` if
/// the setting is missing, or if no role has this id.
fn role_key<'a>(world: &'a World, name: &str, default: &'a str) -> &'a str {
    let settings = world.shelves.settings().get(OF_ORGANIZATIONS);
    let id = settings.map_or("", |settings| text(settings, name));
    let role = world.organizations.roles.get(id);
    role.map_or(default, |role| role.key.as_str())
}

/// Returns the key of the creator role of the initial role set, or `org:admin` if there is none.
fn initial_creator_role(world: &World) -> &str {
    let set = world.initial_role_set();
    match set.map_or("", |set| text(set, "creator_role_key")) {
        "" => ADMIN,
        key => key,
    }
}

/// Returns an error if a role in the settings for organizations does not exist, or if the creator
/// role lacks a permission that it needs.
fn check_roles(world: &World, settings: &Object) -> Result<(), ApiError> {
    for name in [CREATOR_ROLE, DEFAULT_ROLE] {
        let id = text(settings, name);
        if id.is_empty() {
            continue;
        }
        let role = world.organizations.roles.get(id);
        let role = role.ok_or_else(|| ApiError::resource_not_found(id))?;
        if name == CREATOR_ROLE {
            check_creator_role(role)?;
        }
    }
    Ok(())
}

/// Whether a role has the permissions that creators of organizations need.
pub(crate) fn is_creator_eligible(role: &Role) -> bool {
    let has = |needed: &&str| role.permissions.iter().any(|own| own.key == **needed);
    OF_CREATORS.iter().all(has)
}

/// Returns an error if a role lacks a permission that creators of organizations need.
pub(crate) fn check_creator_role(role: &Role) -> Result<(), ApiError> {
    if is_creator_eligible(role) {
        return Ok(());
    }
    let message = format!("The role of creators must have {}.", OF_CREATORS.join(", "));
    Err(ApiError::new(
        codes::ORGANIZATION_MISSING_CREATOR_ROLE_PERMISSIONS,
        &message,
    ))
}

/// Moves `enabled`, `domains_enabled` and `slug_disabled` from the settings for organizations to
/// `world.settings`, so that each of them is stored only once.
fn enable(world: &mut World, settings: &mut Object) {
    let mut take = |name: &str| settings.remove(name)?.as_bool();
    let enabled = &mut world.settings.organizations_enabled;
    *enabled = take("enabled").unwrap_or(*enabled);
    let domains = &mut world.settings.organization_domains_enabled;
    *domains = take("domains_enabled").unwrap_or(*domains);
    let slugs = &mut world.settings.organization_slugs_enabled;
    *slugs = take("slug_disabled").map_or(*slugs, |disabled| !disabled);
}

impl Settings {
    pub(crate) fn get(&self, world: &World) -> Value {
        let settings = world.shelves.settings().get(self.path);
        let mut settings = settings.cloned().unwrap_or_default();
        fill(&mut settings, (self.defaults)(world));
        (self.view)(Value::Object(settings))
    }

    pub(crate) fn update(&self, world: &mut World, body: &Object) -> ApiResult {
        self.write(world, body)?;
        if self.path == "instance" {
            return Ok(Value::Null.into());
        }
        Ok(self.get(world).into())
    }

    /// Applies the changes in the body to the settings.
    pub(crate) fn write(&self, world: &mut World, body: &Object) -> Result<(), ApiError> {
        let settings = world.shelves.settings().get(self.path);
        let mut settings = settings.cloned().unwrap_or_default();
        field::update(self.fields, &mut settings, body)?;
        if self.path == OF_ORGANIZATIONS {
            check_roles(world, &settings)?;
            enable(world, &mut settings);
        }
        *world.shelves.settings_mut(self.path) = settings;
        Ok(())
    }
}
