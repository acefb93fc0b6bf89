"""Texts that answers are written with: written, changed, withdrawn and brought back; and those of a centre's file."""

import uuid
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from wegweiser.consortium.actions.rows import put
from wegweiser.consortium.loaded import Outcome
from wegweiser.consortium.models import Partner
from wegweiser.enquiries import entered, text_blocks
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import TextBlock
from wegweiser.enquiries.text_blocks import Shipped
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError

SPACE = UUID("0f4b7c7e-52a1-4c1c-9d1e-6a3f2f3f2026")  # of the blocks that come with a file
LANGUAGES = frozenset({"de", "en"})


def write(
    *, title: str, text: str, language: str, partner: Partner | None, submission: UUID | None = None, by: Actor
) -> tuple[TextBlock, bool]:
    """A block of `partner`, or of the whole centre. Also: is it new; a form sent twice writes one.

    Raises DomainError: title_missing, text_missing, text_too_long, language_unknown, placeholder_unknown.
    """
    said = _said(title, text, language)
    identity = {"uuid": submission} if submission else {}
    with transaction.atomic():
        try:
            with transaction.atomic():
                block = TextBlock.objects.create(partner=partner, **said, **identity)
        except IntegrityError:
            known = TextBlock.objects.filter(uuid=submission).first() if submission else None
            if known is None:
                raise
            return known, False
        audit.record(Event.BLOCK_WRITTEN, by=by, subject=block)
    return block, True


def change(
    *, block: TextBlock, title: str, text: str, language: str, partner: Partner | None, seen: str = "", by: Actor
) -> TextBlock:
    """Another wording. Answers that were written with it stay as they are. Raises DomainError as `write` does.

    And changed_meanwhile, where it is another by now than what `seen` (its `text_blocks.stamp`) says.
    """
    said = {**_said(title, text, language), "partner": partner}
    with transaction.atomic():
        block.refresh_from_db(from_queryset=TextBlock.objects.select_for_update())
        changed = [field for field, value in said.items() if getattr(block, field) != value]
        if not changed:
            return block
        if seen and seen != text_blocks.stamp(block):
            raise DomainError("changed_meanwhile")
        for field in changed:
            setattr(block, field, said[field])
        block.save(update_fields=changed)
        audit.record(Event.BLOCK_CHANGED, by=by, subject=block, changed=changed)
    return block


def withdraw(*, block: TextBlock, by: Actor) -> TextBlock:
    """It is offered no more. Withdrawing twice changes nothing."""
    with transaction.atomic():
        block.refresh_from_db(from_queryset=TextBlock.objects.select_for_update())
        if block.withdrawn_at is None:
            block.withdrawn_at = clock.now()
            block.save(update_fields=["withdrawn_at"])
            audit.record(Event.BLOCK_WITHDRAWN, by=by, subject=block, changed=["withdrawn_at"])
    return block


def restore(*, block: TextBlock, by: Actor) -> TextBlock:
    """It is offered again."""
    with transaction.atomic():
        block.refresh_from_db(from_queryset=TextBlock.objects.select_for_update())
        if block.withdrawn_at is not None:
            block.withdrawn_at = None
            block.save(update_fields=["withdrawn_at"])
            audit.record(Event.BLOCK_RESTORED, by=by, subject=block, changed=["withdrawn_at"])
    return block


def load(*, blocks: Sequence[Shipped], by: Actor) -> Counter[Outcome]:
    """The blocks of a centre's file; what somebody changed since stays. Raises DomainError("centre_file_invalid")."""
    partners = {row.key: row for row in Partner.objects.all()}
    counts: Counter[Outcome] = Counter()
    with transaction.atomic():
        for row in blocks:
            if row.partner and row.partner not in partners:
                raise DomainError("centre_file_invalid", f"Text block {row.key!r}: no partner {row.partner!r}.")
            name = f"{row.key}/{row.language}"
            values = {
                "title": row.title,
                "text": row.text,
                "language": row.language,
                "partner": partners.get(row.partner),
            }
            _block, outcome = put(
                by=by, model=TextBlock, key={"uuid": uuid.uuid5(SPACE, name)}, values=values, name=name
            )
            counts[outcome] += 1
    return counts


def _said(title: str, text: str, language: str) -> dict[str, str]:
    title = entered.line(title, text_blocks.TITLE_LENGTH)
    if not title:
        raise DomainError("title_missing", field="title")
    text = entered.text(text)
    if len(text) > text_blocks.TEXT_LENGTH:
        raise DomainError("text_too_long", field="text")
    if odd := text_blocks.unknown(text):
        raise DomainError("placeholder_unknown", f"No placeholder: {', '.join(odd)}", field="text")
    entered.one_of(LANGUAGES, language, "language")
    return {"title": title, "text": text, "language": language}
