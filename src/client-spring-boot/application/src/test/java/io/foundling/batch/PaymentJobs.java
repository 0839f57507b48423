package io.foundling.batch;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.springboot.JobBatches;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.support.SimplePartitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * An application whose only job reports a payment in each partition, of which it has one unless more are asked for, and fails
 * as often as it is asked to. It compiles with Spring Batch 5 and 6.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PaymentJobs {

    @Bean
    AbstractJob payments(
            JobRepository repository,
            PlatformTransactionManager transactions,
            AuditRecorder recorder,
            JobBatches batches,
            @Value("${fails:false}") boolean fails,
            @Value("${partitions:0}") int partitions) {
        TaskletStep pay = new StepBuilder("pay", repository)
                .tasklet(
                        (contribution, chunk) -> {
                            if (fails) {
                                throw new IllegalStateException("the bank does not answer");
                            }
                            Subject payment = new Subject(SubjectKind.RECORD, "bank", "payment", "p-1");
                            Subject batch = batches.batchOf(contribution.getStepExecution());
                            recorder.on(payment).parent(batch).completed();
                            contribution.incrementReadCount();
                            contribution.incrementWriteCount(1);
                            return null;
                        },
                        transactions)
                .build();
        var payAll = partitions == 0
                ? pay
                : new StepBuilder("pay.manager", repository)
                        .partitioner("pay", new SimplePartitioner())
                        .step(pay)
                        .gridSize(partitions)
                        .build();
        return (AbstractJob)
                new JobBuilder("payments", repository).start(payAll).build();
    }
}
