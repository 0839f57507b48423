package io.foundling.client.internal.settings;

import io.foundling.client.RecorderSetting;
import io.foundling.schemas.Spelling;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads settings by type and collects every problem, so that all of them are reported at once. One thread. */
final class SettingsReader {

    private static final String PREFIX = "audit.";
    private static final int TOLERATED_EDITS = 2;

    private final Map<String, String> properties;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> properties) {
        this.properties = properties;
        for (RecorderSetting setting : RecorderSetting.values()) {
            if (setting.required() && given(setting).isEmpty()) {
                problem(setting, "(" + setting.variable() + ") is missing");
            }
        }
    }

    String text(RecorderSetting setting) {
        String given = given(setting);
        if (!given.isEmpty()) {
            return given;
        }
        return setting == RecorderSetting.INSTANCE ? hostName() : setting.standard();
    }

    boolean flag(RecorderSetting setting) {
        String text = text(setting).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            problem(setting, "is '" + text(setting) + "', must be true or false");
        }
        return text.equals("true");
    }

    Duration millis(RecorderSetting setting) {
        return Duration.ofMillis(parsed(setting, 0, Long.MAX_VALUE / 1_000_000, "milliseconds, 0 or more"));
    }

    long number(RecorderSetting setting, long least, long most) {
        String rule = most == Long.MAX_VALUE ? "a number, at least " + least : "a number from " + least + " to " + most;
        return parsed(setting, least, most, rule);
    }

    <E extends Enum<E>> E choice(RecorderSetting setting, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text(setting))) {
                return constant;
            }
        }
        problem(setting, "is '" + text(setting) + "', must be one of " + Arrays.toString(type.getEnumConstants()));
        return Enum.valueOf(type, setting.standard());
    }

    void problem(RecorderSetting setting, String what) {
        problems.add(setting.key() + " " + what);
    }

    /** @throws IllegalArgumentException if there was a problem; the message lists all of them */
    void end() {
        for (String key : new TreeMap<>(properties).keySet()) {
            boolean known = !key.startsWith(PREFIX)
                    || key.startsWith(RecorderSetting.KAFKA_PREFIX)
                    || Arrays.stream(RecorderSetting.values())
                            .anyMatch(setting -> setting.key().equals(key));
            if (!known) {
                problems.add(key + " is no setting of the recorder, which reserves the prefix '" + PREFIX + "'"
                        + suggestion(key));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("audit recorder: " + String.join("; ", problems));
        }
    }

    /** Names the setting that is meant, if one differs by a typing error only. */
    private static String suggestion(String key) {
        return Arrays.stream(RecorderSetting.values())
                .map(RecorderSetting::key)
                .filter(each -> Spelling.edits(key, each) <= TOLERATED_EDITS)
                .min(Comparator.comparingInt(each -> Spelling.edits(key, each)))
                .map(each -> " (did you mean '" + each + "'?)")
                .orElse("");
    }

    private String given(RecorderSetting setting) {
        return properties.getOrDefault(setting.key(), "").strip();
    }

    private long parsed(RecorderSetting setting, long least, long most, String rule) {
        String text = text(setting);
        try {
            long parsed = Long.parseLong(text);
            if (parsed >= least && parsed <= most) {
                return parsed;
            }
        } catch (NumberFormatException notANumber) {
            // The problem is added below.
        }
        problem(setting, "is '" + text + "', must be " + rule);
        return Long.parseLong(setting.standard());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
