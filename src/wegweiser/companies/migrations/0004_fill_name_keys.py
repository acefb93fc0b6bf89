"""The firms that are there already get the key of their name; a row that stays without is compared with every name."""

from django.db import migrations

from wegweiser.companies import keys


def fill(apps, schema_editor):
    Company = apps.get_model("companies", "Company")
    changed = []
    for company in Company.objects.filter(name_key="").only("pk", "name").iterator(chunk_size=500):
        company.name_key = keys.name_key(company.name)[:250]
        changed.append(company)
    Company.objects.bulk_update(changed, ["name_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0003_what_firms_share"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
