"""Inviting people to an event: whom, in what words, looked at before it goes out; and what became of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies.models import Size
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Centre, District, Sector, SectorGroup, Topic
from wegweiser.consortium.rights import Permission
from wegweiser.events import hosting, invitation_results, invitation_words, inviting
from wegweiser.events.actions import invitations
from wegweiser.events.invitation_models import UNDER_WAY, Why
from wegweiser.events.inviting import Filter
from wegweiser.events.models import Event, Invitation, Invitee, Registration
from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing, event_reach
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES

PAGE = 50
SAMPLE = "Jana Muster"  # whom a preview greets
EARLIER = 100  # events to choose from, the newest first
# The parameters of the address, and what of the filter they say.
PARAMETERS = {"branche": "sector", "landkreis": "district", "groesse": "size", "thema": "topic", "termin": "event"}
CAME = "dabei"
GROUP_LABELS = {
    "kommt": gettext_lazy("kommt"),
    "nicht": gettext_lazy("kommt dieses Mal nicht"),
    "offen": gettext_lazy("noch keine Antwort"),
    "beendet": gettext_lazy("möchte keine Einladungen mehr"),
    "zurueck": gettext_lazy("Mail kam nicht an"),
    "zurueckgehalten": gettext_lazy("nicht eingeladen"),
}
STOPPED: dict[str, Promise] = {
    "staff": gettext_lazy("Jemand hat das Verschicken beendet."),
    "event_full": gettext_lazy("Alle Plätze sind vergeben. Wer noch keine Mail hatte, bekommt keine mehr."),
    "event_cancelled": gettext_lazy("Die Veranstaltung fällt aus. Wer noch keine Mail hatte, bekommt keine mehr."),
    "event_over": gettext_lazy("Die Veranstaltung ist vorbei. Wer noch keine Mail hatte, bekommt keine mehr."),
    "registration_closed": gettext_lazy(
        "Die Anmeldung ist geschlossen. Wer noch keine Mail hatte, bekommt keine mehr."
    ),
}


class InviteForm(DeskForm):
    """Sends once, however often it is pressed."""


def reached(desk: Desk, uuid: UUID) -> Event:
    """An event that one may both arrange and see the guests of; else 404. A template is no event."""
    event = event_reach.event(desk, uuid, Permission.EVENT_GUESTS_SEE)
    arranged = hosting.within(desk.rights.extent(Permission.EVENT_EDIT), desk.member)
    if event.draft.is_template or not Event.objects.filter(arranged, pk=event.pk).exists():
        raise Http404
    return event


def read(asked: Mapping[str, str], choices: Mapping[str, list[tuple[str, str]]]) -> Filter:
    """The filter that an address names; what cannot be chosen narrows nothing."""
    known = {name: {key for key, _label in options} for name, options in choices.items()}
    said = {field: asked.get(name, "") for name, field in PARAMETERS.items() if asked.get(name, "") in known[name]}
    return Filter(**said, came=bool(said.get("event")) and asked.get(CAME) == "1")


def parameters(chosen: Filter) -> str:
    """The query of an address that names the filter."""
    query = QueryDict(mutable=True)
    data = chosen.data()
    query.update({name: data[field] for name, field in PARAMETERS.items() if field in data})
    if chosen.came:
        query[CAME] = "1"
    return query.urlencode()


def offered(event: Event, desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What one can choose from, by the name in the address."""
    sectors = [(row.key, str(row.label)) for row in Sector.objects.all()]
    groups = [(row.key, str(row.label)) for row in SectorGroup.objects.all()]
    mine = hosting.within(desk.rights.extent(Permission.EVENT_GUESTS_SEE), desk.member)
    guests = Exists(Registration.objects.filter(event=OuterRef("pk")).exclude(email=""))
    earlier = Event.objects.filter(mine, guests, draft__is_template=False, draft__starts_at__isnull=False)
    rows = earlier.exclude(pk=event.pk).select_related("draft__entry").order_by("-draft__starts_at", "-pk")[:EARLIER]
    return {
        "branche": [*groups, *sectors],
        "landkreis": [(row.ags, str(row)) for row in District.objects.all()],
        "groesse": [(str(key), str(label)) for key, label in Size.choices],
        "thema": [(row.key, str(row.title)) for row in Topic.objects.all()],
        "termin": [(str(row.uuid), f"{words.moment(row.draft.starts_at, 'd.m.Y')} {row}") for row in rows],
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """Whom one invites, and how it reads. `do` is try (to oneself), look (before it goes out) or send."""
    event = reached(desk, uuid)
    prefetch_related_objects([event], "pools", "wordings", "draft__entry__topic_rows__topic")
    choices = offered(event, desk)
    chosen = read(request.GET, choices)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    form = InviteForm(request.POST if verb else None)
    if verb.startswith("try-"):
        language = "en" if verb == "try-en" else "de"
        to = {"name": desk.member.name, "mail": desk.user.email, "language": language}
        invitations.try_out(event=event, **to, by=desk.by)
        messages.success(
            request, _("Die Probe ist unterwegs an %(mail)s.") % {"mail": mail_addresses.shown(desk.user.email)}
        )
        return redirect(f"{request.path}?{parameters(chosen)}")
    if verb == "send" and form.is_valid():
        try:
            sent = invitations.order(event=event, submission=form.submission_id(), chosen=chosen, by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Die Einladung geht in den nächsten Minuten hinaus."))
            return redirect("desk:event_invitation", uuid=event.uuid, invitation=sent.uuid)
    looked, status = verb == "look", 200 if verb in {"", "look"} else 422
    return render(request, "desk/event_invite.html", _context(event, form, chosen, choices, looked), status=status)


def _context(
    event: Event, form: InviteForm, chosen: Filter, choices: dict[str, list[tuple[str, str]]], looked: bool
) -> dict[str, Any]:
    centre = consortium.centre()
    reach = inviting.reach(event, chosen, most=centre.most_invitations_per_month)
    refused = inviting.why_not(event)
    if not refused and not centre.most_invitations_per_month:
        refused = "invitations_off"
    data, earlier = chosen.data(), list(event.invitations.all()[:10])
    numbers = invitation_results.sums(earlier)
    return {
        "event": event,
        "begins": words.begins(event),
        "form": form,
        "refused": SENTENCES.get(refused, refused) if refused else "",
        "selects": [
            {"name": name, "label": label, "options": choices[name], "value": data.get(PARAMETERS[name], "")}
            for name, label in _labels().items()
        ],
        "came": chosen.came,
        "query": parameters(chosen),
        "chosen": _said(chosen, choices),
        "reach": reach,
        "others": _others(reach.others),
        "most": centre.most_invitations_per_month,
        "looked": looked,
        "previews": _previews(event, centre),
        "sent": [{"row": row, "at": words.moment(row.recorded_at), "result": numbers[row.pk]} for row in earlier],
    }


def _labels() -> dict[str, str]:
    return {
        "branche": _("Branche"),
        "landkreis": _("Landkreis"),
        "groesse": _("Beschäftigte"),
        "thema": _("Thema"),
        "termin": _("Frühere Anmeldung zu"),
    }


def _said(chosen: Filter, choices: Mapping[str, list[tuple[str, str]]]) -> str:
    """The filter in words."""
    data = chosen.data()
    parts = [dict(choices[name]).get(data.get(field, ""), "") for name, field in PARAMETERS.items()]
    if chosen.came:
        parts.append(_("nur wer dort war"))
    return ", ".join(filter(None, parts)) or _("alle")


def _others(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(Why(why).label), n) for why, n in counted.items()]


def _previews(event: Event, centre: Centre) -> list[dict[str, Any]]:
    names = {"de": _("Auf Deutsch"), "en": _("Auf Englisch")}
    return [
        {
            "language": language,
            "label": label,
            "mail": invitation_words.preview(event=event, language=language, name=SAMPLE, centre=centre),
        }
        for language, label in names.items()
    ]


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_GUESTS_SEE)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID, invitation: UUID) -> HttpResponse:
    """What became of an invitation, and with `do` stop the end of it."""
    event = reached(desk, uuid)
    row = Invitation.objects.filter(event=event, uuid=invitation).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") != "stop":
            raise Http404
        try:
            invitations.stop(invitation=row, by=desk.by)
        except DomainError as refusal:
            messages.error(request, str(SENTENCES[refusal.code]))
        else:
            messages.success(request, _("Beendet. Wer noch keine Mail hatte, bekommt keine."))
        return redirect("desk:event_invitation", uuid=event.uuid, invitation=row.uuid)
    group = request.GET.get("stand", "")
    people = invitation_results.group(row, group).prefetch_related("person__positions__company")
    listed: Any = Paginator(people, PAGE).get_page(request.GET.get("seite"))
    listed.object_list = [_line(person) for person in listed.object_list]
    result = invitation_results.of(row)
    chosen = Filter.read(row.filter)
    choices = offered(event, desk)
    known = editing.names_of({row.by})
    context = {
        "event": event,
        "begins": words.begins(event),
        "row": row,
        "at": words.moment(row.recorded_at),
        "by": words.by_whom(row.by, known),
        "ended": words.moment(row.ended_at),
        "chosen": _said(chosen, choices),
        "result": result,
        "held": _others(result.held),
        "under_way": row.state in UNDER_WAY,
        "stopped": str(STOPPED.get(row.stopped, SENTENCES.get(row.stopped, row.stopped))) if row.stopped else "",
        "groups": [(key, str(label)) for key, label in GROUP_LABELS.items()],
        "group": group if group in GROUP_LABELS else "",
        "page": listed,
    }
    return render(request, "desk/event_invitation.html", context)


def _line(row: Invitee) -> dict[str, Any]:
    person = row.person
    position = next((one for one in person.positions.all() if one.valid_to is None), None) if person else None
    if row.why:
        state, badge = str(Why(row.why).label), "neutral"
    elif row.came or row.state == "registered":  # type: ignore[attr-defined]
        state, badge = str(GROUP_LABELS["kommt"]), "success"
    elif row.state == "declined":
        state, badge = str(GROUP_LABELS["nicht"]), "neutral"
    elif row.failed:  # type: ignore[attr-defined]
        state, badge = str(GROUP_LABELS["zurueck"]), "warning"
    elif row.state == "sent" and person and not row.agreed:  # type: ignore[attr-defined]
        state, badge = str(GROUP_LABELS["beendet"]), "neutral"
    else:
        state, badge = str(row.get_state_display()), "info"
    return {
        "name": person.name if person else "",
        "firm": position.company if position else None,
        "state": state,
        "badge": badge,
        "at": words.moment(row.answered_at or row.sent_at),
        "registration": row.registration,
    }
