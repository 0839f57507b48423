#!/usr/bin/python3
"""Reports the newest 100 batches of each LLM provider to the intake of Foundling; cron calls it every few minutes.

Requests of OpenAI are pending until a file has their results; Anthropic gives no requests back. Ids and times of events
follow from the provider's answers: a repeat changes nothing. What fails is printed, and affects its own batch only.
"""
import json
import os
import time
import urllib.request
import uuid
from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import islice

UNTIL = time.monotonic() + 120  # Nobody waits longer for a server that asks for it.


def event(provider, batch, request, fact, at, **body):
    """One event of a request, or without one of the batch itself, in the form of POST /api/v1/events."""
    parent = {"kind": "BATCH", "source": provider, "stage": "batch", "id": batch}
    record = {"kind": "RECORD", "source": provider, "stage": "request", "id": f"{batch}/{request}"}
    name = uuid.uuid5(uuid.NAMESPACE_URL, "/".join((provider, batch, request or "", fact)))
    about = {"subject": record, "parent": parent} if request else {"subject": parent}
    return {"eventId": str(name), "occurredAt": at, **about, "fact": fact, "body": body}


def pending(provider, batch, request, at, due, **body):
    return event(provider, batch, request, "Pending", at, startedAt=at, completedAt=at, durationMs=0, dueAt=due, **body)


def ended(provider, batch, request, at, error):
    if error is None:
        return event(provider, batch, request, "Completed", at)
    kind = str(error.get("code") or error.get("type") or "error")
    message = str(error.get("message") or kind)
    if kind in ("cancelled", "canceled", "batch_cancelled"):
        return event(provider, batch, request, "Cancelled", at, reason=message, actor=provider)
    return event(provider, batch, request, "Failed", at, errorType=kind, message=message, retriable=False)


def openai(lines, batch):
    moment = lambda name: batch.get(name) and datetime.fromtimestamp(batch[name], timezone.utc).isoformat()
    name, began, due, status = batch["id"], moment("created_at"), moment("expires_at"), batch["status"]
    given = [] if status == "failed" else lines(f"/v1/files/{batch['input_file_id']}/content")
    size = len(given) or (batch.get("request_counts") or {}).get("total") or None
    yield pending("openai", name, None, began, due, expectedMembers=size)
    yield from (pending("openai", name, line["custom_id"], began, due) for line in given)
    end = moment(f"{status}_at") if status in ("completed", "expired", "failed", "cancelled") else None
    for file in filter(None, (batch.get("output_file_id"), batch.get("error_file_id")) if end else ()):
        for line in lines(f"/v1/files/{file}/content"):
            answer = line.get("response") or {"status_code": 200}
            failure = {"code": f"HTTP {answer['status_code']}", **(answer.get("body") or {}).get("error", {})}
            error = line.get("error") or (failure if answer["status_code"] != 200 else None)
            yield ended("openai", name, line["custom_id"], end, error)
    reasons = (batch.get("errors") or {}).get("data") or [{"code": status}]
    yield from [ended("openai", name, None, end, None if status == "completed" else reasons[0])] if end else []


def anthropic(lines, batch):
    name, began, end, counts = batch["id"], batch["created_at"], batch.get("ended_at"), batch["request_counts"]
    yield pending("anthropic", name, None, began, batch["expires_at"], expectedMembers=sum(counts.values()))
    for line in lines(f"/v1/messages/batches/{name}/results") if end else ():
        result, outer = line["result"], line["result"].get("error") or {}
        error = None if result["type"] == "succeeded" else outer.get("error") or result
        yield ended("anthropic", name, line["custom_id"], end, error)
    yield from [ended("anthropic", name, None, end, None)] if end else []


def call(url, headers, body=None):
    while True:
        try:
            return urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60).read().decode()
        except urllib.error.HTTPError as refusal:
            if refusal.code == 404 and not body:
                return ""  # A file that was deleted has no lines.
            asked = refusal.headers.get("Retry-After") or ""
            if refusal.code not in (429, 503) or not asked.isdecimal() or time.monotonic() + int(asked) > UNTIL:
                raise
            time.sleep(max(1, int(asked)))


@contextmanager
def noted(what, failures, only=None):
    try:
        yield
    except Exception as failure:
        if only not in (None, getattr(failure, "code", None)):
            raise
        answer = failure.read().decode(errors="replace") if hasattr(failure, "read") else ""
        failures.append(f"poll_batches.py: {what}: {failure!r} {answer[:200]} {answer.partition('reason')[2][:200]}")


def main(settings, failures, reported=0):
    intake, token = settings["INTAKE_URL"] + "/api/v1/events", settings.get("INTAKE_TOKEN")
    headers = {"Content-Type": "application/x-ndjson"} | ({"Authorization": f"Bearer {token}"} if token else {})
    for events_of, path, login in (
            (openai, "/v1/batches?limit=100", {"Authorization": "Bearer {}"}),
            (anthropic, "/v1/messages/batches?limit=100", {"x-api-key": "{}", "anthropic-version": "2023-06-01"})):
        name = events_of.__name__
        key, url = (settings.get(f"{name.upper()}_{setting}") for setting in ("API_KEY", "URL"))
        sent = {header: value.format(key) for header, value in login.items()}
        get = lambda path: call((url or f"https://api.{name}.com") + path, sent)
        with noted(name, failures):
            for batch in json.loads(get(path))["data"] if key else ():
                with noted(batch["id"], failures):
                    events = events_of(lambda file: [json.loads(line) for line in get(file).split("\n") if line], batch)
                    while lot := list(islice(events, 500)):
                        with noted(batch["id"], failures, only=422):  # What else the lot has is durable.
                            call(intake, headers, "\n".join(map(json.dumps, lot)).encode())
                            reported += len(lot)
    print(f"{reported} events reported")


if __name__ == "__main__":
    problems = []
    with noted("settings", problems):
        main(os.environ, problems)
    raise SystemExit("\n".join(problems) or None)
