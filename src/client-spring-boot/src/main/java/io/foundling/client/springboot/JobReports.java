package io.foundling.client.springboot;

import io.foundling.audit.Failed;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;

/**
 * Reports the jobs of Spring Batch. A job instance is a BATCH, with the name of the job as stage and the number of the
 * instance as id; each execution is an attempt of it, numbered from 1 in the order of their ids. The number is counted
 * when the execution begins and kept until it ends, for the 1,000 executions that began last: a repository that is purged
 * or away meanwhile does not change it. An execution opens the batch and completes it with counts, or fails it. One that
 * dies with its process leaves the batch open, until a window expires. Executions are read by the names of their properties, because Spring Batch 6 has their types in other packages
 * than Spring Batch 5. What cannot be reported is logged: no job fails because of it. Any thread.
 */
final class JobReports {

    private static final Logger LOG = LoggerFactory.getLogger(JobReports.class);
    private static final int MOST_RUNNING = 1_000;
    private static final List<String> COUNTS = List.of("read", "write", "filter", "skip");

    private final Supplier<AuditRecorder> recorder;
    private final String source;
    private final Function<Object, Collection<?>> executions;

    /** By the ids of executions that have begun and not ended. */
    private final Map<Long, Integer> attempts = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > MOST_RUNNING;
        }
    });

    /**
     * @param recorder asked for at each event, as it may be made after the jobs
     * @param executions returns all executions of a job instance, the present one among them
     */
    JobReports(Supplier<AuditRecorder> recorder, String source, Function<Object, Collection<?>> executions) {
        this.recorder = recorder;
        this.source = source;
        this.executions = executions;
    }

    void began(Object execution) {
        report(new BeanWrapperImpl(execution), this::attemptOfBegun, (job, draft) -> draft.opened());
    }

    void ended(Object execution) {
        report(new BeanWrapperImpl(execution), this::attemptOfEnded, this::ended);
    }

    private void ended(BeanWrapper job, EventDraft draft) {
        String status = job.getPropertyValue("status").toString();
        List<?> failures = (List<?>) job.getPropertyValue("allFailureExceptions");
        if (status.equals("COMPLETED")) {
            draft.completed(counts(job));
        } else if (failures.isEmpty()) {
            String description = (String) job.getPropertyValue("exitStatus.exitDescription");
            String message = description.isBlank() ? "the execution has ended as " + status : description;
            draft.failed(new Failed(status, message, false, counts(job)));
        } else {
            draft.failed((Throwable) failures.get(0), false);
        }
    }

    private void report(BeanWrapper job, ToIntFunction<BeanWrapper> attempt, Fact fact) {
        try {
            String name = (String) job.getPropertyValue("jobInstance.jobName");
            String id = job.getPropertyValue("jobInstance.instanceId").toString();
            EventDraft draft = recorder.get()
                    .on(new Subject(SubjectKind.BATCH, source, name, id))
                    .attempt(attempt.applyAsInt(job))
                    .metadata("executionId", job.getPropertyValue("id").toString());
            fact.record(job, draft);
        } catch (RuntimeException failure) {
            LOG.warn("an execution of a job was not reported: {}", failure.toString());
        }
    }

    private int attemptOfBegun(BeanWrapper job) {
        int attempt = counted(job);
        attempts.put(id(job), attempt);
        return attempt;
    }

    /** Counts if the beginning could not be counted, or was in another process. */
    private int attemptOfEnded(BeanWrapper job) {
        Integer begun = attempts.remove(id(job));
        return begun == null ? counted(job) : begun;
    }

    private int counted(BeanWrapper job) {
        return (int) executions.apply(job.getPropertyValue("jobInstance")).stream()
                .filter(other -> id(new BeanWrapperImpl(other)) <= id(job))
                .count();
    }

    private static long id(BeanWrapper execution) {
        return (Long) execution.getPropertyValue("id");
    }

    /** Sums of all steps of this execution. */
    private static Map<String, Long> counts(BeanWrapper job) {
        Map<String, Long> counts = new TreeMap<>();
        for (Object step : (Collection<?>) job.getPropertyValue("stepExecutions")) {
            BeanWrapper values = new BeanWrapperImpl(step);
            for (String count : COUNTS) {
                counts.merge(count, ((Number) values.getPropertyValue(count + "Count")).longValue(), Long::sum);
            }
        }
        return counts;
    }

    private interface Fact {
        void record(BeanWrapper job, EventDraft draft);
    }
}
