"""What a case is about: chosen where it is given away, and put right on its page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wegweiser.consortium import directory
from wegweiser.consortium.models import Topic
from wegweiser.crossings import enquiries as crossings
from wegweiser.crossings import thread_steps
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case
from wegweiser.web.desk import timeline
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm


class TopicField(forms.ModelChoiceField):
    """All topics, each with the partner that answers for it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(queryset=Topic.objects.all(), **more)

    def label_from_instance(self, obj: Topic) -> str:
        owner = directory.today().owners().get(obj.pk)
        return f"{obj} ({owner.short_name})" if owner else str(obj)


class TopicForm(DeskForm):
    topic = TopicField(label=_("Richtiges Thema"), empty_label=_("bitte wählen"))


def change(case: Case, form: Any, desk: Desk) -> str:
    topic = form.cleaned_data["topic"]
    crossings.change_topic(case=case, topic=topic, by=desk.by)
    told = [words(topic)]
    if left := _counted_otherwise(case, topic, desk):
        told.append(
            ngettext(
                "Ein Gespräch steht noch unter dem alten Thema. Im Verlauf können Sie es berichtigen.",
                "%(n)s Gespräche stehen noch unter dem alten Thema. Im Verlauf können Sie sie berichtigen.",
                left,
            )
            % {"n": left}
        )
    return " ".join(told)


def words(topic: Topic | None) -> str:
    """What the case is about now, for who has just done something with it."""
    return _now("Thema: %(topic)s.") % {"topic": topic} if topic else _now("Das Thema ist jetzt offen.")


def _counted_otherwise(case: Case, topic: Topic, desk: Desk) -> int:
    """How many talks and visits of the case are counted under another topic."""
    steps = thread_steps.of_thread(case.thread.filter(kind__in=queries.TALKS)).values()
    return sum(step.topic_id != topic.pk and not timeline.standing(step, desk).taken_back for step in steps)
