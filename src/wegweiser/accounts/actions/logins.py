"""Getting in and out: a link on which somebody sets their own password, a lost second factor, a login that ends."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.events import Event
from wegweiser.accounts.models import LANGUAGES, Token, User
from wegweiser.accounts.queries import SET_PASSWORD
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

INVITATION = dt.timedelta(days=7)
RESET = dt.timedelta(days=1)


def password_link(*, user: User, by: Actor) -> str:
    """The secret of a new link on which `user` sets a password; links from before end.

    Seven days for who never had a password, one day for who forgot it.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.is_active:
            raise DomainError("login_inactive", f"The login {user.uuid} was closed.")
        tokens.revoke(purpose=SET_PASSWORD, subject=user.uuid, by=by)
        known = user.has_usable_password()
        expires = clock.now() + (RESET if known else INVITATION)
        secret = tokens.issue(purpose=SET_PASSWORD, subject=user.uuid, expires=expires, by=by)
        audit.record(Event.PASSWORD_LINK if known else Event.USER_INVITED, by=by, subject=user)
    return secret


def set_password(*, token: Token, password: str, by: Actor) -> User:
    """The one who holds the link chooses a password; the link is used up and every open session ends."""
    with transaction.atomic():
        token.refresh_from_db(from_queryset=Token.objects.select_for_update())
        user = User.objects.select_for_update().filter(uuid=token.subject_uuid, is_active=True).first()
        if user is None or token.purpose != SET_PASSWORD or not token.is_valid:
            raise DomainError("link_gone", "The link was used, revoked or is too old.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise DomainError("password_weak", " ".join(error.messages), field="password") from error
        user.set_password(password)
        user.save(update_fields=["password"])
        tokens.revoke(purpose=SET_PASSWORD, subject=user.uuid, by=by)
        audit.record(Event.PASSWORD_SET, by=by, subject=user, changed=["password"])
    return user


def reset_second_factor(*, user: User, by: Actor) -> User:
    """The telephone is lost: every open session ends, and the next login sets up a new second factor."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        _end_sessions(user)
        audit.record(Event.SECOND_FACTOR_RESET, by=by, subject=user)
    return user


def _end_sessions(user: User) -> None:
    """Only staff have sessions, so there are few; what they hold is known only after decoding."""
    for session in Session.objects.filter(expire_date__gt=clock.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def change(*, user: User, email: str, name: str, by: Actor) -> User:
    """Another mail address or name. Raises DomainError("mail_taken") where another login has the address."""
    values = {"email": email.strip().lower(), "name": name}
    with transaction.atomic():
        user.refresh_from_db(from_queryset=User.objects.select_for_update())
        changed = [field for field, value in values.items() if getattr(user, field) != value]
        if not changed:
            return user
        if User.objects.filter(mail_addresses.same("email", email)).exclude(pk=user.pk).exists():
            raise DomainError("mail_taken", "Another login has this address.", field="email")
        for field in changed:
            setattr(user, field, values[field])
        try:
            with transaction.atomic():
                user.save(update_fields=changed)
        except IntegrityError:
            raise DomainError("mail_taken", "Another login has this address.", field="email") from None
        if "email" in changed:  # a link in an old mailbox must not open the login
            tokens.revoke(purpose=SET_PASSWORD, subject=user.uuid, by=by)
        audit.record(Event.USER_CHANGED, by=by, subject=user, changed=changed)
    return user


def choose_language(*, user: User, language: str, by: Actor) -> User:
    """Mails to `user` are in `language` from now on. Raises DomainError("language_unknown")."""
    if language not in dict(LANGUAGES):
        raise DomainError("language_unknown", field="language")
    with transaction.atomic():
        user.refresh_from_db(from_queryset=User.objects.select_for_update())
        if user.language != language:
            user.language = language
            user.save(update_fields=["language"])
            audit.record(Event.USER_CHANGED, by=by, subject=user, changed=["language"])
    return user


def close(*, user: User, by: Actor) -> User:
    """Nobody gets in with this login any more; open sessions and links end at once."""
    return _switch(user, active=False, event=Event.USER_CLOSED, by=by)


def reopen(*, user: User, by: Actor) -> User:
    """Somebody who had left works here again."""
    return _switch(user, active=True, event=Event.USER_REOPENED, by=by)


def _switch(user: User, *, active: bool, event: Event, by: Actor) -> User:
    with transaction.atomic():
        user.refresh_from_db(from_queryset=User.objects.select_for_update())
        if user.is_active != active:
            user.is_active = active
            user.save(update_fields=["is_active"])
            tokens.revoke(purpose=SET_PASSWORD, subject=user.uuid, by=by)
            audit.record(event, by=by, subject=user, changed=["is_active"])
    return user
