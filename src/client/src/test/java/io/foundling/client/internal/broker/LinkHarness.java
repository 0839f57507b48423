package io.foundling.client.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Producer;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.Ticket;
import io.foundling.schemas.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/** A link whose producers answer as a test says, under a clock that the test sets. */
abstract class LinkHarness {

    static final int PARTITIONS = 3;
    static final int STUCK = 1;

    final List<ScriptedProducer> made = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    long nowNanos;
    BrokerLink link = link(Optional.of(new Watch(Watch.PATIENCE, Duration.ofSeconds(15), 0)));

    BrokerLink link(Optional<Watch> watch) {
        return new BrokerLink("audit.events", this::newProducer, watch, () -> nowNanos);
    }

    private ScriptedProducer newProducer() {
        ScriptedProducer producer = new ScriptedProducer(PARTITIONS);
        made.add(producer);
        return producer;
    }

    int secondsUntilReplaced() {
        ScriptedProducer watched = made.get(made.size() - 1);
        int seconds = 0;
        while (!watched.closed()) {
            pass(Duration.ofSeconds(1), true);
            seconds++;
            assertThat(seconds).isLessThan(3_600);
        }
        return seconds;
    }

    /** Each second the broker answers a request, and an event of another partition if the others go on. */
    void pass(Duration time, boolean othersGoOn) {
        for (long second = 0; second < time.toSeconds(); second++) {
            nowNanos += Duration.ofSeconds(1).toNanos();
            ScriptedProducer producer = made.get(made.size() - 1);
            if (othersGoOn && !producer.closed()) {
                hand(0);
                producer.answer(0);
            }
            producer.countAnAnswer();
            link.replaceUseless();
        }
    }

    void hand(int partition) {
        hand(partition, PARTITIONS);
    }

    void hand(int partition, int of) {
        assertThat(handed(partition, of)).isEmpty();
    }

    Optional<Throwable> handed(int partition, int of) {
        return link.hand(event(partition, of), new Outcome());
    }

    class Outcome implements BrokerLink.Outcome {

        @Override
        public void written(Ticket ticket) {
            // counted by the producer
        }

        @Override
        public void failed(Throwable failure) {
            failures.add(failure);
        }
    }

    static AuditEvent event(int partition, int of) {
        Subject subject = IntStream.iterate(0, id -> id + 1)
                .mapToObj(id -> new Subject(SubjectKind.RECORD, "university", "declaration", Integer.toString(id)))
                .filter(candidate -> partition(candidate, of) == partition)
                .findFirst()
                .orElseThrow();
        return AuditEvent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setSubject(subject)
                .setOccurredAt(Instant.EPOCH)
                .setProducer(new Producer("declarations", "pod-1", "1", 0L))
                .setBody(new Completed())
                .build();
    }

    static int partition(Subject subject, int of) {
        return Utils.toPositive(Utils.murmur2(SubjectKey.of(subject).getBytes(StandardCharsets.UTF_8))) % of;
    }
}
