"""Who stands at the desk. Every view names the permission it needs; what one may not see answers 404."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from wegweiser.accounts.models import User
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Member, Partner
from wegweiser.consortium.rights import Permission, Rights, Scope
from wegweiser.kernel.actor import Actor
from wegweiser.web.rights import rights_of


@dataclass(frozen=True)
class Desk:
    """The one who works: login, member of the centre, and how far the view's permission reaches."""

    user: User
    member: Member
    rights: Rights
    scope: Scope

    @property
    def by(self) -> Actor:
        return Actor.staff(self.user.uuid)

    @property
    def everywhere(self) -> bool:
        return self.scope == Scope.CENTRE

    def everywhere_for(self, permission: Permission) -> bool:
        """Whether `permission` reaches the whole centre, where it is not the one that the view needs."""
        return self.rights.reach(permission) == Scope.CENTRE

    @cached_property
    def outside(self) -> bool:
        """Whether they are told figures as outsiders are: who may not see firms."""
        return not self.may(Permission.COMPANY_SEE)

    def sees(self, company: Company) -> bool:
        """What is kept for a proof alone is seen by those only who answer for it: who erases persons."""
        return company.restricted_at is None or self.may(Permission.PERSON_ERASE)

    def may(self, permission: Permission, partner: Partner | None = None) -> bool:
        return self.rights.allow(permission, partner=partner)


View = Callable[..., HttpResponse]


def needs(permission: Permission) -> Callable[[View], View]:
    """The view is for those who hold `permission`; it gets a `desk` beside the request."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            held = rights_of(request)
            scope = held.reach(permission)
            member = Member.objects.filter(user=request.user.pk).first()
            if scope is None or member is None:
                raise PermissionDenied
            return view(request, desk=Desk(request.user, member, held, scope), **kwargs)  # type: ignore[arg-type]

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return wrap
