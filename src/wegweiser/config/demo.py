"""The model centre with logins that everybody knows. Never for an address that the world can reach."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.config import (
    demo_appearances,
    demo_cases,
    demo_company,
    demo_events,
    demo_invitations,
    demo_passed_on,
    demo_series,
    demo_year,
    installation,
)
from wegweiser.config.installation import Installed
from wegweiser.consortium import centre_file, queries
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Membership, Partner, Role
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

PASSWORD = "wegweiser-demo"  # noqa: S105 (shown to everybody on purpose)
BY = Actor.system("demo")
# Roles that no contact person of a catalogue has: (role, name, at a partner).
FURTHER = (
    (Role.EDITOR, "Demo Redaktion", True),
    (Role.CHECK_IN, "Demo Einlass", True),
    (Role.REVIEWER, "Demo Gutachten", True),
    (Role.FUNDER, "Demo Zuwendungsgeber", False),
    (Role.ADMINISTRATOR, "Demo Administration", False),
)
# Their work is not built yet: who logs in finds nothing to do, so nobody is told of these logins.
WITHOUT_PAGES = frozenset({Role.REVIEWER})


@dataclass(frozen=True)
class Login:
    """A demo login and what it shows."""

    email: str
    name: str
    role: Role
    partner: str


def is_public(address: str) -> bool:
    """Whether the host of `address` can be reached by the world: no loopback, no private network, no bare name."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    private = (".localhost", ".local", ".internal", ".test", ".example")
    return bool(host) and "." in host and not host.endswith(private)


def refuse_in_public() -> None:
    if is_public(settings.BASE_URL):
        raise DomainError(
            "demo_in_public",
            f"The demo has logins that everybody knows and must not run at {settings.BASE_URL}. "
            "Unset BASE_URL, or set up a real centre with `wegweiser init CENTRE.toml`.",
        )


def install(*, quick: bool = False, tell: Callable[[str], None] = lambda _stage: None) -> tuple[Installed, list[Login]]:
    """The model centre with its demo logins; a second time keeps what a user entered. `tell` hears what comes next."""
    refuse_in_public()
    installed = installation.install(path=centre_file.model_centre(), shift=True, quick=quick, tell=tell, by=BY)
    tell("Logins")
    found = logins()
    stages: tuple[tuple[str, Callable[[], object]], ...] = (
        ("A year of contacts", demo_year.make),
        ("Enquiries", lambda: demo_cases.make(advisers(found))),
        ("Referrals", lambda: demo_passed_on.make(advisers(found))),
        ("Workspaces of firms", lambda: demo_company.make(advisers(found))),
        ("Events", lambda: demo_events.make(advisers(found))),
        ("Series of events", lambda: demo_series.make(advisers(found))),
        ("Invitations", demo_invitations.make),
        ("Appearances", lambda: demo_appearances.make(advisers(found))),
    )
    for name, make in stages:
        tell(name)
        make()
    return installed, found


def logins() -> list[Login]:
    """One login for each role and one adviser for each partner, made where they are missing."""
    found: list[Login] = []
    with transaction.atomic():
        for partner in Partner.objects.all():
            taken: set[int] = set()
            for role in (Role.MANAGEMENT, Role.ADVISER):
                held = Membership.objects.filter(Membership.on(clock.today()), partner=partner, role=role)
                people = [row.member for row in held.select_related("member__user").order_by("id")]
                if people:  # where one person does it all, one login shows both roles
                    member = next((person for person in people if person.pk not in taken), people[0])
                    taken.add(member.pk)
                    found.append(_login(member, role, partner))
        lead = queries.lead()
        for role, name, at_partner in FURTHER:
            slug = f"demo-{role.value.replace('_', '-')}"
            home = lead if at_partner else None
            member = members.join(
                slug=slug,
                name=name,
                email=f"{slug}@example.org",
                role=role,
                partner=home,
                since=queries.centre().loaded_on,
                by=BY,
            )
            found.append(_login(member, role, home))
    return found


def advisers(found: list[Login]) -> list[tuple[Member, Partner]]:
    """Whoever a demo login shows as an adviser, with the partner."""
    return [
        (Member.objects.get(user__email=login.email), Partner.objects.get(short_name=login.partner))
        for login in found
        if login.role == Role.ADVISER
    ]


def _login(member: Member, role: Role, partner: Partner | None) -> Login:
    user = member.user or User.objects.filter(mail_addresses.same("email", member.email)).first()
    if user is None:
        user = users.create(email=member.email, name=member.name, password=PASSWORD, demo=True, by=BY)
    members.link(member=member, user=user, by=BY)
    return Login(user.email, member.name, role, partner.short_name if partner else "")


def told(found: list[Login]) -> str:
    """The logins as a table for a terminal."""
    found = [login for login in found if login.role not in WITHOUT_PAGES]
    width = max(len(login.email) for login in found)
    lines = [
        f"  {login.email:<{width}}  {login.role.label}{', ' + login.partner if login.partner else ''}"
        for login in found
    ]
    return "\n".join([f"Demo logins (password for all: {PASSWORD}; the demo asks for no second factor)", *lines])
