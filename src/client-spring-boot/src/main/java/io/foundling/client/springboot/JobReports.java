package io.foundling.client.springboot;

import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the jobs of Spring Batch. A job instance is a BATCH, with the name of the job as stage and the number of the
 * instance as id. Each execution is an attempt, numbered from 1 in the order of the ids of executions. The number is
 * counted when the execution begins and kept until it ends: a repository that is purged or away meanwhile does not
 * change it. An execution opens the batch and completes it with counts, or fails it. One that dies with its process
 * leaves the batch open, until a window expires. What cannot be reported is logged: no job fails because of it. Any
 * thread.
 */
final class JobReports {

    private static final Logger LOG = LoggerFactory.getLogger(JobReports.class);

    private final Supplier<AuditRecorder> recorder;
    private final JobBatches batches;
    private final Function<Object, Collection<?>> executions;

    private final BegunExecutions begun = new BegunExecutions();

    /**
     * @param recorder asked for at each event, as it may be made after the jobs
     * @param executions returns all executions of a job instance, the present one among them
     */
    JobReports(Supplier<AuditRecorder> recorder, JobBatches batches, Function<Object, Collection<?>> executions) {
        this.recorder = recorder;
        this.batches = batches;
        this.executions = executions;
    }

    void began(Object execution) {
        report(execution, job -> countAndKeep(execution, job), (job, draft) -> draft.opened());
    }

    void ended(Object execution) {
        Optional<Integer> attempt = begun.take(execution);
        report(execution, job -> attempt.orElseGet(() -> count(job)), BatchExecution::end);
    }

    private void report(
            Object execution, ToIntFunction<BatchExecution> attempt, BiConsumer<BatchExecution, EventDraft> fact) {
        try {
            BatchExecution job = new BatchExecution(execution);
            EventDraft draft = recorder.get()
                    .on(batches.batchOf(execution))
                    .attempt(attempt.applyAsInt(job))
                    .metadata("executionId", Long.toString(job.id()));
            fact.accept(job, draft);
        } catch (RuntimeException | LinkageError failure) {
            // The versions of Avro or Kafka that an application brings may clash: that is found at the first event.
            LOG.warn("an execution of a job was not reported: {}", failure.toString());
        }
    }

    private int countAndKeep(Object execution, BatchExecution job) {
        int attempt = count(job);
        begun.put(execution, attempt);
        return attempt;
    }

    /** Called at the end only if it could not count at the beginning, or the beginning was in another process. */
    private int count(BatchExecution job) {
        return (int) executions.apply(job.instance()).stream()
                .filter(other -> new BatchExecution(other).id() <= job.id())
                .count();
    }
}
