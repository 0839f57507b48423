package io.foundling.client.springboot;

import io.foundling.audit.Failed;
import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.EventDraft;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * An execution of a job of Spring Batch, read by the names of its properties, because Spring Batch 6 has its types in
 * other packages than Spring Batch 5. A property that is missing throws.
 */
final class BatchExecution {

    private static final List<String> COUNTS = List.of("read", "write", "filter", "skip");

    /** The key by which the SimpleStepHandler of Spring Batch marks a step, once the job has executed it. */
    private static final String EXECUTED = "batch.executed";

    private final BeanWrapper properties;

    BatchExecution(Object execution) {
        properties = new BeanWrapperImpl(execution);
    }

    /** Returns the execution of the job that a step belongs to, or this one if it is of a job. */
    BatchExecution jobExecution() {
        String property = "jobExecution";
        return properties.isReadableProperty(property)
                ? new BatchExecution(properties.getPropertyValue(property))
                : this;
    }

    long id() {
        return (Long) properties.getPropertyValue("id");
    }

    Object instance() {
        return properties.getPropertyValue("jobInstance");
    }

    /** Returns the subject of the job instance that this execution belongs to. */
    Subject batch(String source) {
        String job = (String) properties.getPropertyValue("jobInstance.jobName");
        return new Subject(SubjectKind.BATCH, source, job, text("jobInstance.instanceId"));
    }

    /** Records how the execution has ended. */
    void end(EventDraft draft) {
        String status = text("status");
        List<?> failures = (List<?>) properties.getPropertyValue("allFailureExceptions");
        if (status.equals("COMPLETED")) {
            draft.completed(counts());
        } else if (failures.isEmpty()) {
            String description = text("exitStatus.exitDescription");
            String message = description.isBlank() ? "the execution has ended as " + status : description;
            draft.failed(new Failed(status, message, false, counts()));
        } else {
            draft.failed((Throwable) failures.get(0), false);
        }
    }

    /** Sums of all steps. The step that starts partitions has the sums of them. */
    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Object step : (Collection<?>) properties.getPropertyValue("stepExecutions")) {
            BeanWrapper values = new BeanWrapperImpl(step);
            if (isPartition(values)) {
                continue;
            }
            for (String count : COUNTS) {
                counts.merge(count, ((Number) values.getPropertyValue(count + "Count")).longValue(), Long::sum);
            }
        }
        return counts;
    }

    /**
     * A partition has the name of its step, a colon, and a name of its own. Spring Batch notes in the context of each other
     * step that the job has executed it, so another step may have a colon in its name.
     */
    private static boolean isPartition(BeanWrapper step) {
        String name = (String) step.getPropertyValue("stepName");
        return name.indexOf(':') > 0 && !hasEntry(step.getPropertyValue("executionContext"), EXECUTED);
    }

    private static boolean hasEntry(Object context, String key) {
        Method method = ClassUtils.getMethod(context.getClass(), "containsKey", String.class);
        return Boolean.TRUE.equals(ReflectionUtils.invokeMethod(method, context, key));
    }

    private String text(String property) {
        return properties.getPropertyValue(property).toString();
    }
}
