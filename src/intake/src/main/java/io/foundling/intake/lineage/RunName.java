package io.foundling.intake.lineage;

import io.foundling.audit.Subject;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A run of a job.
 *
 * @param runId a UUID, in lower case
 */
record RunName(JobName job, String runId) {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** @param fields with a run and its job */
    static RunName of(EventFields fields) {
        EventFields run = fields.needed("run");
        String expected = "a UUID such as 0192cb8f-31a8-7a2b-9e0d-5f1c7e4b2a90";
        String runId = run.text("runId", expected).toLowerCase(Locale.ROOT);
        if (!UUID.matcher(runId).matches()) {
            throw run.wrong("runId", expected);
        }
        return new RunName(JobName.of(fields.needed("job")), runId);
    }

    Subject subject() {
        return job.run(runId);
    }
}
