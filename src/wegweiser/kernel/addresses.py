"""The only place that builds addresses for mails, feeds and documents: absolute, in the reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def _absolute(name: str, *, language: str, **kwargs: object) -> str:
    with translation.override(language):
        return settings.BASE_URL.rstrip("/") + reverse(name, kwargs=kwargs)


def home(*, language: str = "de") -> str:
    return _absolute("public:home", language=language)


def enquiry_status(token: str, *, language: str = "de") -> str:
    return _absolute("public:enquiry_status", language=language, token=token)


def offer(kind: str, slug: str, *, language: str = "de") -> str:
    return _absolute(f"public:{kind}", language=language, slug=slug)


def set_password(token: str, *, language: str = "de") -> str:
    return _absolute("account_set_password", language=language, token=token)


def desk_today(*, language: str = "de") -> str:
    return _absolute("desk:today", language=language)


def desk_case(uuid: object) -> str:
    return _absolute("desk:case", language="de", uuid=uuid)
