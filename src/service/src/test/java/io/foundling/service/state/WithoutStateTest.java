package io.foundling.service.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class WithoutStateTest {

    @Test
    void shouldBlameTheNameOfTheInstanceWhenAnotherProcessHasIt() {
        assertThat(WithoutState.verdict(new StreamsException(new FencedInstanceIdException("fenced"))))
                .isInstanceOfSatisfying(
                        StateVerdict.Unusable.class,
                        verdict -> assertThat(verdict.why())
                                .hasMessageContaining("another process joined under the name of this instance"));
    }

    @Test
    void shouldSayNothingOfOtherFailures() {
        assertThat(WithoutState.verdict(new StreamsException(new TimeoutException("no answer"))))
                .isInstanceOf(StateVerdict.Unconcerned.class);
    }
}
