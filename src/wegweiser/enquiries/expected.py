"""Whose dates are whose: one that came along from a double is not of who asks in the enquiry it lies in."""

from django.db.models import Q, QuerySet

from wegweiser.enquiries.models import Appointment, Case


def of(case: Case) -> QuerySet[Appointment]:
    """The dates of whoever asked in `case`, also where they went along into another; not those that came from one."""
    return Appointment.objects.filter(Q(case=case, double=None) | Q(double=case))
