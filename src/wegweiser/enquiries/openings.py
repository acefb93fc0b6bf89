"""Cases that we open ourselves, without anybody having asked: of the card of somebody we met, of a visit we paid."""

import uuid
from uuid import UUID

from django.db.models import Exists, OuterRef

from wegweiser.enquiries.models import Card


def of_a_card() -> Exists:
    """The condition that a case was made of a business card."""
    return Exists(Card.objects.filter(case=OuterRef("pk")))


def of_a_visit(visit: UUID) -> UUID:
    """The submission of the case that a visit or talk opens for itself; `visit` is that of its own form."""
    return uuid.uuid5(visit, "case")
