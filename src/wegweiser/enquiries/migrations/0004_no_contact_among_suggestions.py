"""What was suggested no longer names a person, whose name would outlive its erasure."""

from django.db import migrations


def forget_contacts(apps, schema_editor):
    Case = apps.get_model("enquiries", "Case")
    for case in Case.objects.exclude(suggested={}).only("pk", "suggested"):
        if "contact" in case.suggested:
            del case.suggested["contact"]
            Case.objects.filter(pk=case.pk).update(suggested=case.suggested)


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0003_case_matter"),
    ]

    operations = [
        migrations.RunPython(forget_contacts, migrations.RunPython.noop),
    ]
