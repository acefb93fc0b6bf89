"""The state of a case changes by the lifecycle table alone, and each change leaves a row."""

from wegweiser.enquiries.models import LIFECYCLE, Case, Change
from wegweiser.kernel.actor import Actor

HEARD = frozenset({"answer", "talk", "close"})  # after these nothing they wrote waits for an answer


def change(*, case: Case, verb: str, by: Actor, **fields: object) -> Change:
    """Lead `case` on by `verb`, with `fields` beside its state. The caller holds its lock."""
    source, target = case.state, LIFECYCLE.target(state=case.state, verb=verb)
    if verb in HEARD:
        fields["reply_by"] = None
    for field, value in {**fields, "state": target}.items():
        setattr(case, field, value)
    case.save(update_fields=["state", *fields])
    return Change.objects.create(case=case, verb=verb, source=source, target=target, by=str(by))
