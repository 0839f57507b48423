package io.foundling.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Lists of batches, as OpenAI and Anthropic answer. All batches began two hours ago, and expire after one day. */
final class ProviderAnswers {

    /** When the batches were created. */
    static final Instant CREATED = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    private static final String OPENAI = """
            {"object": "list", "has_more": false, "data": [
              {"id": "batch_1", "status": "%s", "created_at": CREATED, "expires_at": EXPIRES,
               "input_file_id": "in", "output_file_id": "out", "error_file_id": "err", "completed_at": ENDED,
               "request_counts": {"total": 4, "completed": 1, "failed": 2}, "errors": null},
              {"id": "batch_0", "status": "failed", "created_at": CREATED, "expires_at": EXPIRES,
               "input_file_id": "bad", "output_file_id": null, "error_file_id": null, "failed_at": ENDED,
               "errors": {"data": [{"code": "invalid_json_line", "message": "line 1 is no JSON", "line": 1}]}}]}
            """;

    private static final String ANTHROPIC = """
            {"has_more": false, "data": [
              {"id": "msgbatch_1", "type": "message_batch", "processing_status": "ended",
               "created_at": "CREATED", "expires_at": "EXPIRES",
               "ended_at": "ENDED", "results_url": "https://elsewhere.example/results",
               "request_counts": {"processing": 0, "succeeded": 1, "errored": 1, "canceled": 0, "expired": 1}}]}
            """;

    private ProviderAnswers() {}

    /** Two batches, of which the first has this status, and four requests, of which one is in no file. */
    static String openai(String status) {
        return withTimes(OPENAI.formatted(status), time -> Long.toString(time.getEpochSecond()));
    }

    static String anthropic() {
        return withTimes(ANTHROPIC, Instant::toString);
    }

    private static String withTimes(String answer, Function<Instant, String> form) {
        return answer.replace("CREATED", form.apply(CREATED))
                .replace("EXPIRES", form.apply(CREATED.plus(Duration.ofDays(1))))
                .replace("ENDED", form.apply(CREATED.plus(Duration.ofHours(1))));
    }
}
