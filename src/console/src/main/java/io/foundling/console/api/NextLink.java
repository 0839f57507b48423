package io.foundling.console.api;

import io.foundling.console.model.query.Cursor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the link to the next page of a list. */
final class NextLink {

    private static final String CURSOR = "cursor=";

    private NextLink() {}

    /**
     * Returns it.
     *
     * @param target path and query of the request for this page
     */
    static String of(String target, Cursor next) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        Stream<String> others = query < 0
                ? Stream.of()
                : Arrays.stream(target.substring(query + 1).split("&"))
                        .filter(part -> !part.isEmpty() && !part.startsWith(CURSOR));
        String cursor = CURSOR + URLEncoder.encode(next.toString(), StandardCharsets.UTF_8);
        return path + "?" + Stream.concat(others, Stream.of(cursor)).collect(Collectors.joining("&"));
    }
}
