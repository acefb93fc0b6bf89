import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0011_invite'),
        ('enquiries', '0010_same_card_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='followup',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='follow_ups', to='companies.person'),
        ),
    ]
