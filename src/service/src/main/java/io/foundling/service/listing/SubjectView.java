package io.foundling.service.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Pages;
import io.foundling.service.asking.Question;
import io.foundling.service.table.Cells;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One subject at a glance: what is known of it, its last events, and of a parent its members. It asks four questions, and
 * reads at most 10,000 members and as many events, so that a very large batch takes seconds and not minutes.
 */
public final class SubjectView {

    private static final int LAST_EVENTS = 5;
    private static final int MISSING = 10;
    private static final long MOST = 10_000;

    private final ConsoleClient client;
    private final Pages pages;
    private final Instant now;

    /** @param now that ages are counted up to */
    public SubjectView(ConsoleClient client, Instant now) {
        this.client = client;
        this.now = now;
        pages = new Pages(client);
    }

    /** What is known of the members of a parent. */
    record Members(Map<String, Long> byStatus, boolean isWhole, List<ObjectNode> missing, boolean hasMoreMissing) {}

    /**
     * The events that are shown.
     *
     * @param isWhole whether they are the last ones for sure
     * @param completeSince since when none is missing
     */
    record Events(List<ObjectNode> last, boolean isWhole, Optional<Instant> completeSince) {}

    /**
     * Returns what the API answers.
     *
     * @throws io.foundling.service.asking.AskingException if an answer is missing
     */
    public ObjectNode json(String key) {
        return client.json(Question.of("subjects/" + key));
    }

    /**
     * Returns the lines for people.
     *
     * @throws io.foundling.service.asking.AskingException if an answer is missing
     */
    public List<String> lines(String key) {
        ObjectNode subject = json(key);
        SubjectLines lines = new SubjectLines(key, now);
        lines.subject(subject.path("disposition"), subject.path("warning"));
        Optional<ObjectNode> settlement = canBeParent(key) ? settlement(key) : Optional.empty();
        if (canBeParent(key)) {
            lines.members(members(key), settlement);
        }
        lines.events(events(key));
        return lines.all();
    }

    private static boolean canBeParent(String key) {
        return !key.startsWith("record/");
    }

    private Optional<ObjectNode> settlement(String key) {
        List<ObjectNode> found = new ArrayList<>();
        pages.read(Question.of("settlements").with("parent", key), true, Optional.of(1L), part -> {
            found.addAll(part.rows());
            return Optional.of(0L);
        });
        return found.stream().findFirst();
    }

    private Members members(String key) {
        Map<String, Long> byStatus = new TreeMap<>();
        List<ObjectNode> missing = new ArrayList<>();
        boolean[] isWhole = new boolean[2];
        long[] read = new long[1];
        pages.read(Listings.members(key, false).question(), true, Optional.of(MOST), part -> {
            part.rows().forEach(member -> byStatus.merge(member.path("status").asText(), 1L, Long::sum));
            read[0] += part.rows().size();
            isWhole[0] = part.isLast();
            return Optional.of(MOST - read[0]);
        });
        pages.read(Listings.members(key, true).question(), true, Optional.of((long) MISSING), part -> {
            missing.addAll(part.rows());
            isWhole[1] = part.isLast();
            return Optional.of(0L);
        });
        return new Members(byStatus, isWhole[0], missing, !isWhole[1]);
    }

    private Events events(String key) {
        Deque<ObjectNode> last = new ArrayDeque<>();
        boolean[] isWhole = new boolean[1];
        long[] read = new long[1];
        List<Instant> since = new ArrayList<>();
        pages.read(Listings.trail(key).question(), true, Optional.of(MOST), part -> {
            for (ObjectNode event : part.rows()) {
                last.add(event);
                if (last.size() > LAST_EVENTS) {
                    last.remove();
                }
            }
            read[0] += part.rows().size();
            isWhole[0] = part.isLast();
            Cells.moment(part.head(), "/completeSince")
                    .filter(moment -> moment.isAfter(Instant.EPOCH))
                    .ifPresent(since::add);
            return Optional.of(MOST - read[0]);
        });
        return new Events(List.copyOf(last), isWhole[0], since.stream().findFirst());
    }
}
