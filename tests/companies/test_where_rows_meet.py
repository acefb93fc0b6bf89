"""Two rows that are surely one firm meet in a list: something leads from one to the other before they are compared."""

import pytest

from tests.companies.rows import firms, verdict
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.linkage.weighing.verdicts import Verdict

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            Known(name="Löwen-Apotheke", postcode="39288", place="Burg", phones=("+493921555010",)),
            Known(name="Löwenapotheke", postcode="39288", place="Burg", persons=("Frau Kahlow",)),
            id="a compound of trades, and its two words",
        ),
        pytest.param(
            Known(name="Harz-Optik", place="Thale"),
            Known(name="Harzoptik", place="Thale", phones=("+4939472277",)),
            id="the same without a code",
        ),
        pytest.param(
            Known(
                name="Werbeagentur Kieselklang", postcode="39288", place="Burg", remark="heißt jetzt Mondbild Medien"
            ),
            Known(name="Mondbild Medien", postcode="39288", place="Burg", persons=("T. Kahlow",)),
            id="a name that only a remark tells",
        ),
        pytest.param(
            Known(name="Mosterei Apfelgarten", place="Hohe Börde", codes=("39167", "39326"), persons=("Frau Kahlow",)),
            Known(name="Mosterei Apfelgarten", place="Hermsdorf", postcode="39326", persons=("S. Kahlow",)),
            id="a municipality by one of its codes",
        ),
    ],
)
def test_one_firm_is_found(one, other):
    assert verdict(one, other) == Verdict.SURE
    assert firms(one, other) == firms(other, one) == 1
