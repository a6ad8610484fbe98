"""Tests identifiers, invitations, lists, tokens and templates with Clerk's SDK for Python."""

from sdk import NAME, client, has, lists, refused

USER = "user_grace"


def gone(call):
    refused(call, 404, "resource_not_found")


def ids(items, expected):
    assert [item.id for item in items] == expected, items


with client() as clerk:
    users = clerk.users

    # E-mail addresses and phone numbers.

    emails, phones = clerk.email_addresses, clerk.phone_numbers
    work = emails.create(request={"user_id": USER, "email_address": "Work@example.com", "verified": True})
    assert work.id.startswith("idn_")
    assert (work.email_address, work.verification.status) == ("work@example.com", "verified")
    other = {"user_id": USER, "email_address": "other@example.com", "verified": False}
    unverified = emails.create(request=other)
    assert unverified.verification is None or unverified.verification.status != "verified"
    refused(lambda: emails.create(request=other), 422, "form_identifier_exists")
    updated = emails.update(email_address_id=unverified.id, verified=True, primary=True)
    assert updated.verification.status == "verified"
    assert users.get(user_id=USER).primary_email_address_id == unverified.id
    assert emails.get(email_address_id=work.id).email_address == "work@example.com"
    assert emails.delete(email_address_id=work.id).deleted
    gone(lambda: emails.get(email_address_id=work.id))

    number = {"user_id": USER, "phone_number": "+15555550101", "verified": True, "primary": True}
    phone = phones.create(request=number)
    assert (phone.phone_number, phone.verification.status) == ("+15555550101", "verified")
    assert users.get(user_id=USER).primary_phone_number_id == phone.id
    assert phones.update(phone_number_id=phone.id, reserved_for_second_factor=True).reserved_for_second_factor
    assert phones.get(phone_number_id=phone.id).phone_number == "+15555550101"
    assert phones.delete(phone_number_id=phone.id).deleted
    gone(lambda: phones.get(phone_number_id=phone.id))

    if has("identifiers_are_replaced"):
        email = emails.replace_for_user(user_id=USER, email_address="only@example.com")
        called = phones.replace_for_user(user_id=USER, phone_number="+15555550102")
        assert (email.email_address, called.phone_number) == ("only@example.com", "+15555550102")
        replaced = users.get(user_id=USER)
        ids(replaced.email_addresses, [email.id])
        ids(replaced.phone_numbers, [called.id])

    # Invitations to the application, and its waitlist.

    invitations, waitlist = clerk.invitations, clerk.waitlist_entries
    invitation = invitations.create(
        request={
            "email_address": "alan@example.com",
            "redirect_url": "https://example.com/welcome",
            "public_metadata": {"team": "logic"},
            "expires_in_days": 7,
        }
    )
    assert invitation.id.startswith("inv_")
    assert (invitation.email_address, invitation.status) == ("alan@example.com", "pending")
    assert invitation.public_metadata == {"team": "logic"}
    again = {"email_address": "alan@example.com"}
    refused(lambda: invitations.create(request=again), 400, "duplicate_record")
    assert invitations.revoke(invitation_id=invitation.id).status == "revoked"
    addresses = ["joan@example.com", "kay@example.com"]
    bulk = invitations.bulk_create(request=[{"email_address": address} for address in addresses])
    assert [(of.email_address, of.status) for of in bulk] == [(of, "pending") for of in addresses]
    ids(invitations.list(status="pending", order_by="+email_address"), [of.id for of in bulk])
    ids(invitations.list(query="joan"), [bulk[0].id])
    ids(invitations.list(status="revoked"), [invitation.id])

    entry = waitlist.create(request={"email_address": "mary@example.com"})
    assert (entry.email_address, entry.status) == ("mary@example.com", "pending")
    jean = waitlist.create(request={"email_address": "jean@example.com"})
    lists(waitlist.list(query="mary", status="pending"), [entry.id])
    invited = waitlist.invite(waitlist_entry_id=jean.id)
    assert (invited.id, invited.status, invited.invitation.status) == (jean.id, "invited", "pending")
    dot = waitlist.create(request={"email_address": "dot@example.com"})
    assert waitlist.reject(waitlist_entry_id=dot.id).status == "rejected"
    assert waitlist.delete(waitlist_entry_id=entry.id).deleted
    lists(waitlist.list(), [dot.id, jean.id])

    # Lists of identifiers, and redirect URLs.

    allowed, blocked, redirects = clerk.allowlist_identifiers, clerk.blocklist_identifiers, clerk.redirect_urls
    allow = allowed.create(request={"identifier": "*@example.com", "notify": False})
    assert allow.identifier == "*@example.com"
    ids(allowed.list(), [allow.id])
    assert allowed.delete(identifier_id=allow.id).deleted
    ids(allowed.list(), [])
    block = blocked.create(request={"identifier": "eve@example.com"})
    assert (block.identifier, block.identifier_type) == ("eve@example.com", "email_address")
    lists(blocked.list(), [block.id])
    assert blocked.delete(identifier_id=block.id).deleted
    redirect = redirects.create(request={"url": "my-app://callback"})
    assert redirect.url == "my-app://callback"
    assert redirects.get(id=redirect.id).url == "my-app://callback"
    ids(redirects.list(), [redirect.id])
    assert redirects.delete(id=redirect.id).deleted
    gone(lambda: redirects.get(id=redirect.id))

    # Tokens for signing in.

    ticket = clerk.sign_in_tokens.create(request={"user_id": USER, "expires_in_seconds": 60})
    assert (ticket.user_id, ticket.status) == (USER, "pending")
    assert ticket.token and ticket.token in ticket.url
    assert clerk.sign_in_tokens.revoke(sign_in_token_id=ticket.id).status == "revoked"
    actor = clerk.actor_tokens.create(
        request={"user_id": USER, "actor": {"sub": "user_support"}, "expires_in_seconds": 60}
    )
    assert (actor.user_id, actor.status) == (USER, "pending")
    assert clerk.actor_tokens.revoke(actor_token_id=actor.id).status == "revoked"
    assert clerk.testing_tokens.create().token

    # JWT templates, OAuth applications and domains.

    templates, applications, domains = clerk.jwt_templates, clerk.oauth_applications, clerk.domains
    claims = {"role": "{{user.public_metadata.role}}"}
    template = templates.create(
        request={"name": "hasura", "claims": claims, "lifetime": 600, "allowed_clock_skew": 10}
    )
    assert (template.name, template.lifetime, template.allowed_clock_skew) == ("hasura", 600, 10)
    assert templates.update(template_id=template.id, name="supabase", claims={"aud": "db"}).name == "supabase"
    assert templates.get(template_id=template.id).name == "supabase"
    ids(templates.list(), [template.id])
    assert templates.delete(template_id=template.id).deleted
    gone(lambda: templates.get(template_id=template.id))

    uris = ["https://example.com/callback"]
    application = applications.create(request={"name": "Looms", "redirect_uris": uris, "scopes": "profile email"})
    of = {"oauth_application_id": application.id}
    assert (application.name, application.redirect_uris, application.scopes) == ("Looms", uris, "profile email")
    assert application.client_id and application.client_secret
    rotated = applications.rotate_secret(**of)
    assert rotated.client_secret and rotated.client_secret != application.client_secret
    assert applications.update(**of, name="Mills").name == "Mills"
    assert applications.get(**of).name == "Mills"
    lists(applications.list(), [application.id])
    assert applications.delete(**of).deleted
    gone(lambda: applications.get(**of))

    satellite = domains.add(
        request={"name": "satellite.example", "is_satellite": True, "proxy_url": "https://satellite.example/clerk"}
    )
    assert (satellite.name, satellite.is_satellite) == ("satellite.example", True)
    assert satellite.id in [domain.id for domain in domains.list().data]
    assert domains.update(domain_id=satellite.id, name="moon.example").name == "moon.example"
    assert domains.delete(domain_id=satellite.id).deleted

    settings = clerk.instance_settings
    settings.update(request={"support_email": "help@example.com"})
    assert settings.get().environment_type == "development"
    restrictions = settings.update_restrictions(request={"allowlist": True, "blocklist": False})
    assert (restrictions.allowlist, restrictions.blocklist) == (True, False)
    changed = settings.update_organization_settings(request={"enabled": True, "max_allowed_memberships": 9})
    assert (changed.enabled, changed.max_allowed_memberships) == (True, 9)
print(f"{NAME}: what belongs to the instance")
