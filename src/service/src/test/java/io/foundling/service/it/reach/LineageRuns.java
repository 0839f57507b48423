package io.foundling.service.it.reach;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Runs of a job, reported by the client of OpenLineage, which compresses what it sends and shows a token. */
final class LineageRuns {

    static final String NAMESPACE = "airflow-prod";
    static final String JOB = "billing.load";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final OpenLineage made = new OpenLineage(URI.create("https://example.com/airflow"));
    private final OpenLineageClient client;

    LineageRuns(URI intake, String token) {
        ApiKeyTokenProvider key = new ApiKeyTokenProvider();
        key.setApiKey(token);
        HttpConfig config = new HttpConfig();
        config.setUrl(intake);
        config.setAuth(key);
        config.setCompression(HttpConfig.Compression.GZIP);
        config.setTimeoutInMillis((int) PATIENCE.toMillis());
        client =
                OpenLineageClient.builder().transport(new HttpTransport(config)).build();
    }

    static String subject(UUID run) {
        return "operation/" + NAMESPACE + "/" + JOB + "/" + run;
    }

    void starts(UUID run, Instant at) {
        client.emit(event(run, EventType.START, at));
    }

    void ends(UUID run, Instant at) {
        client.emit(event(run, EventType.COMPLETE, at));
    }

    private OpenLineage.RunEvent event(UUID run, EventType type, Instant at) {
        return made.newRunEventBuilder()
                .eventType(type)
                .eventTime(at.atZone(ZoneOffset.UTC))
                .run(made.newRunBuilder().runId(run).build())
                .job(made.newJobBuilder().namespace(NAMESPACE).name(JOB).build())
                .build();
    }
}
