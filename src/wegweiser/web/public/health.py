"""For machines that watch the installation: is the process there, is it ready."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wegweiser.kernel import clock
from wegweiser.kernel.models import JobRun
from wegweiser.outbox.models import Letter, State

WAITING = (State.QUEUED, State.SENDING)


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
    """The database answers (else 503); when the worker last ran and since when the oldest mail waits."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = JobRun.objects.aggregate(last=Max("started_at"))["last"]
        oldest = Letter.objects.filter(state__in=WAITING, channel="mail").aggregate(first=Min("recorded_at"))["first"]
        failing = sorted(JobRun.objects.exclude(failure="").values_list("name", flat=True))
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": False}, status=503)
    return JsonResponse(
        {
            "status": "ok",
            "database": True,
            "worker_last_run": worker.isoformat() if worker else None,
            "failing_jobs": failing,
            "oldest_queued_mail": oldest.isoformat() if oldest else None,
            "oldest_queued_mail_seconds": int((clock.now() - oldest).total_seconds()) if oldest else None,
        }
    )
