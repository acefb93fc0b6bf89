"""Rows of a list of past contacts that wait for a person: what each asks for, and what somebody says to it."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from wegweiser.companies import alike
from wegweiser.companies import queries as companies
from wegweiser.companies.importing.cells import ANSWERED
from wegweiser.companies.importing.remarks import DELETION
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import histories
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import contact_words
from wegweiser.journey.actions import histories as actions
from wegweiser.journey.history import lists
from wegweiser.journey.history.finding import (
    FIRM_UNSURE,
    OUTSIDE,
    PARTNER_UNKNOWN,
    TOPIC_UNKNOWN,
    WAS_FORGOTTEN,
    WHOSE_EVENT,
    WISH,
    Finder,
    Meant,
    numbered,
)
from wegweiser.journey.history.headers import OF_THE_FIRM
from wegweiser.journey.history.rows import ALIKE
from wegweiser.journey.models import ContactList, ContactRow
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_choice, merging
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.history_words import HELD
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField

NEW = "new"
AT_ONCE = 200  # rows that are settled with another while somebody waits
OURS, THEIRS = "ours", "theirs"
LEAVE_OUT, COUNT = "leave_out", "count"
WORDS = {PARTNER_UNKNOWN: "partner", TOPIC_UNKNOWN: "topic"}  # what is asked, and the cell whose word says it
ABOUT_THE_FIRM = (FIRM_UNSURE, OUTSIDE, WAS_FORGOTTEN)
Options = list[tuple[str, str]]


def held(rows: Iterable[ContactRow], source: ContactList) -> list[dict[str, Any]]:
    """Rows of a list that wait, with what they say and what they ask for."""
    shown = list(rows)
    if not shown:
        return []
    waiting = journey.held_contacts().filter(source=source)
    called = Counter(map(_firm_cells, waiting.filter(held__in=ABOUT_THE_FIRM)))
    worded = Counter(map(_word, waiting.filter(held__in=WORDS)))
    events = Counter(map(_event, waiting.filter(held=WHOSE_EVENT)))
    whose = [(OURS, _now("ja, wir hatten eingeladen")), (THEIRS, _now("nein, wir waren dort zu Gast"))]
    finder = Finder(partner=source.partner, topic=source.topic)
    partners = [(row.key, str(row)) for row in Partner.objects.all()]
    topics = [(row.slug, str(row)) for row in Topic.objects.all()]
    found = []
    for row in shown:
        contact = lists.said_by(row)
        meant = finder.one(contact, again=True) if contact else None
        options = _firms(row, meant) if meant else []
        asks = {
            "partners": partners if meant and meant.partner is None else [],
            "topics": topics if meant and meant.topic is None else [],
            "whose": whose if contact is not None and contact.asks_whose else [],
            "asks_day": contact is not None and contact.day is None,
        }
        word = _word(row)[1] if row.held in WORDS else ""
        found.append(
            {
                **asks,
                "row": row,
                "name": f"betrieb-{row.uuid}",
                "text": _text(row),
                "reason": HELD[row.held],
                "alike": called[_firm_cells(row)] - 1 if row.held in ABOUT_THE_FIRM else 0,
                "word": word,
                "worded": worded[_word(row)] - 1 if row.held in WORDS else 0,
                "asks_word": row.held in WORDS and bool(asks["partners"] or asks["topics"]),
                "same_event": events[_event(row)] - 1 if row.held == WHOSE_EVENT else 0,
                "is_deletion": row.held in {WISH + DELETION, WAS_FORGOTTEN},
                "was_forgotten": row.held == WAS_FORGOTTEN,
                "options": options,
                "chosen": _chosen(row, meant, options),
            }
        )
    return found


def _text(row: ContactRow) -> str:
    said: dict[str, str] = json.loads(row.said or "{}")
    cells = (" ".join(cell.split()) for name, cell in said.items() if name not in {ANSWERED, ALIKE})
    return " · ".join(cells)[:300]


def _firms(row: ContactRow, meant: Meant) -> Options:
    """The firms that a row may be of: the one that it surely is, else the likely ones; or a new one."""
    contact = meant.contact
    if (firm := contact.firm) is None:
        return []
    is_wish = row.held.startswith(WISH)
    certain = alike.certain(firm) if is_wish else meant.company
    if certain is not None and row.held != FIRM_UNSURE:
        root = companies.root_of(certain)
        options = [(str(root.uuid), firm_choice.words_of(root))]
    else:
        options = [
            (str(hit.company.uuid), f"{firm_choice.words_of(hit.company)} ({', '.join(merging.words(hit.evidence))})")
            for hit in alike.likely(firm)
        ]
    told = numbered(contact.number)
    if told is not None and str(told.uuid) not in dict(options):
        options.append((str(told.uuid), firm_choice.words_of(told)))
    return [
        *options,
        (NEW, _now("keiner davon, als neuen Betrieb anlegen") if options else _now("als neuen Betrieb anlegen")),
    ]


def _chosen(row: ContactRow, meant: Meant | None, options: Options) -> str:
    """The firm where it is no question which one it is."""
    if meant is None or row.held in ABOUT_THE_FIRM or row.held.startswith(WISH):
        return ""
    if meant.company is not None:
        return str(meant.company.uuid)
    return NEW if len(options) == 1 else ""


def _word(row: ContactRow) -> tuple[str, str]:
    said = json.loads(row.said or "{}")
    return row.held, " ".join(said.get(WORDS.get(row.held, ""), "").split())


def _event(row: ContactRow) -> tuple[str, ...]:
    said = json.loads(row.said or "{}")
    return tuple(" ".join(said.get(name, "").split()).casefold() for name in ("kind", "title"))


def _of_the_event(row: ContactRow) -> list[ContactRow]:
    """The other rows of the list that wait for whose event it was."""
    waiting = journey.held_contacts().filter(source=row.source, held=WHOSE_EVENT).exclude(pk=row.pk).order_by("row")
    return [other for other in waiting if _event(other) == _event(row)]


def _named_alike(row: ContactRow) -> list[ContactRow]:
    """The other rows of the list that wait for the same question: they name their firm with the same words."""
    waiting = (
        journey.held_contacts().filter(source=row.source, held__in=ABOUT_THE_FIRM).exclude(pk=row.pk).order_by("row")
    )
    mine = _firm_cells(row)
    return [other for other in waiting if _firm_cells(other) == mine]


def _firm_cells(row: ContactRow) -> tuple[str, ...]:
    said = json.loads(row.said or "{}")
    told = (name for name in OF_THE_FIRM if name not in {"contact", "remark"})
    return tuple(" ".join(said.get(name, "").split()).casefold() for name in told)


@require_POST
@needs(Permission.COMPANY_IMPORT)
def settle(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Somebody says of which firm a row is and what else it leaves open, that it counts without a firm, or that nothing
    is made of it."""
    row = ContactRow.objects.filter(uuid=uuid).select_related("source").first()
    if row is None:
        raise Http404
    told = {"row": row.row + row.source.above}
    verb = request.POST.get("do")
    asked = request.POST.get(f"betrieb-{row.uuid}", "")
    if verb not in {LEAVE_OUT, COUNT} and asked != NEW and request.POST.get("needs") and _company(asked) is None:
        messages.error(request, _now("Bitte wählen Sie den Betrieb."))
        return redirect("desk:history", uuid=row.source.uuid)
    try:
        if verb == LEAVE_OUT:
            actions.leave_out(row=row, by=desk.by)
            said, others = [_now("Zeile %(row)s ist gelöscht und zählt nicht.") % told], []
        else:
            said, others = _settled(request, desk, row, _company(asked), is_counted_only=verb == COUNT)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES.get(refusal.code, refusal.code)))
    else:
        for text in (*said, *others):
            messages.success(request, text)
    return redirect("desk:history", uuid=row.source.uuid)


def _settled(
    request: HttpRequest, desk: Desk, row: ContactRow, company: Company | None, *, is_counted_only: bool
) -> tuple[list[str], list[str]]:
    """Sentences about the row, and about those that went with it."""
    partner = Partner.objects.filter(key=request.POST.get(f"partner-{row.uuid}", "")).first()
    topic = Topic.objects.filter(slug=request.POST.get(f"thema-{row.uuid}", "")).first()
    is_ours = {OURS: True, THEIRS: False}.get(request.POST.get(f"wessen-{row.uuid}", ""))
    as_it_was = ContactRow.objects.get(pk=row.pk)  # what it says is forgotten once it is settled
    step = histories.settle(
        row=row,
        company=company,
        is_counted_only=is_counted_only,
        partner=partner,
        topic=topic,
        day=_day(request.POST.get(f"tag-{row.uuid}", "")),
        is_ours=is_ours,
        by=desk.by,
    )
    told = {"row": row.row + row.source.above}
    text = _now("Zeile %(row)s zählt jetzt, ohne Betrieb und ohne Namen.") if is_counted_only else ""
    said = [(text or _now("Zeile %(row)s steht jetzt im Kontaktverlauf.")) % told]
    others: list[str] = []
    if request.POST.get("wort") and (partner or topic):
        contact_words.answer(row=as_it_was, partner=partner, topic=topic, by=desk.by)
        if count := histories.take_up(source=row.source, by=desk.by):
            others.append(_now("Mit ihr %(count)s weitere mit demselben Wort.") % {"count": count})
    same = _of_the_event(as_it_was) if request.POST.get("anlass") else []
    if is_ours is not None and (count := histories.say_whose(rows=same, is_ours=is_ours, by=desk.by)):
        others.append(_now("Mit ihr %(count)s weitere derselben Veranstaltung.") % {"count": count})
    named = _named_alike(as_it_was) if request.POST.get("alle") and not is_counted_only else []
    settled = sum(_follows(other, step.company, is_ours, desk) for other in named[:AT_ONCE])
    if settled:
        others.append(_now("Mit ihr %(count)s weitere mit demselben Betrieb.") % {"count": settled})
    if left := len(named) - settled:
        why = _now(
            "%(count)s mit denselben Worten warten noch: Dort fehlt mehr als der Betrieb, oder es waren zu viele."
        )
        others.append(why % {"count": left})
    return said, others


def _follows(row: ContactRow, company: Company | None, is_ours: bool | None, desk: Desk) -> bool:
    """Whether the row is settled, too; one that leaves more open, or that a colleague has just settled, is not."""
    try:
        histories.settle(row=row, company=company, is_ours=is_ours, by=desk.by)
    except DomainError:
        return False
    return True


def _company(asked: str) -> Company | None:
    try:
        return Company.objects.filter(uuid=UUID(asked), restricted_at=None).first() if asked not in {"", NEW} else None
    except ValueError:
        return None


def _day(text: str) -> dt.date | None:
    try:
        return DayField(required=False).clean(text)
    except forms.ValidationError:
        return None
