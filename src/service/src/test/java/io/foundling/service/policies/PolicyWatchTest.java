package io.foundling.service.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.ConfigReader;
import io.foundling.service.metrics.PolicyMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration file that changes while the service runs. Proves rule T21. */
final class PolicyWatchTest extends WatchedFile {

    @Test
    void shouldPutPoliciesInForceWhenTwoLooksFindTheSame() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(TWO_HOURS);
        now = now.plusSeconds(60);

        // When
        watch.look();
        Duration after = window();
        watch.look();

        // Then
        assertThat(after).isEqualTo(Duration.ofHours(1));
        assertThat(window()).isEqualTo(Duration.ofHours(2));
        assertThat(messages())
                .containsExactly("other policies are in force, as " + file() + " has changed: changed 'all'");
        assertThat(reloads("applied")).isOne();
        assertThat(gauge("foundling_policies_loaded_timestamp_seconds")).isEqualTo(now.getEpochSecond());
    }

    @Test
    void shouldLeaveAHalfWrittenFileAlone() throws IOException {
        // Given
        watch(ONE_HOUR);

        // When
        write(REQUIRED + "policies:\n");
        watch.look();
        write(REQUIRED + "policies:\n  - {name: all, win");
        watch.look();
        write(TWO_HOURS);
        watch.look();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages()).isEmpty();
        assertThat(reloads("refused")).isZero();

        // When
        watch.look();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void shouldNotMindAFileThatIsAwayForALook() throws IOException {
        // Given
        watch(ONE_HOUR);
        Files.delete(file());
        watch.look();

        // When
        write(ONE_HOUR);
        lookTwice();

        // Then
        assertThat(messages()).isEmpty();
    }

    /** As Kubernetes mounts a ConfigMap: the file is a link into a directory that is itself a link, which is replaced. */
    @Test
    void shouldFollowALinkThatIsReplaced() throws IOException {
        // Given
        Path mount = Files.createDirectory(directory.resolve("mount"));
        Path first = Files.createDirectory(mount.resolve("..first"));
        Path second = Files.createDirectory(mount.resolve("..second"));
        Files.writeString(first.resolve("foundling.yaml"), ONE_HOUR);
        Files.writeString(second.resolve("foundling.yaml"), TWO_HOURS);
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..first"));
        Path link = Files.createSymbolicLink(mount.resolve("foundling.yaml"), Path.of("..data", "foundling.yaml"));
        watch = new PolicyWatch(new ConfigReader(Map.of()).open(link), new PolicyMetrics(registry, () -> now));

        // When
        Path swapped = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..second"));
        Files.move(
                swapped, mount.resolve("..data"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void shouldDoNothingWhenOnlyTheTimeOfTheFileOrAPlaceInItChanges() throws IOException {
        // Given
        watch(ONE_HOUR);

        // When
        Files.setLastModifiedTime(file(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        lookTwice();
        write("# a comment\n" + ONE_HOUR.replace("1h", "60m"));
        lookTwice();

        // Then
        assertThat(messages()).isEmpty();
        assertThat(reloads("applied")).isZero();
        assertThat(gauge("foundling_policies_loaded_timestamp_seconds")).isEqualTo(now.getEpochSecond());
    }

    @Test
    void shouldNameOnceWhichOtherKeysCountFromTheNextStart() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(TWO_HOURS + "allowedLag: 9s\nhttp: {port: 9999}\n");

        // When
        lookTwice();
        write(ONE_HOUR + "allowedLag: 9s\nhttp: {port: 9999}\n");
        lookTwice();

        // Then
        assertThat(messages()).hasSize(3);
        assertThat(messages().get(1))
                .startsWith(file() + " has other values than at the start for allowedLag, http.port: these count from");
    }

    @Test
    void shouldNotNameAKeyThatAVariableOverrides() throws IOException {
        // Given
        watch(ONE_HOUR, Map.of("FOUNDLING_ALLOWED_LAG", "7s", "FOUNDLING_KAFKA_CLIENT_ID", "a"));
        write(TWO_HOURS.replace("localhost:9092", "localhost:9092\n  client.id: b") + "allowedLag: 9s\n");

        // When
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
        assertThat(messages()).singleElement().asString().endsWith("changed 'all'");
    }

    @Test
    void shouldWarnOfWhatNoPolicyCoversAnyMore() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(REQUIRED + "policies:\n  - {name: records, kind: RECORD, window: 1h}\n");

        // When
        lookTwice();

        // Then
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(0)).endsWith("added 'records'; removed 'all'");
        assertThat(messages().get(1)).startsWith("no policy covers OPERATION, BATCH, EXPORT");
    }

    @Test
    void shouldWarnOfWhatIsDroppedWhenAnExpectationIsRemoved() throws IOException {
        // Given
        watch(ONE_HOUR + "  - {name: hand-over, after: {stage: a}, expect: {stage: b, within: 2d}}\n");

        // When
        write(ONE_HOUR);
        lookTwice();

        // Then
        assertThat(watch.get().expectations()).isEmpty();
        assertThat(messages())
                .contains("what a removed expectation expects is dropped, and does not come back with it:"
                        + " removed 'hand-over'");
    }
}
