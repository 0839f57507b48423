"""Sends events to an intake or a console of Foundling."""
import json

from http_calls import Refused, call


def lots(events):
    """Lots of at most 500 events. What came before a failure is a lot, too."""
    lot = []
    try:
        for event in events:
            lot.append(event)
            if len(lot) == 500:
                yield lot
                lot = []
    except Exception:
        yield lot
        raise
    yield lot


def send(lot, url, headers):
    """Returns the results of the events that were refused; all others are durable."""
    try:
        if lot:
            call(url, headers, "\n".join(map(json.dumps, lot)).encode())
        return []
    except Refused as refusal:
        if refusal.status != 422:
            raise
        return [result for result in json.loads(refusal.answer)["results"] if result["status"] == "refused"]
