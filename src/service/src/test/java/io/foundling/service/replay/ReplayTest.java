package io.foundling.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.service.mapping.Mapping;
import io.foundling.service.mapping.MappingReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Mapping MAPPING = MappingReader.read("test.yaml", """
                    subject: {kind: RECORD, source: s, stage: t, id: {field: id}}
                    time: {field: at, format: epoch-millis}
                    eventId: id
                    facts: {field: what, otherwise: skip, rules: [{when: a, body: Opened}]}
                    """);

    private final List<String> reported = new ArrayList<>();

    @Test
    void shouldCountWhatTheBrokerRefusesAndGoOn() throws Exception {
        // When
        ReplaySummary summary = run("1", (event, outcome) -> outcome.refused("too large"));

        // Then
        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.sentByBody()).isEqualTo(Map.of("Opened", 2L));
        assertThat(summary.ignored()).isEqualTo(1);
        assertThat(summary.stopped()).isEmpty();
        assertThat(reported).containsExactly("line 2 failed: too large");
    }

    @Test
    void shouldStopAndSayWhyWhenNothingMoreCanBeSent() throws Exception {
        // When
        ReplaySummary summary = run("1", (event, outcome) -> {
            throw new ReplayStoppedException("broker gone", new IllegalStateException());
        });

        // Then
        assertThat(summary.stopped()).hasValue(new ReplaySummary.Stop(false, "broker gone"));
        assertThat(summary.lines()).isEqualTo(2);
        assertThat(summary.sent()).isEqualTo(1);
    }

    /** Sends subjects 0 to 2 and a line to be left out; one of them meets something else than success. */
    private ReplaySummary run(String special, Fate fate) throws Exception {
        String lines = """
                {"id":0,"at":1,"what":"a"}
                {"id":1,"at":1,"what":"a"}
                {"id":2,"at":1,"what":"a"}
                {"id":3,"at":1,"what":"b"}
                """;
        ReplayPace pace = new ReplayPace(
                OptionalLong.empty(), OptionalLong.empty(), Duration.ZERO, System::nanoTime, nanos -> {});
        return new Replay(MAPPING, new LineContext(Optional.empty(), Map.of()), pace, new Listener())
                .run(
                        InputLines.of(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))),
                        new Sink(special, fate));
    }

    private interface Fate {
        void of(AuditEvent event, ReplayTarget.Outcome outcome);
    }

    private record Sink(String special, Fate fate) implements ReplayTarget {
        @Override
        public void send(AuditEvent event, Outcome outcome) {
            if (event.getSubject().getId().equals(special)) {
                fate.of(event, outcome);
            } else {
                outcome.arrived();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final class Listener implements ReplayListener {
        @Override
        public void skipped(long line, String reason) {
            reported.add("line " + line + " skipped: " + reason);
        }

        @Override
        public void failed(long line, String reason) {
            reported.add("line " + line + " failed: " + reason);
        }

        @Override
        public void progress(long lines, long sent) {}
    }
}
