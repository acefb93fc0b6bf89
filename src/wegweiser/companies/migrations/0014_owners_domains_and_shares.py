"""Whether a firm's name is its owner's is not known until somebody says so: "no" was only ever what nobody had said.
An adviser may say that the domain of an address is the firm's own. A share that never was is withdrawn."""

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
        migrations.AddField(
            model_name="share",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, help_text="It was never so, and counts on no day.", null=True),
        ),
        migrations.AddField(
            model_name="share",
            name="withdrawn_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=90),
        ),
        migrations.AddField(
            model_name="share",
            name="withdrawn_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at", None), ("withdrawn_by", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="share_withdrawn_pair",
            ),
        ),
        migrations.RunPython(forget_no, say_no),
    ]
