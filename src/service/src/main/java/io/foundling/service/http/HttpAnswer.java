package io.foundling.service.http;

import java.util.List;

/** The answer to a request: always plain text that ends with a line break. */
record HttpAnswer(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    static HttpAnswer text(int status, String line) {
        return new HttpAnswer(status, TEXT, line + '\n');
    }

    /** 200 without problems, otherwise 503 with one problem per line. */
    static HttpAnswer probe(List<String> problems) {
        return problems.isEmpty() ? text(200, "ok") : text(503, String.join("\n", problems));
    }

    static HttpAnswer metrics(String scraped) {
        return new HttpAnswer(200, "text/plain; version=0.0.4; charset=utf-8", scraped);
    }
}
