"""`python -m tests.faults.event PLACES`: publishes an event with registration, and prints the address of its form."""

import datetime as dt
import sys
import uuid

import django


def main(places: int) -> str:
    from tests.events.world import document
    from wegweiser.catalogue.actions import drafts
    from wegweiser.catalogue.drafts import work
    from wegweiser.catalogue.models import Draft, Kind
    from wegweiser.events.actions import events
    from wegweiser.events.actions.events import Places
    from wegweiser.kernel import clock
    from wegweiser.kernel.actor import Actor
    from wegweiser.kernel.translated import translated

    by, starts = Actor.staff(uuid.UUID(int=1)), clock.now() + dt.timedelta(days=60)
    content = document(
        topics=["logistics"],
        partner="hafen",
        contact="anke-dierks",
        starts_at=starts.isoformat(),
        ends_at=(starts + dt.timedelta(hours=2)).isoformat(),
    )
    draft = drafts.create(kind=Kind.EVENT, content=content, submission=uuid.uuid4(), by=by)
    drafts.publish(uuid=draft.uuid, seen=work(draft.uuid).stamp, by=by)
    draft = Draft.objects.get(pk=draft.pk)
    pools = [Places(chairs=places, label=translated("Vor Ort", "On site"))]
    events.open_registration(draft=draft, pools=pools, settings={}, by=by)
    return f"/veranstaltungen/{draft.entry.slug}/anmelden/"


if __name__ == "__main__":
    django.setup()
    print(main(int(sys.argv[1])))
