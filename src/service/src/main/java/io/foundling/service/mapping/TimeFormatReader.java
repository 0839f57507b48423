package io.foundling.service.mapping;

import io.foundling.topology.yaml.YamlSection;
import io.foundling.topology.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads how times are written: the keys {@code format} and {@code zone} of a section. */
final class TimeFormatReader {

    private TimeFormatReader() {}

    /**
     * Returns the format of a section; empty if it has neither key, or has them wrong.
     *
     * @param outer the format of the place around, which completes what the section leaves out
     */
    static Optional<TimeFormat> format(YamlSection section, TimeFormat outer) {
        Optional<YamlValue> format = section.optional("format");
        Optional<YamlValue> written = section.optional("zone");
        if (format.isEmpty() && written.isEmpty()) {
            return Optional.empty();
        }
        Optional<ZoneId> zone = written.flatMap(TimeFormatReader::zone).or(outer::zone);
        String name = format.flatMap(ExpressionReader::text).orElse(outer.name());
        try {
            return Optional.of(new TimeFormat(name, zone));
        } catch (IllegalArgumentException unknown) {
            YamlValue wrong = format.orElseThrow();
            wrong.problem(wrong.path() + " is '" + name
                    + "', must be iso, epoch, epoch-millis, epoch-seconds or a pattern such as"
                    + " dd.MM.yyyy HH:mm:ss: " + unknown.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(YamlValue value) {
        Optional<String> name = ExpressionReader.text(value);
        try {
            return name.map(ZoneId::of);
        } catch (DateTimeException unknown) {
            value.problem(value.path() + " is '" + name.get() + "', must be a zone such as Europe/Amsterdam");
            return Optional.empty();
        }
    }
}
