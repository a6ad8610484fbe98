//! The JSON of an instance's settings.

use clerk_core::OperationInfo;
use serde_json::{Value, json};

use crate::fake::operations::codes;
use crate::fake::operations::form::Form;
use crate::fake::operations::response::ApiError;
use crate::fake::state::instance_settings::InstanceSettings;
use crate::fake::state::shelves::Object;

/// Writes settings in the form that [`read`] reads.
pub(crate) fn write(settings: &InstanceSettings) -> Value {
    let outside_plan = settings.operations_outside_plan.iter();
    let outside_plan: Vec<&str> = outside_plan.map(OperationInfo::operation_id).collect();
    json!({
        "email_address_required": settings.email_address_required,
        "phone_number_required": settings.phone_number_required,
        "username_required": settings.username_required,
        "password_required": settings.password_required,
        "username_min_length": settings.username_min_length,
        "username_max_length": settings.username_max_length,
        "username_special_characters": settings.username_special_characters,
        "password_min_length": settings.password_min_length,
        "password_max_length": settings.password_max_length,
        "password_needs_lowercase": settings.password_needs_lowercase,
        "password_needs_uppercase": settings.password_needs_uppercase,
        "password_needs_number": settings.password_needs_number,
        "password_needs_special_character": settings.password_needs_special_character,
        "leaked_passwords_refused": settings.leaked_passwords_refused,
        "max_users": settings.max_users,
        "oauth_providers": settings.oauth_providers,
        "organizations_enabled": settings.organizations_enabled,
        "organization_slugs_enabled": settings.organization_slugs_enabled,
        "organization_domains_enabled": settings.organization_domains_enabled,
        "operations_outside_plan": outside_plan,
    })
}

/// Reads changes of settings. A missing setting stays unchanged. Null restores the default.
pub(crate) fn read(
    settings: &InstanceSettings,
    changes: &Object,
) -> Result<InstanceSettings, ApiError> {
    let defaults = write(&InstanceSettings::default());
    let changes = changes.iter().map(|(name, value)| {
        let default = defaults.get(name).filter(|_| value.is_null());
        (name.clone(), default.unwrap_or(value).clone())
    });
    let changes: Object = changes.collect();
    let mut new = settings.clone();
    let mut form = Form::new(&changes);
    for (name, field) in [
        ("email_address_required", &mut new.email_address_required),
        ("phone_number_required", &mut new.phone_number_required),
        ("username_required", &mut new.username_required),
        ("password_required", &mut new.password_required),
        (
            "username_special_characters",
            &mut new.username_special_characters,
        ),
        (
            "password_needs_lowercase",
            &mut new.password_needs_lowercase,
        ),
        (
            "password_needs_uppercase",
            &mut new.password_needs_uppercase,
        ),
        ("password_needs_number", &mut new.password_needs_number),
        (
            "password_needs_special_character",
            &mut new.password_needs_special_character,
        ),
        (
            "leaked_passwords_refused",
            &mut new.leaked_passwords_refused,
        ),
        ("organizations_enabled", &mut new.organizations_enabled),
        (
            "organization_slugs_enabled",
            &mut new.organization_slugs_enabled,
        ),
        (
            "organization_domains_enabled",
            &mut new.organization_domains_enabled,
        ),
    ] {
        *field = form.flag(name).unwrap_or(*field);
    }
    for (name, field) in [
        ("username_min_length", &mut new.username_min_length),
        ("username_max_length", &mut new.username_max_length),
        ("password_min_length", &mut new.password_min_length),
        ("password_max_length", &mut new.password_max_length),
    ] {
        *field = size(&mut form, name).unwrap_or(*field);
    }
    let max_users = size(&mut form, "max_users");
    if form.has("max_users") {
        new.max_users = max_users;
    }
    let providers = form.texts("oauth_providers");
    if form.has("oauth_providers") {
        new.oauth_providers = providers.map(|all| all.into_iter().map(str::to_owned).collect());
    }
    if let Some(names) = form.texts("operations_outside_plan") {
        let operations = names.into_iter().map(OperationInfo::try_from);
        match operations.collect() {
            Ok(operations) => new.operations_outside_plan = operations,
            Err(error) => {
                let name = "operations_outside_plan";
                form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &error.to_string());
            }
        }
    }
    form.finish()?;
    Ok(new)
}

fn size(form: &mut Form<'_>, name: &'static str) -> Option<usize> {
    form.value(name, "an integer of at least 0", |value| {
        usize::try_from(value.as_u64()?).ok()
    })
}
