package io.foundling.console.model.query;

/**
 * A question whose answer is a list.
 *
 * @param <T> what the rows are
 */
public interface Question<T> {

    /** Returns which rows are the answer, in which order. */
    Selection<T> selection();
}
