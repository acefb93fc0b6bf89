"""Numbers of registers: checked before they are stored, corrected with the old one, who it was and why."""

from django.db import transaction

from wegweiser.companies.events import Event
from wegweiser.companies.importing import values
from wegweiser.companies.models import Company, NumberEntry
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

LONGEST_REASON = 300  # characters
READERS = {NumberEntry.Kind.VAT_ID: values.vat_id, NumberEntry.Kind.REGISTER: values.register}


def correct(*, company: Company, kind: str, value: str, reason: str = "", by: Actor) -> Company:
    """The firm's number of this kind is `value`; empty says that it has none. A reason is due where one was known.

    Raises DomainError: number_unknown, invalid_vat_id, invalid_register, reason_missing, reason_too_long.
    """
    if kind not in NumberEntry.Kind.values:
        raise DomainError("number_unknown", field="kind")
    value, reason = " ".join(value.split()), " ".join(reason.split())
    if value:
        read = READERS[NumberEntry.Kind(kind)](value)
        if read is None or (kind == NumberEntry.Kind.REGISTER and len(read.split()) < 3):
            code = "invalid_vat_id" if kind == NumberEntry.Kind.VAT_ID else "invalid_register"
            raise DomainError(code, field="value")
        value = read
    if len(reason) > LONGEST_REASON:
        raise DomainError("reason_too_long", field="reason")
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update(no_key=True))
        before = getattr(company, kind)
        if before == value:
            return company
        if before and not reason:
            raise DomainError("reason_missing", field="reason")
        setattr(company, kind, value)
        company.save(update_fields=[kind])
        entry = NumberEntry.objects.create(
            company=company, kind=kind, before=before, value=value, reason=reason, by=str(by)
        )
        audit.record(Event.NUMBER_CORRECTED, by=by, subject=entry, changed=[kind], references={"company": company.uuid})
    return company
