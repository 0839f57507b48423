package io.foundling.client.springboot;

import io.foundling.client.AuditRecorder;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderMetrics;
import java.util.Properties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Starts a recorder with the {@code audit.…} settings of the environment, unless the application has one of its own. It
 * connects when the first event is sent, so an application starts without broker and registry.
 */
@AutoConfiguration(
        after = RecorderMetersAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
            "org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration"
        })
@ConditionalOnMissingBean(AuditRecorder.class)
public class AuditRecorderAutoConfiguration {

    @Bean
    RecorderState auditRecorderState() {
        return new RecorderState(System::nanoTime);
    }

    /** Closed by its destruction, which {@link LastToClose} puts after that of the executors. */
    @Bean(destroyMethod = "close")
    KafkaAuditRecorder auditRecorder(
            ConfigurableEnvironment environment, RecorderState state, ObjectProvider<RecorderMetrics> metrics) {
        Properties settings = new AuditEnvironment(environment).settings();
        return KafkaAuditRecorder.builder()
                .properties(settings)
                .closeOnExit(false)
                .metrics(new AllMetrics(metrics.orderedStream().toList()))
                .build();
    }

    @Bean
    static LastToClose auditRecorderLastToClose() {
        return new LastToClose("auditRecorder");
    }
}
