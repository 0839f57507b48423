package io.foundling.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every version of a contract that was ever committed. {@code -Dgolden.update=true} adds the next one. */
class CommittedVersionsTest {

    private static final Path VERSIONS = Path.of("versions");

    @ParameterizedTest
    @EnumSource(Contract.class)
    void shouldBeCommittedWhenAContractChanges(Contract contract) throws IOException {
        // Given
        if (Boolean.getBoolean("golden.update")) {
            commit(contract);
        }
        List<Path> files = files(contract);

        // Then
        assertThat(files).as("versions of %s", contract).isNotEmpty();
        assertThat(files.get(files.size() - 1))
                .as("the newest version; run the test with -Dgolden.update=true to add the next one")
                .hasContent(text(contract));
    }

    @ParameterizedTest
    @EnumSource(Contract.class)
    void shouldKeepItsPromiseAcrossAllVersions(Contract contract) throws IOException {
        // Given
        List<Schema> versions = new ArrayList<>();
        for (Path file : files(contract)) {
            versions.add(new Schema.Parser().parse(file.toFile()));
        }

        // Then
        assertThat(CompatibilityCheck.problems(contract.compatibility(), versions))
                .isEmpty();
    }

    @Test
    void shouldFindAContractByEitherName() {
        assertThat(Contract.named("AuditEvent")).contains(Contract.AUDIT_EVENT);
        assertThat(Contract.named("io.foundling.audit.Closure")).contains(Contract.CLOSURE);
        assertThat(Contract.named("Subject")).isEmpty();
    }

    /** A change of documentation alone is no new version. */
    private static void commit(Contract contract) throws IOException {
        List<Path> files = files(contract);
        boolean isNew = files.isEmpty() || !sameContract(contract, files.get(files.size() - 1));
        int version = files.size() + (isNew ? 1 : 0);
        Path file = folder(contract).resolve("v" + version + ".avsc");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text(contract));
    }

    private static boolean sameContract(Contract contract, Path file) throws IOException {
        return withoutDocs(new Schema.Parser().parse(file.toFile())).equals(withoutDocs(contract.schema()));
    }

    private static String withoutDocs(Schema schema) {
        return schema.toString().replaceAll("\"doc\":\"(?:[^\"\\\\]|\\\\.)*\",?", "");
    }

    private static List<Path> files(Contract contract) throws IOException {
        if (!Files.exists(folder(contract))) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder(contract))) {
            Set<Path> all = listed.collect(Collectors.toSet());
            for (int version = 1; version <= all.size(); version++) {
                files.add(folder(contract).resolve("v" + version + ".avsc"));
            }
            assertThat(all).as("files without a gap").containsExactlyInAnyOrderElementsOf(files);
        }
        return files;
    }

    private static Path folder(Contract contract) {
        return VERSIONS.resolve(contract.schema().getName());
    }

    private static String text(Contract contract) {
        return SchemaFormatter.format("json/pretty", contract.schema()) + "\n";
    }
}
