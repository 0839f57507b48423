package io.foundling.service.doctor;

import io.foundling.service.config.HttpAddress;
import io.foundling.service.finding.Finding;
import io.foundling.service.metrics.MetricNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks the instance that runs here how many entries of its state were damaged and set aside (rule S1). Only it knows, so
 * that nothing is found where none runs.
 */
final class SetAsideExamination implements Examination {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One line of the page: {@code foundling_set_aside{kind="member",…} 2.0}. */
    private static final Pattern SERIES =
            Pattern.compile(MetricNames.SET_ASIDE.name() + "\\{(?:[^}]*,)?kind=\"([^\"]*)\"[^}]*} ([0-9.eE+]+)");

    private final URI metrics;

    SetAsideExamination(HttpAddress address) {
        boolean isAny = List.of("0.0.0.0", "::", "").contains(address.host());
        String host = isAny ? "localhost" : address.host();
        metrics = URI.create(
                "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port() + "/metrics");
    }

    @Override
    public List<Finding> findings() {
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            return List.of(
                    answer.statusCode() == 200
                            ? finding(setAside(answer.body()))
                            : unknown(metrics + " answers " + answer.statusCode()));
        } catch (IOException away) {
            return List.of(unknown("no instance answers at " + metrics));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(unknown("interrupted"));
        }
    }

    private static Finding unknown(String why) {
        return Finding.skipped("what an instance has set aside is not known: " + why);
    }

    private static SortedMap<String, Long> setAside(String page) {
        SortedMap<String, Long> kinds = new TreeMap<>();
        Matcher series = SERIES.matcher(page);
        while (series.find()) {
            long count = (long) Double.parseDouble(series.group(2));
            if (count > 0) {
                kinds.merge(series.group(1), count, Long::sum);
            }
        }
        return kinds;
    }

    private static Finding finding(SortedMap<String, Long> kinds) {
        long all = kinds.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return Finding.ok("the instance that runs here has set no damaged entry of its state aside");
        }
        String byKind = kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " of kind " + kind.getKey())
                .collect(Collectors.joining(", "));
        return Finding.warning("the instance that runs here could not decode " + all + " "
                + (all == 1 ? "entry" : "entries") + " of its state and set " + (all == 1 ? "it" : "them") + " aside: "
                + byKind + "; expected none, see damaged entries in operation.md");
    }
}
