package io.foundling.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.Access;
import io.foundling.console.access.AccessListener;
import io.foundling.console.access.CredentialAccess;
import io.foundling.console.access.Role;
import io.foundling.console.access.token.IssuedToken;
import io.foundling.console.access.token.TokenSecret;
import io.foundling.console.access.token.TokenVerifier;
import io.foundling.console.web.Method;
import io.foundling.console.web.Operation;
import io.foundling.console.web.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation that is served, with every kind of caller. The operations are those of the server, so a new one fails
 * this test until {@code access-matrix.txt} says what each caller gets. That file is written by hand.
 */
class AccessMatrixTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final String ID = "7b0c8a5e-0d4f-4a33-9f0e-2a2f2c1d7e10";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/subjects/{key}/acts",
            "{\"act\":\"cancel\",\"reason\":\"sold\"}",
            "/api/v1/acts",
            "{\"act\":\"cancel\",\"reason\":\"sold\",\"filter\":{\"list\":\"awaiting\",\"source\":\"library\"}}",
            "/api/v1/acts/{id}/stop",
            "{}",
            "/api/v1/policies/test",
            "university 2h",
            "/api/v1/policies/test/{id}/stop",
            "{}");

    /** Who calls, in the order of the columns. */
    private enum Who {
        NOBODY,
        WRONG,
        EXPIRED,
        READER,
        OPERATOR,
        AUDITOR,
        INTAKE,
        /** A reader of one source asks for subjects of another. */
        BILLING
    }

    @TempDir
    private Path directory;

    private final Map<Who, String> secrets = new EnumMap<>(Who.class);

    @Test
    void shouldAnswerEachCallerOfEachOperationAsTheMatrixSays() throws IOException {
        try (PagesRig rig = new PagesRig(directory, access(), InstantSource.fixed(NOW))) {
            // Given
            PagesRows.write(rig);

            // When
            List<String> lines = new ArrayList<>();
            for (Operation operation : rig.operations()) {
                StringBuilder line = new StringBuilder(name(operation));
                for (Who who : Who.values()) {
                    line.append(' ').append(rig.status(request(rig, operation, who)));
                }
                lines.add(line.toString());
            }

            // Then
            assertThat(lines).containsExactlyInAnyOrderElementsOf(expected());
        }
    }

    /** Files have a hash of their content in their paths. */
    private static String name(Operation operation) {
        return operation.method() + " " + operation.path().replaceAll("\\.[0-9a-f]{12}\\.", ".*.");
    }

    private static List<String> expected() throws IOException {
        try (InputStream in = AccessMatrixTest.class.getResourceAsStream("access-matrix.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceAll(" +", " "))
                    .toList();
        }
    }

    private Access access() {
        SecureRandom random = new SecureRandom();
        List<IssuedToken> issued = new ArrayList<>();
        for (Who who : Who.values()) {
            TokenSecret secret = TokenSecret.random(random);
            secrets.put(who, secret.text());
            if (who != Who.NOBODY && who != Who.WRONG) {
                issued.add(token(who, secret));
            }
        }
        return new CredentialAccess(
                List.of(new TokenVerifier(() -> issued, InstantSource.fixed(NOW))),
                InstantSource.fixed(NOW),
                AccessListener.NONE);
    }

    private static IssuedToken token(Who who, TokenSecret secret) {
        Set<Role> roles = switch (who) {
            case OPERATOR -> Set.of(Role.OPERATOR);
            case AUDITOR -> Set.of(Role.AUDITOR);
            case INTAKE -> Set.of(Role.INTAKE);
            case EXPIRED -> Set.of(Role.values());
            default -> Set.of(Role.READER);
        };
        return new IssuedToken(
                name(who),
                secret.sha256(),
                roles,
                who == Who.BILLING ? Optional.of(Set.of("billing")) : Optional.empty(),
                who == Who.EXPIRED ? Optional.of(NOW) : Optional.empty());
    }

    private static String name(Who who) {
        return who.name().toLowerCase(Locale.ROOT);
    }

    private HttpRequest request(PagesRig rig, Operation operation, Who who) {
        HttpRequest.Builder request = rig.request(target(operation));
        if (who != Who.NOBODY) {
            request.header("Authorization", "Bearer " + secrets.get(who));
        }
        if (operation.method() == Method.POST) {
            String body = BODIES.get(operation.path());
            request.header("Content-Type", body == null ? FORM : type(operation))
                    .POST(BodyPublishers.ofString(body == null ? form(rig, operation, who) : body));
        }
        return request.build();
    }

    private static String type(Operation operation) {
        return operation.body().orElseThrow().content().keySet().iterator().next();
    }

    private static String target(Operation operation) {
        boolean isOfParents =
                operation.path().contains("parents/") || operation.path().startsWith("/batches/");
        String path = operation
                .path()
                .replace("{key}", encoded(isOfParents ? PagesRows.BATCH : PagesRows.LONG_LIFE))
                .replace("{id}", ID);
        boolean needsKey = operation.parameters().stream()
                .anyMatch(each ->
                        each.place() == Parameter.Place.QUERY && each.name().equals("key"));
        boolean isList = List.of("/awaiting", "/orphans").contains(operation.path());
        return path + (needsKey ? "?key=" + encoded(PagesRows.LONG_LIFE) : isList ? "?source=library" : "");
    }

    /** What a page that was made for the caller would send; to sign in, the token of the caller. */
    private String form(PagesRig rig, Operation operation, Who who) {
        if (operation.path().equals("/sign-in")) {
            return "token=" + (who == Who.NOBODY ? "" : secrets.get(who));
        }
        return "act=cancel&reason=sold&formToken=" + rig.formToken("token:" + name(who));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
