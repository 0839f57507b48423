package io.foundling.client.springboot;

import io.foundling.client.AuditRecorder;
import io.foundling.client.micrometer.MicrometerRecorderMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Counts the events in the application's meter registry, if it has one, or in the primary one of several. The
 * registry's configuration has one name in Spring Boot 3 and another one in 4.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnMissingBean(AuditRecorder.class)
public class RecorderMetersAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MicrometerRecorderMetrics auditRecorderMeters(MeterRegistry registry) {
        return new MicrometerRecorderMetrics(registry);
    }
}
