"""What was agreed on, as text: so a page says what it showed, and a change finds what somebody else changed since."""

from wegweiser.journey.models import PlannedStep

FIELDS = ("title", "note", "doer", "entry", "due_on")


def written(planned: PlannedStep) -> dict[str, str]:
    """What may be changed of something that is planned, by field."""
    return {field: as_text(getattr(planned, field)) for field in FIELDS}


def as_text(value: object) -> str:
    """Empty where there is nothing; a day is ISO 8601."""
    return "" if value is None else str(value)
