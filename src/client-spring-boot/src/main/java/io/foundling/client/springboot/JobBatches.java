package io.foundling.client.springboot;

import io.foundling.audit.Subject;
import org.springframework.core.env.Environment;

/**
 * The subjects under which jobs of Spring Batch are reported, so that an application can give the records of a job their
 * parent. Works with Spring Batch 5 and 6. Any thread.
 */
public final class JobBatches {

    private final String source;

    JobBatches(String source) {
        this.source = source;
    }

    /** Reads {@code foundling.batch.source}; without it, the name under which the recorder reports. */
    static JobBatches of(Environment environment) {
        String application = environment.getProperty("spring.application.name", "spring-batch");
        String service = environment.getProperty("audit.service", application);
        return new JobBatches(environment.getProperty("foundling.batch.source", service));
    }

    /**
     * Returns the BATCH that the job instance of an execution is reported as.
     *
     * @param execution a {@code JobExecution} or a {@code StepExecution}
     */
    public Subject batchOf(Object execution) {
        return new BatchExecution(execution).jobExecution().batch(source);
    }
}
