"""A mail address is compared by `kernel.mail_addresses` alone: `iexact` and small letters know one spelling of it.

A domain with umlauts has two spellings, and casefold makes another domain of a ß.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.source import modules

HERE = Path("kernel/mail_addresses.py")
MAIL = re.compile(r"(^|_)(e?mail|reply_to)$")
LOOKUP = re.compile(r"(^|_)(e?mail|reply_to)__i(exact|endswith|startswith)$")


def test_nothing_compares_a_mail_address_by_itself():
    found = {str(path): faults for path, tree in modules() if path != HERE and (faults := list(compared(tree)))}
    assert found == {}


def compared(tree: ast.AST) -> Iterator[str]:
    """What compares an address: a lookup, small letters in a comparison, folded letters anywhere, two attributes."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)) if LOOKUP.search(name):
                yield name
            case ast.Call(func=ast.Attribute(value=of, attr="casefold")) if is_mail(of):
                yield ast.unparse(node)
            case ast.Compare(left=left, ops=ops, comparators=others):
                sides = [left, *others]
                by_hand = any(is_lower(side) for side in sides)
                alike = all(isinstance(op, ast.Eq | ast.NotEq) for op in ops) and all(map(is_attribute, sides))
                if by_hand or alike:
                    yield ast.unparse(node)


def is_mail(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return bool(MAIL.search(name))
        case ast.Call(func=ast.Attribute(value=of, attr="strip")):
            return is_mail(of)
    return False


def is_lower(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="lower")):
            return is_mail(of)
    return False


def is_attribute(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and is_mail(node)


@pytest.mark.parametrize(
    "bad",
    [
        "rows.filter(email__iexact=mail)",
        'Q(("person__email__iexact", mail))',
        "rows.filter(**{'recipient_mail__iexact': mail})",
        "Company.objects.filter(email__iendswith=domain)",
        "seen.setdefault(card.email.casefold(), card)",
        "mail.lower() == centre.email",
        "row.email.lower() not in forms",
        "told['email'].strip().lower() == other",
        "one.email == other.email",
    ],
)
def test_a_comparison_is_found(bad):
    assert list(compared(ast.parse(bad)))


@pytest.mark.parametrize(
    "good",
    [
        "rows.filter(name__iexact=name)",
        "rows.filter(mail_addresses.same('email', mail))",
        "person.email = email.strip().lower()",
        "mail_addresses.equal(one.email, other.email)",
        "user.email == nobody",
        "row.email == ''",
        "mail.state != State.HELD",
    ],
)
def test_what_compares_no_address_is_left_alone(good):
    assert list(compared(ast.parse(good))) == []
