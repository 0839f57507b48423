package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.console.access.AccessDeniedException;
import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.web.Operation;
import io.foundling.schemas.SubjectKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees what of an answer. {@code AccessMatrixTest} has who gets one. */
class CallersIT {

    private static final String API = "/api/v1/";
    private static final String FOREIGN = SubjectKey.of(ApiRows.FOREIGN);

    private static final Map<String, Caller> CALLERS = Map.of(
            "Bearer reader", new Caller("reader", Set.of(Role.READER), Optional.empty()),
            "Bearer auditor", new Caller("auditor", Set.of(Role.AUDITOR), Optional.empty()),
            "Bearer billing", new Caller("billing", Set.of(Role.READER), Optional.of(Set.of("billing"))),
            "Bearer none", new Caller("none", Set.of(Role.READER), Optional.of(Set.of())));

    @TempDir
    private Path directory;

    /** No answer to a caller of another source names the source "university", nor to one of no source either of them. */
    @ParameterizedTest
    @EnumSource
    void shouldShowNothingOfOtherSources(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            for (Operation operation : rig.asking()) {
                for (String caller : List.of("Bearer billing", "Bearer none")) {
                    // When
                    String target = target(operation);
                    HttpResponse<String> response = rig.web().get(target, "Authorization", caller);

                    // Then
                    if (operation.path().contains("{key}")) {
                        assertThat(response.statusCode()).as(target).isEqualTo(404);
                        assertThat(response.body()).contains("Nothing is known of the subject ");
                    } else if (operation.id().equals("scopes-active")) {
                        assertThat(response.body()).contains("\"active\":false", "\"status\":null");
                    } else if (operation.id().equals("dead-letters")) {
                        assertThat(response.statusCode()).isEqualTo(403);
                    } else if (!operation.id().equals("openapi")) {
                        assertThat(response.statusCode())
                                .as(target + response.body())
                                .isEqualTo(200);
                        assertThat(response.body()).as(target).doesNotContain("university");
                        if (caller.equals("Bearer none")) {
                            assertThat(response.body()).as(target).doesNotContain("billing");
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheOwnSource(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            for (String path : List.of(
                    "awaiting",
                    "events",
                    "subjects/" + FOREIGN,
                    "subjects/" + FOREIGN + "/trail",
                    "subjects/" + FOREIGN + "/explanation",
                    "clocks",
                    "sources",
                    "alerts")) {
                assertThat(rig.web()
                                .get(API + path, "Authorization", "Bearer billing")
                                .body())
                        .as(path)
                        .contains("billing");
            }
            assertThat(rig.web()
                            .get(API + "events?source=university", "Authorization", "Bearer billing")
                            .body())
                    .contains("\"rows\":[]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHideMetadataFromAllButAuditors(TestDatabase kind) {
        try (ApiRig rig = rig(kind)) {
            for (Operation operation : rig.asking()) {
                for (String mediaType : operation.answer().mediaTypes()) {
                    String target = target(operation);
                    assertThat(rig.web()
                                    .get(target, "Accept", mediaType, "Authorization", "Bearer reader")
                                    .body())
                            .as(target)
                            .doesNotContain("sesame", "0102");
                }
            }
            String subject = API + "subjects/" + key("1");
            assertThat(rig.web().get(subject, "Authorization", "Bearer reader").body())
                    .contains("\"tenant\":\"shown\"", "\"ssn\":\"***\"");
            for (String path : List.of(subject, subject + "/trail", API + "awaiting", API + "events")) {
                assertThat(rig.web()
                                .get(path, "Authorization", "Bearer auditor")
                                .body())
                        .as(path)
                        .contains("\"ssn\":\"sesame\"");
            }
            assertThat(rig.web()
                            .get(API + "dead-letters", "Authorization", "Bearer auditor")
                            .body())
                    .contains("\"value\":\"0102\"", "\"message\":\"key\"");
            assertThat(rig.web()
                            .get(API + "dead-letters", "Authorization", "Bearer reader")
                            .body())
                    .contains("\"value\":null", "\"message\":null");
        }
    }

    private static String target(Operation operation) {
        String key = operation.path().contains("parents/") ? ApiRows.BATCH : key("1");
        return operation.path().replace("{key}", key)
                + (operation.id().equals("scopes-active") ? "?key=" + ApiRows.SCOPE : "");
    }

    private ApiRig rig(TestDatabase kind) {
        ApiRig rig = new ApiRig(
                kind,
                directory,
                authorization -> authorization
                        .map(CALLERS::get)
                        .orElseThrow(
                                () -> new AccessDeniedException(Reason.UNKNOWN, "Credentials are missing or wrong")));
        ApiRows.write(rig);
        return rig;
    }
}
