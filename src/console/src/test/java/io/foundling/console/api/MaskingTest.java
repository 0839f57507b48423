package io.foundling.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MaskingTest {

    private static final Set<String> SHOWN = Set.of("tenant");

    @Test
    void shouldHideWhatIsNotListed() {
        assertThat(Masking.of(caller(Role.READER, Role.OPERATOR), SHOWN)
                        .apply(record())
                        .toString())
                .isEqualTo("{\"detail\":\"x\",\"metadata\":{\"tenant\":\"a\",\"ssn\":\"***\"}}");
    }

    @Test
    void shouldHideNothingFromAuditors() {
        assertThat(Masking.of(caller(Role.AUDITOR), SHOWN).apply(record())).isEqualTo(record());
    }

    private static Caller caller(Role... roles) {
        return new Caller("caller", Set.of(roles), Optional.empty());
    }

    private static ObjectNode record() {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("detail", "x");
        record.putObject("metadata").put("tenant", "a").put("ssn", "sesame");
        return record;
    }
}
