"""The links in the headers. A link shows as soon as its address exists."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `href` is the address in the reader's language."""

    label: str | Promise
    href: str
    current: bool = False


MENUS: dict[str, list[tuple[str | Promise, str]]] = {
    "public": [
        (_("Angebote"), "/angebote/"),
        (_("Termine"), "/veranstaltungen/"),
        (_("Technik ausprobieren"), "/demonstratoren/"),
        (_("Praxisbeispiele"), "/leuchtturmprojekte/"),
        (_("Checks"), "/checks/"),
        (_("Online-Rechner"), "/werkzeuge/"),
        (_("Ansprechpersonen"), "/ansprechpersonen/"),
        (_("Das haben wir erreicht"), "/wirkung/"),
        (_("Mein Betrieb"), "/mein-betrieb/"),
    ],
    "footer": [
        (_("Themen"), "/themen/"),
        (pgettext_lazy("several", "Partner"), "/partner/"),
        (_("Netzwerke"), "/netzwerke/"),
        (_("Leitfäden"), "/leitfaeden/"),
        (_("Videos"), "/videos/"),
        (_("Förderprogramme"), "/foerderprogramme/"),
        (_("Aktuelles"), "/aktuelles/"),
    ],
    "desk": [
        (_("Heute"), "/desk/"),
        (_("Neues Anliegen"), "/desk/neu/"),
        (_("Anliegen"), "/desk/anliegen/"),
        (_("Unterwegs"), "/desk/besuche/"),
        (_("Betriebe"), "/desk/betriebe/"),
        (_("Listen"), "/desk/betriebe/listen/"),
        (_("Angebote"), "/desk/angebote/"),
        (_("Termine"), "/desk/termine/"),
        (_("Einlass"), "/desk/termine/einlass/"),
        (_("Post"), "/desk/post/"),
        (_("Förderbericht"), "/desk/berichte/"),
        (_("Zahlen abfragen"), "/desk/auswertung/"),
        (_("Team"), "/desk/team/"),
        (_("Hilfe"), "/desk/hilfe/"),
    ],
}


# Pages that belong to an entry of a menu without lying below it.
BELONGS = ((re.compile(r"^(?:/en)?/desk/termine/[^/]+/einlass/"), "/desk/termine/einlass/"),)
HOMES = frozenset({"/desk/"})  # everything lies below these: one is there only on the page itself
# German paths of lists that hold nothing, as this process last saw them; None before its first look.
_empty: frozenset[str] | None = None
# Shown in a menu only to those who may not open the page that leads there.
BELOW = {
    "/desk/betriebe/listen/": "/desk/betriebe/",
}


def address(path: str) -> str:
    """A German path in the reader's language: the same below /en/ for English."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def leave_out(paths: Iterable[str]) -> None:
    """From now on no menu of this process names these German paths: nothing is there. All are named before the first
    look."""
    global _empty  # noqa: PLW0603
    _empty = frozenset(paths)


def is_told() -> bool:
    """Whether this process has been told what to leave out."""
    return _empty is not None


def links(menu: str, here: str, *, permissions: Collection[str] | None = None) -> Sequence[Link]:
    """The links of a menu whose addresses exist. The longest that `here` lies below is the current one, if any.

    With `permissions` only those that whoever holds them may open.
    """
    held = None if permissions is None else frozenset(permissions)
    found = _open(menu, get_language() or settings.LANGUAGE_CODE, get_urlconf() or settings.ROOT_URLCONF, held)
    if _empty:
        nothing = {address(path) for path in _empty}
        found = tuple(row for row in found if row[1] not in nothing)
    here = next((address(path) for pattern, path in BELONGS if pattern.match(here)), here)
    homes = {address(path) for path in HOMES}
    below = [href for _label, href in found if here == href or (href not in homes and here.startswith(href))]
    current = max(below, key=len, default=None)
    return _marked(found, current)


@lru_cache(maxsize=512)
def _marked(found: tuple[tuple[str, str], ...], current: str | None) -> tuple[Link, ...]:
    return tuple(Link(label, href, href == current) for label, href in found)


@lru_cache(maxsize=512)
def _open(menu: str, _language: str, urlconf: str, permissions: frozenset[str] | None) -> tuple[tuple[str, str], ...]:
    """The labels and addresses of a menu in the language that is on."""
    known = [(label, href, _view(href, urlconf)) for label, href in ((row[0], address(row[1])) for row in MENUS[menu])]
    found = {
        href: str(label)
        for label, href, view in known
        if view and (permissions is None or view.permission is None or view.permission in permissions)
    }
    hidden = {address(path) for path, above in BELOW.items() if address(above) in found}
    return tuple((label, href) for href, label in found.items() if href not in hidden)


def exists(path: str) -> bool:
    return _view(path, get_urlconf() or settings.ROOT_URLCONF) is not None


@dataclass(frozen=True)
class View:
    """What answers at an address, and the permission it needs, if any."""

    permission: str | None


@cache
def _view(path: str, urlconf: str) -> View | None:
    """Looked up once per process: the menu stands on every page, twice."""
    try:
        match = resolve(path, urlconf)
    except Resolver404:
        return None
    return View(getattr(match.func, "permission", None))
