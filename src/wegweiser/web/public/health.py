"""For machines that watch the installation: is the process there, is it ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wegweiser.enquiries import mailbox
from wegweiser.kernel import clock
from wegweiser.kernel.models import JobRun
from wegweiser.outbox.models import Letter, State

WAITING = (State.QUEUED, State.SENDING)
FETCH = "crossings.fetch_mails"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers (else 503); when the worker last ran, how long mails wait, when some were last fetched."""
    fetches = mailbox.is_configured()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = JobRun.objects.aggregate(last=Max("started_at"))["last"]
        oldest = Letter.objects.filter(state__in=WAITING, channel="mail").aggregate(first=Min("recorded_at"))["first"]
        fetched = JobRun.objects.filter(name=FETCH).values_list("finished_at", flat=True).first() if fetches else None
        failing = sorted(JobRun.objects.exclude(failure="").values_list("name", flat=True))
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": False}, status=503)
    now = clock.now()
    return JsonResponse(
        {
            "status": "ok",
            "database": True,
            "worker_last_run": worker.isoformat() if worker else None,
            "failing_jobs": failing,
            "oldest_queued_mail": oldest.isoformat() if oldest else None,
            "oldest_queued_mail_seconds": int((now - oldest).total_seconds()) if oldest else None,
            "fetches_mail": fetches,
            "last_fetch": fetched.isoformat() if fetched else None,
            "last_fetch_seconds": int((now - fetched).total_seconds()) if fetched else None,
        }
    )
