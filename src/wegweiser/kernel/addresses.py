"""The only place that builds addresses for mails, feeds and documents: absolute, in the reader's language."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

NEXT = "weiter"  # where one goes on after the login


def _absolute(name: str, *, language: str, **kwargs: object) -> str:
    with translation.override(language):
        return settings.BASE_URL.rstrip("/") + reverse(name, kwargs=kwargs)


def home(*, language: str = "de") -> str:
    return _absolute("public:home", language=language)


def enquiry_status(token: str, *, language: str = "de") -> str:
    return _absolute("public:enquiry_status", language=language, token=token)


def registration(token: str, *, language: str = "de") -> str:
    return _absolute("public:registration", language=language, token=token)


def certificates(*, language: str = "de") -> str:
    return _absolute("public:certificates", language=language)


def plan(token: str, *, language: str = "de") -> str:
    return _absolute("company:plan_link", language=language, token=token)


def company_home(*, language: str = "de") -> str:
    return _absolute("company:home", language=language)


def company_entrance(token: str, *, language: str = "de", page: str = "") -> str:
    """`page`: the path of where one goes on inside."""
    address = _absolute("company:entrance", language=language, token=token)
    return f"{address}?{NEXT}={quote(page)}" if page else address


def company_request(token: str, *, language: str = "de") -> str:
    return _absolute("company:request", language=language, token=token)


def company_erase(token: str, *, language: str = "de") -> str:
    return _absolute("company:erase", language=language, token=token)


def company_calendar(token: str, *, language: str = "de") -> str:
    return _absolute("company:calendar", language=language, token=token)


def company_code(*, language: str = "de") -> str:
    return _absolute("company:code", language=language)


def offer_path(kind: str, slug: str) -> str:
    """The page of an offer on this site, in the language that is on; empty where its kind has none of its own."""
    if kind == "network":
        return f"{reverse('public:networks')}#{slug}"
    try:
        return reverse(f"public:{kind}", kwargs={"slug": slug})
    except NoReverseMatch:
        return ""


def offer(kind: str, slug: str, *, language: str = "de") -> str:
    """The same as a whole address."""
    with translation.override(language):
        path = offer_path(kind, slug)
    return settings.BASE_URL.rstrip("/") + path if path else ""


def contact(slug: str, *, language: str = "de") -> str:
    return _absolute("public:contact", language=language, slug=slug)


def networks(*, language: str = "de") -> str:
    return _absolute("public:networks", language=language)


def news_feed(*, language: str = "de") -> str:
    return _absolute("public:news_feed", language=language)


def news(*, language: str = "de") -> str:
    return _absolute("public:news_list", language=language)


def events(*, language: str = "de") -> str:
    return _absolute("public:events", language=language)


def series(uuid: object, *, language: str = "de") -> str:
    return _absolute("public:series", language=language, uuid=uuid)


def series_feed(uuid: object, *, language: str = "de") -> str:
    return _absolute("public:series_feed", language=language, uuid=uuid)


def event_feed(name: str, *, language: str = "de", query: str = "") -> str:
    """A feed of events (`event_feed`, `event_atom`, `event_data`, `event_list`); `query` narrows it."""
    return _absolute(f"public:{name}", language=language) + (f"?{query}" if query else "")


def own_calendar(token: str, *, language: str = "de") -> str:
    return _absolute("public:own_calendar", language=language, token=token)


def event_feedback(token: str, *, language: str = "de") -> str:
    return _absolute("public:event_feedback", language=language, token=token)


def invitations(*, language: str = "de") -> str:
    return _absolute("public:invitations", language=language)


def confirm_invitations(token: str, *, language: str = "de") -> str:
    return _absolute("public:invitations_confirm", language=language, token=token)


def own_invitations(token: str, *, language: str = "de") -> str:
    return _absolute("public:own_invitations", language=language, token=token)


def end_invitations(token: str, *, language: str = "de") -> str:
    return _absolute("public:end_invitations", language=language, token=token)


def invitation(token: str, *, language: str = "de") -> str:
    return _absolute("public:invitation", language=language, token=token)


def register(slug: str, *, language: str = "de") -> str:
    return _absolute("public:register", language=language, slug=slug)


def set_password(token: str, *, language: str = "de") -> str:
    return _absolute("account_set_password", language=language, token=token)


def desk_today(*, language: str = "de") -> str:
    return _absolute("desk:today", language=language)


def desk_case(uuid: object) -> str:
    return _absolute("desk:case", language="de", uuid=uuid)


def host() -> str:
    """The name of this installation in the world."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def identity(uuid: object) -> str:
    """A name for a mail or a date that is unique in the world and stays: `uuid@host`."""
    return f"{uuid}@{host()}"
