package io.foundling.examples;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.EventDraft;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A service that accepts declarations of expenses and pays them in the next run. It reports each step and ignores the
 * tickets, because a request must not depend on the audit.
 */
public final class PlainService {

    private static final Subject RUN = new Subject(SubjectKind.BATCH, "university", "payment-run", "2026-09-01");

    private final AuditRecorder recorder;

    private PlainService(AuditRecorder recorder) {
        this.recorder = recorder;
    }

    public static void main(String[] arguments) {
        // One recorder for the life of the process, shared by all threads.
        AuditRecorder recorder = recorderOrExit();
        PlainService service = new PlainService(recorder);
        // An id is free text: the recorder encodes the characters that a key must not contain.
        List<String> declarations = List.of("4711", "4712", "2026/17", "Zoë 4715");
        declarations.forEach(service::accept);
        declarations.forEach(service::pay);
        long lost = recorder.close(Duration.ofSeconds(10));
        System.out.println("events that close() could not write: " + lost);
    }

    private void accept(String declaration) {
        audit(declaration).deferred(Instant.now().plus(Duration.ofDays(1)));
    }

    private void pay(String declaration) {
        Instant submittedAt = Instant.now();
        boolean accepted = bankAccepts(declaration);
        audit(declaration).pending(submittedAt, Instant.now());
        if (accepted) {
            audit(declaration).completed();
            System.out.println(declaration + " paid");
        } else {
            audit(declaration).failed("AccountClosed", "the bank knows no such account", false);
            System.out.println(declaration + " not paid");
        }
    }

    private EventDraft audit(String declaration) {
        return recorder.on(new Subject(SubjectKind.RECORD, "university", "declaration", declaration))
                .parent(RUN);
    }

    private static boolean bankAccepts(String declaration) {
        return !declaration.equals("4712");
    }

    /** Prints a problem with a setting or with the spool directory as one line without a stack trace. */
    private static AuditRecorder recorderOrExit() {
        try {
            return AuditRecorder.fromEnvironment();
        } catch (IllegalArgumentException | UncheckedIOException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(2);
            throw unusable;
        }
    }
}
