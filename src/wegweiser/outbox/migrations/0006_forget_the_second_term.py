"""Letters go by the policy file alone: the day that each had, 180 days after it was written, is dropped."""

import datetime as dt

from django.db import migrations
from django.db.models import F

BODY_KEPT = dt.timedelta(days=170)  # what had to go sooner had a week


def forget(apps, schema_editor):
    Letter = apps.get_model("outbox", "Letter")
    Letter.objects.filter(body_until__gt=F("recorded_at") + BODY_KEPT).update(body_until=None)


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0005_one_term_for_letters"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
