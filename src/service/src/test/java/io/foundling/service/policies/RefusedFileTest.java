package io.foundling.service.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.config.ConfigReader;
import io.foundling.service.metrics.PolicyMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration file that cannot be used while the service runs. Proves rule T21. */
final class RefusedFileTest extends WatchedFile {

    @Test
    void shouldKeepThePoliciesAndSayOnceWhatIsWrongWhenAFileIsBad() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(BAD);

        // When
        lookTwice();
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("the policies that were read before stay in force")
                .contains("line 6: policies[].window is 'soon', expected a duration");
        assertThat(reloads("refused")).isOne();
        assertThat(gauge("foundling_policies_reload_successful")).isZero();

        // When
        write(TWO_HOURS);
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
        assertThat(gauge("foundling_policies_reload_successful")).isOne();
    }

    @Test
    void shouldSayAgainWhatIsWrongWhenAFileIsBadInAnotherWay() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(BAD);
        lookTwice();

        // When
        write(BAD + "thread: 2\n");
        lookTwice();

        // Then
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(1)).contains("unknown key 'thread'; did you mean");
        assertThat(reloads("refused")).isEqualTo(2);
    }

    @Test
    void shouldSayThatAFileCanBeUsedAgainWhenItIsAsBefore() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(BAD);
        lookTwice();

        // When
        write(ONE_HOUR);
        lookTwice();

        // Then
        assertThat(messages().get(1)).isEqualTo(file() + " can be used again; its policies are those in force");
        assertThat(gauge("foundling_policies_reload_successful")).isOne();
        assertThat(reloads("applied")).isZero();
    }

    @Test
    void shouldKeepThePoliciesWhenTheFileVanishes() throws IOException {
        // Given
        watch(ONE_HOUR);
        Files.delete(file());

        // When
        lookTwice();
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages())
                .singleElement()
                .asString()
                .contains(file() + " has a problem")
                .contains("does not exist");
        assertThat(gauge("foundling_policies_reload_successful")).isZero();

        // When
        write(TWO_HOURS);
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void shouldRefuseAnExpectationThatNeedsARetentionOfTheNextStart() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(ONE_HOUR
                + "  - {name: late, after: {stage: a}, expect: {stage: b, within: 20d}}\nretention: {memory: 30d}\n");

        // When
        lookTwice();

        // Then
        assertThat(watch.get().expectations()).isEmpty();
        assertThat(messages())
                .singleElement()
                .asString()
                .contains("policies[].expect.within of 'late' is 20d, expected at most 8d until the next start");
    }

    @Test
    void shouldRefuseAFileThatBecameEmpty() throws IOException {
        // Given
        watch(ONE_HOUR, COMPLETE);

        // When
        write("# being written\n");
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages()).singleElement().asString().contains("is empty, expected a document as at the start");
        assertThat(gauge("foundling_policies_reload_successful")).isZero();
    }

    @Test
    void shouldTakeAnEmptyFileWhenItWasEmptyAtTheStart() throws IOException {
        // Given
        watch("", COMPLETE);

        // When
        write("# a comment\n");
        lookTwice();

        // Then
        assertThat(messages()).isEmpty();
        assertThat(reloads("refused")).isZero();
    }

    @Test
    void shouldNotLookAgainAtWhatIsNoRegularFile() {
        // Given
        watch = new PolicyWatch(
                new ConfigReader(COMPLETE).open(Path.of("/dev/null")), new PolicyMetrics(registry, () -> now));

        // When
        watch.start();

        // Then
        assertThat(messages()).singleElement().asString().startsWith("/dev/null is no regular file");
    }

    @Test
    void shouldRefuseWhatIsNoRegularFileAnyMore() throws IOException {
        // Given
        watch(ONE_HOUR, COMPLETE);
        Files.delete(file());
        Files.createDirectory(file());

        // When
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages()).singleElement().asString().contains("is no regular file, expected a YAML file");
    }

    @Test
    void shouldJudgeARefusedFileAgainWhenOnlyASecretFileHasChanged() throws IOException {
        // Given
        Path secret = Files.writeString(directory.resolve("password"), "s3cret");
        watch(ONE_HOUR, Map.of("FOUNDLING_KAFKA_SSL_KEY_PASSWORD_FILE", secret.toString()));
        Files.delete(secret);
        write(TWO_HOURS);
        lookTwice();
        watch.look();
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(reloads("refused")).isOne();
        assertThat(messages()).hasSize(1);

        // When
        Files.writeString(secret, "s3cret");
        watch.look();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
        assertThat(gauge("foundling_policies_reload_successful")).isOne();
    }

    @Test
    void shouldGoOnLookingWhenALookFailed() throws IOException {
        // Given
        watch(ONE_HOUR);
        write(TWO_HOURS);
        now = null;

        // When
        lookTwice();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(1));
        assertThat(messages()).singleElement().asString().contains("NullPointerException");
        assertThat(gauge("foundling_policies_reload_successful")).isZero();

        // When
        now = Instant.EPOCH;
        watch.look();

        // Then
        assertThat(window()).isEqualTo(Duration.ofHours(2));
        assertThat(gauge("foundling_policies_reload_successful")).isOne();
    }
}
