package io.foundling.service.topics;

/**
 * One way in which a topic is not as declared.
 *
 * @param sentence names the topic, what was found, what was expected, and what mends it
 */
public record TopicProblem(Severity severity, String topic, String sentence) {

    /** How much it matters. */
    public enum Severity {
        /** The service cannot run like this. */
        ERROR,
        /** The service runs, with less than it promises. */
        DIFFERENCE,
        /** As declared, but at odds with the service's own configuration. */
        ADVICE
    }
}
