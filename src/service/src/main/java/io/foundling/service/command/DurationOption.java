package io.foundling.service.command;

import io.foundling.service.config.ValueType;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as the configuration has it too. */
final class DurationOption implements ITypeConverter<Duration> {

    private static final ValueType<Duration> DURATION = ValueType.duration();

    @Override
    public Duration convert(String text) {
        return DURATION.parser()
                .apply(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' must be " + DURATION.expected()));
    }
}
