from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0012_referral_withdrawn'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='outcome',
            field=models.CharField(blank=True, choices=[('helped', 'geholfen'), ('referred', 'weitervermittelt'), ('nothing', 'dafür haben wir nichts'), ('not_eligible', 'nicht unser Auftrag'), ('settled', 'hat sich erledigt'), ('no_answer', 'nicht erreicht'), ('duplicate', 'doppelt')], max_length=12),
        ),
    ]
