package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;

import io.foundling.service.config.IntakeSettings.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The keys of {@code intake}. */
final class IntakeKeys {

    static final ConfigKey<Boolean> ENABLED = optional(
            "intake.enabled",
            ValueType.yesOrNo(),
            "whether the console takes audit events over HTTP, too; unset: only if console.host is this machine's own. The"
                    + " console then needs the right to write into intake.topic");
    static final ConfigKey<String> TOPIC = optional(
            "intake.topic",
            ValueType.text(),
            "one of the sources, into which these events go; unset: the first of them");
    static final ConfigKey<Promise> DURABILITY = key(
            "intake.durability",
            ValueType.oneOf(EnumSet.allOf(Promise.class)),
            Promise.BROKER.name(),
            "what accepted means: BROKER, the broker has acknowledged the event, or SPOOL, it is on the disk of this machine and"
                    + " is sent while the broker answers");
    static final ConfigKey<Path> SPOOL_DIRECTORY = optional(
            "intake.spoolDirectory",
            ValueType.directory(),
            "directory below which SPOOL keeps events; on a volume that outlives the process");
    static final ConfigKey<Long> SPOOL_MAX_SIZE = key(
            "intake.spoolMaxSize",
            ValueType.size("1MiB", "1024GiB"),
            "1GiB",
            "how large the spool may become; callers are refused while it is full");
    static final ConfigKey<Integer> MAX_EVENTS =
            key("intake.maxEvents", ValueType.number(1, 100_000), "10000", "how many events a request may have");
    static final ConfigKey<Long> MAX_BODY = key(
            "intake.maxBody",
            ValueType.size("1KiB", "32MiB"),
            "8MiB",
            "how large the body of a request may be, without its compression");
    static final ConfigKey<Integer> MAX_IN_FLIGHT = key(
            "intake.maxInFlight",
            ValueType.number(1, 1_000_000),
            "20000",
            "how many events of all requests may wait to become durable; beyond, callers are answered 429");
    static final ConfigKey<Duration> TIMEOUT = key(
            "intake.timeout",
            ValueType.duration("100ms", "1m"),
            "10s",
            "how long a request waits for its events to become durable, before it is answered 503");

    static final ConfigKey<Integer> REQUESTS_PER_MINUTE = key(
            "intake.requestsPerMinute",
            ValueType.number(0, 1_000_000),
            "0",
            "how many requests with events one caller may make in a minute, further ones are answered with 429; they do not count"
                    + " for console.requestsPerMinute; 0: no limit");

    static final List<ConfigKey<?>> ALL = List.of(
            ENABLED,
            TOPIC,
            DURABILITY,
            SPOOL_DIRECTORY,
            SPOOL_MAX_SIZE,
            MAX_EVENTS,
            MAX_BODY,
            MAX_IN_FLIGHT,
            TIMEOUT,
            REQUESTS_PER_MINUTE);

    private IntakeKeys() {}

    /** @param sources topics that audit events are read from */
    static IntakeSettings read(ConfigValues values, List<String> sources) {
        Promise promise = values.value(DURABILITY);
        Optional<Path> spool = values.found(SPOOL_DIRECTORY);
        if (promise == Promise.SPOOL && spool.isEmpty()) {
            values.problem(
                    "intake.spoolDirectory is missing, expected a directory, because intake.durability is SPOOL");
        }
        String topic = values.found(TOPIC).orElse(sources.get(0));
        if (!sources.contains(topic)) {
            values.problem("intake.topic is '" + topic + "', expected one of sources: " + String.join(", ", sources));
        }
        return new IntakeSettings(
                values.found(ENABLED).orElseGet(() -> AccessReader.isLoopback(values.value(ConsoleKeys.HOST))),
                topic,
                new IntakeSettings.Durability(
                        promise, spool.filter(ignored -> promise == Promise.SPOOL), values.value(SPOOL_MAX_SIZE)),
                new IntakeSettings.Limits(
                        values.value(MAX_EVENTS),
                        values.value(MAX_BODY),
                        values.value(MAX_IN_FLIGHT),
                        values.value(TIMEOUT),
                        values.value(REQUESTS_PER_MINUTE)));
    }
}
