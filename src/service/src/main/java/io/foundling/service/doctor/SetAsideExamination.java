package io.foundling.service.doctor;

import io.foundling.schemas.failure.Causes;
import io.foundling.schemas.registry.BoundedExchange;
import io.foundling.service.config.HttpAddress;
import io.foundling.service.finding.Finding;
import io.foundling.service.metrics.MetricNames;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
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

    private static final Pattern OURS = Pattern.compile("(?m)^foundling_");

    private final HttpAddress address;
    private final Duration patience;

    SetAsideExamination(HttpAddress address) {
        this(address, PATIENCE);
    }

    /** @param patience limits the whole exchange */
    SetAsideExamination(HttpAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    @Override
    public List<Finding> findings() {
        if (address.port() == 0) {
            return List.of(unknown("http.port is 0, so the port of an instance is not fixed, and none can be asked"));
        }
        String host = List.of("0.0.0.0", "::", "").contains(address.host()) ? "localhost" : address.host();
        String page = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port() + "/metrics";
        try {
            return List.of(examined(page));
        } catch (IllegalArgumentException unusable) {
            return List.of(unknown("http.host makes no URL that can be asked: " + page));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(unknown("interrupted"));
        }
    }

    private Finding examined(String page) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(page)).build();
        try {
            HttpResponse<byte[]> answer = BoundedExchange.send(HttpClient.newHttpClient(), request, patience);
            return answer.statusCode() == 200
                    ? read(page, new String(answer.body(), StandardCharsets.UTF_8))
                    : unknown(page + " answers " + answer.statusCode());
        } catch (HttpTimeoutException stalled) {
            return unknown(page + " gave " + stalled.getMessage());
        } catch (ConnectException absent) {
            return unknown("no instance answers at " + page);
        } catch (IOException failed) {
            return unknown(page + " gives no page of metrics: " + Causes.sentence(failed));
        }
    }

    private static Finding read(String page, String metrics) {
        return OURS.matcher(metrics).find()
                ? finding(setAside(metrics))
                : unknown("what answers at " + page + " is not Foundling");
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
                + byKind + "; expected none, see \"What are damaged entries?\" in operation.md");
    }
}
