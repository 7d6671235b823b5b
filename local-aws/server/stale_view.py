"""A view of something as it was some seconds ago, like that of a cache."""
import threading
import time

INTERVAL = 0.2  # in seconds


class StaleView:
    """Returns what `look` returned some seconds ago. In the first seconds, that is what it returned when the view was made."""

    def __init__(self, look, seconds):
        self._look, self._seconds = look, seconds
        self._seen = [(time.monotonic(), look())]  # when it became so, and what it was; the oldest first
        self._lock, self._stopped = threading.Lock(), threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self):
        with self._lock:
            while len(self._seen) > 1 and self._seen[1][0] <= time.monotonic() - self._seconds:
                self._seen.pop(0)
            return self._seen[0][1]

    def stop(self):
        self._stopped.set()

    def _watch(self):
        while not self._stopped.wait(INTERVAL):
            try:
                now = self._look()
            except OSError:
                continue  # the API server does not answer
            with self._lock:
                if now != self._seen[-1][1]:
                    self._seen.append((time.monotonic(), now))
