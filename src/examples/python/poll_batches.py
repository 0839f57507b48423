#!/usr/bin/python3
"""Reports the newest 100 batches of each LLM provider to the intake of Foundling; cron calls it every few minutes.

Requests of OpenAI are pending until a file has their results. Anthropic gives no requests back, only results. Ids and
times of events follow from the provider's answers, so what is reported again changes nothing.
"""

import json
import os
import urllib.request
import uuid
from datetime import datetime, timezone


def moment(value):
    return datetime.fromtimestamp(value, timezone.utc).isoformat() if isinstance(value, int) else value


def event(provider, batch, request, fact, at, **body):
    """One event of a request, or without one of the batch itself, in the form of POST /api/v1/events."""
    parent = {"kind": "BATCH", "source": provider, "stage": "batch", "id": batch}
    record = {"kind": "RECORD", "source": provider, "stage": "request", "id": f"{batch}/{request}"}
    name = uuid.uuid5(uuid.NAMESPACE_URL, "/".join((provider, batch, request or "", fact)))
    about = {"subject": record, "parent": parent} if request else {"subject": parent}
    return {"eventId": str(name), "occurredAt": moment(at), **about, "fact": fact, "body": body}


def pending(provider, batch, request, at, due, **body):
    times = {"startedAt": moment(at), "completedAt": moment(at), "durationMs": 0, "dueAt": moment(due)}
    return event(provider, batch, request, "Pending", at, **times, **body)


def ended(provider, batch, request, at, error):
    if error is None:
        return event(provider, batch, request, "Completed", at)
    kind = str(error.get("code") or error.get("type") or "error")
    failure = {"errorType": kind, "message": str(error.get("message") or kind), "retriable": False}
    return event(provider, batch, request, "Failed", at, **failure)


def lines(text):
    return [json.loads(line) for line in text.split("\n") if line]


def openai(get):
    for batch in json.loads(get("/v1/batches?limit=100"))["data"]:
        name, began, due, status = batch["id"], batch["created_at"], batch.get("expires_at"), batch["status"]
        content = "" if status == "failed" else get(f"/v1/files/{batch['input_file_id']}/content")
        requests = [line["custom_id"] for line in lines(content)]
        yield pending("openai", name, None, began, due, expectedMembers=len(requests) or None)
        yield from (pending("openai", name, request, began, due) for request in requests)
        end = batch.get(f"{status}_at") if status in ("completed", "expired", "failed", "cancelled") else None
        for file in filter(None, (batch.get("output_file_id"), batch.get("error_file_id")) if end else ()):
            for line in lines(get(f"/v1/files/{file}/content")):
                answer = line.get("response") or {"status_code": 200}
                failure = {"code": f"HTTP {answer['status_code']}", **(answer.get("body") or {}).get("error", {})}
                error = line.get("error") or (failure if answer["status_code"] != 200 else None)
                yield ended("openai", name, line["custom_id"], end, error)
        if end:
            reasons = (batch.get("errors") or {}).get("data") or [{"code": status}]
            yield ended("openai", name, None, end, None if status == "completed" else reasons[0])


def anthropic(get):
    for batch in json.loads(get("/v1/messages/batches?limit=100"))["data"]:
        name, began, end = batch["id"], batch["created_at"], batch.get("ended_at")
        size = sum(batch["request_counts"].values())
        yield pending("anthropic", name, None, began, batch["expires_at"], expectedMembers=size)
        for line in lines(get(f"/v1/messages/batches/{name}/results") if end else ""):
            result, outer = line["result"], line["result"].get("error") or {}
            error = None if result["type"] == "succeeded" else outer.get("error") or result
            yield ended("anthropic", name, line["custom_id"], end, error)
        yield from [ended("anthropic", name, None, end, None)] if end else []


def call(url, headers, body=None):
    return urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60).read().decode()


def main(settings):
    intake, events, token = {"Content-Type": "application/x-ndjson"}, [], settings.get("INTAKE_TOKEN")
    intake |= {"Authorization": f"Bearer {token}"} if token else {}
    if key := settings.get("OPENAI_API_KEY"):
        url = settings.get("OPENAI_URL", "https://api.openai.com")
        events += openai(lambda path: call(url + path, {"Authorization": f"Bearer {key}"}))
    if key := settings.get("ANTHROPIC_API_KEY"):
        url = settings.get("ANTHROPIC_URL", "https://api.anthropic.com")
        events += anthropic(lambda path: call(url + path, {"x-api-key": key, "anthropic-version": "2023-06-01"}))
    for first in range(0, len(events), 500):
        lot = "\n".join(map(json.dumps, events[first:first + 500])).encode()
        call(settings["INTAKE_URL"] + "/api/v1/events", intake, lot)
    print(f"{len(events)} events reported")


if __name__ == "__main__":
    try:
        main(os.environ)
    except (OSError, KeyError, ValueError) as failure:
        answer = failure.read().decode() if hasattr(failure, "read") else ""
        raise SystemExit(f"poll_batches.py: {failure!r} {answer}")
