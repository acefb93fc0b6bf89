"""Papers that go out about an event: signs, slide, notice and press note as PDF, and everything in one file."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from wegweiser.catalogue import slugs
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre
from wegweiser.consortium.rights import Permission
from wegweiser.documents import posters
from wegweiser.documents.typesetting import House
from wegweiser.documents.values import Language
from wegweiser.events import notice_words, papers
from wegweiser.events.confirming import CONFIRMATION
from wegweiser.events.models import Event, Moment
from wegweiser.events.papers import Kind
from wegweiser.kernel.translated import Translated
from wegweiser.outbox.rendering import Rendered
from wegweiser.web.desk import event_papers, event_reach, event_texts
from wegweiser.web.desk.access import Desk, needs


@require_GET
@needs(Permission.EVENT_EDIT)
def paper(request: HttpRequest, *, desk: Desk, uuid: UUID, name: str) -> HttpResponse:
    """One paper as PDF, in the language asked for."""
    event, language = event_reach.event(desk, uuid, Permission.EVENT_EDIT, templates=True), event_texts.chosen(request)
    if name not in PAPERS:
        raise Http404
    with translation.override(language):
        body = PAPERS[name](event, language, consortium.centre())
    return HttpResponse(body, content_type="application/pdf", headers=_headers(event, f"{name}.pdf"))


@require_GET
@needs(Permission.EVENT_EDIT)
def everything(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All texts and papers in one ZIP, in the language asked for."""
    event, language = event_reach.event(desk, uuid, Permission.EVENT_EDIT, templates=True), event_texts.chosen(request)
    centre, file = consortium.centre(), io.BytesIO()
    with translation.override(language), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for kind in event_texts.READ:
            told = event_texts.written(desk, event, kind, language)
            packed.writestr(f"{slugs.slug(str(event_texts.LABELS[kind]))}.txt", told.text + "\n")
        for name, make in PAPERS.items():
            packed.writestr(f"{name}.pdf", make(event, language, centre))
        for name, mail in _mails(event, language, centre):
            packed.writestr(name, f"{mail.subject}\n\n{mail.text}")
        if not event.draft.is_template and event_texts.sees(desk, event):
            for number, body in enumerate(event_papers.signature_lists(event)):
                packed.writestr(f"unterschriften{f'-{number + 1}' if number else ''}.pdf", body)
    return HttpResponse(file.getvalue(), content_type="application/zip", headers=_headers(event, "texte.zip"))


def _mails(event: Event, language: Language, centre: Centre) -> Iterator[tuple[str, Rendered]]:
    """The mails around the event as they read with nobody's name: before it, and afterwards."""
    named = {CONFIRMATION: "mail-bestaetigung", Moment.REMINDER: "mail-erinnerung", Moment.THANKS: "mail-dank"}
    for moment, name in named.items():
        mail = notice_words.preview(event=event, moment=moment, language=language, name="", centre=centre)
        yield f"{name}.txt", mail


def _signs(event: Event, language: Language, centre: Centre) -> bytes:
    told = papers.written(event, Kind.SIGN, language, centre=centre)
    return posters.signs(
        title=told.heading,
        lines=told.body.split("\n"),
        ways=[posters.Way.HERE] if event.is_cancelled else list(posters.Way),
        partner=_partner(event),
        lang=language,
        house=_house(centre, language),
    )


def _slide(event: Event, language: Language, centre: Centre) -> bytes:
    """The last line of its words stands below the code."""
    told = papers.written(event, Kind.SLIDE, language, centre=centre)
    *lines, caption = [line for line in told.body.split("\n") if line] or [""]
    return posters.slide(
        title=told.heading,
        lines=lines,
        link=papers.page(event, language),
        caption=caption,
        partner=_partner(event),
        lang=language,
        house=_house(centre, language),
    )


def _notice(event: Event, language: Language, centre: Centre) -> bytes:
    facts = papers.facts(event, language, centre=centre)
    asks = ", ".join(filter(None, [facts["ansprechperson"], facts["telefon"]]))
    cancelled = event.is_cancelled
    return posters.notice(
        title=_("Fällt aus: %(title)s") % {"title": facts["titel"]} if cancelled else facts["titel"],
        lead=facts["grund"] if cancelled else facts["kurztext"],
        facts=[
            (_("Wann"), facts["wann_kurz"]),
            (_("Wo"), facts["wo"]),
            (pgettext("way in", "Zugang"), facts["zugang"]),
            (_("Für wen"), facts["zielgruppe"]),
            (_("Kosten"), facts["kosten"]),
            (_("Anmelden bis"), facts["anmeldeschluss"]),
            (_("Fragen"), asks),
        ],
        points=(_("Das nehmen Sie mit"), [] if cancelled else _points(facts["mitnehmen"])),
        link=facts["termine"] if cancelled else facts["link"],
        caption=_("Andere Termine") if cancelled else _("Anmelden"),
        lang=language,
        house=_house(centre, language),
    )


def _press(event: Event, language: Language, centre: Centre) -> bytes:
    told = papers.written(event, Kind.PRESS, language, centre=centre)
    return posters.note(kicker=_("Pressemitteilung"), text=told.text, lang=language, house=_house(centre, language))


PAPERS: Mapping[str, Callable[[Event, Language, Centre], bytes]] = {
    "schilder": _signs,
    "folie": _slide,
    "aushang": _notice,
    "presse": _press,
}


def _points(text: str) -> list[str]:
    return [line.removeprefix("– ") for line in text.split("\n") if line]


def _partner(event: Event) -> str:
    return event.draft.partner.short_name if event.draft.partner else ""


def _house(centre: Centre, language: str) -> House:
    line = Translated(centre.texts.get("logo_line") or {}).text(language)
    return House(name=centre.name.text(language), colour=str(centre.look.get("brand", "")), line=line)


def _headers(event: Event, what: str) -> dict[str, str]:
    name = f"{papers.slug(event)[:60]}-{what}"
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
