"""The audit events that a batch of an LLM provider gives: for each status, one of the batch and one of each request.

Requests of OpenAI are pending until a file has their results; Anthropic does not return its requests. Ids and times of
events follow from the provider's answers, so that a repeat gives the same events. `lines` returns what a function keeps
of each line of a file, or None if the file is gone: files are large, so nothing else of them stays in memory.
"""
from batch_events import ended, moment, pending

# Each status of a batch, and whether the batch has ended with it.
OPENAI = {"validating": False, "in_progress": False, "finalizing": False, "cancelling": False,
          "completed": True, "expired": True, "failed": True, "cancelled": True}
ANTHROPIC = {"in_progress": False, "canceling": False, "ended": True}
DELETED = "a file of its results was deleted before they were reported; they are not known"


def openai(batch, found, lines):
    """The events of a batch that is found in OpenAI's list."""
    time = lambda name: found.get(name) and moment(found[name]).isoformat()
    began, due, status = time("created_at"), time("expires_at"), found["status"]
    counts = found.get("request_counts") or {}
    requests = [] if status == "failed" else lines(f"/v1/files/{found['input_file_id']}/content", custom_id) or []
    yield pending(batch, None, began, due, len(requests) or counts.get("total") or None)
    for request in requests:
        yield pending(batch, request, began, due)
    end = end_of(status, OPENAI, time(f"{status}_at"))
    if not end:
        return
    left = dict.fromkeys(requests)
    gone = []
    for file, count in (("output_file_id", "completed"), ("error_file_id", "failed")):
        results = lines(f"/v1/files/{found[file]}/content", openai_result) if found.get(file) else []
        if results is None:
            gone.append(count)
        for request, error in results or []:
            left.pop(request, None)
            yield ended(batch, request, end, error)
    yield from of_deleted(batch, left, counts, gone, end)
    reasons = (found.get("errors") or {}).get("data") or [{"code": status}]
    yield ended(batch, None, end, None if status == "completed" else reasons[0])


def end_of(status, statuses, time):
    """The time at which a batch ended, or None while it goes on."""
    if status not in statuses:
        raise ValueError(f"its status {status!r} is not known; add it to llm_batches.py")
    if statuses[status] and not time:
        raise ValueError(f"its status is {status!r}, but the time of its end is missing")
    return time if statuses[status] else None


def of_deleted(batch, left, counts, gone, end):
    """The results that were in a deleted file, if the other file and the counts of the batch say what they were."""
    if not gone:
        return
    if len(gone) > 1 or len(left) != counts.get(gone[0]):
        raise ValueError(DELETED)
    for request in left:
        yield ended(batch, request, end, {"code": "deleted"} if gone == ["failed"] else None)


def custom_id(line):
    return line["custom_id"]


def openai_result(line):
    """A request of OpenAI, and why it has failed, or None if it has not."""
    return line["custom_id"], line.get("error") or refusal(line.get("response"))


def refusal(response):
    """Why an answered request has failed, or None if it has not."""
    if not response or response["status_code"] == 200:
        return None
    return {"code": f"HTTP {response['status_code']}", **(response.get("body") or {}).get("error", {})}


def anthropic(batch, found, lines):
    """The events of a batch that is found in Anthropic's list."""
    size = sum(found["request_counts"].values())
    yield pending(batch, None, found["created_at"], found["expires_at"], size)
    end = end_of(found["processing_status"], ANTHROPIC, found.get("ended_at"))
    if not end:
        return
    results = lines(f"/v1/messages/batches/{found['id']}/results", anthropic_result)
    if results is None and size:
        raise ValueError(DELETED)
    for request, error in results or []:
        yield ended(batch, request, end, error)
    yield ended(batch, None, end)


def anthropic_result(line):
    """A request of Anthropic, and why it has failed, or None if it has not."""
    found = line["result"]
    error = (found.get("error") or {}).get("error") or found
    return line["custom_id"], None if found["type"] == "succeeded" else error
