package io.foundling.client.springboot;

import io.foundling.client.AuditRecorder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Reports the jobs of an application that has Spring Batch, unless {@code foundling.batch.enabled} is false. Without a
 * repository that remembers instances every job would be instance 1, so then nothing is reported.
 */
@AutoConfiguration(after = AuditRecorderAutoConfiguration.class)
@ConditionalOnClass(name = BatchJobsAutoConfiguration.REPOSITORY)
public class BatchJobsAutoConfiguration {

    static final String REPOSITORY = "org.springframework.batch.core.repository.JobRepository";

    private static final Set<String> NAMES = Set.of("findJobExecutions", "getJobExecutions");

    @Bean
    JobBatches jobBatches(Environment environment) {
        return JobBatches.of(environment);
    }

    /** Static, and with providers: it is made before all other beans. */
    @Bean
    @ConditionalOnProperty(name = "foundling.batch.enabled", matchIfMissing = true)
    static ReportedJobs auditedJobs(
            ObjectProvider<AuditRecorder> recorder, BeanFactory beans, Environment environment) {
        Supplier<Object> repository = () -> beans.getBean(
                ClassUtils.resolveClassName(REPOSITORY, BatchJobsAutoConfiguration.class.getClassLoader()));
        return new ReportedJobs(new JobReports(
                recorder::getObject, JobBatches.of(environment), instance -> executions(repository.get(), instance)));
    }

    /** Spring Batch 5 finds them, and Spring Batch 6 gets them. */
    static Collection<?> executions(Object repository, Object instance) {
        String type = AopUtils.getTargetClass(repository).getSimpleName();
        if (type.equals("ResourcelessJobRepository")) {
            throw new IllegalStateException("the application has a " + type + ", which calls every job instance 1;"
                    + " expected a repository in a database, or foundling.batch.enabled=false");
        }
        return Arrays.stream(repository.getClass().getMethods())
                .filter(method -> NAMES.contains(method.getName())
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0].isInstance(instance))
                .findFirst()
                .map(method -> (Collection<?>) ReflectionUtils.invokeMethod(method, repository, instance))
                .orElseThrow(() -> new IllegalStateException(
                        "the repository of jobs, a " + type + ", has none of the methods " + NAMES));
    }
}
