package io.foundling.schemas.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class CausesTest {

    private final IOException deepest = new IOException("no space");
    private final UncheckedIOException middle = new UncheckedIOException(deepest);
    private final IllegalStateException failure = new IllegalStateException("cannot write", middle);

    @Test
    void shouldListTheFailureAndItsCausesInOrder() {
        assertThat(Causes.of(failure)).containsExactly(failure, middle, deepest);
        assertThat(Causes.of(null)).isEmpty();
    }

    @Test
    void shouldFindTheFirstOfAType() {
        assertThat(Causes.find(failure, RuntimeException.class)).containsSame(failure);
        assertThat(Causes.find(failure, IOException.class)).containsSame(deepest);
        assertThat(Causes.find(failure, Error.class)).isEmpty();
    }

    @Test
    void shouldReturnTheFailureItselfAsDeepestWhenItHasNoCause() {
        assertThat(Causes.deepest(failure)).isSameAs(deepest);
        assertThat(Causes.deepest(deepest)).isSameAs(deepest);
    }

    @Test
    void shouldSayEachMessageOnceWhenAWrapperRepeatsItsCause() {
        assertThat(Causes.sentence(failure)).isEqualTo("cannot write: no space");
    }
}
