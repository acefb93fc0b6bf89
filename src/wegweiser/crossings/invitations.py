"""A login for somebody of the team, and the link on which they set a password. No password is ever mailed."""

from django.db import transaction

from wegweiser.accounts.actions import logins, tokens, users
from wegweiser.accounts.models import LANGUAGES, User
from wegweiser.accounts.queries import SET_PASSWORD
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member
from wegweiser.kernel import addresses, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import render


def invite(*, member: Member, by_mail: bool, by: Actor) -> str:
    """A link on which `member` sets a password, by mail or for the one who asks; returns its address.

    Without a login there is one afterwards, in German where they speak it, else in English; who works here again gets
    the old one back. Links from before end.
    """
    with transaction.atomic():
        user = member.user or _login(member, by)
        if not user.is_active and not member.departures.filter(done_at=None).exists():
            logins.reopen(user=user, by=by)
            user.refresh_from_db()
        known = user.has_usable_password()
        address = addresses.set_password(logins.password_link(user=user, by=by), language=user.language)
        if by_mail:
            days = (logins.RESET if known else logins.INVITATION).days
            context = {
                "name": member.name,
                "address": address,
                "days": days,
                "known": known,
                "centre": consortium.centre().name.text(user.language),
            }
            letters.write(
                cause=member,
                rendered=render("consortium/mails/password_link", user.language, context),
                name=member.name,
                mail=user.email,
                language=user.language,
                reply_to=consortium.centre().email,
                body_until=clock.today() + logins.INVITATION,
                by=by,
            )
    return address


def revoke(*, member: Member, by: Actor) -> int:
    """End the open links of `member`; returns how many there were."""
    return tokens.revoke(purpose=SET_PASSWORD, subject=member.user.uuid, by=by) if member.user else 0


def change_mail(*, member: Member, by: Actor) -> None:
    """The login follows the name and mail address of `member`."""
    if member.user:
        logins.change(user=member.user, email=member.email or member.user.email, name=member.name, by=by)


def _login(member: Member, by: Actor) -> User:
    if not member.email:
        raise DomainError("contact_missing", "A login needs a mail address.", field="email")
    if User.objects.filter(mail_addresses.same("email", member.email)).exists():
        raise DomainError("mail_taken", "Another login has this address.", field="email")
    speaks = [language for language, _name in LANGUAGES if language in member.languages]
    language = speaks[0] if speaks else "de"
    user = users.create(email=member.email, name=member.name, language=language, by=by)
    members.link(member=member, user=user, by=by)
    member.refresh_from_db()
    return user
