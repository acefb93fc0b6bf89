from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0004_upload_scan_failed'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='scan',
            field=models.CharField(choices=[('unscanned', 'nicht auf Viren geprüft'), ('clean', 'auf Viren geprüft'), ('infected', 'enthält einen Virus'), ('stumbled', 'nicht auf Viren geprüft'), ('failed', 'ließ sich nicht auf Viren prüfen')], default='unscanned', max_length=9),
        ),
    ]
