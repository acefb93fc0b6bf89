"""The forms of editing in words: what each field is called, what it is for, how the fields of a kind are grouped."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue.fields import KINDS
from wegweiser.catalogue.models import DraftState, Kind
from wegweiser.catalogue.readiness import Code

KIND_NAMES: dict[str, Promise] = {
    Kind.EVENT: _("Veranstaltung"),
    Kind.DEMONSTRATOR: _("Demonstrator"),
    Kind.LIGHTHOUSE_PROJECT: _("Praxisbeispiel"),
    Kind.CHECK: _("Check"),
    Kind.TOOL: _("Online-Rechner"),
    Kind.PROGRAMME: _("Förderprogramm"),
    Kind.GUIDE: _("Leitfaden"),
    Kind.VIDEO: _("Video"),
    Kind.NEWS: _("Aktuelles"),
    Kind.TOPIC: _("Thema"),
    Kind.NETWORK: _("Netzwerk"),
    Kind.EXTERNAL: _("Angebot eines Netzwerks"),
}
KIND_HINTS: dict[str, Promise] = {
    Kind.EVENT: _("Ein Termin: Workshop, Sprechtag, Informationsveranstaltung"),
    Kind.DEMONSTRATOR: _("Technik, die man bei uns oder im Betrieb ausprobieren kann"),
    Kind.LIGHTHOUSE_PROJECT: _("Was ein Betrieb mit uns erreicht hat"),
    Kind.CHECK: _("Eine Standortbestimmung mit uns, vor Ort oder online"),
    Kind.TOOL: _("Etwas zum Selbstrechnen im Netz"),
    Kind.PROGRAMME: _("Geld von Bund, Land oder EU"),
    Kind.GUIDE: _("Eine Anleitung oder Checkliste zum Lesen"),
    Kind.VIDEO: _("Ein Film mit Text für alle, die ihn nicht hören"),
    Kind.NEWS: _("Eine kurze Meldung des Zentrums"),
}
STATE_BADGES: dict[str, str] = {
    DraftState.DRAFT: "neutral",
    DraftState.PUBLISHED: "success",
    DraftState.CHANGED: "warning",
    DraftState.WITHDRAWN: "neutral",
}
# name: (label, hint). Names are those of the content; details by their key.
FIELDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "title": (_("Titel"), _("So, wie man es einer Kundin sagen würde.")),
    "summary": (_("Kurz gesagt"), _("Ein bis zwei Sätze. Sie stehen in Listen und Suchergebnissen.")),
    "text": (_("Text"), _("Eine leere Zeile beginnt einen neuen Absatz.")),
    "target_group": (_("Für wen"), ""),
    "everyday_words": (
        _("So sagen es die Betriebe"),
        _(
            "Mit welchen Worten klagt jemand, dem das hilft? Diese Wörter stehen nicht auf der Seite, aber mit ihnen "
            "finden Betriebe das Angebot. Zum Beispiel: Aufträge dreimal abtippen, Zettelwirtschaft."
        ),
    ),
    "main_topic": (_("Hauptthema"), ""),
    "more_topics": (_("Weitere Themen"), ""),
    "partner": (_("Partner"), ""),
    "supporting_partners": (_("Beteiligte Partner"), ""),
    "contact": (_("Ansprechperson"), _("Sie steht mit Telefonnummer auf der Seite.")),
    "format": (_("Form"), _("Zum Beispiel: Workshop, Unternehmersprechstunde.")),
    "attendance": (_("Wie nimmt man teil?"), ""),
    "place": (_("Ort"), _("Haus und Stadt, wie im Navigationsgerät.")),
    "district": (_("Landkreis"), ""),
    "day": (_("Tag"), ""),
    "starts_time": (_("Beginn"), _("Uhrzeit am Zentrum.")),
    "ends_time": (_("Ende"), ""),
    "ends_day": (_("Letzter Tag"), _("Nur wenn es mehrere Tage dauert.")),
    "availability": (_("Plätze"), ""),
    "languages": (_("Sprachen vor Ort"), ""),
    "sectors": (_("Branchen"), _("Ohne Auswahl gilt es für alle.")),
    "price": (_("Preis in Euro"), _("0 heißt kostenfrei. Leer heißt: keine Angabe.")),
    "source_url": (_("Adresse im Netz"), _("Vollständig, mit https://.")),
    "licence": (_("Lizenz"), _("Zum Beispiel: CC BY 4.0.")),
    "slug": (
        _("Ende der Adresse"),
        _("Leer lassen: Es entsteht aus dem Titel. Alte Adressen führen weiter zur Seite."),
    ),
    "takeaways": (_("Das nehmen Sie mit"), _("Ein Punkt je Zeile.")),
    "materials": (_("Unterlagen"), _("Ein Punkt je Zeile.")),
    "capacity": (_("Zahl der Plätze"), ""),
    "slot_minutes": (_("Minuten je Gespräch"), _("Nur bei Einzelgesprächen.")),
    "registration_closes_days_before": (_("Anmeldeschluss, Tage vorher"), ""),
    "shows": (_("Das sehen Sie"), _("Eine leere Zeile beginnt einen neuen Absatz.")),
    "technologies": (_("Diese Technik sehen Sie"), _("Ein Punkt je Zeile.")),
    "mobility": (_("Wo wird vorgeführt?"), ""),
    "on_site_requirements": (_("Das brauchen wir beim Betrieb vor Ort"), ""),
    "visit_minutes": (_("Dauer des Besuchs in Minuten"), ""),
    "group_size_min": (_("Personen, mindestens"), ""),
    "group_size_max": (_("Personen, höchstens"), ""),
    "initial_situation": (_("Ausgangslage"), ""),
    "goal": (_("Ziel"), ""),
    "solution": (_("Lösung"), ""),
    "results_status": (_("Die Zahlen sind"), ""),
    "lessons_learned": (_("Das würden die Beteiligten anderen raten"), _("Ein Punkt je Zeile.")),
    "stage": (_("Stand"), ""),
    "duration_months": (_("Dauer in Monaten"), ""),
    "site_visit_possible": (_("Besuch im Betrieb ist möglich"), ""),
    "company_name": (_("Name des Betriebs"), _("Mit seinem Einverständnis.")),
    "company_city": (_("Ort des Betriebs"), ""),
    "company_employees": (_("Beschäftigte"), ""),
    "procedure": (_("So läuft es ab"), ""),
    "prerequisites": (_("Das brauchen wir vom Betrieb"), ""),
    "location": (_("Wo findet es statt?"), ""),
    "company_effort_hours": (_("Aufwand für den Betrieb in Stunden"), ""),
    "max_employees": (_("Bis zu so vielen Beschäftigten"), ""),
    "lead_time_days": (_("Vorlauf in Tagen"), ""),
    "same_day_response": (_("Wir antworten noch am selben Tag"), ""),
    "funder": (_("Wer gibt das Geld?"), ""),
    "rate_text": (_("Wie viel gibt es?"), _("Zum Beispiel: bis zu 50 Prozent, höchstens 15.000 Euro.")),
    "steps": (_("Schritt für Schritt"), _("Ein Schritt je Zeile.")),
    "transcript": (_("Zum Nachlesen"), _("Alles, was im Video gesagt wird.")),
    "region": (_("Wo gilt es?"), _("Zum Beispiel: ein Bundesland oder ganz Deutschland.")),
    "valid_until": (_("Gilt bis"), ""),
    "last_checked": (_("Zuletzt geprüft am"), ""),
    "minutes_to_read": (_("Lesezeit in Minuten"), ""),
    "video_minutes": (_("Dauer in Minuten"), ""),
    "published_on": (_("Datum der Meldung"), ""),
}
RESULT = {
    "label": _("Was wurde besser?"),
    "value": _("Wert"),
    "unit": _("Einheit"),
    "before": _("vorher"),
    "after": _("nachher"),
}
CHOICES: dict[str, list[tuple[str, str | Promise]]] = {
    "mobility": [
        ("stationary", _("bei uns im Demonstrationszentrum")),
        ("mobile", _("kommt in den Betrieb")),
        ("both", _("bei uns oder im Betrieb")),
    ],
    "results_status": [("measured", _("gemessen")), ("interim", _("ein Zwischenstand")), ("target", _("Zielwerte"))],
    "stage": [("planned", _("geplant")), ("running", _("läuft")), ("completed", _("abgeschlossen"))],
    "location": [
        ("on_site", _("im Betrieb")),
        ("on_site_or_online", _("im Betrieb oder online")),
        ("on_site_or_lab", _("im Betrieb oder im Labor")),
        ("experimental_factory", _("in unserer Versuchsfabrik")),
        ("online", _("online")),
        ("phone", _("am Telefon")),
    ],
}


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a title."""

    key: str
    title: str | Promise
    hint: str | Promise
    rows: tuple[str, ...]


_GROUPS = (
    Group(
        "worum",
        _("Worum geht es?"),
        "",
        (
            "title",
            "summary",
            "text",
            "shows",
            "procedure",
            "initial_situation",
            "goal",
            "solution",
            "steps",
            "transcript",
            "rate_text",
            "takeaways",
            "technologies",
            "lessons_learned",
            "target_group",
        ),
    ),
    Group(
        "wann",
        _("Wann und wo?"),
        _("Alle Zeiten gelten am Ort des Zentrums."),
        ("dates", "published_on", "attendance", "mobility", "location", "place", "district", "visit_minutes"),
    ),
    Group(
        "plaetze",
        _("Plätze und Preis"),
        "",
        (
            "availability",
            "capacity",
            "slot_minutes",
            "registration_closes_days_before",
            "group_size_min",
            "group_size_max",
            "price",
        ),
    ),
    Group("betrieb", _("Der Betrieb"), "", ("company", "stage", "duration_months", "site_visit_possible")),
    Group(
        "ergebnisse",
        _("Ergebnisse in Zahlen"),
        _("Zum Beispiel: Rüstzeit, −38 %, vorher 50, nachher 12."),
        ("results_status", "results"),
    ),
    Group(
        "rahmen",
        _("Gut zu wissen"),
        "",
        (
            "format",
            "prerequisites",
            "on_site_requirements",
            "materials",
            "company_effort_hours",
            "max_employees",
            "lead_time_days",
            "same_day_response",
            "funder",
            "region",
            "valid_until",
            "last_checked",
            "minutes_to_read",
            "video_minutes",
            "source_url",
            "licence",
            "languages",
        ),
    ),
    Group("wer", _("Wer ist zuständig?"), "", ("topics", "partner", "contact", "supporting_partners")),
    Group("finden", _("Damit Betriebe es finden"), "", ("everyday_words", "sectors", "slug")),
)


def groups(kind: str) -> list[Group]:
    """The groups of a kind with the rows it has."""
    has = {*KINDS[kind].columns, *(row.name for row in KINDS[kind].details)}
    if kind != Kind.TOPIC:
        has.add("slug")
    found = [Group(row.key, row.title, row.hint, tuple(name for name in row.rows if name in has)) for row in _GROUPS]
    return [group for group in found if group.rows]


# What stands in the way of publishing, or would make an offer better.
FINDINGS: dict[Code, Promise] = {
    Code.TITLE: _("Der Titel fehlt."),
    Code.SUMMARY: _("Sagen Sie in ein bis zwei Sätzen, worum es geht."),
    Code.TOPIC: _("Wählen Sie ein Hauptthema."),
    Code.PARTNER: _("Wählen Sie den Partner."),
    Code.CONTACT: _("Wählen Sie eine Ansprechperson."),
    Code.CONTACT_GONE: _("Die Ansprechperson arbeitet nicht mehr im Zentrum. Wählen Sie eine andere."),
    Code.DAY: _("Tag und Uhrzeit fehlen."),
    Code.PLACE: _("Der Ort fehlt."),
    Code.LINK: _("Die Adresse im Netz fehlt."),
    Code.TEXT: _("Der Text fehlt."),
    Code.ENGLISH: _("Auf Englisch fehlt noch:"),
    Code.OUTDATED: _("Auf Deutsch geändert, auf Englisch noch nicht:"),
    Code.EVERYDAY: _("Ohne die Worte der Betriebe wird das Angebot schlechter gefunden."),
    Code.PICTURE: _("Mit einem Bild fällt das Angebot mehr auf."),
    Code.REGION: _(
        "Der Termin liegt in keinem Landkreis und fehlt darum in deren Kalendern. Nennen Sie beim Ort die Stadt oder "
        "die Postleitzahl, oder wählen Sie den Landkreis."
    ),
    Code.OVER: _("Der Termin liegt in der Vergangenheit."),
}


def label(name: str) -> str:
    """What a field is called; details also as `details.name`."""
    return str(FIELDS[name.removeprefix("details.")][0])


def anchor(field: str, *, english: bool = False) -> str:
    """Where on the form something can be mended."""
    fixed = {"topics": "id_main_topic", "dates": "id_day", "picture": "bild"}
    if field in fixed:
        return f"#{fixed[field]}"
    name = f"d_{field.removeprefix('details.')}" if field.startswith("details.") else field
    two_sided = english or field in {"title", "summary", "text", "everyday_words", "target_group"}
    return f"#id_{name}{('_en' if english else '_de') if two_sided else ''}"
