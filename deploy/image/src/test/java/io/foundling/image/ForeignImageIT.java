package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The image for arm64, built on another machine: what it says of itself, and that all native code in it is for that
 * processor. It is not run. Takes half a minute and downloads 100 MB, so only on request.
 */
@EnabledIfSystemProperty(named = "foundling.image.arm64", matches = "true")
class ForeignImageIT {

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    /** Of the head of an ELF file: where the processor is named, and the number of AArch64. */
    private static final int MACHINE_AT = 18;

    private static final int AARCH64 = 183;

    @Test
    void shouldHoldNativeCodeOfItsArchitectureOnly() throws IOException {
        // When
        ImageContent image = BuiltImages.content(Architecture.ARM64);

        // Then
        assertThat(image.config().get("architecture").asText()).isEqualTo("arm64");
        assertThat(image.entry().at("/platform/architecture").asText("arm64")).isEqualTo("arm64");
        Map<String, Integer> machines = machines(image.root());
        assertThat(machines.values()).containsOnly(AARCH64);
        assertThat(machines.keySet())
                .contains(
                        "opt/java/bin/java",
                        "opt/java/lib/server/libjvm.so",
                        "opt/foundling/native/librocksdbjni-linux-aarch64.so",
                        "opt/foundling/native/libzstd-jni.so",
                        "opt/foundling/native/libsnappyjava.so",
                        "opt/foundling/native/libsqlitejdbc.so",
                        "opt/foundling/native/liblz4-java.so",
                        "bin/dash");
        assertThat(image.root().resolve("usr/lib/aarch64-linux-gnu/libstdc++.so.6"))
                .isSymbolicLink();
        assertThat(image.root().resolve("lib/ld-linux-aarch64.so.1")).exists();
    }

    private static Map<String, Integer> machines(Path root) throws IOException {
        Map<String, Integer> machines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> regular = files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .toList();
            for (Path file : regular) {
                byte[] head = head(file);
                ByteBuffer buffer = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                if (head.length > MACHINE_AT + 1
                        && ByteBuffer.wrap(head, 0, ELF.length).equals(ByteBuffer.wrap(ELF))) {
                    machines.put(root.relativize(file).toString(), (int) buffer.getShort(MACHINE_AT));
                }
            }
        }
        return machines;
    }

    private static byte[] head(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(MACHINE_AT + Short.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
