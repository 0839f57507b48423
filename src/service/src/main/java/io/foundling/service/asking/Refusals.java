package io.foundling.service.asking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.foundling.service.asking.AskingException.Fault;
import io.foundling.service.asking.AskingException.Kind;
import io.foundling.service.table.Printable;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Makes a sentence of an answer that is not the one which was asked for. */
final class Refusals {

    private static final String PROBLEM = "application/problem+json";
    private static final int LONGEST = 2_000;
    private static final int FAILED = 500;
    private static final String HINT =
            "; the API is at console.port (8090), probes and metrics are at http.port; see --url";

    private static final String KEYS =
            "; keys are as foundling list shows them, such as record/university/declaration/4711";

    private final AskedConsole console;
    private final JsonMapper mapper;

    Refusals(AskedConsole console, JsonMapper mapper) {
        this.console = console;
        this.mapper = mapper;
    }

    /** Returns the media type of an answer, without parameters. */
    static String mediaType(HttpHeaders headers) {
        return headers.firstValue("Content-Type")
                .orElse("nothing")
                .replaceFirst(";.*", "")
                .strip();
    }

    AskingException of(HttpResponse<byte[]> answer) {
        String type = mediaType(answer.headers());
        if (!type.equals(PROBLEM)) {
            return ofStatus(answer, noConsole(answer.statusCode() + " " + type).getMessage());
        }
        JsonNode problem;
        try {
            problem = mapper.readTree(answer.body());
        } catch (IOException broken) {
            return noConsole(answer.statusCode() + " and a problem that is no JSON");
        }
        return refused(answer, problem, detail(problem));
    }

    private AskingException refused(HttpResponse<byte[]> answer, JsonNode problem, String detail) {
        String from = "the console at " + console.shown();
        return switch (answer.statusCode()) {
            case 400, 406, 409, 413, 414, 422 -> new AskingException(Kind.WRONG, detail, faults(problem));
            case 401 ->
                AskingException.unavailable(from + " wants other credentials: " + detail
                        + (console.token().isPresent()
                                ? "; the token is from FOUNDLING_TOKEN or --token-file"
                                : "; there is no token, set FOUNDLING_TOKEN or --token-file"));
            case 403 -> AskingException.unavailable(from + " does not allow this: " + detail);
            case 404 -> new AskingException(Kind.UNKNOWN, detail + (isAboutSubject(answer) ? KEYS : ""));
            case 429, 503 ->
                AskingException.unavailable(from + " does not answer at present: " + detail
                        + answer.headers()
                                .firstValue("Retry-After")
                                .filter(seconds -> seconds.matches("\\d{1,6}"))
                                .map(seconds -> "; try again in " + seconds + " s")
                                .orElse(""));
            default ->
                ofStatus(
                        answer,
                        from + " answered " + answer.statusCode() + ": " + detail
                                + (problem.hasNonNull("id") ? " " + shown(problem.path("id")) : ""));
        };
    }

    private static boolean isAboutSubject(HttpResponse<byte[]> answer) {
        return answer.uri().getPath().contains(Question.PREFIX + "subjects/");
    }

    /** A console that failed, or a proxy that got no answer of it, does not know what was done. */
    private static AskingException ofStatus(HttpResponse<byte[]> answer, String sentence) {
        return answer.statusCode() >= FAILED
                ? AskingException.unanswered(sentence)
                : AskingException.unavailable(sentence);
    }

    /** Something else answers at that address. */
    AskingException noConsole(String what) {
        return AskingException.unavailable(
                console.shown() + " is not a console of this version: it answered " + shown(what) + HINT);
    }

    private static List<Fault> faults(JsonNode problem) {
        List<Fault> faults = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> faults.add(new Fault(shown(error.path("parameter")), shown(error.path("detail")))));
        return faults;
    }

    private static String detail(JsonNode problem) {
        return problem.hasNonNull("detail") ? shown(problem.path("detail")) : "no reason is given";
    }

    private static String shown(JsonNode text) {
        return shown(text.asText());
    }

    private static String shown(String text) {
        String line = Printable.line(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
