package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.Failed;
import io.foundling.client.InMemoryAuditRecorder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of an execution; the applications of 3.5 and 4.0 run jobs of Spring Batch itself. */
class JobReportsTest {

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final List<Execution> executions = new ArrayList<>(
            List.of(new Execution(4, "FAILED", ""), new Execution(5, "", ""), new Execution(9, "", "")));
    private boolean isAway;

    /** As Spring Batch has it, as far as it is read. */
    public record Execution(long id, String status, String description) {

        public long getId() {
            return id;
        }

        public String getStatus() {
            return status;
        }

        public List<Throwable> getAllFailureExceptions() {
            return List.of();
        }

        public List<Object> getStepExecutions() {
            return List.of();
        }

        public Exit getExitStatus() {
            return new Exit(description);
        }

        public Instance getJobInstance() {
            return new Instance();
        }
    }

    public record Exit(String description) {

        public String getExitDescription() {
            return description;
        }
    }

    public static final class Instance {

        public String getJobName() {
            return "payments";
        }

        public long getInstanceId() {
            return 7;
        }
    }

    /** A job repository that forgets old executions, as one of Spring Batch does when they are purged. */
    private static final class ResourcelessJobRepository {}

    @Test
    void shouldReportAStoppedExecutionAsFailed() {
        // Given
        Execution stopped = new Execution(5, "STOPPED", "");

        // When
        reports().ended(stopped);

        // Then
        assertThat(recorder.last().getBody()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.getErrorType()).isEqualTo("STOPPED");
            assertThat(failed.getMessage()).isEqualTo("the execution has ended as STOPPED");
        });
    }

    @Test
    void shouldCountOnlyExecutionsUpToThisOne() {
        // When
        reports().began(new Execution(5, "STARTED", ""));

        // Then
        assertThat(recorder.last().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldEndTheAttemptThatBeganWhenEarlierExecutionsArePurgedMeanwhile() {
        // Given
        JobReports reports = reports();
        reports.began(new Execution(5, "STARTED", ""));
        executions.remove(0);

        // When
        reports.ended(new Execution(5, "COMPLETED", ""));

        // Then
        assertThat(recorder.events()).hasSize(2).allMatch(event -> event.getAttempt() == 2);
    }

    @Test
    void shouldEndTheAttemptThatBeganWhenTheRepositoryIsAwayAtTheEnd() {
        // Given
        JobReports reports = reports();
        reports.began(new Execution(5, "STARTED", ""));
        isAway = true;

        // When
        reports.ended(new Execution(5, "COMPLETED", ""));

        // Then
        assertThat(recorder.events()).hasSize(2);
        assertThat(recorder.last().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldForgetOldExecutionsThatNeverEnded() {
        // Given
        JobReports reports = reports();
        reports.began(new Execution(5, "STARTED", ""));
        executions.remove(0);
        for (long id = 10; id < 1_010; id++) {
            reports.began(new Execution(id, "STARTED", ""));
        }

        // When
        reports.ended(new Execution(5, "COMPLETED", ""));

        // Then
        assertThat(recorder.last().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldLetTheJobGoOnWhenItCannotReport() {
        // Given
        recorder.close();

        // When
        reports().began(new Execution(5, "STARTED", ""));

        // Then
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void shouldRefuseARepositoryThatForgets() {
        assertThatThrownBy(() -> BatchJobsAutoConfiguration.executions(new ResourcelessJobRepository(), new Instance()))
                .hasMessage("the application has a ResourcelessJobRepository, which calls every job instance 1;"
                        + " expected a repository in a database, or foundling.batch.enabled=false");
    }

    private JobReports reports() {
        return new JobReports(() -> recorder, "bank", instance -> {
            if (isAway) {
                throw new IllegalStateException("the database is away");
            }
            return executions;
        });
    }
}
