"""Calls over HTTP. They wait where a server asks for a pause, up to two minutes in all."""
import time
import urllib.error
import urllib.request

BLOCK = 256 * 1024


class Refused(Exception):
    """A server has answered with an error; `answer` is its text."""

    def __init__(self, status, answer):
        super().__init__(f"{status} {answer[:300]}")
        self.status, self.answer = status, answer


class Calls:
    """Calls that together wait at most so many seconds; what a server takes to answer is not counted."""

    def __init__(self, pauses):
        self.left = pauses

    def __call__(self, url, headers, body=None):
        with self.answer(url, headers, body) as answer:
            return answer.read().decode()

    def lines(self, url, headers):
        """The lines of an answer, of which few are in memory. Fails if the connection ends before the answer does."""
        with self.answer(url, headers) as answer:
            left, rest = int(answer.headers.get("Content-Length", 0)), b""
            while block := answer.read(BLOCK):  # Its readline() takes the end of the connection for that of the answer.
                left -= len(block)
                *whole, rest = (rest + block).split(b"\n")
                yield from whole
            if left > 0:
                raise ConnectionError(f"the connection broke {left} bytes before the end of {url}")
            yield rest

    def answer(self, url, headers, body=None):
        while True:
            try:
                return urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=60)
            except urllib.error.HTTPError as refusal:
                asked = refusal.headers.get("Retry-After", "")
                pause = max(1, int(asked)) if asked.isdecimal() else None
                if refusal.code not in (429, 503) or pause is None or pause > self.left:
                    raise Refused(refusal.code, refusal.read().decode(errors="replace")) from None
                self.left -= pause
                time.sleep(pause)


call = Calls(pauses=120)
