package io.foundling.service.it.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.service.Page;
import io.foundling.service.it.rig.DocumentedCurl;
import java.time.Instant;

/** The event that the first page of the project reports with curl, and others like it. */
record FrontPageCurl(DocumentedCurl curl) {

    static final String SOURCE = "me";
    static final String STAGE = "try";

    private static final String PRINTED_ID = "\"id\": \"1\"";
    private static final String PRINTED_FACT = "\"fact\": \"Deferred\"";

    static String subject(String id) {
        return "record/" + SOURCE + "/" + STAGE + "/" + id;
    }

    /** Reports a fact about a record, with the time at which it occurred: two calls may be far apart on a slow machine. */
    void report(String id, String fact, Instant time) {
        String command = DocumentedCurl.of(Page.FRONT).get(0);
        assertThat(command).contains(PRINTED_ID, PRINTED_FACT);
        String printed = curl.run(command.replace(PRINTED_ID, "\"id\": \"" + id + "\"")
                .replace(PRINTED_FACT, "\"fact\": \"" + fact + "\", \"occurredAt\": \"" + time + "\""));
        assertThat(printed).contains("\"status\":\"accepted\"");
    }
}
