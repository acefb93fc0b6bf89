"""Who was served and by whom: what a step has to say before it may be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from wegweiser.companies.models import Company
from wegweiser.consortium.models import Partner
from wegweiser.journey.counting import counting
from wegweiser.journey.models import Format, Recipient
from wegweiser.kernel.errors import DomainError


@dataclass(frozen=True)
class Hours:
    """What one adviser put in; `staff_number` says who and may be blanked later."""

    partner: Partner
    hours: Decimal
    staff_number: UUID | None = None


def check(
    company: Company | None,
    other_recipient: str,
    contacts_without_firm: int,
    format_: str,
    contributions: tuple[Hours, ...],
    amount: Decimal,
    measures: Mapping[str, float],
) -> None:
    if company is not None and other_recipient:
        raise DomainError("two_recipients", field="other_recipient")
    if company is None and not other_recipient and contacts_without_firm == 0:
        raise DomainError("nobody_served", field="company")
    if other_recipient and other_recipient not in Recipient.values:
        raise DomainError("recipient_unknown", field="other_recipient")
    if format_ not in Format.values:
        raise DomainError("format_unknown", field="format")
    if contacts_without_firm < 0 or amount < 0 or any(row.hours < 0 for row in contributions):
        raise DomainError("negative")
    if amount and company is None:
        raise DomainError("aid_without_company", field="aid")
    unknown = set(measures) - set(counting().measures)
    if unknown:
        raise DomainError("measure_unknown", f"Not registered: {', '.join(sorted(unknown))}.", field="measures")
