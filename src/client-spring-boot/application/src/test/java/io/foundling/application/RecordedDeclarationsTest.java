package io.foundling.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Opened;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.springboot.AutoConfigureInMemoryAudit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of the application that needs no broker. */
@SpringBootTest
@AutoConfigureInMemoryAudit
class RecordedDeclarationsTest {

    @Autowired
    private InMemoryAuditRecorder recorder;

    @Autowired
    private Declarations declarations;

    @BeforeEach
    void forgetOtherTests() {
        recorder.clear();
    }

    @Test
    void shouldRecordADeclaration() {
        // When
        declarations.open("4711");

        // Then
        assertThat(recorder.bodies(Opened.class)).hasSize(1);
        assertThat(recorder.last().getSubject().getId()).isEqualTo("4711");
    }
}
