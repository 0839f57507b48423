"""Reports two audit events over HTTP with the standard library: python3 report_http.py URL [TOKEN]"""
import datetime, http.client, json, sys, time, urllib.error, urllib.request

def report(url, token, key, events):
    """Returns the results once every event is durable; repeats, which counts once, while the intake cannot take them."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if token:
        headers["Authorization"] = "Bearer " + token
    request = urllib.request.Request(url + "/api/v1/events", json.dumps(events).encode(), headers)
    for seconds in (1, 2, 4, 8, 16, 30, 30, 30, 0):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)["results"]
        except urllib.error.HTTPError as refusal:
            problem, asked = refusal.read().decode(), refusal.headers.get("Retry-After", "")
            if refusal.code != 429 and refusal.code < 500:
                break
            seconds = min(int(asked), 60) if seconds and asked.isdecimal() else seconds
        except (OSError, http.client.HTTPException) as failure:  # No answer: it may have been recorded or not.
            problem = failure
        time.sleep(seconds)
    raise SystemExit(f"the intake did not take the events: {problem}")

subject = {"kind": "RECORD", "source": "university", "stage": "declaration", "id": "4711"}
now = datetime.datetime.now(datetime.timezone.utc).isoformat()
if len(sys.argv) < 2 or not sys.argv[1].startswith("http"):
    raise SystemExit("expected report_http.py URL [TOKEN], with the URL of an intake or a console")
print(report(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None, "declaration-4711-deferred", [
    {"subject": subject, "occurredAt": now, "fact": "Opened"},
    {"subject": subject, "occurredAt": now, "fact": "Deferred", "body": {"waitingOn": "the bank"}}]))
