"""What became of an invitation: how many have it, who comes, who does not, and whom it did not reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from wegweiser.events import inviting
from wegweiser.events.invitation_models import INVITED, Answer, Why
from wegweiser.events.models import Invitation, Invitee, Registration
from wegweiser.kernel import mail_addresses
from wegweiser.outbox.models import State as LetterState

# What a list of invited people may be narrowed to, as its address says it.
GROUPS = ("kommt", "nicht", "offen", "beendet", "zurueck", "zurueckgehalten")


@dataclass(frozen=True)
class Result:
    """People of one invitation. `registered` also counts who came to the form another way, `ended` who answered by
    wanting no invitations any more."""

    waiting: int
    sent: int
    registered: int
    declined: int
    bounced: int
    ended: int
    held: Mapping[str, int]

    @property
    def listed(self) -> int:
        """Everybody who was to have it once it began."""
        return self.waiting + self.sent

    @property
    def silent(self) -> int:
        return max(self.sent - self.registered - self.declined - self.bounced - self.ended, 0)

    @property
    def percent(self) -> int:
        return 100 * self.sent // self.listed if self.listed else 100


def people(invitation: Invitation) -> QuerySet[Invitee]:
    """Everybody of it, with whether they registered, whether their mail came back, and whether they still agree."""
    return _people(invitation.invitees.all())


def _spelt_otherwise(rows: QuerySet[Invitee]) -> Q:
    """Whose registration has the domain of their address as the network does, where theirs is as people write it."""
    found = Q(pk__in=())
    there = Registration.objects.filter(event__in=rows.order_by().values("event"), email__contains="xn--")
    for event, mail in there.order_by().values_list("event", "email").distinct():
        found |= Q(event=event) & mail_addresses.same("person__email", mail)
    return found


def _people(rows: QuerySet[Invitee]) -> QuerySet[Invitee]:
    same = Registration.objects.filter(event=OuterRef("event"), email=OuterRef("person__email")).exclude(email="")
    came = ExpressionWrapper(Q(Exists(same)) | _spelt_otherwise(rows), output_field=BooleanField())
    failed = inviting.letters().filter(state=LetterState.FAILED, cause_uuid=OuterRef("uuid")).exclude(failure="erased")
    agreed = inviting.agreed().filter(person=OuterRef("person")).order_by()
    rows = rows.annotate(came=came, failed=Exists(failed), agreed=Exists(agreed))
    return rows.select_related("person", "registration").order_by("person__sort_key", "id")


def group(invitation: Invitation, name: str) -> QuerySet[Invitee]:
    """`people`, narrowed to one of GROUPS; another name narrows nothing."""
    rows = people(invitation)
    conditions = {
        "kommt": _comes(),
        "nicht": Q(state=Answer.DECLINED, came=False),
        "offen": Q(state=Answer.SENT, came=False, failed=False) & ~_ended(),
        "beendet": _ended(),
        "zurueck": Q(state=Answer.SENT, came=False, failed=True),
        "zurueckgehalten": Q(state=Answer.HELD),
    }
    return rows.filter(conditions[name]) if name in conditions else rows


def sums(invitations: Iterable[Invitation]) -> dict[int, dict[str, int]]:
    """How many have the mail, come, or do not, of several invitations in one statement: {pk: numbers}."""
    keys = [row.pk for row in invitations]
    counted = (
        _people(Invitee.objects.filter(invitation__in=keys))
        .order_by()
        .values("invitation")
        .annotate(
            sent=Count("pk", filter=Q(state__in=INVITED)),
            registered=Count("pk", filter=_comes()),
            declined=Count("pk", filter=Q(state=Answer.DECLINED, came=False)),
        )
    )
    found = {row.pop("invitation"): row for row in counted}
    return {key: found.get(key, {"sent": 0, "registered": 0, "declined": 0}) for key in keys}


def of(invitation: Invitation) -> Result:
    """The numbers, in two statements."""
    rows = people(invitation).order_by()
    told = rows.aggregate(
        waiting=Count("pk", filter=Q(state=Answer.WAITING)),
        sent=Count("pk", filter=Q(state__in=INVITED)),
        registered=Count("pk", filter=_comes()),
        declined=Count("pk", filter=Q(state=Answer.DECLINED, came=False)),
        bounced=Count("pk", filter=Q(state=Answer.SENT, came=False, failed=True)),
        ended=Count("pk", filter=_ended()),
    )
    held = invitation.invitees.filter(state=Answer.HELD).order_by().values_list("why").annotate(n=Count("pk"))
    counted = dict(held)
    if invitation.without_consent:
        counted[Why.CONSENT] = counted.get(Why.CONSENT, 0) + invitation.without_consent
    return Result(**told, held={str(why): counted[why] for why in Why.values if counted.get(why)})


def _comes() -> Q:
    return Q(state__in=INVITED) & (Q(state=Answer.REGISTERED) | Q(came=True))


def _ended() -> Q:
    """Whoever is forgotten since said nothing of the kind."""
    return Q(state=Answer.SENT, came=False, failed=False, agreed=False, person__isnull=False)
