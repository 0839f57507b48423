package io.foundling.service.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.ConfigReader;
import io.foundling.topology.settings.PolicySet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyChangesTest {

    private static PolicySet read(String policies) {
        return new ConfigReader(Map.of())
                .read("a", """
                    kafka: {bootstrap.servers: "localhost:9092"}
                    avro: {schema.registry.url: "http://localhost:8081"}
                    policies: [%s]
                    """.formatted(policies))
                .ledger()
                .policySet();
    }

    private static String changes(String before, String after) {
        return new PolicyChanges(read(before), read(after)).sentence();
    }

    @Test
    void shouldNameWhatWasAddedRemovedAndChanged() {
        assertThat(changes(
                        "{name: a, window: 1h}, {name: b, window: 1h}, {name: c, window: 1h}",
                        "{name: a, window: 1h}, {name: c, window: 2h}, {name: d, window: 1h}, {name: e}"))
                .isEqualTo("added 'd', 'e'; removed 'b'; changed 'c'");
    }

    @Test
    void shouldNameAnExpectationAndAPolicyOfWhichOnlyTheLabelsChange() {
        assertThat(changes(
                        "{name: a, owner: x}, {name: b, after: {stage: s}, expect: {stage: t, within: 1h}}",
                        "{name: a, owner: y}, {name: b, after: {stage: s}, expect: {stage: t, within: 2h}}"))
                .isEqualTo("changed 'a', 'b'");
    }

    @Test
    void shouldSayThatTheOrderIsAnother() {
        String first = "{name: a, after: {stage: s}, expect: {stage: t, within: 1h}}";
        String second = "{name: b, after: {stage: s}, expect: {stage: u, within: 1h}}";

        assertThat(changes("{name: a}, {name: b}", "{name: b}, {name: a}")).isEqualTo("put into another order");
        assertThat(changes(first + ", " + second, second + ", " + first)).isEqualTo("put into another order");
    }

    @Test
    void shouldNameTwentyAtMost() {
        String many =
                IntStream.range(10, 35).mapToObj(i -> "{name: p" + i + "}").collect(Collectors.joining(", "));

        assertThat(changes("", many)).endsWith("'p28', 'p29' and 5 more").startsWith("added 'p10', 'p11'");
    }
}
