"""Names of guests as they are sought and sorted, on both databases alike."""

from django.db import migrations

import wegweiser.kernel.sorting
from wegweiser.kernel.sorting import sort_key

AT_ONCE = 500


def write_keys(apps, schema_editor):
    for name, keys in (("Registration", {"sort_key": "name", "firm_key": "firm"}), ("Seat", {"sort_key": "name"})):
        model = apps.get_model("events", name)
        rows = []
        for row in model.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
            for key, source in keys.items():
                setattr(row, key, sort_key(getattr(row, source)))
            rows.append(row)
            if len(rows) == AT_ONCE:
                model.objects.bulk_update(rows, list(keys))
                rows = []
        model.objects.bulk_update(rows, list(keys))


def key(source):
    return wegweiser.kernel.sorting.SortKeyField(
        blank=True, db_default="", db_index=False, editable=False, max_length=200, source=source
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0009_news")]

    operations = [
        migrations.AddField("registration", "sort_key", key("name")),
        migrations.AddField("registration", "firm_key", key("firm")),
        migrations.AddField("seat", "sort_key", key("name")),
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
    ]
