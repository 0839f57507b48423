package io.foundling.client.springboot;

import io.foundling.client.InMemoryAuditRecorder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The recorder of tests, for {@link AutoConfigureInMemoryAudit} only. */
@AutoConfiguration(before = {RecorderMetersAutoConfiguration.class, AuditRecorderAutoConfiguration.class})
public class InMemoryAuditAutoConfiguration {

    @Bean
    InMemoryAuditRecorder auditRecorder() {
        return new InMemoryAuditRecorder();
    }
}
