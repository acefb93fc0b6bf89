from django.db import migrations, models
from django.db.models import F, Q


def say_who(apps, schema_editor):
    """Of what is recorded already: what has an entry was seen at a door, what has minutes is from a list, and whoever
    else came was let in by a head count or set by hand. A place that is only closed as absent is nobody's word."""
    seats = apps.get_model("events", "Seat").objects.filter(told_by="")
    seats.filter(presence="attended", arrival__isnull=False).update(told_by="door")
    seats.filter(minutes__isnull=False).exclude(presence="").update(told_by="list")
    seats.filter(presence="attended", arrival=None, minutes=None).update(told_by="hand")
    events = apps.get_model("events", "Event").objects
    events.filter(~Q(settled_at=None), followed_at=None).update(followed_at=F("settled_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0011_invite'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='followed_at',
            field=models.DateTimeField(blank=True, help_text='When all that follows from it stood in the histories; not yet while it goes on.', null=True),
        ),
        migrations.AddField(
            model_name='seat',
            name='told_by',
            field=models.CharField(blank=True, choices=[('', 'niemand'), ('door', 'am Einlass'), ('hand', 'von Hand'), ('list', 'aus einer Liste')], db_default='', default='', max_length=4),
        ),
        migrations.AlterField(
            model_name='seat',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Over all lists that were taken over.', null=True),
        ),
        migrations.RunPython(say_who, migrations.RunPython.noop),
    ]
