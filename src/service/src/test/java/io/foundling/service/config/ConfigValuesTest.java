package io.foundling.service.config;

import static io.foundling.service.config.ConfigReaderTest.REQUIRED;
import static io.foundling.service.config.ConfigReaderTest.problems;
import static io.foundling.service.config.ConfigReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which shapes and values of keys are refused, and which are just accepted. */
final class ConfigValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retention: {complete: 1d}     | unknown key 'retention.complete'; did you mean 'retention.completed'?",
                "allowed_lag: 5s               | unknown key 'allowed_lag'; did you mean 'allowedLag'?",
                "port: 80                      | unknown key 'port'; did you mean 'console.port'?",
                "completely.different: 1       | unknown key 'completely.different'; write its parts as nested sections",
                "colour: red                   | unknown key 'colour'",
                "policies: [{name: a, windw: 1d}] | unknown key 'policies[].windw'; did you mean 'policies[].window'?",
                "threads:                      | threads is without a value, expected a single value",
                "threads: [1]                  | threads is a list, expected a single value",
                "threads: {max: 1}             | threads is a mapping, expected a single value",
                "sources: audit.events         | sources is a single value, expected a list",
                "sources: [[a]]                | sources is a list, expected a single value",
                "retention: 7d                 | retention is a single value, expected a mapping of keys to values",
                "policies: {name: a}           | policies is a mapping, expected a list",
                "policies: [a]                 | policies[] is a single value, expected a mapping of keys to values",
                "instance: !me x               | instance is marked with a YAML tag (quote a text that begins with '!'), expected a single value",
                "? [a] : b                     | a key of the document is not a text",
            })
    void shouldNameKeyAndLineWhenTheShapeIsWrong(String yaml, String problem) {
        assertThat(problems(REQUIRED + yaml)).containsExactly("line 3: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application: 'a b'",
                "instance: ledger/0",
                "stateDirectory: ' '",
                "threads: 1.5",
                "threads: two",
                "replicationFactor: 0",
                "replicationFactor: -2",
                "allowedLag: 5",
                "allowedLag: -5s",
                "allowedLag: PT-5S",
                "allowedLag: 5 s",
                "allowedLag: PT0.0001S",
                "allowedLag: 999999999999999999d",
                "proofInterval: 0s",
                "sweepInterval: 9ms",
                "sweepInterval: 10001ms",
                "maxExpiriesPerSweep: 0",
                "maxExpiriesPerSweep: 100001",
                "rocksdb: {memory: 1KB}",
                "rocksdb: {memory: 256Mi}",
                "rocksdb: {memory: 999999999999999999GiB}",
                "http: {host: ''}",
                "http: {port: 65536}",
                "policies: [{name: ''}]",
                "policies: [{name: a, kind: record}]",
                "policies: [{name: a, kind: UNKNOWN}]",
                "policies: [{name: a, status: COMPLETED}]",
                "policies: [{name: a, window: forever}]",
                "policies: [{name: a, grace: -1s}]",
                "policies: [{name: a, repeat: 59s}]",
                "policies: [{name: a, repeat: never}]",
                "policies: [{name: a, expectsOutput: sometimes}]",
                "policies: [{name: a, expectsOutput: 1}]",
                "policies: [{name: a, singleRun: any}]",
                "policies: [{name: a, volumePercent: 0}]",
                "policies: [{name: a, volumePercent: 5, volumeFloor: -1}]",
                "policies: [{name: a, volumePercent: 5, zone: Mars}]",
                "silence: {after: 13h}",
                "policies: [{name: a, freshBy: soon}]",
                "policies: [{name: a, holidays: [2026-12-25]}]",
                "policies: [{name: a, freshBy: 0 7 30 2 *}]",
                "policies: [{name: a, freshBy: 0 7 * * *, holidays: [Christmas]}]",
                "policies: [{name: a, freshBy: 0 7 * * *, status: OPEN}]",
                "policies: [{name: a, freshBy: 0 7 * * *, kind: BATCH}]",
                "policies: [{name: a, volumePercent: 5, volumeMonthEnds: yes}]",
                "policies: [{name: a, volumePercent: 5, status: OPEN}]",
                "policies: [{name: a, status: OPEN, expectsOutput: true}]",
                "policies: [{name: a, status: OPEN, singleRun: ANY}]",
                "policies: [{name: a, kind: BATCH, singleRun: ANY}]",
                "policies: [{name: a, kind: RECORD, memberCount: rows}]",
                "policies: [{name: a, status: OPEN, memberCount: rows}]",
            })
    void shouldRefuseAValueWhenOutOfItsRange(String yaml) {
        assertThat(problems(REQUIRED + yaml))
                .singleElement()
                .asString()
                .startsWith("line 3: ")
                .contains(", expected ");
    }

    @Test
    void shouldRefuseAMemoryOfSettlementsWhenShorterThanTheGrace() {
        assertThat(problems(REQUIRED + "settleGrace: 2h\nsettlement: {memory: 1h}\n"))
                .containsExactly(
                        "settlement.memory (PT1H) is shorter than settleGrace (PT2H), expected at least as long");
    }

    @Test
    void shouldRefuseARetentionOfSettlementsWhenShorterThanTheirMemory() {
        assertThat(problems(REQUIRED + "settlement: {memory: 8d, retention: 7d}\n"))
                .containsExactly("settlement.retention (PT168H) is shorter than settlement.memory (PT192H), expected at"
                        + " least as long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowedLag: 0",
                "allowedLag: 0s",
                "sweepInterval: 10ms",
                "sweepInterval: 10s",
                "maxExpiriesPerSweep: 100000",
                "threads: 64",
                "http: {port: 65535}",
                "replicationFactor: 1",
                "instance: 0",
                "rocksdb: {memory: 8388608}",
                "settlement: {memory: 60s}",
                "settlement: {retention: 7d}",
                "settleGrace: 0",
            })
    void shouldAcceptAValueWhenAtTheEdgeOfItsRange(String yaml) {
        assertThat(read(REQUIRED + yaml)).isNotNull();
    }
}
