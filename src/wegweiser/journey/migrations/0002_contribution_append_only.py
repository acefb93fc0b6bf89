from django.db import migrations

from wegweiser.kernel.triggers import append_only_but_blanking


class Migration(migrations.Migration):
    """Hours stay as they were entered; only who gave them may be blanked."""

    dependencies = [("journey", "0001_initial")]

    operations = [
        append_only_but_blanking(
            "journey_contribution", "staff_number", kept=("id", "step_id", "partner_id", "hours")
        ),
    ]
