"""Texts and papers of an event at the desk: each read as it goes out, copied, loaded, or said in its own words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.rights import Permission
from wegweiser.documents.values import Language
from wegweiser.events import papers, report_words
from wegweiser.events.actions import wordings
from wegweiser.events.models import Event, Multiplier
from wegweiser.events.papers import Kind, Written
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import event_reach, event_words, series_changes
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm

LABELS: Mapping[Kind, Promise] = {
    Kind.INVITATION: gettext_lazy("Einladung"),
    Kind.MULTIPLIER: gettext_lazy("Text für Kammern und Verbände"),
    Kind.PRESS: gettext_lazy("Pressemitteilung"),
    Kind.SOCIAL: gettext_lazy("Kurztext für soziale Medien"),
    Kind.SIGN: gettext_lazy("Schild"),
    Kind.SLIDE: gettext_lazy("Folie"),
    Kind.REPORT: gettext_lazy("Absatz für den Förderbericht"),
}
EXPLAINED: Mapping[Kind, Promise] = {
    Kind.INVITATION: gettext_lazy("Für eine Mail. Die erste Zeile ist der Betreff, die Anrede kommt von selbst."),
    Kind.MULTIPLIER: gettext_lazy("Für den Newsletter von Partnern. Wer einen eigenen Link hat, steht oben zur Wahl."),
    Kind.PRESS: gettext_lazy("Für die Redaktionen vor Ort. Die erste Zeile ist die Überschrift."),
    Kind.SOCIAL: gettext_lazy("Wenige Zeilen mit dem Link zur Anmeldung."),
    Kind.SIGN: gettext_lazy("Für Tür und Weg. Der Pfeil kommt beim Laden dazu."),
    Kind.SLIDE: gettext_lazy("Zum Zeigen am Anfang und am Schluss, mit QR-Code."),
    Kind.REPORT: gettext_lazy("Vorher mit den geplanten Plätzen, danach mit dem, was daraus wurde."),
}
LACKING: Mapping[str, Promise] = {
    "tag": gettext_lazy("Der Tag fehlt noch."),
    "wo": gettext_lazy("Der Ort fehlt noch."),
    "ansprechperson": gettext_lazy("Die Ansprechperson fehlt noch."),
    "kurztext": gettext_lazy("Der Kurztext fehlt noch."),
}
READ = (Kind.INVITATION, Kind.MULTIPLIER, Kind.PRESS, Kind.SOCIAL, Kind.REPORT)  # shown whole; the others are papers


class WordsForm(DeskForm):
    """The words of one text in both languages."""

    optional_mark: str | Promise = ""

    de = forms.CharField(
        label=gettext_lazy("Deutsch"),
        required=False,
        max_length=papers.LONGEST,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    en = forms.CharField(
        label=gettext_lazy("Englisch"),
        required=False,
        max_length=papers.LONGEST,
        widget=forms.Textarea(attrs={"rows": 20}),
    )


@require_GET
@needs(Permission.EVENT_EDIT)
def overview(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All texts of an event as they read now, and its papers."""
    event, language = _event(desk, uuid), chosen(request)
    from_whom = _multiplier(event, request.GET.get("von", ""))
    texts = [written(desk, event, kind, language, multiplier=from_whom) for kind in Kind]
    known = {text.kind: text for text in texts}
    context = {
        "event": event,
        "title": event_words.title(event),
        "begins": event_words.begins(event),
        "language": language,
        "languages": [("de", _("Deutsch")), ("en", _("Englisch"))],
        "lacking": [LACKING[name] for name in known[Kind.INVITATION].missing],
        "lacks_english": language == "en" and event.draft.lacks_english,
        "papers": _papers(event, language, sees_guests=sees(desk, event)),
        "everything": f"{reverse('desk:event_everything', kwargs={'uuid': event.uuid})}?sprache={language}",
        "texts": [_shown(known[kind]) for kind in READ],
        "multipliers": [(row.code, row.name) for row in event.multipliers.all()],
        "von": from_whom.code if from_whom else "",
    }
    return render(request, "desk/event_texts.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def words(request: HttpRequest, *, desk: Desk, uuid: UUID, kind: str) -> HttpResponse:
    """One text in its own words. `do` is save, preview, or usual: back to what all events say."""
    event = _event(desk, uuid)
    if kind not in set(Kind):
        raise Http404
    text = Kind(kind)
    event_reach.ensure_may_change(desk, event)
    sent = request.POST if request.method == "POST" else None
    first = {language: papers.words(event, text, language) for language in ("de", "en")}
    form = WordsForm(sent, initial=first)
    told: dict[str, str] = {}
    if sent is not None and form.is_valid():
        told = {} if sent.get("do") == "usual" else {name: form.cleaned_data[name] for name in ("de", "en")}
        try:
            told = papers.checked(told)
            if sent.get("do") != "preview":
                stood = series_changes.before(event)
                wordings.set(event=event, kind=text, words=told, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            if sent.get("do") != "preview":
                messages.success(request, _("Gespeichert."))
                return series_changes.ask(stood) or redirect("desk:event_texts", uuid=event.uuid)
    tried = told if not form.errors else {}
    context = {
        "event": event,
        "title": event_words.title(event),
        "kind": text.value,
        "label": LABELS[text],
        "explained": EXPLAINED[text],
        "form": form,
        "previews": [
            (label, language, written(desk, event, text, language, words=tried.get(language)))
            for language, label in (("de", _("Deutsch")), ("en", _("Englisch")))
        ],
        "names": _names(desk, event, text),
    }
    return render(request, "desk/event_words.html", context, status=422 if form.errors else 200)


def _event(desk: Desk, uuid: UUID) -> Event:
    return event_reach.event(desk, uuid, Permission.EVENT_EDIT, templates=True)


def chosen(request: HttpRequest) -> Language:
    """The language of the texts, which need not be that of the page."""
    asked = request.GET.get("sprache", "") or get_language()
    return "en" if asked == "en" else "de"


def _multiplier(event: Event, code: str) -> Multiplier | None:
    return event.multipliers.filter(code=code).first() if code else None


def written(
    desk: Desk,
    event: Event,
    kind: Kind,
    language: str,
    *,
    multiplier: Multiplier | None = None,
    words: str | None = None,
) -> Written:
    """A text for whoever asks: the figures of the report only for those who may see them."""
    link = ""
    if multiplier and kind == Kind.MULTIPLIER:
        link = f"{papers.page(event, language)}?von={multiplier.code}"
    seen = report_words.figures_of(event, language) if kind == Kind.REPORT and sees(desk, event) else None
    return papers.written(event, kind, language, centre=consortium.centre(), link=link, figures=seen, words=words)


def sees(desk: Desk, event: Event) -> bool:
    return desk.may(Permission.EVENT_GUESTS_SEE) and event_reach.sees_guests(desk, event)


def _papers(event: Event, language: str, *, sees_guests: bool) -> list[dict[str, Any]]:
    """The papers with what they are for; those with names only for who may see them."""
    link = {"uuid": event.uuid}
    told = [
        ("schilder", _("Schilder"), _("Für die Tür und den Weg dorthin, A4 quer, mit Pfeilen."), Kind.SIGN),
        (
            "folie",
            _("Folie"),
            _("Für Anfang und Schluss, mit QR-Code zu den Unterlagen."),
            Kind.SLIDE,
        ),
        ("aushang", _("Aushang"), _("Für Tresen und Schwarzes Brett, A4, mit QR-Code zur Anmeldung."), ""),
        ("presse", _("Pressemitteilung"), _("Mit Rand zum Hineinschreiben."), ""),
    ]
    found = [
        {
            "label": label,
            "explained": explained,
            "kind": kind,
            "href": f"{reverse('desk:event_paper', kwargs={**link, 'name': name})}?sprache={language}",
        }
        for name, label, explained, kind in told
    ]
    if sees_guests:
        lists = [
            ("event_signatures", _("Unterschriftenliste"), _("Zum Unterschreiben am Einlass.")),
            ("event_badges", _("Namensschilder"), _("Für Bögen mit zehn Etiketten.")),
        ]
        found += [
            {"label": label, "explained": explained, "kind": "", "href": reverse(f"desk:{name}", kwargs=link)}
            for name, label, explained in lists
        ]
    return found


def _shown(text: Written) -> dict[str, Any]:
    return {"kind": text.kind.value, "label": LABELS[text.kind], "explained": EXPLAINED[text.kind], "written": text}


def _names(desk: Desk, event: Event, kind: Kind) -> list[tuple[str, str, str]]:
    """What can stand in braces: German name, English name, and what it says now."""
    language = (get_language() or "de")[:2]
    told = papers.facts(event, language, centre=consortium.centre())
    if kind == Kind.REPORT and sees(desk, event):
        told |= report_words.figures_of(event, language)
    wanted = [name for name in papers.NAMES if kind == Kind.REPORT or name not in papers.FIGURES]
    return [(name, papers.NAMES[name], told.get(name, "")) for name in wanted]
