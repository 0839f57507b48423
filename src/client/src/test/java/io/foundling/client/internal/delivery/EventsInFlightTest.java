package io.foundling.client.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.Ticket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventsInFlightTest {

    private static final Ticket TICKET = new Ticket("audit.events", 0, 0);

    private final Epochs epochs = new Epochs();
    private final EventsInFlight flight = new EventsInFlight(10_000);

    @Test
    void shouldHaveRoomAgainWhenEventsEndBehindOneThatDoesNot() {
        // Given
        List<Sending> events = added(10, 1_000);
        boolean full = !flight.hasRoom();

        // When
        end(events.get(9));

        // Then
        assertThat(full).isTrue();
        assertThat(flight.hasRoom()).isTrue();
        assertThat(flight.isEmpty()).isFalse();
    }

    @Test
    void shouldBeEmptyWhenAllEventsHaveEnded() {
        // Given
        List<Sending> events = added(2_000, 1);

        // When
        events.forEach(EventsInFlightTest::end);

        // Then
        assertThat(flight.isEmpty()).isTrue();
        assertThat(flight.hasUnanswered()).isFalse();
    }

    @Test
    void shouldKeepTheOrderOfThoseToBeSentAgain() {
        // Given
        List<Sending> events = added(2_000, 1);
        events.forEach(event -> event.sendAgain(true));

        // When
        IntStream.range(0, 2_000).filter(i -> i % 3 == 0).forEach(i -> end(events.get(i)));

        // Then
        assertThat(flight.hasUnanswered()).isFalse();
        assertThat(flight.toBeSentAgain())
                .containsExactlyElementsOf(IntStream.range(0, 2_000)
                        .filter(i -> i % 3 != 0)
                        .mapToObj(events::get)
                        .toList());
    }

    @Test
    @Timeout(30)
    void shouldNotLookAtEveryEventWhenItIsAskedForRoom() {
        // Given
        added(300_000, 1_000);

        // When
        long answers = IntStream.range(0, 300_000)
                .takeWhile(i -> !Thread.currentThread().isInterrupted())
                .filter(i -> !flight.hasRoom())
                .count();

        // Then
        assertThat(answers).isEqualTo(300_000);
    }

    @Test
    void shouldHaveRoomWhenAnEventEndsBeforeItIsAdded() {
        // Given
        Sending event = new Sending(null, 10_000, epochs.enter(), false);
        end(event);

        // When
        flight.add(event);

        // Then
        assertThat(flight.hasRoom()).isTrue();
    }

    private List<Sending> added(int events, int bytes) {
        List<Sending> added = IntStream.range(0, events)
                .mapToObj(i -> new Sending(null, bytes, epochs.enter(), false))
                .toList();
        added.forEach(flight::add);
        return added;
    }

    private static void end(Sending event) {
        event.end();
        event.written(TICKET);
    }
}
