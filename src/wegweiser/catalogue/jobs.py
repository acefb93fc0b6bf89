"""Periodic work of the catalogue."""

from wegweiser.catalogue import matches, pictures
from wegweiser.catalogue.actions import vectors
from wegweiser.files.actions import pictures as files
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.jobs import every

AT_ONCE = 200


@every(minutes=1)
def encode() -> int:
    """Vectors for entries and examples that came or changed since the last run."""
    by = Actor.system("catalogue.encode")
    with matches.encoders_apart() as encoders:
        made = vectors.encode(encoders=encoders, limit=AT_ONCE, by=by)
        made += vectors.encode_likened(encoders=encoders, limit=AT_ONCE, by=by)
        return made + vectors.encode_examples(encoders=encoders, limit=AT_ONCE, by=by)


@every(hours=24)
def look_for_unused_pictures() -> None:
    """Note since when nothing shows a picture; after the term of the policy file it goes with `crossings.retain`."""
    files.note_use(used=pictures.in_use(), by=Actor.system("catalogue.look_for_unused_pictures"))
