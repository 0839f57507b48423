package io.foundling.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntakeConfigTest {

    private static final String TOKENS = "console: {host: 0.0.0.0, tokensFile: /run/tokens}\n";

    /** Whoever makes a console reachable says so if anybody with a token may report events there. */
    @Test
    void shouldBeInTheConsoleOfThisMachineOnlyUnlessItIsSaid() {
        assertThat(read("").isEnabled()).isTrue();
        assertThat(read("intake: {enabled: false}\n").isEnabled()).isFalse();
        assertThat(read(TOKENS).isEnabled()).isFalse();
        assertThat(read(TOKENS + "intake: {enabled: true}\n").isEnabled()).isTrue();
    }

    @Test
    void shouldWriteIntoTheFirstSourceUnlessAnotherIsNamed() {
        assertThat(read("sources: [a, b]\n").topic()).isEqualTo("a");
        assertThat(read("sources: [a, b]\nintake: {topic: b}\n").topic()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{topic: b}|intake.topic is 'b', expected one of sources: audit.events",
                "{durability: SPOOL}|intake.spoolDirectory is missing, expected a directory, because intake.durability is SPOOL",
                "{durability: DISK}|intake.durability is 'DISK'",
                "{maxEvents: 0}|intake.maxEvents is '0'",
                "{maxBody: 1GiB}|intake.maxBody is '1GiB'",
                "{timeout: 1h}|intake.timeout is '1h'"
            })
    void shouldRefuseWithASentence(String intake, String sentence) {
        assertThat(ConfigReaderTest.problems(ConfigReaderTest.REQUIRED + "intake: " + intake + "\n"))
                .singleElement()
                .asString()
                .contains(sentence);
    }

    private static IntakeSettings read(String yaml) {
        return ConfigReaderTest.read(ConfigReaderTest.REQUIRED + yaml).intake();
    }
}
