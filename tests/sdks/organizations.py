"""Tests the lifecycle of an organization with Clerk's SDK for Python, against a served fake."""

import time

from sdk import NAME, client, has, lists, refused

with client() as clerk:
    organizations, memberships = clerk.organizations, clerk.organization_memberships
    invitations, domains = clerk.organization_invitations, clerk.organization_domains
    users = clerk.users
    ada = users.create(email_address=["ada@example.com"], first_name="Ada", username="ada_l")
    kay = users.create(email_address=["kay@example.com"], first_name="Kay")

    # The organization.

    engines = organizations.create(
        request={
            "name": "Engines",
            "slug": "engines",
            "created_by": ada.id,
            "max_allowed_memberships": 6,
            "public_metadata": {"tier": {"seats": 5, "since": 1843}},
            "private_metadata": {"account": "42"},
        }
    )
    of = {"organization_id": engines.id}
    assert engines.id.startswith("org_")
    assert (engines.name, engines.slug, engines.created_by) == ("Engines", "engines", ada.id)
    assert engines.max_allowed_memberships == 6
    assert engines.public_metadata == {"tier": {"seats": 5, "since": 1843}}
    assert engines.private_metadata == {"account": "42"}
    assert abs(engines.created_at - time.time() * 1000) < 60_000
    taken = {"name": "Other", "slug": "engines"}
    refused(lambda: organizations.create(request=taken), 422, "form_identifier_exists")
    refused(lambda: organizations.get(organization_id="org_none"), 404, "resource_not_found")

    for key in [engines.id, "engines"]:
        got = organizations.get(organization_id=key, include_members_count=True)
        assert (got.id, got.name, got.members_count) == (engines.id, "Engines", 1)
    for wanted in [
        {"query": "engin"},
        {"query": engines.id},
        {"organization_id": [engines.id, "org_none"]},
        {"user_id": [ada.id]},
    ]:
        lists(organizations.list(**wanted), [engines.id], wanted)
    by_name = organizations.list(order_by="+name", limit=1, include_members_count=True)
    assert (by_name.data[0].id, by_name.data[0].members_count, by_name.total_count) == (engines.id, 1, 3)

    updated = organizations.update(
        **of,
        name="Analytical Engines",
        slug="analytical-engines",
        admin_delete_enabled=False,
        max_allowed_memberships=7,
    )
    assert (updated.name, updated.slug) == ("Analytical Engines", "analytical-engines")
    assert (updated.admin_delete_enabled, updated.max_allowed_memberships) == (False, 7)
    merged = organizations.merge_metadata(
        **of,
        public_metadata={"tier": {"seats": 6, "since": None}},
        private_metadata={"plan": "pro"},
    )
    assert merged.public_metadata == {"tier": {"seats": 6}}
    assert merged.private_metadata == {"account": "42", "plan": "pro"}
    # Before version 7, the SDK has no `organizations.replace_metadata`. Its updates replace
    # metadata, because the SDK uses the API version 2025-11-10.
    is_apart = has("organization_metadata_is_replaced")
    replace = organizations.replace_metadata if is_apart else organizations.update
    replaced = replace(**of, public_metadata={"only": True})
    assert replaced.public_metadata == {"only": True}
    assert replaced.private_metadata == {"account": "42", "plan": "pro"}

    file = {"file_name": "logo.png", "content": b"GIF89a", "content_type": "image/png"}
    logo = organizations.upload_logo(**of, file=file, uploader_user_id=ada.id)
    assert logo.has_image and logo.image_url and logo.logo_url
    assert not organizations.delete_logo(**of).has_image

    # The members of the organization.

    member = memberships.create(**of, user_id=kay.id, role="org:member", public_metadata={"desk": 1})
    assert member.id.startswith("orgmem_")
    assert (member.organization.id, member.role) == (engines.id, "org:member")
    assert member.public_metadata == {"desk": 1}
    person = member.public_user_data
    assert (person.user_id, person.identifier, person.first_name) == (kay.id, "kay@example.com", "Kay")
    of_kay = {**of, "user_id": kay.id}
    refused(
        lambda: memberships.create(**of_kay, role="org:member"), 400, "already_a_member_in_organization"
    )
    promoted = memberships.update(**of_kay, role="org:admin")
    assert (promoted.id, promoted.role) == (member.id, "org:admin")
    assert "org:sys_memberships:manage" in promoted.permissions
    refused(lambda: memberships.update(**of_kay, role="org:none"), 404, "resource_not_found")
    assert memberships.update(**of_kay, role="org:member").role == "org:member"
    changed = memberships.update_metadata(
        **of_kay, public_metadata={"desk": None, "floor": 2}, private_metadata={"badge": 3}
    )
    assert (changed.public_metadata, changed.private_metadata) == ({"floor": 2}, {"badge": 3})

    creation = memberships.list(**of, user_id=[ada.id]).data[0].id
    for wanted, ids in [
        ({"order_by": "+first_name"}, [creation, member.id]),
        ({"order_by": "-email_address"}, [member.id, creation]),
        ({"role": ["org:member"]}, [member.id]),
        ({"role": ["org:admin", "org:member"], "order_by": "+created_at"}, [creation, member.id]),
        ({"user_id": [kay.id]}, [member.id]),
        ({"email_address": ["kay@example.com", "nobody@example.com"]}, [member.id]),
        ({"username": ["ada_l"]}, [creation]),
        ({"query": "kay"}, [member.id]),
        ({"name_query": "ada"}, [creation]),
        ({"created_at_after": int(time.time() * 1000) + 60_000}, []),
    ]:
        lists(memberships.list(**of, **wanted), ids, wanted)
    paged = memberships.list(**of, order_by="+first_name", limit=1, offset=1)
    assert ([one.id for one in paged.data], paged.total_count) == ([member.id], 2)
    assert users.get_instance_organization_memberships(limit=10).total_count == 4
    in_it = users.list(request={"organization_id": [engines.id], "order_by": "+created_at"})
    assert [user.id for user in in_it] == [ada.id, kay.id]

    # The invitations of the organization.

    def invite(address, **changes):
        return {"email_address": address, "role": "org:member", "inviter_user_id": ada.id, **changes}

    invitation = invitations.create(
        **of,
        **invite("alan@example.com", expires_in_days=7, redirect_url="https://example.com/joined"),
        public_metadata={"team": "logic"},
        private_metadata={"source": "test"},
    )
    assert invitation.id.startswith("orginv_")
    assert (invitation.email_address, invitation.role) == ("alan@example.com", "org:member")
    assert (invitation.organization_id, invitation.status) == (engines.id, "pending")
    assert (invitation.public_metadata, invitation.private_metadata) == ({"team": "logic"}, {"source": "test"})
    assert invitation.expires_at - invitation.created_at == 7 * 86_400_000
    again = invite("alan@example.com")
    refused(lambda: invitations.create(**of, **again), 400, "organization_invitation_not_unique")
    bulk = invitations.bulk_create(
        **of, request_body=[invite("grace@example.com", role="org:admin"), invite("joan@example.com")]
    )
    of_grace, of_joan = bulk.data
    assert (of_grace.email_address, of_grace.role) == ("grace@example.com", "org:admin")
    assert (of_joan.email_address, of_joan.role) == ("joan@example.com", "org:member")
    got = invitations.get(**of, invitation_id=invitation.id)
    assert (got.id, got.email_address) == (invitation.id, "alan@example.com")
    revoked = invitations.revoke(**of, invitation_id=invitation.id, requesting_user_id=ada.id)
    assert (revoked.id, revoked.status) == (invitation.id, "revoked")
    refused(
        lambda: invitations.revoke(**of, invitation_id=invitation.id),
        404,
        "organization_invitation_not_pending",
    )
    by_address = {"order_by": "+email_address"}
    lists(invitations.list(**of, status="pending", **by_address), [of_grace.id, of_joan.id])
    lists(invitations.list(**of, status="revoked"), [invitation.id])
    lists(invitations.list(**of, email_address="joan@example.com"), [of_joan.id])
    lists(invitations.get_all(status="pending", **by_address), [of_grace.id, of_joan.id])
    assert invitations.list_pending(**of).total_count == 2
    of_user = users.get_organization_invitations(user_id="user_grace", status="pending")
    lists(of_user, [of_grace.id])
    assert of_user.data[0].public_organization_data.id == engines.id

    # The domains of the organization.

    domain = domains.create(**of, name="engines.example", enrollment_mode="manual_invitation", verified=True)
    assert (domain.name, domain.enrollment_mode) == ("engines.example", "manual_invitation")
    assert (domain.organization_id, domain.verification.status) == (engines.id, "verified")
    suggested = domains.update(
        **of, domain_id=domain.id, enrollment_mode="automatic_suggestion", verified=False
    )
    assert (suggested.id, suggested.enrollment_mode) == (domain.id, "automatic_suggestion")
    lists(domains.list(**of, enrollment_mode="automatic_suggestion"), [domain.id])
    lists(domains.list_all(query="engines"), [domain.id])
    assert domains.delete(**of, domain_id=domain.id).deleted
    lists(domains.list(**of), [])

    # Roles, permissions and sets of roles.

    permissions, roles = clerk.organization_permissions, clerk.organization_roles
    permission = permissions.create(name="Read docs", key="org:docs:read", description="All")
    assert (permission.name, permission.key, permission.description) == ("Read docs", "org:docs:read", "All")
    assert permissions.update(permission_id=permission.id, name="Read").name == "Read"
    assert permissions.get(permission_id=permission.id).name == "Read"
    lists(permissions.list(query="docs"), [permission.id])

    role = roles.create(name="Reader", key="org:reader", description="Reads", permissions=[])
    assert (role.name, role.key, role.description, role.permissions) == ("Reader", "org:reader", "Reads", [])
    pair = {"organization_role_id": role.id, "permission_id": permission.id}
    assigned = roles.assign_permission(**pair)
    assert [one.key for one in assigned.permissions] == ["org:docs:read"]
    reader = memberships.update(**of_kay, role="org:reader")
    assert (reader.role, reader.permissions) == ("org:reader", ["org:docs:read"])
    assert roles.remove_permission(**pair).permissions == []
    assert roles.update(organization_role_id=role.id, name="Scholar").name == "Scholar"
    assert roles.get(organization_role_id=role.id).name == "Scholar"
    lists(roles.list(query="scholar"), [role.id])

    if has("role_sets"):
        sets = clerk.role_sets
        made = sets.create(
            name="Schools",
            key="role_set:schools",
            default_role_key="org:reader",
            creator_role_key="org:admin",
            roles=["org:reader", "org:admin"],
        )
        assert (made.name, made.key) == ("Schools", "role_set:schools")
        assert sorted(one.key for one in made.roles) == ["org:admin", "org:reader"]
        assert (made.default_role.key, made.creator_role.key) == ("org:reader", "org:admin")
        assert sets.get(role_set_key_or_id="role_set:schools").id == made.id
        more = sets.add_roles(role_set_key_or_id=made.id, role_keys=["org:member"])
        assert len(more.roles) == 3
        assert sets.update(role_set_key_or_id=made.id, name="Colleges").name == "Colleges"
        fewer = sets.replace_role(
            role_set_key_or_id=made.id, role_key="org:reader", to_role_key="org:member"
        )
        assert sorted(one.key for one in fewer.roles) == ["org:admin", "org:member"]

    memberships.update(**of_kay, role="org:member")
    assert roles.delete(organization_role_id=role.id).deleted
    refused(lambda: roles.get(organization_role_id=role.id), 404, "resource_not_found")
    assert permissions.delete(permission_id=permission.id).deleted
    refused(lambda: permissions.get(permission_id=permission.id), 404, "resource_not_found")

    # Deleting an object also deletes the objects that belong to it.

    assert memberships.delete(**of_kay).id == member.id
    refused(lambda: memberships.delete(**of_kay), 404, "resource_not_found")
    lists(users.get_organization_memberships(user_id=kay.id), [])
    memberships.create(**of_kay, role="org:member")
    users.delete(user_id=kay.id)
    lists(memberships.list(**of), [creation])
    assert organizations.delete(**of).deleted
    refused(lambda: organizations.get(**of), 404, "resource_not_found")
    refused(lambda: memberships.list(**of), 404, "resource_not_found")
    lists(users.get_organization_memberships(user_id=ada.id), [])
    lists(users.get_organization_invitations(user_id="user_grace"), [])
print(f"{NAME}: the life of an organization")
