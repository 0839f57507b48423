package io.foundling.console.delivery.topics;

import io.foundling.console.delivery.AlertSink;
import io.foundling.console.delivery.Notification;
import io.foundling.console.delivery.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers what the reader of the topics hands over, and what is written, in one order. */
final class RecordingSink implements AlertSink, BeginningLog {

    private final List<String> calls = new ArrayList<>();

    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void restore(Progress progress) {
        calls.add("restore " + progress.id());
    }

    @Override
    public void changed(Notification change) {
        calls.add((change.isFiring() ? "firing " : "resolved ") + change.id());
    }

    @Override
    public void removed(String key) {
        calls.add("removed " + key);
    }

    @Override
    public void unreadable(String key) {
        calls.add("unreadable " + key);
    }

    @Override
    public void handedOver() {
        calls.add("handed over");
    }

    @Override
    public Map<String, Optional<Progress>> prepare(boolean first) {
        calls.add(first ? "prepare first" : "prepare");
        return Map.of("orphaned/s/gone", Optional.empty());
    }

    @Override
    public void begin() {
        calls.add("begin");
    }

    @Override
    public void begin(Instant since, Map<String, Optional<Progress>> done) {
        calls.add("write " + since + " " + done.keySet());
    }

    @Override
    public RuntimeException failure() {
        return null;
    }

    @Override
    public void close() {}
}
