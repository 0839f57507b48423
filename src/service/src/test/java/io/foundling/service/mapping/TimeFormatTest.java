package io.foundling.service.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeFormatTest {

    private static final TimeFormat ISO = format(TimeFormat.ISO);

    @Test
    void shouldReadEveryFormOfOffset() {
        Instant expected = Instant.parse("2017-01-09T08:49:50Z");
        assertThat(ISO.parse("2017-01-09T09:49:50.000+01:00")).isEqualTo(expected);
        assertThat(ISO.parse("2017-01-09T09:49:50+0100")).isEqualTo(expected);
        assertThat(ISO.parse("2017-01-09T09:49:50+01")).isEqualTo(expected);
        assertThat(ISO.parse("2017-01-09T08:49:50Z")).isEqualTo(expected);
        assertThat(ISO.parse("2017-01-09T08:49:50.123456789Z")).isEqualTo(expected.plusMillis(123));
    }

    @Test
    void shouldUseTheZoneWhenThereIsNoOffset() {
        // Given
        Optional<ZoneId> zone = Optional.of(ZoneId.of("Europe/Amsterdam"));

        // Then
        assertThat(new TimeFormat(TimeFormat.ISO, zone).parse("2017-07-01T12:00:00"))
                .isEqualTo("2017-07-01T10:00:00Z");
        assertThat(new TimeFormat("dd.MM.yyyy HH:mm", zone).parse("01.02.2017 12:00"))
                .isEqualTo("2017-02-01T11:00:00Z");
        assertThatThrownBy(() -> ISO.parse("2017-07-01T12:00:00")).hasMessageContaining("has no offset");
    }

    @Test
    void shouldReadEpochTimesAlsoBeforeItAndWithFractions() {
        assertThat(format(TimeFormat.EPOCH_MILLIS).parse("-1")).isEqualTo(Instant.ofEpochMilli(-1));
        assertThat(format(TimeFormat.EPOCH_SECONDS).parse("1.0015")).isEqualTo(Instant.ofEpochMilli(1_001));
        assertThat(format(TimeFormat.EPOCH_MILLIS).parse("1e3")).isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void shouldKnowSecondsMillisAndMicrosBySizeWhenTheFormatIsEpoch() {
        TimeFormat epoch = format(TimeFormat.EPOCH);
        assertThat(epoch.parse("1767614400.25")).isEqualTo("2026-01-05T12:00:00.250Z");
        assertThat(epoch.parse("1767614400250")).isEqualTo("2026-01-05T12:00:00.250Z");
        assertThat(epoch.parse("1767614400250999")).isEqualTo("2026-01-05T12:00:00.250Z");
        assertThat(epoch.parse("99999999999")).isEqualTo("5138-11-16T09:46:39Z");
        assertThat(epoch.parse("100000000000")).isEqualTo("1973-03-03T09:46:40Z");
        assertThat(epoch.parse("99999999999999")).isEqualTo("5138-11-16T09:46:39.999Z");
        assertThat(epoch.parse("100000000000000")).isEqualTo("1973-03-03T09:46:40Z");
    }

    @Test
    void shouldReadWhatIsWrittenInUtcWhateverTheFormat() {
        // Given
        Instant moment = Instant.parse("2026-01-05T12:00:00.25Z");

        // Then
        for (String name :
                new String[] {TimeFormat.EPOCH, TimeFormat.EPOCH_MILLIS, TimeFormat.ISO, "dd.MM.yyyy HH:mm"}) {
            assertThat(format(name).parse(TimeFormat.written(moment))).as(name).isEqualTo(moment);
        }
    }

    @Test
    void shouldRefuseWhatIsNoTimeOrTooFarAway() {
        for (String text : new String[] {"", "soon", "9e999999999", "1e18", "1e-500000000", "99999999999999999999"}) {
            assertThatThrownBy(() -> format(TimeFormat.EPOCH_SECONDS).parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no time of format 'epoch-seconds'");
        }
        assertThatThrownBy(() -> ISO.parse("2017-02-30T00:00:00Z")).hasMessageContaining("is no time of format 'iso'");
    }

    private static TimeFormat format(String name) {
        return new TimeFormat(name, Optional.empty());
    }
}
