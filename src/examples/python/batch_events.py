"""Audit events of a batch and its requests, in the form that an intake takes. A repeat gives the same ids and times."""
import uuid
from datetime import datetime, timezone


def moment(given):
    """Reads a time as providers write it: seconds since 1970, or a text."""
    if isinstance(given, str):
        return datetime.fromisoformat(given.replace("Z", "+00:00")).astimezone()
    return datetime.fromtimestamp(given, timezone.utc)


def event(batch, request, fact, at, **body):
    """One event of a request, or without one of the batch itself, in the form of POST /api/v1/events."""
    name = "/".join((batch["source"], batch["id"], request or "", fact))
    record = {"kind": "RECORD", "source": batch["source"], "stage": "request", "id": f"{batch['id']}/{request}"}
    about = {"subject": record, "parent": batch} if request else {"subject": batch}
    return {"eventId": str(uuid.uuid5(uuid.NAMESPACE_URL, name)), "occurredAt": at, **about, "fact": fact, "body": body}


def pending(batch, request, at, due, size=None):
    times = {"startedAt": at, "completedAt": at, "durationMs": 0, "dueAt": due}
    return event(batch, request, "Pending", at, **times, expectedMembers=size)


def ended(batch, request, at, error=None):
    if error is None:
        return event(batch, request, "Completed", at)
    kind = str(error.get("code") or error.get("type") or "error")
    message = str(error.get("message") or kind)
    if kind in ("cancelled", "canceled", "batch_cancelled"):
        return event(batch, request, "Cancelled", at, reason=message, actor=batch["source"])
    return event(batch, request, "Failed", at, errorType=kind, message=message, retriable=False)
