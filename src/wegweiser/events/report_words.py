"""What came of events in the words of a report, to fill the names in `papers.FIGURES`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import ngettext

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Fact, Size
from wegweiser.events import feedback, figures
from wegweiser.events.feedback import Results
from wegweiser.events.models import Event, Feedback, Presence, Seat
from wegweiser.files import queries as files
from wegweiser.journey import disclosure
from wegweiser.kernel import clock

# What `papers.facts` reads of an event.
READ = (
    *("pools", "wordings", "draft__entry__topic_rows__topic", "draft__entry__supporting_partners"),
    "draft__entry__sectors",
)


def figures_of(event: Event, language: str) -> dict[str, str]:
    """The figures of an event; those that nobody recorded yet are empty. What outsiders may not see is left out."""
    return of_many([event], language)[event.pk]


def of_many(events: Sequence[Event], language: str) -> dict[int, dict[str, str]]:
    """The same of several events in a constant number of statements: {pk: figures}. What `papers` needs is read too."""
    prefetch_related_objects(list(events), *READ)
    turnouts, firms, said = figures.turnouts(events), _sizes(events), _answers(events)
    papers = files.uploads_of([event.uuid for event in events])
    found = {}
    with translation.override(language):
        for event in events:
            turnout = turnouts[event.pk]
            settled = turnout.attended + turnout.absent > 0
            sizes = firms.get(event.pk, Counter()) if settled else Counter()
            found[event.pk] = {
                "angemeldet": str(turnout.registered),
                "teilgenommen": str(turnout.attended) if settled else "",
                "nicht_gekommen": str(turnout.absent) if turnout.absent else "",
                "betriebe": str(sum(sizes.values()) or ""),
                "nach_groesse": _by_size(sizes),
                "rueckmeldung": _said(said.get(event.pk, Results(0)), language),
                "unterlagen": ", ".join(row.name for row in papers.get(event.uuid, ()) if row.is_offered),
            }
    return found


def _sizes(events: Iterable[Event]) -> dict[int, Counter[str]]:
    """The firms of which somebody was there, by event and by their size as one knows it today."""
    there = Seat.objects.filter(presence=Presence.ATTENDED, given_back_at=None)
    there = there.filter(registration__event__in=[event.pk for event in events])
    there = there.exclude(registration__company=None).order_by()
    met = set(there.values_list("registration__event", "registration__company"))
    roots = {
        company.pk: company.canonical_id or company.pk
        for company in Company.objects.filter(pk__in={firm for _event, firm in met})
    }
    known = companies.facts_of(Company.objects.filter(pk__in=set(roots.values())), [Fact.Kind.SIZE], clock.today())
    found: dict[int, Counter[str]] = {}
    for event, firm in {(event, roots[firm]) for event, firm in met}:
        found.setdefault(event, Counter())[known.get(firm, {}).get(Fact.Kind.SIZE, "")] += 1
    return found


def _answers(events: Iterable[Event]) -> dict[int, Results]:
    rows = Feedback.objects.filter(event__in=[event.pk for event in events]).order_by()
    given: dict[int, list[tuple[int | None, int | None]]] = {}
    for event, useful, recommend in rows.values_list("event", "useful", "recommend"):
        given.setdefault(event, []).append((useful, recommend))
    return {
        event: feedback.counted(
            (useful for useful, _recommend in said if useful is not None),
            (value for _useful, value in said if value is not None),
            count=len(said),
        )
        for event, said in given.items()
    }


def _by_size(sizes: Mapping[str, int]) -> str:
    """Firms by size as outsiders may read it: small counts are left out, and none can be worked out."""
    shown = disclosure.shown({value: sizes.get(value, 0) for value in Size.values}) or {}
    return ", ".join(
        ngettext("%(n)d mit %(size)s Beschäftigten", "%(n)d mit %(size)s Beschäftigten", count)
        % {"n": count, "size": Size(value).label}
        for value, count in shown.items()
        if count
    )


def _said(told: Results, language: str) -> str:
    if told.mean is None:
        return ""
    mean = f"{told.mean}" if language == "en" else f"{told.mean}".replace(".", ",")
    return ngettext(
        "%(mean)s von 5 Punkten bei %(n)d Antwort", "%(mean)s von 5 Punkten bei %(n)d Antworten", told.count
    ) % {"mean": mean, "n": told.count}
