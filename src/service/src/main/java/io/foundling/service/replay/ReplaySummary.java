package io.foundling.service.replay;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of a replay.
 *
 * @param lines read, blank ones included
 * @param sentByBody events that the broker has acknowledged
 * @param ignored lines that the mapping leaves out
 * @param skipped bad lines
 * @param failed events that the broker did not take
 * @param stopped why it ended before the input did
 */
public record ReplaySummary(
        long lines, Map<String, Long> sentByBody, long ignored, long skipped, long failed, Optional<Stop> stopped) {

    public ReplaySummary {
        sentByBody = Map.copyOf(sentByBody);
    }

    public long sent() {
        return sentByBody.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns one line for people. */
    public String sentence() {
        String bodies = sentByBody.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(body -> body.getKey() + " " + body.getValue())
                .collect(Collectors.joining(", "));
        return "lines %d, events sent %d%s, ignored %d, skipped %d, failed %d"
                .formatted(lines, sent(), bodies.isEmpty() ? "" : " (" + bodies + ")", ignored, skipped, failed);
    }

    /**
     * Why a replay ended before its input did.
     *
     * @param byInput whether the input broke, rather than the way to the topic
     */
    public record Stop(boolean byInput, String sentence) {}
}
