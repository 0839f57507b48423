#!/usr/bin/python3
"""Reports the same facts as PlainService.java; how that works from Python is in audit_recorder.py."""

import os
import sys
import time

from audit_recorder import AuditRecorder, Fact

SETTINGS = ("AUDIT_BOOTSTRAP_SERVERS", "AUDIT_SCHEMA_REGISTRY_URL", "AUDIT_SERVICE")
RUN = {"kind": "BATCH", "source": "university", "stage": "payment-run", "id": "2026-09-01"}
DECLARATIONS = ("4711", "4712", "2026/17", "Zoë 4715")
DAY_MS = 24 * 60 * 60 * 1000


def now_ms():
    return time.time_ns() // 1_000_000


def subject(declaration):
    return {"kind": "RECORD", "source": "university", "stage": "declaration", "id": declaration}


def accept(recorder, declaration):
    recorder.record(subject(declaration), Fact("Deferred", dueAt=now_ms() + DAY_MS), parent=RUN)


def pay(recorder, declaration):
    started, accepted, ended = now_ms(), declaration != "4712", now_ms()
    submission = Fact("Pending", startedAt=started, completedAt=ended, durationMs=ended - started)
    failure = Fact("Failed", errorType="AccountClosed", message="the bank knows no such account", retriable=False)
    recorder.record(subject(declaration), submission, parent=RUN)
    recorder.record(subject(declaration), Fact("Completed") if accepted else failure, parent=RUN)
    print(declaration, "paid" if accepted else "not paid")


def main():
    missing = [name for name in SETTINGS if not os.environ.get(name)]
    if missing:
        print("report.py: missing in the environment:", ", ".join(missing), file=sys.stderr)
        return 2
    try:
        recorder = AuditRecorder(*(os.environ[name] for name in SETTINGS))
    except OSError as error:
        print("report.py: no schema from", os.environ["AUDIT_SCHEMA_REGISTRY_URL"], error, file=sys.stderr)
        return 1
    for declaration in DECLARATIONS:
        accept(recorder, declaration)
    for declaration in DECLARATIONS:
        pay(recorder, declaration)
    print("events not written:", recorder.close(10))
    return 0


if __name__ == "__main__":
    sys.exit(main())
