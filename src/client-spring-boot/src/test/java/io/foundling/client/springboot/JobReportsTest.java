package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Completed;
import io.foundling.audit.Failed;
import io.foundling.client.InMemoryAuditRecorder;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of an execution; the applications of 3.5 and 4.0 run jobs of Spring Batch itself. */
class JobReportsTest {

    private final InMemoryAuditRecorder recorder = new InMemoryAuditRecorder();
    private final Execution execution = new Execution(5);
    private final List<Execution> executions = new ArrayList<>(List.of(new Execution(4), execution, new Execution(9)));
    private boolean isAway;

    /** As Spring Batch has it, as far as it is read. */
    public static final class Execution {

        private final long id;
        private final List<Step> steps;
        private String status = "STARTED";

        Execution(long id) {
            this(id, List.of());
        }

        Execution(long id, List<Step> steps) {
            this.id = id;
            this.steps = steps;
        }

        Execution ending(String ending) {
            status = ending;
            return this;
        }

        public long getId() {
            return id;
        }

        /** Spring Batch calls executions equal whose ids are. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Execution execution && execution.id == id;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(id);
        }

        public String getStatus() {
            return status;
        }

        public List<Throwable> getAllFailureExceptions() {
            return List.of();
        }

        public List<Step> getStepExecutions() {
            return steps;
        }

        public Exit getExitStatus() {
            return new Exit("");
        }

        public Instance getJobInstance() {
            return new Instance();
        }
    }

    /** A step, which Spring Batch marks when the job itself has executed it. */
    public record Step(String name, boolean isOfJob, long count) {

        public String getStepName() {
            return name;
        }

        public Context getExecutionContext() {
            return new Context(isOfJob);
        }

        public long getReadCount() {
            return count;
        }

        public long getWriteCount() {
            return count;
        }

        public long getFilterCount() {
            return 0;
        }

        public long getSkipCount() {
            return 0;
        }
    }

    public record Context(boolean isOfJob) {

        public boolean containsKey(String key) {
            return isOfJob && key.equals("batch.executed");
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
        // When
        reports().ended(execution.ending("STOPPED"));

        // Then
        assertThat(recorder.last().getBody()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.getErrorType()).isEqualTo("STOPPED");
            assertThat(failed.getMessage()).isEqualTo("the execution has ended as STOPPED");
        });
    }

    @Test
    void shouldNotAddThePartitionsOfAStepToItsCounts() {
        // Given: a step that is partitioned has the sums, and another step has a colon in its name
        List<Step> steps = List.of(
                new Step("load.manager", true, 5),
                new Step("load:partition0", false, 2),
                new Step("load:partition1", false, 3),
                new Step("clean:up", true, 10));

        // When
        reports().ended(new Execution(9, steps).ending("COMPLETED"));

        // Then
        assertThat(recorder.last().getBody())
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.getCounts()).containsEntry("read", 15L));
    }

    @Test
    void shouldCountOnlyExecutionsUpToThisOne() {
        // When
        reports().began(execution);

        // Then
        assertThat(recorder.last().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldEndTheAttemptThatBeganWhenEarlierExecutionsArePurgedMeanwhile() {
        // Given
        JobReports reports = reports();
        reports.began(execution);
        executions.remove(0);

        // When
        reports.ended(execution.ending("COMPLETED"));

        // Then
        assertThat(recorder.events()).hasSize(2).allMatch(event -> event.getAttempt() == 2);
    }

    @Test
    void shouldEndTheAttemptThatBeganWhenTheRepositoryIsAwayAtTheEnd() {
        // Given
        JobReports reports = reports();
        reports.began(execution);
        isAway = true;

        // When
        reports.ended(execution.ending("COMPLETED"));

        // Then
        assertThat(recorder.events()).hasSize(2);
        assertThat(recorder.last().getAttempt()).isEqualTo(2);
    }

    @Test
    void shouldCountAgainWhenAnExecutionIsReportedOnceMoreAfterItsEnd() {
        // Given
        JobReports reports = reports();
        reports.began(execution);
        reports.ended(execution.ending("COMPLETED"));
        executions.remove(0);

        // When
        reports.ended(execution);

        // Then
        assertThat(recorder.last().getAttempt()).isEqualTo(1);
    }

    @Test
    void shouldGiveEachExecutionItsOwnAttemptWhenTwoRepositoriesHaveGivenThemTheSameId() {
        // Given
        JobReports reports = reports();
        Execution other = new Execution(5);
        reports.began(execution);
        executions.remove(0);
        reports.began(other);

        // When
        reports.ended(execution.ending("COMPLETED"));
        reports.ended(other.ending("COMPLETED"));

        // Then
        assertThat(recorder.events()).extracting(AuditEvent::getAttempt).containsExactly(2, 1, 2, 1);
    }

    @Test
    void shouldKeepNoExecutionThatSpringBatchHasForgotten() {
        // Given
        JobReports reports = reports();
        Execution lost = new Execution(7);
        reports.began(lost);
        WeakReference<Execution> begun = new WeakReference<>(lost);
        lost = null;

        // When
        for (int i = 0; i < 100 && begun.get() != null; i++) {
            System.gc();
        }
        Reference.reachabilityFence(reports);

        // Then
        assertThat(begun.get()).isNull();
        assertThat(recorder.events()).hasSize(1);
    }

    @Test
    void shouldLetTheJobGoOnWhenItCannotReport() {
        // Given
        recorder.close();

        // When
        reports().began(execution);

        // Then
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void shouldLetTheJobGoOnWhenClassesClash() {
        // Given: an application that brings another version of Avro
        JobReports reports = new JobReports(
                () -> {
                    throw new NoSuchMethodError("org.apache.avro.Schema.parse");
                },
                new JobBatches("bank"),
                instance -> executions);

        // Then
        assertThatCode(() -> reports.began(execution)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseARepositoryThatForgets() {
        assertThatThrownBy(() -> BatchJobsAutoConfiguration.executions(new ResourcelessJobRepository(), new Instance()))
                .hasMessage("the application has a ResourcelessJobRepository, which calls every job instance 1;"
                        + " expected a repository in a database, or foundling.batch.enabled=false");
    }

    private JobReports reports() {
        return new JobReports(() -> recorder, new JobBatches("bank"), instance -> {
            if (isAway) {
                throw new IllegalStateException("the database is away");
            }
            return executions;
        });
    }
}
