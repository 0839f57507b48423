package io.foundling.client.springboot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the recorder in Spring Boot 4, where the health types have another package. */
@AutoConfiguration(after = AuditRecorderAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(RecorderState.class)
@ConditionalOnEnabledHealthIndicator("audit")
public class Boot4HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "auditHealthIndicator")
    HealthIndicator auditHealthIndicator(RecorderState state) {
        return () -> {
            RecorderState.Look look = state.look();
            return (look.up() ? Health.up() : Health.down())
                    .withDetails(look.details())
                    .build();
        };
    }
}
