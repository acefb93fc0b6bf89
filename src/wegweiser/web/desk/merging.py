"""Two rows that are one firm: found, looked at side by side, put together, and taken apart again."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.companies import alike, newcomers, queries
from wegweiser.companies.linkage.pair.general_partners import is_partnership
from wegweiser.companies.models import Channel, Company, Merge
from wegweiser.companies.newcomers import Newcomer
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import merging as crossing
from wegweiser.enquiries.models import Case
from wegweiser.journey import queries as journey
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import doubt_sides, editing, firm_choice, firm_facts, visit_sheet
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.doubt_sides import Reached
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES

NEITHER = "neither"  # nobody knows of which of the two somebody is

# What speaks for two rows being one firm, in words.
EVIDENCE: dict[str, str | Promise] = {
    "same_mail": gettext_lazy("gleiche E-Mail-Adresse"),
    "same_phone": gettext_lazy("gleiche Telefonnummer"),
    "same_name": gettext_lazy("gleicher Name"),
    "same_mail_domain": gettext_lazy("gleiche Internetadresse"),
    "similar_name": gettext_lazy("ähnlicher Name"),
    "same_postcode": gettext_lazy("gleiche Postleitzahl"),
    "same_place": gettext_lazy("gleicher Ort"),
    "different_place": gettext_lazy("anderer Ort"),
    "part_of_name": gettext_lazy("ein Teil des Namens"),
    "shared_word": gettext_lazy("ein Wort im Namen"),
    "same_exchange": gettext_lazy("Durchwahl derselben Telefonnummer"),
    "told_moved": gettext_lazy("laut Bemerkung umgezogen"),
    "told_part": gettext_lazy("laut Bemerkung kein eigener Betrieb"),
    "told_renamed": gettext_lazy("laut Bemerkung anders genannt"),
    "told_apart": gettext_lazy("laut Bemerkung vielleicht ein anderer Betrieb"),
    "same_domain": gettext_lazy("gleiche Internetadresse"),
    "same_address": gettext_lazy("gleiche Anschrift"),
    "same_person": gettext_lazy("gleiche Person"),
    "same_trade": gettext_lazy("gleiche Tätigkeit"),
    "called_after": gettext_lazy("nach jemandem von dort benannt"),
    "other_trade": gettext_lazy("andere Tätigkeit"),
    "same_vat_id": gettext_lazy("gleiche Umsatzsteuer-ID"),
    "same_register": gettext_lazy("gleiche Registernummer"),
    "other_vat_id": gettext_lazy("andere Umsatzsteuer-ID"),
    "other_register": gettext_lazy("andere Registernummer"),
    "other_address": gettext_lazy("andere Anschrift"),
    "other_phone": gettext_lazy("andere Telefonnummer"),
    "other_first_name": gettext_lazy("gleicher Nachname, anderer Vorname"),
    "other_owner": gettext_lazy("anderer Inhaber"),
    "other_number_in_name": gettext_lazy("andere Zahl im Namen"),
    "other_place_in_name": gettext_lazy("anderer Ort im Namen"),
    "other_legal_form": gettext_lazy("andere Rechtsform"),
    "branch": gettext_lazy("vielleicht eine Zweigstelle"),
    "successor": gettext_lazy("vielleicht ein Nachfolger"),
    "sister_firm": gettext_lazy("vielleicht ein Schwesterbetrieb"),
    "different_words": gettext_lazy("verschiedene Wörter im Namen"),
}


def words(codes: Iterable[str]) -> list[str]:
    """What stands in codes; each thing once; where the address is the same, nobody needs to read that its place is."""
    told = list(codes)
    if "same_address" in told:
        told = [code for code in told if code not in {"same_postcode", "same_place"}]
    return list(dict.fromkeys(str(EVIDENCE[code]) for code in told))


def forms_of(one: str, other: str) -> list[str]:
    """What somebody has to know who reads that two names are one firm, and one of them is a partnership."""
    if is_partnership(one) == is_partnership(other):
        return []
    return [_("einmal mit, einmal ohne „KG“: Sind es zwei, trennen Sie sie danach auf der Seite des Betriebs.")]


def speaks_for(code: str) -> bool:
    return code != "told_apart" and code.startswith(("same_", "similar_", "part_", "shared_", "told_", "called_"))


def agreeing(noticed: Iterable[str], one: Reached, other: Reached) -> list[str]:
    """What was noticed, and what both are reached by: that may have come later, and what differs beside it is no more
    than a second number."""
    common = doubt_sides.in_common(one, other)
    gone = {"other_phone"} if "same_phone" in common else set()
    return [*common, *(code for code in noticed if code not in gone)]


@dataclass(frozen=True)
class Side:
    """One of the two, with all that hangs on it."""

    company: Company
    channel: object
    facts: list[firm_facts.Known]
    reached: Reached
    contacts: int
    last: object
    cases: int


class MergeForm(DeskForm):
    keep = forms.ModelChoiceField(
        label=gettext_lazy("Welcher Eintrag bleibt?"),
        help_text=gettext_lazy("Sein Name und seine Angaben gelten danach für beide."),
        queryset=Company.objects.none(),
        widget=forms.RadioSelect,
        to_field_name="uuid",
    )

    def __init__(self, *args: object, sides: tuple[Company, Company], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = Company.objects.filter(pk__in=[side.pk for side in sides])
        self.fields["keep"].queryset = rows  # type: ignore[attr-defined]
        self.fields["keep"].label_from_instance = firm_choice.words_of  # type: ignore[attr-defined]


def _firm(uuid: UUID) -> Company:
    """A firm that stands for itself and is not kept for a proof only."""
    found = queries.listed().filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


@require_GET
@needs(Permission.COMPANY_MERGE)
def choose(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Which other row is the same firm: the likely ones first, or those a search finds."""
    company = _firm(uuid)
    text = request.GET.get("q", "").strip()[:120]
    likely = alike.likely_of(company, limit=10)
    context = {
        "company": company,
        "q": text,
        "likely": [(hit.company, words(hit.evidence)) for hit in likely],
        "found": [row for row in queries.search(text).companies if row.pk != company.pk] if text else [],
    }
    return render(request, "desk/merge_choose.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_MERGE)
def merge(request: HttpRequest, *, desk: Desk, uuid: UUID, other: UUID) -> HttpResponse:
    """Both side by side, and which one stays."""
    sides = _firm(uuid), _firm(other)
    if sides[0].pk == sides[1].pk:
        raise Http404
    form = MergeForm(request.POST or None, sides=sides, initial={"keep": sides[0].uuid})
    if request.method == "POST" and form.is_valid():
        survivor = form.cleaned_data["keep"]
        loser = next(side for side in sides if side.pk != survivor.pk)
        try:
            crossing.merge(loser=loser, survivor=survivor, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("Die beiden sind jetzt ein Betrieb. Auf dieser Seite lassen sie sich wieder trennen.")
            )
            return redirect("desk:company", uuid=survivor.uuid)
    between = list(queries.doubts_between(*sides))
    apart = max((row for row in between if row.apart_at), key=lambda row: row.apart_at or clock.now(), default=None)
    told = doubt_sides.reached(sides)
    one, another = (told[side.pk] for side in sides)
    noticed = [code for row in between for code in row.evidence]
    context = {
        "company": sides[0],
        "told": apart,
        "told_by": editing.names_of({apart.apart_by}).get(apart.apart_by, "") if apart else "",
        "sides": [_side(one), _side(another)],
        "form": form,
        "channels_differ": sides[0].channel != sides[1].channel,
        "evidence": words(agreeing(noticed, one, another)),
    }
    return render(request, "desk/merge.html", context, status=422 if request.method == "POST" else 200)


class ApartForm(DeskForm):
    """To which of the two each belongs who came while they were one, and of whom nothing from before tells it."""

    optional_mark = ""

    def __init__(self, *args: object, merge: Merge, came: Iterable[Newcomer], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (newcomers.LOSER, firm_choice.words_of(merge.loser)),
            (newcomers.SURVIVOR, firm_choice.words_of(merge.survivor)),
            (NEITHER, _("weiß ich nicht: ohne Zugang, bis es klar ist")),
        ]
        for row in came:
            if not row.side:
                self.fields[str(row.person.uuid)] = forms.ChoiceField(
                    label=_("Wohin gehört %(name)s?") % {"name": row.person.name},
                    help_text=_("Hat jetzt einen Zugang zu „Mein Betrieb“.") if row.accesses else "",
                    choices=choices,
                    widget=forms.RadioSelect,
                )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.COMPANY_MERGE)
def undo(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Give the merged firm its own life back, with what came since: whose it is, and where it stays."""
    found = Merge.objects.filter(uuid=uuid).select_related("loser", "survivor").first()
    if found is None:
        raise Http404
    if found.undone_at is not None:
        messages.info(request, str(SENTENCES["merge_undone_already"]))
        return redirect("desk:company", uuid=found.survivor.uuid)
    since = crossing.since(found)
    form = ApartForm(request.POST if request.method == "POST" else None, merge=found, came=since.people)
    if request.method == "POST" and form.is_valid():
        sides = {row.person.uuid: form.cleaned_data.get(str(row.person.uuid), "") for row in since.people}
        try:
            crossing.undo(merge=found, sides=sides, by=desk.by)
        except DomainError as refusal:
            messages.info(request, str(SENTENCES[refusal.code]))
        else:
            messages.success(request, _("%(firm)s ist wieder ein eigener Betrieb.") % {"firm": found.loser})
        return redirect("desk:company", uuid=found.survivor.uuid)
    placed = [row for row in since.people if row.side]
    asks = len(placed) < len(since.people)
    context = {"merge": found, "since": since, "form": form, "placed": placed, "asks": asks}
    return render(request, "desk/merge_undo.html", context, status=422 if form.errors else 200)


def _side(reached: Reached) -> Side:
    company = reached.company
    steps = list(journey.timeline(company))
    standing = [step for step in steps if not step.taken_back]  # type: ignore[attr-defined]
    firms = queries.same_firm(company)
    return Side(
        company=company,
        channel=visit_sheet.CHANNELS[Channel(company.channel)],
        facts=firm_facts.known(company),
        reached=reached,
        contacts=len(standing),
        last=standing[0].day if standing else None,
        cases=Case.objects.filter(company__in=firms).count(),
    )
