package io.foundling.service.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foundling.service.asking.ConsoleClient;
import io.foundling.service.asking.Pages;
import io.foundling.service.asking.Question;
import io.foundling.service.table.Cells;
import io.foundling.service.table.Terminal;
import io.foundling.service.table.TextTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks for a list and writes it, page by page, in constant memory. One use. */
public final class ListPrinter {

    private final Listing listing;
    private final ConsoleClient client;
    private final Optional<Long> limit;
    private final Predicate<String> lines;
    private long rows;
    private boolean isMore;
    private boolean isEnded;
    private Optional<ObjectNode> head = Optional.empty();

    /**
     * Makes one.
     *
     * @param limit rows at most; none: all
     * @param lines takes each line; answers false if nobody reads any more
     */
    public ListPrinter(Listing listing, ConsoleClient client, Optional<Long> limit, Predicate<String> lines) {
        this.listing = listing;
        this.client = client;
        this.limit = limit;
        this.lines = lines;
    }

    /**
     * What was written.
     *
     * @param isMore whether the limit has left rows out
     * @param asOf up to when the answer has everything; none while the console catches up, or if it did not say
     * @param completeSince of events: since when none is missing; none of other lists, or if the console did not say
     * @param isStateKnown whether the console said how far it is
     */
    public record Printed(
            long rows, boolean isMore, Optional<Instant> asOf, Optional<Instant> completeSince, boolean isStateKnown) {}

    /**
     * Writes the answer to a question.
     *
     * @param keeps which rows count
     * @param terminal for the width of a table
     * @param now that ages are counted up to
     * @throws io.foundling.service.asking.AskingException if an answer is missing
     */
    public Printed print(
            Question question, Predicate<ObjectNode> keeps, Format format, Terminal terminal, Instant now) {
        if (format == Format.CSV) {
            csv(question, keeps);
        } else {
            RowWriter writer = switch (format) {
                case JSON -> RowWriter.json(lines);
                case NDJSON -> RowWriter.ndjson(lines);
                default -> RowWriter.table(new TextTable(listing.columns(), terminal.width(), now), lines);
            };
            pages(question, keeps, writer);
            writer.end();
        }
        return new Printed(rows, isMore, moment("/asOf"), moment("/completeSince"), head.isPresent());
    }

    private void pages(Question question, Predicate<ObjectNode> keeps, RowWriter writer) {
        new Pages(client).read(question, listing.isPaged(), left(), part -> read(part, keeps, writer));
    }

    private Optional<Long> read(Pages.Part part, Predicate<ObjectNode> keeps, RowWriter writer) {
        head = head.or(() -> Optional.of(part.head()));
        List<ObjectNode> kept = part.rows().stream().filter(keeps).toList();
        List<ObjectNode> wanted = left().filter(most -> most < kept.size())
                .map(most -> kept.subList(0, most.intValue()))
                .orElse(kept);
        isEnded = !wanted.isEmpty() && !writer.rows(wanted);
        rows += wanted.size();
        if (left().filter(most -> most == 0).isPresent()) {
            isMore = wanted.size() < kept.size() || !part.isLast();
            isEnded = true;
        }
        return isEnded ? Optional.of(0L) : left();
    }

    private Optional<Instant> moment(String pointer) {
        return head.flatMap(answer -> Cells.moment(answer, pointer)).filter(moment -> moment.isAfter(Instant.EPOCH));
    }

    private Optional<Long> left() {
        return limit.map(most -> Math.max(0, most - rows));
    }

    private void csv(Question question, Predicate<ObjectNode> keeps) {
        if (listing.isPaged()) {
            client.csv(question, new CsvRows());
        } else {
            pages(question, keeps, new WholeCsv(lines));
        }
    }

    /** Takes the lines of an export: the first one is the header. */
    private final class CsvRows implements Predicate<String> {

        private boolean isBegun;

        @Override
        public boolean test(String line) {
            if (!isBegun) {
                isBegun = true;
                isEnded = !lines.test(line);
            } else if (left().filter(most -> most == 0).isPresent()) {
                isMore = true;
                isEnded = true;
            } else {
                rows++;
                isEnded = !lines.test(line);
            }
            return !isEnded;
        }
    }
}
