"""The words of a topic. Which partner answers for it is a role with dates."""

from django.db import transaction

from wegweiser.consortium.events import Event
from wegweiser.consortium.models import Topic
from wegweiser.kernel import audit
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.translated import Translated


def describe(*, topic: Topic, title: Translated, summary: Translated, by: Actor) -> Topic:
    """Change how a topic is called and told; nothing where both stay."""
    with transaction.atomic():
        topic = Topic.objects.select_for_update().get(pk=topic.pk)
        wanted = {"title": title, "summary": summary}
        changed = [name for name, value in wanted.items() if getattr(topic, name) != value]
        if changed:
            topic.title, topic.summary = title, summary
            topic.save(update_fields=changed)
            audit.record(Event.TOPIC_DESCRIBED, by=by, subject=topic, changed=changed)
    return topic
