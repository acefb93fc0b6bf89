"""The keys of what was loaded are kept as hashes: a member's key is their name."""

import hashlib

from django.db import migrations, models


def hash_keys(apps, schema_editor):
    Loaded = apps.get_model("consortium", "Loaded")
    for row in Loaded.objects.all():
        row.key = hashlib.sha256(row.key.encode()).hexdigest()
        row.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("consortium", "0003_departure"),
    ]

    operations = [
        migrations.AlterField(
            model_name="loaded",
            name="key",
            field=models.CharField(help_text="SHA-256 of the key in the file.", max_length=250),
        ),
        migrations.RunPython(hash_keys, migrations.RunPython.noop),
    ]
