package io.foundling.intake.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether Airflow will try again, given how a try failed. */
class AirflowRunTest {

    private static final String CALL = """
            Traceback (most recent call last):
              File "/opt/airflow/dags/billing.py", line 7, in load
                raise error
            """;
    private static final String HANDLING = "\nDuring handling of the above exception, another exception occurred:\n\n";
    private static final String CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";

    /** Whether a first try, of three, is followed by another one. */
    private static boolean willRetry(String stackTrace) {
        ObjectNode facets = new ObjectMapper().createObjectNode();
        ObjectNode airflow = facets.putObject("airflow");
        airflow.putObject("task").put("retries", 2);
        airflow.putObject("taskInstance").put("try_number", 1);
        facets.putObject("errorMessage").put("stackTrace", stackTrace);
        return AirflowRun.of(EventFields.of(facets)).willRetry();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "airflow.exceptions.AirflowFailException: no such customer | false",
                "airflow.sdk.exceptions.AirflowSensorTimeout               | false",
                "AirflowFailException: first line                          | false",
                "ValueError: AirflowFailException: in a message            | true",
                "AirflowFailExceptions: another class                      | true",
                "airflow.exceptions.AirflowTaskTimeout: Timeout, PID: 7    | true"
            })
    void shouldGiveUpAfterWhatIsRaisedLast(String raised, boolean isPromised) {
        assertThat(willRetry(CALL + raised + "\nsecond line\n")).isEqualTo(isPromised);
        for (String between : new String[] {HANDLING, CAUSE}) {
            String caused = CALL + "airflow.exceptions.AirflowFailException: first" + between + CALL + raised;
            assertThat(willRetry(caused)).isEqualTo(isPromised);
        }
    }

    @Test
    void shouldNotTakeTheTraceInAMessageForThatOfTheTry() {
        // Given: messages that quote what a pod has printed
        String pod = "pod failed:\n" + CALL;

        // Then
        assertThat(willRetry(CALL + "AirflowFailException: " + pod + "ValueError: 7\n"))
                .isFalse();
        assertThat(willRetry(CALL + "AirflowException: " + pod + "AirflowFailException: 7\n"))
                .isTrue();
        assertThat(willRetry(
                        CALL + "KeyError: 1\n" + HANDLING + CALL + "AirflowFailException: " + pod + "ValueError: 7\n"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "a.", "Traceback (most recent call last):\n", " \n", HANDLING})
    @Timeout(20)
    void shouldReadALongTraceInLinearTime(String repeated) {
        assertThat(willRetry(repeated.repeat(8_000_000 / repeated.length()))).isTrue();
    }
}
