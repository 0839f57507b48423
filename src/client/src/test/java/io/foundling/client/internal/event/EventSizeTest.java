package io.foundling.client.internal.event;

import static io.foundling.client.TestRecorder.NOW;
import static io.foundling.client.TestRecorder.subject;
import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.CheckStatus;
import io.foundling.audit.CheckType;
import io.foundling.audit.Completed;
import io.foundling.audit.Deferred;
import io.foundling.audit.Expected;
import io.foundling.audit.Extended;
import io.foundling.audit.Failed;
import io.foundling.audit.Pending;
import io.foundling.audit.Reconciled;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryAuditRecorder;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSizeTest {

    private static final int LENGTH = 1_000;

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();

    static Stream<Named<BiConsumer<AuditRecorder, String>>> texts() {
        return Stream.of(
                text("source", (to, text) -> to.opened(new Subject(SubjectKind.RECORD, text, "stage", "1"))),
                text("stage", (to, text) -> to.opened(new Subject(SubjectKind.RECORD, "source", text, "1"))),
                text("id", (to, text) -> to.opened(subject(text))),
                text(
                        "parent",
                        (to, text) -> to.on(subject(1))
                                .parent(new Subject(SubjectKind.BATCH, "source", "stage", text))
                                .opened()),
                text("detail", (to, text) -> to.on(subject(1)).detail(text).opened()),
                text("metadata key", (to, text) -> to.annotated(subject(1), text, "")),
                text("metadata value", (to, text) -> to.annotated(subject(1), "", text)),
                text("error type", (to, text) -> to.failed(subject(1), text, "m", true)),
                text("error message", (to, text) -> to.failed(subject(1), "t", text, true)),
                text(
                        "count of a failure",
                        (to, text) -> to.on(subject(1)).failed(new Failed("t", "m", true, Map.of(text, 1L)))),
                text("count", (to, text) -> to.on(subject(1)).completed(Map.of(text, 1L))),
                text("output hash", (to, text) -> to.on(subject(1)).completed(new Completed(text, null, Map.of()))),
                text(
                        "traceparent",
                        (to, text) -> to.on(subject(1)).traceparent(text).opened()),
                text("label", (to, text) -> to.on(subject(1)).declared(Duration.ofDays(1), Map.of("key", text))),
                text("promised by", (to, text) -> to.on(subject(1)).expected(new Expected(null, text, null))),
                text("reason of a promise", (to, text) -> to.on(subject(1)).expected(new Expected(null, null, text))),
                text("waiting on", (to, text) -> to.on(subject(1)).deferred(new Deferred(null, text))),
                text("waiting longer on", (to, text) -> to.on(subject(1)).extended(new Extended(NOW, text))),
                text(
                        "context before",
                        (to, text) -> to.pending(
                                subject(1), pending().setContextBefore(text).build())),
                text(
                        "context after",
                        (to, text) -> to.pending(
                                subject(1), pending().setContextAfter(text).build())),
                text(
                        "external id",
                        (to, text) -> to.pending(
                                subject(1), pending().setExternalId(text).build())),
                text("reason of a skip", (to, text) -> to.skipped(subject(1), text)),
                text("reason of a cancellation", (to, text) -> to.cancelled(subject(1), text, "a")),
                text("actor", (to, text) -> to.cancelled(subject(1), "r", text)),
                text("reason of an erasure", (to, text) -> to.erased(subject(1), text, "a")),
                text("who erased", (to, text) -> to.erased(subject(1), "r", text)),
                text("reason of an end", (to, text) -> to.retired(subject(1), text)),
                text("reconciliation error", (to, text) -> to.reconciled(subject(1), reconciled(text))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldCountEveryTextThatACallerMakesLong(BiConsumer<AuditRecorder, String> call) {
        // Given
        AuditEvent small = recorded(call, "x");
        AuditEvent large = recorded(call, "x".repeat(LENGTH));

        // Then
        assertThat(EventSize.of(large) - EventSize.of(small)).isEqualTo(LENGTH - 1);
    }

    private AuditEvent recorded(BiConsumer<AuditRecorder, String> call, String text) {
        call.accept(recorder, text);
        return recorder.last();
    }

    private static Named<BiConsumer<AuditRecorder, String>> text(String name, BiConsumer<AuditRecorder, String> call) {
        return Named.of(name, call);
    }

    private static Pending.Builder pending() {
        return Pending.newBuilder().setStartedAt(NOW).setCompletedAt(NOW).setDurationMs(Duration.ZERO.toMillis());
    }

    private static Reconciled reconciled(String error) {
        return new Reconciled(
                CheckType.COUNT, CheckStatus.ERROR, LocalDate.EPOCH, 1L, 2L, null, null, null, List.of(error));
    }
}
