#!/usr/bin/python3
"""Reports the batches of LLM providers to the intake of Foundling; cron calls it every few minutes.

llm_batches.py, in the same directory, says what is reported of a batch. A failure is printed and affects only its own
batch, which the next call reports. POLL_STATE may name a file that keeps which batches were reported with which status.
"""
import json
import os
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

from batch_events import moment
from http_calls import Refused, call
from intake import lots, send
from llm_batches import anthropic, openai

KEPT = timedelta(days=3)  # A batch ends within one day.
PROVIDERS = (
    (openai, "/v1/batches?limit=100", "after", {"Authorization": "Bearer {}"}),
    (anthropic, "/v1/messages/batches?limit=100", "after_id", {"x-api-key": "{}", "anthropic-version": "2023-06-01"}))


def batches(url, after, since, headers):
    """The batches that were created since a time, newest first."""
    last = ""
    while last is not None:
        page = json.loads(call(url + last, headers))
        for batch in page["data"]:
            if moment(batch["created_at"]) < since:
                return
            yield batch
        last = f"&{after}={page['data'][-1]['id']}" if page.get("has_more") and page["data"] else None


def lines(url, headers, kept):
    """What is kept of each line of a file, or None if it was deleted."""
    try:
        return [kept(json.loads(line)) for line in call.lines(url, headers) if line.strip()]
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return None


@contextmanager
def noted(what, failures):
    try:
        yield
    except Exception as failure:
        failures.append(f"{what}: {failure!r}")


def main(settings, begin, failures, state, reported=0):
    state.seek(0)
    known = set(state.read().split("\n"))
    intake, token = settings["INTAKE_URL"] + "/api/v1/events", settings.get("INTAKE_TOKEN")
    headers = {"Content-Type": "application/x-ndjson"} | ({"Authorization": f"Bearer {token}"} if token else {})
    since = max(begin, datetime.now(timezone.utc) - KEPT)
    for events_of, path, after, login in PROVIDERS:
        source = events_of.__name__
        key = settings.get(f"{source.upper()}_API_KEY")
        url = settings.get(f"{source.upper()}_URL") or f"https://api.{source}.com"
        sent = {header: value.format(key) for header, value in login.items()}
        with noted(f"{source}: {url}", failures):
            for found in batches(url + path, after, since, sent) if key else ():
                now, before = f"{found['id']} {found.get('status', found.get('processing_status'))}", len(failures)
                if now in known:
                    continue
                with noted(found["id"], failures):
                    batch = {"kind": "BATCH", "source": source, "stage": "batch", "id": found["id"]}
                    events = events_of(batch, found, lambda path, kept: lines(url + path, sent, kept))
                    for lot in lots(events):
                        refused = send(lot, intake, headers)
                        failures.extend(f"{found['id']}: refused: {result['reason']}" for result in refused)
                        reported += len(lot) - len(refused)
                    if len(failures) == before:
                        print(now, file=state, flush=True)
    print(f"{reported} events reported")


if __name__ == "__main__":
    if not os.environ.get("INTAKE_URL"):
        raise SystemExit("poll_batches.py: INTAKE_URL is not set; it is the address of an intake or a console")
    problems = []
    try:
        begin = moment(os.environ.get("POLL_SINCE") or 0)
    except ValueError as malformed:
        raise SystemExit(f"poll_batches.py: POLL_SINCE must be a time such as 2026-11-30T12:00:00Z: {malformed}")
    if begin > datetime.now(timezone.utc):
        raise SystemExit(f"poll_batches.py: POLL_SINCE is {begin.isoformat()}, must not be in the future")
    try:
        with open(os.environ.get("POLL_STATE") or os.devnull, "a+") as state:
            main(os.environ, begin, problems, state)
    except OSError as unusable:
        raise SystemExit(f"poll_batches.py: POLL_STATE must be a file that can be read and written: {unusable}")
    raise SystemExit("\n".join(f"poll_batches.py: {problem}" for problem in problems) or None)
