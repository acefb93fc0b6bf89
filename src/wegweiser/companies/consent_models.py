"""What somebody is about to agree to: it is a consent only when they say so by the link that their mailbox got."""

from django.db import models

from wegweiser.consortium.models import Topic
from wegweiser.kernel.records import Record


class ConsentRequest(Record):
    """A consent that waits for its mail to be answered. It becomes a `Consent`, or is forgotten within days."""

    purpose = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    email = models.EmailField()
    language = models.CharField(max_length=2, default="de")
    text_version = models.CharField(max_length=40)
    words = models.TextField(help_text="As they read them.")
    channel = models.CharField(max_length=20)
    by = models.CharField(max_length=90)
    topics = models.ManyToManyField(Topic, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["email"], name="consent_request_mail")]
