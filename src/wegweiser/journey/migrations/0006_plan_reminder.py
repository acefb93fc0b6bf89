import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

import wegweiser.kernel.clock


def keep_by_reader(apps, schema_editor):
    """Whoever had asked when a step was reminded of was told; nobody is told a second time."""
    steps = apps.get_model("journey", "PlannedStep").objects.filter(reminded_for=F("due_on"), done_at=None)
    readers = apps.get_model("journey", "PlanReader").objects.exclude(reminders_since=None)
    reminders = apps.get_model("journey", "PlanReminder").objects
    root = Coalesce("company__canonical_id", "company_id")
    told = {}
    for pk, firm in readers.annotate(root=root).values_list("pk", "root"):
        told.setdefault(firm, []).append(pk)
    for pk, firm, day in steps.annotate(root=root).values_list("pk", "root", "due_on"):
        for reader in told.get(firm, []):
            reminders.get_or_create(reader_id=reader, planned_id=pk, due_on=day)


class Migration(migrations.Migration):

    dependencies = [
        ('journey', '0005_lists_of_contacts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='plannedstep',
            name='reminded_for',
            field=models.DateField(blank=True, help_text='The due day that was reminded of last.', null=True),
        ),
        migrations.CreateModel(
            name='PlanReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(default=wegweiser.kernel.clock.now, editable=False)),
                ('due_on', models.DateField()),
                ('planned', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='journey.plannedstep')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='journey.planreader')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reader', 'planned', 'due_on'), name='plan_reminder_once')],
            },
        ),
        migrations.RunPython(keep_by_reader, migrations.RunPython.noop),
    ]
