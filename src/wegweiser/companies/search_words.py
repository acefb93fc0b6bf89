"""What somebody typed into the one field that finds firms and people, as conditions."""

from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery

from wegweiser.companies import keys, phones
from wegweiser.companies.models import Company, Fact, Person, Position
from wegweiser.consortium.models import District
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.sorting import LENGTH, sort_key, spellings


def there(text: str, *, among: QuerySet[Company]) -> QuerySet[Company]:
    """Those of `among` for whom every word of `text` is in the name, or in their postal code, place or district."""
    if "@" in text:
        return among.none()
    spots = Company.objects.filter(~Q(place="") | ~Q(postcode="")).order_by()
    known = {
        (code, place): sort_key(f"{code} {place}") for code, place in spots.values_list("postcode", "place").distinct()
    }
    districts = {ags: sort_key(name) for ags, name in District.objects.values_list("ags", "name")}
    rows = Fact.objects.filter(company=OuterRef("pk"), kind=Fact.Kind.DISTRICT, valid_from__lte=clock.today())
    now = rows.order_by("-valid_from", "-recorded_at", "-id").values("value")[:1]
    found, somewhere = among.annotate(district=Subquery(now)), False
    for word in text[:LENGTH].split():
        ways = [key for key in map(sort_key, spellings(word)) if key]
        if not ways:
            continue  # a dash
        condition = reduce(or_, (Q(sort_key__contains=way) for way in ways))
        for (code, place), key in known.items():
            if any(way in key for way in ways):
                condition, somewhere = condition | Q(postcode=code, place=place), True
        if ags := [ags for ags, key in districts.items() if any(way in key for way in ways)]:
            condition, somewhere = condition | Q(district__in=ags), True
        found = found.filter(condition)
    return found if somewhere else found.none()


def conditions(text: str) -> tuple[Q | None, Q | None]:
    """For firms and for persons: by number, mail address or name; None where nothing was asked."""
    if mail := next((word.strip(".,;<>()") for word in text[:LENGTH].split() if "@" in word and word.strip("@")), ""):
        return _of_mail(mail)
    if digits := phones.digits_in_question(text):
        number = Q(phone__contains=digits)
        return number | _works_there(number), number
    if not sort_key(text):
        return None, None
    name = Q()
    for word in text[:LENGTH].split():
        ways = [sort_key(spelled).split() for spelled in spellings(word)]
        name &= reduce(or_, (Q(*(Q(sort_key__contains=part) for part in parts)) for parts in ways))
    return name, name


def _of_mail(mail: str) -> tuple[Q, Q]:
    """Firms with the address, with somebody who has it, or whose own domain it is; persons who have it."""
    found = mail_addresses.within("email", mail)
    of_firm = found | _works_there(found)
    if domain := keys.mail_domain(mail):
        forms = mail_addresses.domain_forms(domain)
        of_firm |= Q(mail_domain__in=forms) | Q(web_domain__in=forms)
    return of_firm, found


def _works_there(found: Q) -> Q:
    """Firms where somebody works today whom `found` finds."""
    people = Person.objects.filter(found, restricted_at=None).order_by()
    return Q(pk__in=Position.objects.filter(valid_to=None, person__in=people).order_by().values("company"))
