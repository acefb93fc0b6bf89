import pytest

from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.lifecycle import Lifecycle

DOOR = Lifecycle(["open", "shut", "locked"], [("shut", {"open"}, "shut"), ("lock", {"shut"}, "locked")])


def test_a_verb_leads_to_its_target():
    assert DOOR.target(state="open", verb="shut") == "shut"


def test_a_verb_that_does_not_lead_on_is_refused_with_a_stable_code():
    with pytest.raises(DomainError) as refusal:
        DOOR.target(state="open", verb="lock")
    assert refusal.value.code == "transition_not_allowed"


def test_the_table_refuses_states_it_does_not_know():
    with pytest.raises(ValueError, match="ajar"):
        Lifecycle(["open"], [("shut", {"open"}, "ajar")])


def test_verbs_come_in_the_order_of_the_table():
    assert DOOR.verbs("open") == ["shut"]
