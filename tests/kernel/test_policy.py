import pytest

from wegweiser.kernel import policy


def test_every_field_of_every_table_has_a_written_fate():
    assert policy.findings() == []


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (lambda doc: doc["models"].pop("companies.Person"), "companies.Person: no entry"),
        (lambda doc: doc["models"].pop("sessions.Session"), "sessions.Session: no entry"),
        (lambda doc: doc["models"]["companies.Person"]["personal"].pop("phone"), "companies.Person.phone: neither"),
        (lambda doc: doc["models"]["companies.Person"].update(purpose="fun"), "companies.Person: purpose 'fun'"),
        (lambda doc: doc["models"].update({"shop.Cart": {}}), "shop.Cart: in the policy file, no such table"),
    ],
)
def test_the_check_finds_what_is_missing(monkeypatch, spoil, finding):
    import copy

    document = copy.deepcopy(policy.document())
    spoil(document)
    monkeypatch.setattr(policy, "document", lambda: document)
    assert any(found.startswith(finding) for found in policy.findings())
