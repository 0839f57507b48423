package io.foundling.topology.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class BodyTest {

    @Test
    void shouldHaveAConstantForEveryBodyOfTheSchema() {
        // Given
        Schema bodies = AuditEvent.getClassSchema().getField("body").schema();

        // Then
        assertThat(Arrays.stream(Body.values()).map(body -> body.type().getName()))
                .containsExactlyInAnyOrderElementsOf(
                        bodies.getTypes().stream().map(Schema::getFullName).toList());
    }

    /** Proves rule T26. */
    @Test
    void shouldTakeAllForReportsOfTheSourceButWhatOthersAndPersonsSay() {
        // Then
        assertThat(Arrays.stream(Body.values()).filter(body -> !body.isFromItsSource()))
                .containsExactlyInAnyOrder(Body.EXPECTED, Body.CANCELLED, Body.ANNOTATED, Body.ERASED);
    }
}
