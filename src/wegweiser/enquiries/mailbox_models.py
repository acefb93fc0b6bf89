"""What is under way from the mailbox to us."""

from django.db import models


class Fetching(models.Model):
    """A mail of the mailbox between its beginning and its mark there; the row ends with the mark.

    So a mail that stops whoever reads it is known when the next process comes, and one that cannot be marked, such as
    with a full archive, holds up none behind it.
    """

    place = models.CharField(max_length=64, help_text="A hash of server, user, folder and UIDVALIDITY (RFC 3501).")
    number = models.PositiveBigIntegerField(help_text="The UID of the mail there.")
    tried_at = models.DateTimeField()
    unfinished = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was begun by a process that never came to an end with it."
    )
    taken = models.BooleanField(default=False, help_text="It is safe here; only its mark is missing.")

    class Meta:
        ordering = ["tried_at", "id"]
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="fetching_once")]

    def __str__(self) -> str:
        return str(self.number)
