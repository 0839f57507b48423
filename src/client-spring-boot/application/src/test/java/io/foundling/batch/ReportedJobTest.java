package io.foundling.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.audit.Opened;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryAuditRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/** A job of Spring Batch that fails, and is restarted by another start of its application with the same parameters. */
@Timeout(300)
class ReportedJobTest {

    private static final String DAY = "day=2026-09-01";

    @Test
    void shouldReportEachExecutionAsAnAttemptOfItsInstance() {
        // Given: the first instance of another day, so that ids of executions are no attempts
        run("jobs", "day=2026-08-31");

        // When
        List<AuditEvent> first = run("jobs", DAY, "--fails=true");
        List<AuditEvent> second = run("jobs", DAY);

        // Then
        Subject payments = new Subject(SubjectKind.BATCH, "bank", "payments", "2");
        assertThat(first).hasSize(2).extracting(AuditEvent::getSubject).containsOnly(payments);
        assertThat(first).extracting(AuditEvent::getAttempt).containsOnly(1);
        assertThat(first.get(0).getBody()).isInstanceOf(Opened.class);
        assertThat(first.get(1).getBody()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.getErrorType()).isEqualTo("java.lang.IllegalStateException");
            assertThat(failed.getMessage()).isEqualTo("the bank does not answer");
            assertThat(failed.getRetriable()).isFalse();
        });
        assertThat(second).hasSize(3);
        assertThat(second.get(0).getBody()).isInstanceOf(Opened.class);
        assertThat(second.get(1).getSubject()).isEqualTo(new Subject(SubjectKind.RECORD, "bank", "payment", "p-1"));
        assertThat(second.get(1).getParent()).isEqualTo(payments);
        assertThat(List.of(second.get(0), second.get(2)))
                .allSatisfy(event -> assertThat(event.getSubject()).isEqualTo(payments))
                .allSatisfy(event -> assertThat(event.getAttempt()).isEqualTo(2));
        assertThat(second.get(2).getBody())
                .isInstanceOfSatisfying(Completed.class, completed -> assertThat(completed.getCounts())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("read", 1L, "write", 1L, "filter", 0L, "skip", 0L)));
        assertThat(second.get(2).getMetadata()).containsEntry("executionId", "3");
    }

    @Test
    void shouldCountWhatPartitionsHaveDoneOnce() {
        // When
        List<AuditEvent> events = run("partitioned", DAY, "--partitions=3");

        // Then
        assertThat(events).hasSize(5);
        assertThat(events.get(4).getBody())
                .isInstanceOfSatisfying(Completed.class, completed -> assertThat(completed.getCounts())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("read", 3L, "write", 3L, "filter", 0L, "skip", 0L)));
    }

    @Test
    void shouldReportNothingOfTheJobItselfWhereThatIsSwitchedOff() {
        assertThat(run("silent", DAY, "--foundling.batch.enabled=false"))
                .extracting(event -> event.getSubject().getStage())
                .containsExactly("payment");
    }

    /** Starts the application, which runs its job, and returns what was reported until it ended. */
    private static List<AuditEvent> run(String database, String... arguments) {
        InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
        new SpringApplicationBuilder(PaymentJobs.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.application.name=bank",
                        "spring.datasource.url=jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1")
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("auditRecorder", AuditRecorder.class, () -> recorder))
                .run(arguments)
                .close();
        return recorder.events();
    }
}
