package io.foundling.client.internal.event;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * What a recorder has to know about one body of the contract.
 *
 * @param type the generated class
 * @param urgent whether an event with it must not wait for others
 * @param check throws {@link IllegalArgumentException} naming the field that is wrong
 * @param textSize gives the estimated bytes of the texts, lists and maps in it
 * @param stable gives a body that does not change when the caller goes on using its maps and lists
 */
record BodyType<B>(
        Class<B> type, boolean urgent, Consumer<B> check, ToLongFunction<B> textSize, UnaryOperator<B> stable) {

    void check(Object body) {
        check.accept(type.cast(body));
    }

    long textSize(Object body) {
        return textSize.applyAsLong(type.cast(body));
    }

    Object stable(Object body) {
        return stable.apply(type.cast(body));
    }
}
