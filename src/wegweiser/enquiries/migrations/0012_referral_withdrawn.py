from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0011_follow_up_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, help_text='When the consent was withdrawn.', null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='withdrawn_by',
            field=models.CharField(blank=True, db_default='', default='', max_length=90),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True)), _connector='OR'), name='referral_withdrawn_pair'),
        ),
    ]
