package io.foundling.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.foundling.service.config.ConfigReader;
import io.foundling.service.config.ServiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where accepted events may wait for the broker: on a volume that outlives its pod, can be written and has room. */
class SpoolChartTest {

    private static final String TOKENS = "tokensFile: /etc/foundling/secrets/tokens/tokens.yaml";
    private static final String INTAKE = """
            config: {console: {%s}, intake: {durability: SPOOL}}
            intake: {enabled: true, secrets: [tokens]}
            """.formatted(TOKENS);
    private static final String CONSOLE = """
            config: {console: {%s}, intake: {enabled: true, durability: SPOOL}}
            console: {enabled: true, secrets: [tokens]}
            """.formatted(TOKENS);
    private static final String POSTGRESQL = "config: {console: {database: \"jdbc:postgresql://db:5432/foundling\"}}";

    @TempDir
    private static Path directory;

    /** The columns are the directory, a volume named spool, and where it is mounted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /spool/events                  |                                                      |                                                     | on no volume;
            /spool-2                       | persistentVolumeClaim: {claimName: a}                | mountPath: /spool                                   | on no volume;
            /var/lib/foundling/../other    |                                                      |                                                     | on no volume;
            /tmp/spool                     |                                                      |                                                     | below image.temporaryDirectory, which is emptied when a pod is replaced;
            /spool/../tmp/spool            | persistentVolumeClaim: {claimName: a}                | mountPath: /spool                                   | below image.temporaryDirectory, which is emptied when a pod is replaced;
            /spool/events                  |                                                      | mountPath: /spool                                   | on the volume spool, which extraVolumes does not define;
            /spool/events                  | emptyDir: {}                                         | mountPath: /spool                                   | on the volume spool, which is deleted with its pod, because its kind is emptyDir;
            /spool/events                  | emptyDir: null                                       | mountPath: /spool                                   | on the volume spool, which is deleted with its pod, because its kind is emptyDir;
            /spool/events                  | ephemeral: {volumeClaimTemplate: {}}                 | mountPath: /spool                                   | on the volume spool, which is deleted with its pod, because its kind is ephemeral;
            /spool/events                  | gitRepo: {repository: a}                             | mountPath: /spool                                   | on the volume spool, which is deleted with its pod, because its kind is gitRepo;
            /spool/events                  | configMap: {name: a}                                 | mountPath: /spool                                   | on the volume spool, which pods cannot write, because its kind is configMap;
            /spool/events                  | secret: {secretName: a}                              | mountPath: /spool                                   | on the volume spool, which pods cannot write, because its kind is secret;
            /spool/events                  | projected: {sources: []}                             | mountPath: /spool                                   | on the volume spool, which pods cannot write, because its kind is projected;
            /spool/events                  | downwardAPI: {items: []}                             | mountPath: /spool                                   | on the volume spool, which pods cannot write, because its kind is downwardAPI;
            /spool/events                  | image: {reference: a}                                | mountPath: /spool                                   | on the volume spool, which pods cannot write, because its kind is image;
            /spool/events                  | persistentVolumeClaim: {claimName: a}                | mountPath: /spool, readOnly: true                   | on the volume spool, which pods cannot write, because it is readOnly;
            /spool/events                  | persistentVolumeClaim: {claimName: a, readOnly: true}| mountPath: /spool                                   | on the volume spool, which pods cannot write, because it is readOnly;
            /var/lib/foundling/spool       | emptyDir: {}                                         | mountPath: /var/lib/foundling/spool/                | on the volume spool, which is deleted with its pod, because its kind is emptyDir;
            /var/lib/foundling/spool       | persistentVolumeClaim: {claimName: a}                | mountPath: /var/lib/foundling/spool, readOnly: true | on the volume spool, which pods cannot write, because it is readOnly;
            """)
    void shouldRefuseASpoolThatIsNotSafe(String spool, String volume, String mount, String found) {
        assertThatThrownBy(() -> rendered(INTAKE, mounted(spool, volume, mount)))
                .hasMessageContaining(
                        "config.intake.spoolDirectory is " + spool + ", " + found + " expected a directory on"
                                + " a volume that outlives its pod and that pods can write, such as that of image.stateDirectory,"
                                + " /var/lib/foundling; change config.intake.spoolDirectory, or what extraVolumes and"
                                + " extraVolumeMounts mount there");
        assertThatThrownBy(() -> rendered(CONSOLE, mounted(spool, volume, mount)))
                .hasMessageContaining(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /var/lib/foundling/spool             |                                       |
            /tmp/../var/lib/foundling/./events   |                                       |
            /spool/events                        | persistentVolumeClaim: {claimName: a} | mountPath: /spool
            /spool                               | persistentVolumeClaim: {claimName: a} | mountPath: /spool/
            /spool                               | persistentVolumeClaim: {claimName: a} | mountPath: /spool, subPath: foundling, readOnly: false
            /spool                               | nfs: {server: a, path: /events}       | mountPath: /spool
            /tmp/spool                           | persistentVolumeClaim: {claimName: a} | mountPath: /tmp/spool
            /var/lib/foundling/spool             | persistentVolumeClaim: {claimName: a} | mountPath: /var/lib/foundling/spool
            /var/lib/foundling/spool             | emptyDir: {}                          | mountPath: /var/lib/foundling/sp
            /var/lib/foundling/spool             | emptyDir: {}                          | mountPath: /var/lib
            /spool                               | persistentVolumeClaim: {claimName: a} | mountPath: /volumes/../spool
            """)
    void shouldTakeASpoolThatIsSafe(String spool, String volume, String mount) throws IOException {
        assertThat(config(rendered(INTAKE, mounted(spool, volume, mount)))
                        .intake()
                        .durability()
                        .spool())
                .contains(Path.of(spool));
    }

    /** The directory is the default one. */
    @Test
    void shouldSeeWhatIsMountedOverTheVolumeOfTheChart() {
        assertThatThrownBy(() -> rendered(INTAKE, "image: {temporaryDirectory: /var/lib/foundling/spool}"))
                .hasMessageContaining(
                        "config.intake.spoolDirectory is /var/lib/foundling/spool, below image.temporaryDirectory");
        assertThatThrownBy(() -> rendered(INTAKE, over("emptyDir: {}")))
                .hasMessageContaining("config.intake.spoolDirectory is /var/lib/foundling/spool, on the volume spool");
    }

    /** Numbers of a values file: one byte less would fit, with either database. */
    @Test
    void shouldRefuseASpoolThatIsAsLargeAsItsVolume() throws IOException {
        // Given
        String tooLarge = "config: {intake: {spoolMaxSize: 12884901888}}";
        String fits = "config: {intake: {spoolMaxSize: 12884901887}}";
        String remedy =
                ".storage.size is 12Gi, expected more than config.intake.spoolMaxSize, 12884901888, because the spool"
                        + " is on that volume; lower config.intake.spoolMaxSize, or raise %s.storage.size. If the"
                        + " StatefulSet exists, enlarge its claims and delete it with --cascade=orphan before";

        // Then
        String intake = "intake: {storage: {size: 12Gi}}";
        assertThatThrownBy(() -> rendered(INTAKE, intake, tooLarge))
                .hasMessageContaining("intake" + remedy.formatted("intake"));
        assertThat(config(rendered(INTAKE, intake, fits)).intake().durability().spoolMaxBytes())
                .isEqualTo(12_884_901_887L);
        assertThatThrownBy(() -> rendered(CONSOLE, POSTGRESQL, tooLarge))
                .hasMessageContaining("console" + remedy.formatted("console"));
        assertThat(rendered(CONSOLE, POSTGRESQL, fits).objects()).isNotEmpty();
    }

    /** The defaults of the service count where the values give none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            intake: {storage: {size: 1Gi}}                                                           | intake.storage.size is 1Gi, expected more than config.intake.spoolMaxSize, 1GiB,
            intake: {storage: {size: 1025Mi}}                                                        |
            {intake: {storage: {size: 1G}}, config: {intake: {spoolMaxSize: 1 GB}}}                  | intake.storage.size is 1G, expected more than config.intake.spoolMaxSize, 1 GB,
            {intake: {storage: {size: 1G}}, config: {intake: {spoolMaxSize: 999MB}}}                 |
            {intake: {storage: {size: 1Gi}, enabled: false}}                                         |
            {intake: {storage: {size: 1Gi}}, config: {intake: {durability: BROKER}}}                 |
            """)
    void shouldRefuseAVolumeOfTheIntakeWithoutRoom(String values, String sentence) throws IOException {
        if (sentence == null) {
            assertThat(rendered(INTAKE, values).objects()).isNotEmpty();
        } else {
            assertThatThrownBy(() -> rendered(INTAKE, values)).hasMessageContaining(sentence);
        }
    }

    @Test
    void shouldRefuseAVolumeOfTheConsoleWithoutRoomForFileAndSpool() throws IOException {
        assertThatThrownBy(
                        () -> rendered(CONSOLE, "config: {console: {maxSize: 12884901887}, intake: {spoolMaxSize: 1}}"))
                .hasMessageContaining("console.storage.size is 12Gi, expected more than config.console.maxSize and"
                        + " config.intake.spoolMaxSize together, 12884901887 and 1, because the file of SQLite and the spool"
                        + " are on that volume; lower config.console.maxSize or config.intake.spoolMaxSize, or raise"
                        + " console.storage.size. If the StatefulSet exists, enlarge its claims");
        assertThat(rendered(CONSOLE, "config: {console: {maxSize: 12884901886}, intake: {spoolMaxSize: 1}}")
                        .objects())
                .isNotEmpty();
    }

    @Test
    void shouldNeedNoRoomForASpoolThatIsOnAVolumeOfItsOwn() throws IOException {
        // Given
        String small = "{console: {storage: {size: 11Gi}}, intake: {storage: {size: 1Gi}}}";
        assertThatThrownBy(() -> rendered(CONSOLE, small)).hasMessageContaining("console.storage.size is 11Gi");
        assertThatThrownBy(() -> rendered(INTAKE, small)).hasMessageContaining("intake.storage.size is 1Gi");

        // Then
        String own = over("persistentVolumeClaim: {claimName: a}");
        assertThat(rendered(CONSOLE, small, own).objects()).isNotEmpty();
        assertThat(rendered(INTAKE, small, own).objects()).isNotEmpty();
    }

    /** Mounts a volume where the spool is by default. */
    private static String over(String volume) {
        return "{extraVolumes: [{name: spool, %s}], extraVolumeMounts: [{name: spool, mountPath: /var/lib/foundling/spool}]}"
                .formatted(volume);
    }

    private static String mounted(String spool, String volume, String mount) {
        return "{config: {intake: {spoolDirectory: %s}}, extraVolumes: [%s], extraVolumeMounts: [%s]}"
                .formatted(spool, named(volume), named(mount));
    }

    private static String named(String fields) {
        return fields == null ? "" : "{name: spool, " + fields + "}";
    }

    /** Renders values that lie over each other, and over the least ones, as those of files do. */
    private static Manifests rendered(String... values) throws IOException {
        JsonNode merged = Yaml.tree(Files.readString(Chart.EXAMPLES.resolve("values-minimal.yaml")));
        for (String each : values) {
            merged = Yaml.merged(merged, Yaml.tree(each));
        }
        return Chart.with(Files.writeString(directory.resolve("values.yaml"), merged.toString()), Map.of());
    }

    private static ServiceConfig config(Manifests manifests) {
        return new ConfigReader(Map.of("FOUNDLING_INSTANCE", "a")).read("the chart's", manifests.configuration());
    }
}
