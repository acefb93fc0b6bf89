"""Whether a firm's name is its owner's is not known until somebody says so: "no" was only ever what nobody had said.
An adviser may say that the domain of an address is the firm's own."""

from django.db import migrations, models


def forget_no(apps, schema_editor):
    apps.get_model("companies", "Company").objects.filter(is_sole_trader=False).update(is_sole_trader=None)


def say_no(apps, schema_editor):
    apps.get_model("companies", "Company").objects.filter(is_sole_trader=None).update(is_sole_trader=False)


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0013_contact_entries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="company",
            name="is_sole_trader",
            field=models.BooleanField(
                blank=True,
                help_text="Then the firm's name is its owner's and goes with them; empty where nobody has said it.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="access",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("adviser", "vom Zentrum bestätigt"),
                    ("own_domain", "vom Zentrum bestätigt, Adresse des Betriebs"),
                    ("mail_domain", "E-Mail-Adresse gehört zum Betrieb"),
                    ("invited", "vom Betrieb eingeladen"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(forget_no, say_no),
    ]
