"""Who may log in, and the tokens behind every self-service link."""

import hashlib
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.records import Record

LANGUAGES = [("de", "Deutsch"), ("en", "English")]  # in which mails to staff are written


class UserManager(BaseUserManager["User"]):
    """Finds users by mail without regard to case and to how its domain is written; Django's login asks here."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Of two who share an address in two spellings, from before that was refused, the one that was typed."""
        typed = (username or "").strip().lower()
        found = list(self.filter(mail_addresses.same("email", typed)).order_by("id"))
        if not found:
            raise self.model.DoesNotExist
        return {user.email.lower(): user for user in found}.get(typed, found[0])

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A person with a login. What a user may do comes from dated memberships, not from flags here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="de", choices=LANGUAGES)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_mail_unique",
                violation_error_message="Diese E-Mail-Adresse hat schon ein Konto.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Token(Record):
    """One self-service link: for one purpose, one subject, until a moment. Only a hash of its secret is kept.

    Where it was sent is kept, as a hash too, for links that end when that mailbox is no longer whose it was.
    """

    purpose = models.CharField(max_length=40)
    subject_uuid = models.UUIDField(db_index=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    sent_to_hash = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="token_has_purpose"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("recorded_at")), name="token_expires_later"),
        ]

    @staticmethod
    def digest(secret: str) -> str:
        """The form in which a secret is stored: SHA-256, hexadecimal."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @staticmethod
    def mailbox(mail: str) -> str:
        """The form in which a mail address is stored: nobody guesses it without the key of the installation."""
        address = mail_addresses.key(mail)
        return salted_hmac("wegweiser.mailbox", address, algorithm="sha256").hexdigest() if address else ""

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and clock.now() < self.expires_at
