package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars that services link, as they are published. Those of the image have a test where it is built. */
class PublishedJarsIT {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    @ParameterizedTest
    @CsvSource({
        "schemas, ../../schemas, io.foundling.schemas",
        "client, ../client, io.foundling.client",
        "client-micrometer, ../client-micrometer, io.foundling.client.micrometer",
        "client-spring-boot, ., io.foundling.client.springboot"
    })
    void shouldHaveAModuleNameAndSayUnderWhichLicenceTheyAre(String name, Path module, String moduleName)
            throws IOException {
        // Given
        Path jar = module.resolve("target/foundling-" + name + '-' + VERSION + ".jar");

        // When, then
        assertThat(ModuleFinder.of(jar).findAll())
                .extracting(ModuleReference::descriptor)
                .singleElement()
                .satisfies(descriptor -> assertThat(descriptor.name()).isEqualTo(moduleName));
        try (JarFile content = new JarFile(jar.toFile())) {
            for (String file : List.of("LICENSE", "NOTICE")) {
                byte[] packed = content.getInputStream(content.getEntry("META-INF/" + file))
                        .readAllBytes();
                assertThat(packed).as(file).isEqualTo(Files.readAllBytes(Path.of("../..", file)));
            }
        }
    }

    @Test
    void shouldComeWithABillOfMaterials() throws IOException {
        assumeThat(System.getProperty("maven.mode"))
                .as("Maven skips the plugin when it is offline")
                .isNotEqualTo("offline: true");

        assertThat(Files.readString(Path.of("../client/target/bom.json")))
                .contains("pkg:maven/org.apache.kafka/kafka-clients@", "pkg:maven/org.bitbucket.b_c/jose4j@")
                .doesNotContain("serialNumber", "junit", "\"timestamp\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemas", "client", "client-micrometer", "client-spring-boot"})
    void shouldBeInTheBom(String name) throws IOException {
        assertThat(Files.readString(Path.of("../bom/pom.xml")))
                .contains("<artifactId>foundling-" + name + "</artifactId>", "<version>" + VERSION + "</version>");
    }
}
