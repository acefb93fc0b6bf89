"""A merged firm hears by the strictest channel of all its rows, those that were merged before as well."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STRICTEST = ("none", "phone", "letter", "mail")


def bind(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """In the order of the merges, as if each had done so: undone, the survivor has its own channel back."""
    companies, merges = apps.get_model("companies", "Company"), apps.get_model("companies", "Merge")
    links: dict[int, int] = {}
    for merge in merges.objects.filter(undone_at=None).order_by("id"):
        end = merge.survivor_id
        while end in links:
            end = links[end]
        links[merge.loser_id] = end
        root = companies.objects.get(pk=end)
        channel = companies.objects.values_list("channel", flat=True).get(pk=merge.loser_id)
        if STRICTEST.index(channel) < STRICTEST.index(root.channel):
            merges.objects.filter(pk=merge.pk).update(channel_before=root.channel)
            companies.objects.filter(pk=end).update(channel=channel)


class Migration(migrations.Migration):
    dependencies = [("companies", "0011_invite")]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="channel_before",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="What the survivor had chosen, where the loser's stricter channel took its place.",
                max_length=8,
            ),
        ),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
