package io.foundling.client.springboot;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The health of the recorder in Spring Boot 3. */
@AutoConfiguration(after = AuditRecorderAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(RecorderState.class)
@ConditionalOnEnabledHealthIndicator("audit")
public class Boot3HealthAutoConfiguration {

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
