"""What is misconfigured, in plain words."""

import datetime as dt
import stat
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from wegweiser.accounts.models import User
from wegweiser.config import demo, installation, mailing
from wegweiser.config.findings import Finding, error, warning
from wegweiser.consortium import teams
from wegweiser.consortium.models import Centre, Membership, Role
from wegweiser.kernel import clock, policy
from wegweiser.web import errors

SECRET_LENGTH = 40
EMERGENCY_AGE = dt.timedelta(days=365)
STATEMENT_AGE = dt.timedelta(days=365)  # the statement on accessibility is gone through once a year
# What the pages that the law asks for take from `texts.operator` of the centre's file.
IMPRINT = ("name", "street", "postcode", "place", "represented_by", "email", "phone", "responsible_for_content")
PRIVACY = ("data_protection_officer", "supervisory_authority", "hosting")


def findings() -> list[Finding]:
    """Everything that is wrong with this installation; empty when it is in order."""
    centre = installation.require()
    found = [*_web(), *_secrets(), *_database(), *_mail(), *mailing.findings(), *_closed()]
    found += [error("policy", finding) for finding in policy.findings()]
    return [*found, *_people(), *_centre(centre), *_legal(centre)]


def _web() -> list[Finding]:
    found = []
    public, host = demo.is_public(settings.BASE_URL), urlsplit(settings.BASE_URL).hostname
    if settings.DEBUG:
        found.append(error("debug", "DEBUG is on: error pages would show the installation's inside."))
    if public and not settings.SECURE:
        found.append(error("not_encrypted", f"BASE_URL is {settings.BASE_URL}: a public address needs https://."))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(error("any_host", "ALLOWED_HOSTS allows every name (*): list the names of this installation."))
    elif host not in [name.strip("[]") for name in settings.ALLOWED_HOSTS]:
        found.append(error("host_not_allowed", f"ALLOWED_HOSTS lacks {host}, the host of BASE_URL."))
    if settings.SECURE and not settings.TRUSTED_PROXIES:
        text = "TRUSTED_PROXIES is empty: behind a proxy all visitors would share one limit. Set the proxy's address."
        found.append(warning("no_proxy", text))
    if public and settings.DEMO:
        found.append(error("demo_in_public", "WEGWEISER_DEMO is on at a public address."))
    return found


def _secrets() -> list[Finding]:
    found = []
    if len(settings.SECRET_KEY) < SECRET_LENGTH or settings.SECRET_KEY.startswith("django-insecure"):
        found.append(error("weak_secret", f"SECRET_KEY is guessable: take {SECRET_LENGTH} random characters or more."))
    path = settings.HOME / "secret"
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        found.append(error("secret_readable", f"{path} can be read by others: chmod 600."))
    return found


def _database() -> list[Finding]:
    found = []
    if pending := installation.pending_migrations():
        found.append(error("not_migrated", f"The database lacks {len(pending)} changes: run `wegweiser migrate`."))
    if connection.vendor == "sqlite" and demo.is_public(settings.BASE_URL):
        found.append(warning("embedded_database", "The embedded database is for trying out: set DATABASE_URL."))
    return found


def _mail() -> list[Finding]:
    if not demo.is_public(settings.BASE_URL):
        return []
    found = []
    if not settings.EMAIL_HOST:
        found.append(warning("no_mail_server", "EMAIL_HOST is not set: the outbox keeps every mail."))
    if settings.DEFAULT_FROM_EMAIL == settings.NOBODYS_ADDRESS:
        sender = settings.DEFAULT_FROM_EMAIL
        found.append(error("no_sender", f"DEFAULT_FROM_EMAIL is {sender}: set the centre's own address."))
    return found


def _closed() -> list[Finding]:
    path = errors.closed_by()
    return [warning("closed", f"Visitors see the maintenance page: remove {path} to open.")] if path.exists() else []


def _people() -> list[Finding]:
    found = []
    count = User.objects.filter(is_demo=True, is_active=True).count()
    if count and demo.is_public(settings.BASE_URL):
        found.append(error("demo_logins", f"{count} demo logins with a known password meet a public address."))
    administrators = Membership.objects.filter(
        Membership.on(clock.today()), role=Role.ADMINISTRATOR, member__user__is_active=True
    )
    if not administrators.exists():
        found.append(warning("no_administrator", "Nobody with a login is administrator."))
    if not teams.able_to_answer(clock.today()).exists():
        text = "Enquiries are promised a day, but nobody who may answer has a login: invite them under /desk/team/."
        found.append(warning("nobody_answers", text))
    return found


def _centre(centre: Centre) -> list[Finding]:
    return [*_zone(centre), *_closed_days(centre), *_emergency(centre)]


def _closed_days(centre: Centre) -> list[Finding]:
    """Periods with a year come to an end, and nobody notices before the next Christmas."""
    last = max((row["to"] for row in centre.closed_days), default="")
    yearly = any(len(row["to"]) < len("2026-01-01") for row in centre.closed_days)
    if not last or yearly or last >= clock.today().isoformat():
        return []
    text = f"The last day on which the centre says that it is closed was {last}: name the next ones in [holidays]."
    return [warning("closed_days_over", text)]


def _zone(centre: Centre) -> list[Finding]:
    if centre.time_zone == settings.TIME_ZONE:
        return []
    text = f"TIME_ZONE is {settings.TIME_ZONE}, the centre's clocks show {centre.time_zone}: set it to the same."
    return [error("other_time_zone", text)]


def _emergency(centre: Centre) -> list[Finding]:
    rows = [centre.emergency, *centre.emergency.get("contacts", [])]
    days = [dt.date.fromisoformat(row["last_checked"]) for row in rows if row.get("last_checked")]
    if not days:
        return [warning("no_emergency", "The centre's file has no help for an IT emergency.")]
    if min(days) < clock.today() - EMERGENCY_AGE:
        return [warning("emergency_old", f"The emergency numbers were last checked on {min(days)}.")]
    return []


def _legal(centre: Centre) -> list[Finding]:
    """Imprint, privacy notice and statement on accessibility leave out what the centre has not said."""
    level = error if demo.is_public(settings.BASE_URL) else warning
    operator = centre.texts.get("operator") or {}
    statement = centre.texts.get("accessibility") or {}
    found = []
    for code, page, names in (("imprint", "The imprint", IMPRINT), ("privacy_notice", "The privacy notice", PRIVACY)):
        if missing := [name for name in names if not operator.get(name)]:
            found.append(level(code, f"{page} lacks {', '.join(missing)}: add them to [texts.operator]."))
    missing = [] if operator.get("accessibility_contact") else ["texts.operator.accessibility_contact"]
    wanted = ("conformity", "law", "made_on", "checked_on", "enforcement")
    missing += [f"texts.accessibility.{name}" for name in wanted if not statement.get(name)]
    if missing:
        found.append(level("accessibility", f"The statement on accessibility lacks {', '.join(missing)}."))
    checked_on = statement.get("checked_on")
    if checked_on and dt.date.fromisoformat(checked_on) < clock.today() - STATEMENT_AGE:
        found.append(warning("accessibility_old", f"The statement on accessibility was last checked on {checked_on}."))
    if not centre.texts.get("logo_line"):
        found.append(warning("no_funder_line", "No page names the funder: add texts.logo_line to the centre's file."))
    return found
