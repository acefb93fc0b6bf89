"""The lists of the site: everything that is offered, and a list with a face of its own for each kind."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.models import Kind

DATES, TECHNIQUE, STORIES, PLAIN = "dates", "technique", "stories", "plain"
ALL_FILTERS = ("kind", "topic", "sector", "place", "attendance", "dates", "partner")


@dataclass(frozen=True)
class Section:
    """One list: which kinds it holds, what it says on top, what one can narrow it by, and how its entries look."""

    name: str
    kinds: frozenset[str]
    title: str | Promise
    lead: str | Promise
    illustration: str
    filters: tuple[str, ...]
    face: str = PLAIN

    @property
    def url_name(self) -> str:
        return f"public:{self.name}"


EVERYTHING = Section(
    "offers",
    frozenset(),
    _("Alle Angebote"),
    _("Termine, Technik zum Ausprobieren, Checks, Praxisbeispiele und Menschen, die weiterhelfen. Alles kostenfrei."),
    "signpost",
    ALL_FILTERS,
)
EVENTS = Section(
    "events",
    frozenset({Kind.EVENT}),
    _("Termine"),
    _(
        "Sprechtage, Werkstattgespräche und Schulungen, im Land und online. Sie kommen mit einer "
        "Frage und gehen mit einer Idee."
    ),
    "dates",
    ("topic", "place", "attendance", "dates", "sector"),
    DATES,
)
DEMONSTRATORS = Section(
    "demonstrators",
    frozenset({Kind.DEMONSTRATOR}),
    _("Technik ausprobieren"),
    _(
        "Anfassen statt Prospekte lesen: Sehen Sie, was bei Ihnen laufen könnte, und fragen Sie "
        "die, die es gebaut haben."
    ),
    "technique",
    ("topic", "place", "sector"),
    TECHNIQUE,
)
STORIES_SECTION = Section(
    "lighthouse_projects",
    frozenset({Kind.LIGHTHOUSE_PROJECT}),
    _("Praxisbeispiele"),
    _("Betriebe wie Ihrer erzählen, was sie umgestellt haben, was es gebracht hat und was sie anders machen würden."),
    "stories",
    ("sector", "topic", "place"),
    STORIES,
)
CHECKS = Section(
    "checks",
    frozenset({Kind.CHECK}),
    _("Checks"),
    _("Jemand schaut mit Ihnen hin und sagt, wo Sie stehen und was als Nächstes lohnt."),
    "checks",
    ("topic", "sector"),
)
GUIDES = Section(
    "guides",
    frozenset({Kind.GUIDE}),
    _("Leitfäden"),
    _("Kurz, ohne Fachwörter und sofort zu gebrauchen."),
    "guides",
    ("topic", "sector"),
)
VIDEOS = Section(
    "videos",
    frozenset({Kind.VIDEO}),
    _("Videos"),
    _("Zum Zuschauen und zum Nachlesen: Zu jedem Video gibt es den ganzen Text."),
    "videos",
    ("topic",),
)
PROGRAMMES = Section(
    "programmes",
    frozenset({Kind.PROGRAMME}),
    _("Förderprogramme"),
    _(
        "Was es gerade gibt und für wen. Ob Sie Geld bekommen, entscheidet der Geldgeber; wir "
        "helfen Ihnen beim Sortieren."
    ),
    "programmes",
    ("topic", "sector"),
)
NEWS = Section(
    "news_list",
    frozenset({Kind.NEWS}),
    _("Aktuelles"),
    _("Was im Zentrum und bei den Partnern passiert."),
    "news",
    ("topic",),
)
BY_KIND = {
    next(iter(section.kinds)): section
    for section in (EVENTS, DEMONSTRATORS, STORIES_SECTION, CHECKS, GUIDES, VIDEOS, PROGRAMMES, NEWS)
}
ON_THE_HOME_PAGE = (DEMONSTRATORS, STORIES_SECTION, CHECKS, GUIDES)
