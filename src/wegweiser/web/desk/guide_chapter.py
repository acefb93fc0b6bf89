"""A chapter of the help for those at the desk."""

from dataclasses import dataclass

from django.utils.functional import Promise

from wegweiser.consortium.rights import Permission


@dataclass(frozen=True)
class Chapter:
    """One task: what it takes, step by step, and where it is done (a German path). Shown to who has the permission."""

    key: str
    title: str | Promise
    steps: tuple[str | Promise, ...]
    path: str
    permission: Permission = Permission.DESK_SEE
