"""What came of an event in the words of a report, to fill the names in `papers.FIGURES`."""

from django.utils import translation
from django.utils.translation import ngettext

from wegweiser.companies.models import Size
from wegweiser.events import feedback, figures, materials
from wegweiser.events.models import Event
from wegweiser.journey import disclosure
from wegweiser.kernel import clock


def figures_of(event: Event, language: str) -> dict[str, str]:
    """The figures of an event; those that nobody recorded yet are empty. What outsiders may not see is left out."""
    turnout = figures.turnouts([event])[event.pk]
    settled = turnout.attended + turnout.absent > 0
    with translation.override(language):
        firms = figures.firms([event], clock.today()) if settled else figures.Firms()
        return {
            "angemeldet": str(turnout.registered),
            "teilgenommen": str(turnout.attended) if settled else "",
            "nicht_gekommen": str(turnout.absent) if turnout.absent else "",
            "betriebe": str(sum(firms.size.values()) or ""),
            "nach_groesse": _sizes(firms),
            "rueckmeldung": _feedback(event, language),
            "unterlagen": ", ".join(row.name for row in materials.of(event) if row.is_offered),
        }


def _sizes(firms: figures.Firms) -> str:
    """Firms by size as outsiders may read it: small counts are left out, and none can be worked out."""
    shown = disclosure.shown({value: firms.size[value] for value in Size.values}) or {}
    told = [(Size(value).label, count) for value, count in shown.items() if count]
    return ", ".join(
        ngettext("%(n)d mit %(size)s Beschäftigten", "%(n)d mit %(size)s Beschäftigten", count or 0)
        % {"n": count, "size": label}
        for label, count in told
    )


def _feedback(event: Event, language: str) -> str:
    told = feedback.results(event)
    if not told.enough or told.mean is None:
        return ""
    mean = f"{told.mean}" if language == "en" else f"{told.mean}".replace(".", ",")
    return ngettext(
        "%(mean)s von 5 Punkten bei %(n)d Antwort", "%(mean)s von 5 Punkten bei %(n)d Antworten", told.count
    ) % {"mean": mean, "n": told.count}
