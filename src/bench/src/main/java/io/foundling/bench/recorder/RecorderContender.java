package io.foundling.bench.recorder;

import io.foundling.audit.Subject;
import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryRecorderMetrics;
import io.foundling.client.RecorderBuilder;
import io.foundling.client.Ticket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** A recorder, called as its README shows. */
final class RecorderContender implements Contender {

    private final InMemoryRecorderMetrics metrics = new InMemoryRecorderMetrics();
    private final LongAdder lost = new LongAdder();
    private final AuditRecorder recorder;
    private final boolean watchesTickets;

    /** @param watchesTickets whether the caller uses each ticket, which a service need not do */
    RecorderContender(RecorderBuilder builder, boolean watchesTickets) {
        this.recorder = builder.metrics(metrics).build();
        this.watchesTickets = watchesTickets;
    }

    @Override
    public void call(long n, Subject subject) {
        CompletionStage<Ticket> ticket = Workload.report(recorder, n, subject);
        if (watchesTickets) {
            ticket.whenComplete(this::count);
        }
    }

    @Override
    public boolean settle(Duration limit) {
        return recorder.flush(limit);
    }

    @Override
    public long lost() {
        return watchesTickets ? lost.sum() : metrics.lostEvents();
    }

    @Override
    public OptionalLong lostByMetrics() {
        return OptionalLong.of(metrics.lostEvents());
    }

    @Override
    public void close() {
        recorder.close(Duration.ofSeconds(1));
    }

    private void count(Ticket written, Throwable failure) {
        if (failure != null) {
            lost.increment();
        }
    }
}
