package io.foundling.client.springboot;

import io.foundling.client.InMemoryAuditRecorder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The recorder of tests, for {@link AutoConfigureInMemoryAudit} only. An application that has a recorder of its own
 * keeps it, under whatever name, but this one is injected because it is primary.
 */
@AutoConfiguration(before = {RecorderMetersAutoConfiguration.class, AuditRecorderAutoConfiguration.class})
public class InMemoryAuditAutoConfiguration {

    @Bean
    @Primary
    InMemoryAuditRecorder inMemoryAuditRecorder() {
        return new InMemoryAuditRecorder();
    }
}
