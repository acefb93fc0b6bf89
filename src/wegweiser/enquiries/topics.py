"""What a case is about once it goes to somebody else: the topic that its steps, figures and examples go by."""

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner, Topic
from wegweiser.enquiries import teaching
from wegweiser.enquiries.models import Case, Matter
from wegweiser.kernel.errors import DomainError


def owned(partner: Partner) -> list[Topic]:
    """The topics for which `partner` answers today."""
    numbers = [number for number, owner in consortium.owners().items() if owner.pk == partner.pk]
    return list(Topic.objects.filter(pk__in=numbers))


def at(case: Case, partner: Partner) -> Topic | None:
    """What `case` is about at `partner`, where nobody says it; None where it is open.

    A topic of that partner stays, and so does one that was no reason for where the case lies now. Who gives away what
    is their own topic says that it is another: the only one of that partner, or an open one until somebody names it.
    Raises DomainError("topic_unclear") where a question can be about several.
    """
    theirs = owned(partner)
    if case.matter == Matter.BARRIER or partner.pk == case.partner_id or case.topic in theirs:
        return case.topic
    if len(theirs) == 1:
        return theirs[0]
    if theirs and teaching.holds_a_question(case):
        raise DomainError("topic_unclear", "The partner answers for several.", field="topic")
    return None if theirs or case.topic in owned(case.partner) else case.topic
