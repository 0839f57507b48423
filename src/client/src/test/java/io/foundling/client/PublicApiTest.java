package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the public types of the client with a golden file. Services are compiled against them, so a line may be
 * added ({@code -Dgolden.update=true}), but none may change or go.
 */
class PublicApiTest {

    private static final Path GOLDEN = Path.of("src/test/resources/public-api.txt");

    @Test
    void shouldKeepEveryTypeAndMemberThatServicesUse() throws IOException, URISyntaxException {
        // When
        List<String> found = publicLines();

        // Then
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, found);
        }
        List<String> golden = Files.readAllLines(GOLDEN);
        assertThat(found).as("what services use must stay").containsAll(golden);
        assertThat(golden).as("new members belong into " + GOLDEN).containsAll(found);
    }

    private static List<String> publicLines() throws IOException, URISyntaxException {
        Path classes = Path.of(KafkaAuditRecorder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("io/foundling/client"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> type(name.replace(".class", "")))
                    .filter(type -> Modifier.isPublic(type.getModifiers()))
                    .flatMap(type -> lines(type).stream())
                    .sorted()
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PublicApiTest.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> lines(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(type.toGenericString() + supertypes(type));
        Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Stream::of)
                .filter(PublicApiTest::isVisible)
                .map(AccessibleObject::toString)
                .forEach(lines::add);
        return lines;
    }

    private static boolean isVisible(AccessibleObject object) {
        Member member = (Member) object;
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String supertypes(Class<?> type) {
        return " : " + type.getGenericSuperclass() + List.of(type.getGenericInterfaces());
    }
}
