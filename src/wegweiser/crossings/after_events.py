"""What a guest asks for after an event: a call, as an enquiry that names the event."""

from uuid import UUID

from wegweiser.crossings import enquiries
from wegweiser.crossings.enquiries import Enquiry, Sent
from wegweiser.events.models import Registration
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated


def ask_for_call(*, registration: Registration, submission: UUID, about: str, phone: str, by: Actor) -> Sent:
    """Somebody from the event wants to be called about something. The same form sent twice is one enquiry.

    Raises DomainError: text_missing, and what `enquiries.send` raises.
    """
    about = about.strip()[:2000]
    if not about:
        raise DomainError("text_missing", field="about")
    event, language = registration.event, registration.language
    entry, draft = event.draft.entry, event.draft
    title = Translated((entry or draft).title).text(language)
    opening = "Aus der Veranstaltung" if language == "de" else "From the event"
    enquiry = Enquiry(
        text=f"{opening} „{title}“: {about}",
        name=registration.name,
        email=registration.email,
        phone=phone,
        firm=registration.firm,
        wants_call=True,
        language=language,
        topic=draft.topic,
        partner=draft.partner,
        company=registration.company,
    )
    return enquiries.send(submission=submission, enquiry=enquiry, by=by)
