package io.foundling.topology.store.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was stored under a code must be read as the same constant for ever: a new constant gets the next code. */
class CodesTest {

    @Test
    void shouldNeverChange() {
        assertThat(inOrder(Codes.STATUSES))
                .isEqualTo(
                        "UNKNOWN EXPECTED OPEN DEFERRED PENDING RETRYING COMPLETED FAILED SKIPPED CANCELLED RETIRED");
        assertThat(inOrder(Codes.FACT_TYPES))
                .isEqualTo("DECLARED EXPECTED OPENED DEFERRED PENDING RETRYING COMPLETED FAILED SKIPPED CANCELLED"
                        + " RETIRED EXTENDED");
        assertThat(inOrder(Codes.ORPHAN_REASONS)).isEqualTo("UNKNOWN DEADLINE_PASSED PARENT_CLOSED");
        assertThat(inOrder(Codes.VIOLATION_TYPES))
                .isEqualTo("UNKNOWN CONFLICTING_OUTCOME PARENT_MISMATCH BACKWARD_TRANSITION TOO_LATE"
                        + " ATTEMPT_OUT_OF_RANGE METADATA_TRUNCATED TEXT_TRUNCATED FUTURE_TIMESTAMP INVALID_TIMESTAMP"
                        + " INVALID_DUE_AT MISSING_ID INVALID_SUBJECT DUPLICATE_ACTIVE HOLLOW");
        assertThat(inOrder(Codes.ANNOUNCEMENTS)).isEqualTo("UNANNOUNCED NEVER_BEGAN NAMED BEGUN");
    }

    private static <E extends Enum<E>> String inOrder(Codes<E> codes) {
        List<String> names = new ArrayList<>();
        for (int code = 0; code < codes.count(); code++) {
            E constant = codes.constant(code);
            assertThat(codes.of(constant)).isEqualTo(code);
            names.add(constant.name());
        }
        return String.join(" ", names);
    }
}
