"""Who is behind the centre: topics, partners, contact persons, networks."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from wegweiser.catalogue.models import Entry
from wegweiser.consortium import asking, directory
from wegweiser.consortium.models import Member, Network, Partner, Topic
from wegweiser.kernel import addresses
from wegweiser.web import context as centres
from wegweiser.web.page_cache import keep
from wegweiser.web.public import answers, cards, offers, reads, series, structured

Named = TypeVar("Named", Topic, Partner)


@login_not_required
@keep
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, each with the partner that answers for it."""
    owners = directory.today().owners()
    rows = [
        (answers.topic_line(row, owners.get(row.pk)), row, offers.foreign(row.summary)) for row in directory.topics()
    ]
    return render(request, "public/topics.html", {"rows": rows})


@login_not_required
@keep
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return topic_page(request, _named(directory.topics(), slug))


def topic_page(
    request: HttpRequest, found: Topic, *, preview: UUID | None = None, entry: Entry | None = None
) -> HttpResponse:
    """The page of a topic; as a `preview` of `entry` it says so and leads back to where it is edited."""
    entry = entry or reads.entry_about(found)
    owner, offered = reads.partner_for(found), reads.entries_for(found)
    context = {
        "topic": found,
        "picture": offers.picture(entry) if entry else None,
        "preview": preview,
        "partner": owner,
        "people": [answers.person_card(member, phone="", partner=at) for member, at in reads.members_for(found)],
        "offers": series.cards(offered),
        "language": offers.foreign(found.summary),
        "structured": structured.topic(found, owner=owner, of=centres.of(request).row, offered=offered),
    }
    return render(request, "public/topic.html", context)


@login_not_required
@keep
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The institutes that carry the centre today."""
    today = directory.today()
    lead = today.lead()
    rows = sorted(today.partners(), key=lambda row: (row != lead, row.sort_key))
    return render(request, "public/partners.html", {"partners": rows, "lead": lead})


@login_not_required
@keep
@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    found = _named(directory.partners(), slug)
    owners = directory.today().owners()
    context = {
        "partner": found,
        "language": offers.foreign(found.profile),
        "topics": [answers.topic_line(row, None) for row in directory.topics() if owners.get(row.pk) == found],
        "people": [answers.person_card(member, phone="", partner=found) for member in reads.people_of(found)],
        "offers": series.cards(reads.entries_by(found)),
        "structured": structured.partner(
            found, of=centres.of(request).row if found in directory.today().partners() else None
        ),
    }
    return render(request, "public/partner.html", context)


@login_not_required
@keep
@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Everybody one can ask, by name."""
    rows = [
        (
            answers.person_card(member, phone="", partner=at),
            [answers.topic_line(topic, None) for topic in member.topics.all()],
            str(member.expertise),
            offers.foreign(member.expertise) if member.expertise else "",
        )
        for member, at in reads.people()
    ]
    context = {"rows": rows, "only_german": any(language == "de" for *_rest, language in rows)}
    return render(request, "public/contacts.html", context)


@login_not_required
@keep
@require_safe
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """A contact person; who has left is answered for by their heir."""
    member = _here(slug) or get_object_or_404(Member, slug=slug)
    if not asking.works_here(member):
        if heir := asking.successor(member):  # not for ever: the heir may leave, too, or the member come back
            return redirect(reverse("public:contact", kwargs={"slug": heir.slug}) + "?nachfolge=1")
        raise Http404
    partner = reads.partner_of(member)
    context = {
        "member": member,
        "is_successor": "nachfolge" in request.GET,
        "person": answers.with_return(answers.person_card(member, phone="", partner=partner), member),
        "partner": partner,
        "topics": [answers.topic_line(topic, None) for topic in member.topics.all()],
        "only_german": bool(member.expertise) and offers.foreign(member.expertise) == "de",
        "languages": ", ".join(str(offers.LANGUAGES.get(code, code)) for code in member.languages),
        "offers": series.cards(reads.entries_of(member)),
        "structured": structured.person(member, partner),
    }
    return render(request, "public/contact.html", context)


@login_not_required
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """A contact person for one's own address book."""
    member = _present(slug)
    partner = reads.partner_of(member)
    text = cards.vcard(
        uid=f"urn:uuid:{member.uuid}",
        name=member.name,
        role=str(member.position),
        organisation=str(partner.name) if partner else "",
        mail=member.email,
        phone=member.phone or centres.of(request).phone,
        address=addresses.contact(member.slug),
    )
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(member.slug)}.vcf"'
    return response


@login_not_required
@keep
@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    """The networks the centre works with, each text in its language."""
    rows, found = [], list(Network.objects.filter(withdrawn_at=None))
    for network in found:
        texts = {name: getattr(network, name) for name in ("name", "scope", "summary", "refer_when")}
        languages = {name: offers.foreign(text) if text else "" for name, text in texts.items()}
        rows.append({"slug": network.slug, "website": network.website, **texts, "languages": languages})
    only_german = any("de" in row["languages"].values() for row in rows)
    context = {"networks": rows, "only_german": only_german, "structured": structured.networks(found) if found else ""}
    return render(request, "public/networks.html", context)


def _present(slug: str) -> Member:
    member = _here(slug)
    if member is None:
        raise Http404
    return member


def _here(slug: str) -> Member | None:
    """Somebody who can be asked today."""
    return next((member for member in directory.today().people() if member.slug == slug), None)


def _named(rows: Sequence[Named], slug: str) -> Named:
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        raise Http404
    return found
