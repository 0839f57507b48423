package io.foundling.intake.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.audit.AuditEvent;
import io.foundling.console.web.MediaTypes;
import io.foundling.console.web.Problem;
import io.foundling.console.web.Reply;
import io.foundling.intake.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request: 200 only if every event is durable, so that a caller who looks at nothing but the status loses
 * nothing. Otherwise a problem, which has the same results.
 */
final class Results {

    static final String RESULTS = "results";
    static final String ACCEPTED = "accepted";
    static final String REFUSED = "refused";
    static final String UNAVAILABLE = "unavailable";
    private static final String RETRY_AFTER_S = "5";

    private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    private int readable;
    private int forbidden;
    private int refused;
    private int unavailable;

    /** @param outcomes of the readable items, in their order */
    Results(List<Item> items, List<Outcome> outcomes) {
        Iterator<Outcome> next = outcomes.iterator();
        for (Item item : items) {
            if (item instanceof Item.Readable read) {
                readable++;
                add(read.event(), next.next());
            } else if (item instanceof Item.Forbidden forbidding) {
                readable++;
                forbidden++;
                row(REFUSED).put("reason", forbidding.sentence());
            } else if (item instanceof Item.Unreadable unreadable) {
                readable += unreadable.isJson() ? 1 : 0;
                refused++;
                row(REFUSED).put("reason", unreadable.sentence());
            }
        }
    }

    private void add(AuditEvent event, Outcome outcome) {
        String id = event.getEventId().toString();
        if (outcome instanceof Outcome.Refused why) {
            refused++;
            row(REFUSED).put("eventId", id).put("reason", why.reason());
        } else if (outcome instanceof Outcome.Unavailable why) {
            unavailable++;
            row(UNAVAILABLE).put("eventId", id).put("reason", why.reason());
        } else {
            row(ACCEPTED).put("eventId", id);
        }
    }

    private ObjectNode row(String status) {
        return rows.addObject().put("index", rows.size() - 1).put("status", status);
    }

    Reply reply() {
        int failed = forbidden + refused + unavailable;
        if (failed == 0) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set(RESULTS, rows);
            return Reply.json(json);
        }
        ObjectNode json = Problem.of(status(), sentence(failed)).json();
        json.set(RESULTS, rows);
        return new Reply(
                status(),
                MediaTypes.PROBLEM,
                unavailable > 0 ? Map.of("Retry-After", RETRY_AFTER_S) : Map.of(),
                new Reply.Whole(json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** What a repeat may mend comes first. */
    private int status() {
        if (unavailable > 0) {
            return 503;
        }
        if (readable == 0) {
            return 400;
        }
        return forbidden > 0 ? 403 : 422;
    }

    private String sentence(int failed) {
        int accepted = rows.size() - failed;
        String what = unavailable > 0
                ? unavailable + " of " + rows.size()
                        + " events are not known to be durable; repeat them with the same ids"
                : failed + " of " + rows.size() + " events were refused, a repeat will be as well";
        return what + "; " + accepted + " were accepted";
    }
}
