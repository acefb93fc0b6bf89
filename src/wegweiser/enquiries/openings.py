"""Cases that we open ourselves, without anybody having asked: of the card of somebody we met, of a visit we paid, of a
mail that we wrote.
"""

import uuid
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from wegweiser.enquiries.models import Card, Case, Contribution, Intake, Mail

TALKS = frozenset({Contribution.Kind.TALK, Contribution.Kind.VISIT})
_MAILS = UUID("5f0f3f5e-6d0c-4a0e-9d53-9f5f9a0b7a11")


def of_a_card() -> Exists:
    """The condition that a case was made of a business card."""
    return Exists(Card.objects.filter(case=OuterRef("pk")))


def by_us(case: Case) -> bool:
    """Whether `case` was opened by a card or a visit: then nobody asked, and its text is a sentence of ours."""
    if case.intake == Intake.FAIR:
        return Card.objects.filter(case=case).exists()
    if case.intake == Intake.COUNTER:
        talks = case.thread.filter(kind__in=TALKS).values_list("uuid", flat=True)
        return any(of_a_visit(talk) == case.submission for talk in talks)
    return False


def of_a_visit(visit: UUID) -> UUID:
    """The submission of the case that a visit or talk opens for itself; `visit` is that of its own form."""
    return uuid.uuid5(visit, "case")


def of_a_mail(digest: str) -> UUID:
    """The submission of the case that a mail opens for itself."""
    return uuid.uuid5(_MAILS, digest)


def first_sent() -> Subquery:
    """The digest of what one of ours wrote and filed first in a case: it may have opened it (`of_a_mail`)."""
    filed = Mail.objects.filter(case=OuterRef("pk"), direction=Mail.Direction.OUT, contribution__isnull=False)
    return Subquery(filed.order_by("contribution_id").values("digest")[:1])
