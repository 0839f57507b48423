package io.foundling.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {

    @TempDir
    private Path directory;

    @Test
    void shouldPutNativeCodeOfThisPlatformBesideTheJarAndDropTheRest() throws IOException {
        // Given
        Path jar = jar("rocksdbjni-1.jar", "A.class", "librocksdbjni-linux64.so", "librocksdbjni-win64.dll");

        // When
        Libraries libraries = Libraries.of(classpath(jar), directory.resolve("taken"), Architecture.AMD64);

        // Then
        try (ZipFile taken = new ZipFile(libraries.thirdParty().get(0).toFile())) {
            assertThat(taken.stream().map(ZipEntry::getName)).containsExactly("A.class");
        }
        assertThat(libraries.nativeCode()).isDirectoryContaining("glob:**/librocksdbjni-linux64.so");
        assertThat(libraries.nativeCode().resolve("librocksdbjni-win64.dll")).doesNotExist();
    }

    @Test
    void shouldTakeTheNativeCodeOfTheArchitecture() throws IOException {
        // Given
        Path jar = jar(
                "rocksdbjni-1.jar",
                "librocksdbjni-linux64.so",
                "librocksdbjni-linux-aarch64.so",
                "linux/amd64/libzstd-jni-1.so",
                "linux/aarch64/libzstd-jni-1.so",
                "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so",
                "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
                "org/sqlite/native/Linux-Musl/aarch64/libsqlitejdbc.so",
                "net/jpountz/util/linux/aarch64/liblz4-java.so",
                "net/jpountz/util/darwin/aarch64/liblz4-java.dylib");

        // When
        Libraries libraries = Libraries.of(classpath(jar), directory.resolve("taken"), Architecture.ARM64);

        // Then
        assertThat(libraries.nativeCode().toFile().list())
                .containsExactlyInAnyOrder(
                        "librocksdbjni-linux-aarch64.so",
                        "libzstd-jni.so",
                        "libsnappyjava.so",
                        "libsqlitejdbc.so",
                        "liblz4-java.so");
    }

    @Test
    void shouldSayWhichArchitecturesThereAre() {
        assertThatThrownBy(() -> Architecture.of("x86_64"))
                .hasMessage("image.architecture is x86_64, expected amd64 or arm64");
    }

    @Test
    void shouldTakeAJarWithoutNativeCodeAsItIs() throws IOException {
        Path jar = jar("other-1.jar", "A.class");
        Libraries libraries = Libraries.of(classpath(jar), directory.resolve("taken"), Architecture.AMD64);
        assertThat(libraries.thirdParty().get(0)).hasSameBinaryContentAs(jar);
        assertThat(libraries.own()).isEmpty();
    }

    @Test
    void shouldGiveTheSameBytesInEveryTimeZone() throws IOException {
        // Given
        Path classpath = classpath(jar("foundling-service-1.jar", "A.class"));
        TimeZone before = TimeZone.getDefault();
        try {
            // When
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            Libraries there = Libraries.of(classpath, directory.resolve("there"), Architecture.AMD64);
            TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));
            Libraries here = Libraries.of(classpath, directory.resolve("here"), Architecture.AMD64);

            // Then
            assertThat(here.own().get(0)).hasSameBinaryContentAs(there.own().get(0));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private Path classpath(Path jar) throws IOException {
        return Files.writeString(directory.resolve("classpath"), jar + "\n");
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = directory.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                ZipEntry written = new ZipEntry(entry);
                written.setLastModifiedTime(FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
                out.putNextEntry(written);
                out.write(entry.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return jar;
    }
}
