package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.intake.Outcome;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

/** The client of OpenLineage for Java, which Spark and Flink send events with, against the server. */
class OpenLineageClientTest {

    private static final URI PRODUCER = URI.create("https://example.com/etl");
    private static final UUID RUN = UUID.fromString("0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90");
    private static final ZonedDateTime TIME = ZonedDateTime.parse("2026-01-05T13:00:00.123456+01:00[Europe/Zurich]");

    private final LineageServer server = new LineageServer();
    private final OpenLineage made = new OpenLineage(PRODUCER);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(HttpConfig.Compression.class)
    void shouldTakeEventsOfTheHttpTransport(HttpConfig.Compression compression) {
        // Given
        OpenLineageClient client = client(LineageServer.KEY, compression);

        // When
        client.emit(run(EventType.START));
        client.emit(run(EventType.COMPLETE));

        // Then
        List<AuditEvent> recorded = server.sink().recorded();
        assertThat(recorded)
                .extracting(event -> event.getBody().getClass().getSimpleName())
                .containsExactly("Opened", "Completed", "Opened", "Completed");
        assertThat(recorded.get(0).getOccurredAt()).isEqualTo("2026-01-05T12:00:00.123Z");
        assertThat(recorded.get(0).getParent().getStage()).isEqualTo("nightly");
        assertThat(recorded.get(0).getMetadata()).containsEntry("jobType", "QUERY");
    }

    @Test
    void shouldTakeEventsAboutJobsAndDatasets() {
        // Given
        OpenLineageClient client = client(LineageServer.KEY, null);
        OpenLineage.StaticDataset dataset = made.newStaticDatasetBuilder()
                .namespace("s3://bucket")
                .name("orders")
                .build();

        // Then
        assertThatCode(() -> {
                    client.emit(
                            made.newJobEventBuilder().eventTime(TIME).job(job()).build());
                    client.emit(made.newDatasetEventBuilder()
                            .eventTime(TIME)
                            .dataset(dataset)
                            .build());
                })
                .doesNotThrowAnyException();
        assertThat(server.sink().recorded()).isEmpty();
    }

    @Test
    void shouldShowTheSentenceToWhoeverSendsSomethingWrong() {
        OpenLineageClient client = client("wrong", null);

        assertThatThrownBy(() -> client.emit(run(EventType.START))).hasMessageContaining("401");
        server.sink().answers(event -> new Outcome.Unavailable("The broker does not answer"));
        assertThatThrownBy(() -> client(LineageServer.KEY, null).emit(run(EventType.START)))
                .hasMessageContaining("503")
                .hasMessageContaining("The broker does not answer");
    }

    @Test
    void shouldTakeWhatTheClientSerializesAsABatch() {
        // When
        String batch = "[" + OpenLineageClientUtils.toJson(run(EventType.START)) + ","
                + OpenLineageClientUtils.toJson(run(EventType.FAIL)) + "]";
        int status = server.post("/api/v1/lineage/batch", batch).statusCode();

        // Then
        assertThat(status).isEqualTo(200);
        assertThat(server.sink().recorded()).hasSize(4);
    }

    private OpenLineageClient client(String key, HttpConfig.Compression compression) {
        ApiKeyTokenProvider token = new ApiKeyTokenProvider();
        token.setApiKey(key);
        HttpConfig config = new HttpConfig();
        config.setUrl(server.uri());
        config.setAuth(token);
        config.setCompression(compression);
        config.setTimeoutInMillis(30_000);
        return OpenLineageClient.builder().transport(new HttpTransport(config)).build();
    }

    private OpenLineage.RunEvent run(EventType type) {
        OpenLineage.ParentRunFacet parent = made.newParentRunFacetBuilder()
                .run(made.newParentRunFacetRunBuilder()
                        .runId(UUID.fromString("0192cb8f-31a8-7a2b-9e0d-000000000001"))
                        .build())
                .job(made.newParentRunFacetJobBuilder()
                        .namespace("etl")
                        .name("nightly")
                        .build())
                .build();
        return made.newRunEventBuilder()
                .eventType(type)
                .eventTime(TIME)
                .run(made.newRunBuilder()
                        .runId(RUN)
                        .facets(made.newRunFacetsBuilder().parent(parent).build())
                        .build())
                .job(job())
                .build();
    }

    private OpenLineage.Job job() {
        return made.newJobBuilder()
                .namespace("etl")
                .name("nightly.load")
                .facets(made.newJobFacetsBuilder()
                        .jobType(made.newJobTypeJobFacetBuilder()
                                .processingType("BATCH")
                                .integration("SPARK")
                                .jobType("QUERY")
                                .build())
                        .build())
                .build();
    }
}
