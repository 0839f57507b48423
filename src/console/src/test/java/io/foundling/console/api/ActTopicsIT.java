package io.foundling.console.api;

import static io.foundling.console.model.ModelRecords.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.Producer;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.console.access.Access;
import io.foundling.console.access.Caller;
import io.foundling.console.acts.Act;
import io.foundling.console.acts.ActListener;
import io.foundling.console.acts.ActSettings;
import io.foundling.console.acts.Acts;
import io.foundling.console.acts.Instruction;
import io.foundling.console.model.TestDatabase;
import io.foundling.console.model.query.Queries;
import io.foundling.console.web.WebHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Into which of several source topics an act is recorded. */
class ActTopicsIT {

    @TempDir
    private Path directory;

    @Test
    void shouldRecordWhereTheSubjectsEventsAre() {
        List<String> topics = new ArrayList<>();
        try (ApiRig rig = new ApiRig(TestDatabase.SQLITE, directory, Access.local());
                Acts acts = acts(rig, topics)) {
            ApiRows.write(rig);

            // When
            act(acts, key("1"));
            act(acts, key("2"));

            // Then
            assertThat(topics).containsExactly("audit.event", "other.events");
        }
    }

    private static void act(Acts acts, String key) {
        acts.act(new Instruction(UUID.randomUUID(), Caller.LOCAL, new Act.Annotate(Map.of("a", "b")), "seen"), key);
    }

    private static Acts acts(ApiRig rig, List<String> topics) {
        ActSettings settings = new ActSettings(
                List.of("other.events", "audit.event"),
                10,
                new Producer("foundling-console", "test", "1", 0L),
                Duration.ofSeconds(30));
        return new Acts(
                settings,
                new Queries(rig.database()),
                topic -> {
                    topics.add(topic);
                    return new InMemoryAuditRecorder();
                },
                () -> WebHarness.NOW,
                ActListener.NONE);
    }
}
