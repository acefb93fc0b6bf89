"""A page for each thing the centre offers."""

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wegweiser.catalogue.models import Entry, Kind
from wegweiser.consortium.models import Member, Network, Topic
from wegweiser.kernel import addresses
from wegweiser.web.public import answers, offers, reads

# What one can do on the page of an offer: the title above the person.
ASK = {
    Kind.EVENT: _("Anmelden und fragen"),
    Kind.DEMONSTRATOR: _("Besuch vereinbaren"),
    Kind.LIGHTHOUSE_PROJECT: _("Mehr erfahren"),
    Kind.CHECK: _("Check vereinbaren"),
}
FURTHER = _("Fragen Sie uns")


def _page(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    entry = reads.entry(kind, slug)
    if entry is None:
        raise Http404
    if entry.withdrawn_at:
        similar = offers.cards(reads.similar(entry, 3))
        return render(request, "public/gone.html", {"title": str(entry.title), "similar": similar}, status=410)
    return page(request, entry)


def page(request: HttpRequest, entry: Entry, *, preview: UUID | None = None) -> HttpResponse:
    """The page of an offer; as a `preview` it says so and leads back to where it is edited."""
    sections = offers.sections(entry.details)
    topics = [row.topic for row in entry.topic_rows.all()]
    context = {
        "entry": entry,
        "card": offers.card(entry),
        "past": offers.is_past(entry),
        "facts": offers.facts(entry),
        "paragraphs": offers.paragraphs(entry, sections),
        "sections": sections,
        "ask": ASK.get(entry.kind, FURTHER),
        "results": offers.results(entry.details),
        "result_kind": offers.result_kind(entry.details),
        "topics": [answers.topic_line(topic, None) for topic in topics],
        "partner": entry.partner,
        "supporting": list(entry.supporting_partners.all()),
        "person": answers.person_card(entry.contact or reads.first_contact(), phone=""),
        "similar": offers.cards(reads.similar(entry, 3)),
        "picture": offers.picture(entry),
        "preview": preview,
    }
    return render(request, "public/offer.html", context)


@login_not_required
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.EVENT, slug)


@login_not_required
@require_safe
def demonstrator(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.DEMONSTRATOR, slug)


@login_not_required
@require_safe
def lighthouse_project(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.LIGHTHOUSE_PROJECT, slug)


@login_not_required
@require_safe
def check(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, Kind.CHECK, slug)


@login_not_required
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The date as a file for one's own calendar."""
    entry = reads.entry(Kind.EVENT, slug)
    if entry is None or entry.withdrawn_at or entry.starts_at is None:
        raise Http404
    response = HttpResponse(_ics(entry), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.slug}.ics"'
    return response


def _ics(entry: Entry) -> str:
    """RFC 5545: one event, times in UTC, lines folded at 75 octets."""
    assert entry.starts_at is not None  # noqa: S101 - the caller looked
    end = entry.ends_at or entry.starts_at + dt.timedelta(hours=1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wegweiser//DE",
        "BEGIN:VEVENT",
        f"UID:{entry.uuid}",
        f"DTSTAMP:{_moment(entry.recorded_at)}",
        f"DTSTART:{_moment(entry.starts_at)}",
        f"DTEND:{_moment(end)}",
        f"SUMMARY:{_escaped(str(entry.title))}",
        f"DESCRIPTION:{_escaped(str(entry.summary))}",
        f"LOCATION:{_escaped(offers.where(entry))}",
        f"URL:{addresses.offer(entry.kind, entry.slug)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign, replacement in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(sign, replacement)
    return text


def _folded(line: str) -> str:
    parts, current, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > 74:
            parts.append(current)
            current, size = "", 0
        current += sign
        size += width
    return "\r\n ".join([*parts, current])


@login_not_required
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    partner = reads.partner_for(found)
    context = {
        "topic": found,
        "partner": partner,
        "people": [answers.person_card(member, phone="") for member in reads.members_for(found)],
        "offers": offers.cards(reads.entries_for(found)),
        "language": offers.foreign(found.summary),
    }
    return render(request, "public/topic.html", context)


@login_not_required
@require_safe
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    member = get_object_or_404(Member, slug=slug)
    if not reads.works_here(member):
        raise Http404
    context = {
        "member": member,
        "person": answers.person_card(member, phone=""),
        "partner": reads.partner_of(member),
        "topics": [answers.topic_line(topic, None) for topic in member.topics.all()],
        "languages": ", ".join(str(offers.LANGUAGES.get(code, code)) for code in member.languages),
        "offers": offers.cards(reads.entries_of(member)),
    }
    return render(request, "public/contact.html", context)


@login_not_required
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    return render(request, "public/networks.html", {"networks": Network.objects.all()})
