"""Reports two audit events over HTTP with the standard library: python3 report_http.py URL [TOKEN]"""
import datetime, json, sys, time, urllib.error, urllib.request

def report(url, token, key, events):
    """Returns the results once every event is durable; repeats, which counts once, while the intake cannot take them."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url + "/api/v1/events", json.dumps(events).encode(), headers)
    for attempt in range(10):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)["results"]
        except urllib.error.HTTPError as refused:
            if refused.code not in (429, 503):
                raise SystemExit("refused: " + refused.read().decode())
            time.sleep(float(refused.headers.get("Retry-After", 2 ** attempt)))
        except OSError:  # No answer: it may have been recorded or not.
            time.sleep(min(2 ** attempt, 30))
    raise SystemExit("the intake did not take the events")

subject = {"kind": "RECORD", "source": "university", "stage": "declaration", "id": "4711"}
now = datetime.datetime.now(datetime.timezone.utc).isoformat()
print(report(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None, "declaration-4711-deferred", [
    {"subject": subject, "occurredAt": now, "fact": "Opened"},
    {"subject": subject, "occurredAt": now, "fact": "Deferred", "body": {"waitingOn": "the bank"}},
]))
