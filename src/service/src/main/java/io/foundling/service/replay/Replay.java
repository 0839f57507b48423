package io.foundling.service.replay;

import io.foundling.audit.AuditEvent;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.RecordRejectedException;
import io.foundling.service.replay.ReplaySummary.Stop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;

/**
 * One pass over an input. Each line becomes events, is ignored, or is reported as bad; a bad line does not affect
 * others.
 */
public final class Replay {

    private final Mapping mapping;
    private final LineContext context;
    private final ReplayPace pace;
    private final ReplayListener listener;
    private final ConcurrentMap<String, LongAdder> arrived = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();
    private long lines;
    private long ignored;
    private long skipped;

    public Replay(Mapping mapping, LineContext context, ReplayPace pace, ReplayListener listener) {
        this.mapping = mapping;
        this.context = context;
        this.pace = pace;
        this.listener = listener;
    }

    /** Sends the whole input and waits until everything has arrived or failed. */
    public ReplaySummary run(InputLines input, ReplayTarget target) throws InterruptedException {
        Optional<Stop> stopped = Optional.empty();
        try {
            send(input, target);
        } catch (IOException broken) {
            stopped = Optional.of(
                    new Stop(true, "the input cannot be read after line " + lines + ": " + broken.getMessage()));
        } catch (ReplayStoppedException lost) {
            stopped = Optional.of(new Stop(false, lost.getMessage()));
        }
        try {
            target.flush();
        } catch (ReplayStoppedException lost) {
            stopped = stopped.or(() -> Optional.of(new Stop(false, lost.getMessage())));
        }
        return summary(stopped);
    }

    private void send(InputLines input, ReplayTarget target) throws IOException, InterruptedException {
        Optional<byte[]> line = input.next();
        while (line.isPresent()) {
            lines++;
            for (AuditEvent event : events(line.get())) {
                if (pace.pausesNext()) {
                    target.flush();
                }
                pace.await();
                target.send(event, outcome(lines, event));
            }
            listener.progress(lines, sum(arrived));
            line = input.next();
        }
    }

    private List<AuditEvent> events(byte[] line) {
        if (new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
            return List.of();
        }
        try {
            if (line.length > InputLines.LONGEST_LINE_IN_BYTES) {
                throw new RecordRejectedException("is longer than " + InputLines.LONGEST_LINE_IN_BYTES + " bytes");
            }
            List<AuditEvent> events = mapping.events(context.record(line));
            if (events.isEmpty()) {
                ignored++;
            }
            return events;
        } catch (RecordRejectedException bad) {
            skipped++;
            listener.skipped(lines, bad.sentence());
            return List.of();
        }
    }

    private ReplayTarget.Outcome outcome(long line, AuditEvent event) {
        String body = ((SpecificRecord) event.getBody()).getSchema().getName();
        return new ReplayTarget.Outcome() {
            @Override
            public void arrived() {
                arrived.computeIfAbsent(body, first -> new LongAdder()).increment();
            }

            @Override
            public void refused(String reason) {
                refused.increment();
                listener.failed(line, reason);
            }
        };
    }

    private ReplaySummary summary(Optional<Stop> stopped) {
        Map<String, Long> sent = new TreeMap<>();
        arrived.forEach((body, count) -> sent.put(body, count.sum()));
        return new ReplaySummary(lines, sent, ignored, skipped, refused.sum(), stopped);
    }

    private static long sum(Map<String, LongAdder> counts) {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
