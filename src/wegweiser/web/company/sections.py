"""The sections of the workspace. A duty adds its own by declaring it; the first page shows them all.

register(Section(name="checks", title=_("Unsere Checks"), icon="check", order=45, url="company:checks",
                 summary=lambda me: Summary(_("zwei offen"), 2)))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from wegweiser.companies.models import Right
from wegweiser.web.company.access import Visitor


@dataclass(frozen=True)
class Summary:
    """What the first page says of a section: a line, and how much of it waits for the reader."""

    text: str | Promise
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section: `order` is its place, `url` the full name of its page, `right` what one needs to see it."""

    name: str
    title: str | Promise
    icon: str
    order: int
    url: str
    summary: Callable[[Visitor], Summary]
    right: str = Right.OWN


@dataclass(frozen=True)
class Shown:
    """A section as one visitor sees it."""

    section: Section
    summary: Summary


_sections: dict[str, Section] = {}


def register(section: Section) -> Section:
    """Add a section. Two of one name are a mistake of ours."""
    if _sections.setdefault(section.name, section) is not section:
        raise ValueError(f"The section {section.name} is declared twice.")
    return section


def unregister(name: str) -> None:
    """Take a section away again, as tests do."""
    _sections.pop(name, None)


def known() -> list[Section]:
    """Every section, in order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))


def shown_to(me: Visitor) -> list[Shown]:
    """The sections that `me` may see, with what each has to say."""
    return [Shown(section, section.summary(me)) for section in known() if me.may(section.right)]
