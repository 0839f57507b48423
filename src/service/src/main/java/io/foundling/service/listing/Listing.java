package io.foundling.service.listing;

import io.foundling.service.asking.Question;
import io.foundling.service.table.Column;
import java.util.List;

/**
 * A list that can be asked for.
 *
 * @param word of the command line
 * @param question without filters
 * @param isPaged whether the API answers it in pages, and as CSV
 * @param examples command lines without the name of the program, each after a line that says what for
 */
public record Listing(
        String word,
        String description,
        Question question,
        boolean isPaged,
        List<Filter> filters,
        List<Column> columns,
        List<Example> examples) {

    /** What a command line is for, and the command line without the name of the program. */
    public record Example(String purpose, String arguments) {}

    public Listing {
        filters = List.copyOf(filters);
        columns = List.copyOf(columns);
        examples = List.copyOf(examples);
    }

    static Listing paged(
            String word,
            String description,
            String path,
            List<Filter> filters,
            List<Column> columns,
            Example... examples) {
        return new Listing(word, description, Question.of(path), true, filters, columns, List.of(examples));
    }

    /** Returns this with a parameter that is always sent. */
    Listing always(String parameter, String value) {
        return new Listing(word, description, question.with(parameter, value), isPaged, filters, columns, examples);
    }

    /** Returns this as one that is answered as a whole. */
    Listing whole() {
        return new Listing(word, description, question, false, filters, columns, examples);
    }
}
