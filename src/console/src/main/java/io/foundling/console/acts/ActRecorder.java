package io.foundling.console.acts;

import io.foundling.audit.AuditEvent;
import io.foundling.client.AuditRecorder;
import io.foundling.client.LossReason;
import io.foundling.client.LostEventException;
import io.foundling.client.Ticket;
import io.foundling.schemas.failure.Causes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Writes events into source topics, each by a recorder of its own, which is made for the first event. A call returns
 * once the broker has acknowledged, or the recorder has given up. Any thread.
 */
final class ActRecorder implements AutoCloseable {

    private static final Set<LossReason> FINAL = Set.of(LossReason.TOO_LARGE, LossReason.INVALID, LossReason.CLOSED);

    private final Function<String, AuditRecorder> recorders;
    private final Map<String, AuditRecorder> open = new ConcurrentHashMap<>();

    /** @param recorders makes that of a topic, whose calls end within a limit of time */
    ActRecorder(Function<String, AuditRecorder> recorders) {
        this.recorders = recorders;
    }

    Recording record(String topic, AuditEvent event) {
        try {
            Ticket ticket = open.computeIfAbsent(topic, recorders)
                    .record(event)
                    .toCompletableFuture()
                    .join();
            return new Recording.Recorded(event, ticket.topic(), ticket.partition(), ticket.offset());
        } catch (LostEventException lost) {
            return unrecorded(lost);
        } catch (CompletionException failed) {
            return failed.getCause() instanceof LostEventException lost
                    ? unrecorded(lost)
                    : new Recording.Unrecorded(Causes.sentence(failed.getCause()), false);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return new Recording.Unrecorded(Causes.sentence(refused), false);
        }
    }

    private static Recording.Unrecorded unrecorded(LostEventException lost) {
        String reason = lost.getCause() == null ? lost.getMessage() : Causes.sentence(lost.getCause());
        return new Recording.Unrecorded(reason, !FINAL.contains(lost.reason()));
    }

    @Override
    public void close() {
        open.values().forEach(AuditRecorder::close);
    }
}
