"""The firms that are there already get the keys that a new one is compared by."""

from django.db import migrations

from wegweiser.companies.linkage.row import page_addresses, written_addresses


def fill(apps, schema_editor):
    Company = apps.get_model("companies", "Company")
    known = Company.objects.exclude(place="", street="", website="")
    changed = []
    for company in known.only("pk", "place", "street", "website").iterator(chunk_size=500):
        company.town_key = written_addresses.town(company.place)[:60]
        company.address_key = written_addresses.address_key(company.street)[:20]
        company.web_domain = page_addresses.domain_of(company.website)[:200]
        changed.append(company)
    Company.objects.bulk_update(changed, ["town_key", "address_key", "web_domain"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0007_keys_to_compare_by"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
