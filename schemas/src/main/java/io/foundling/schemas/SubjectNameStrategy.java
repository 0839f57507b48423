package io.foundling.schemas;

import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the subject of a schema is named. The constants have the names of Confluent's classes, which need not be on the
 * class path.
 */
enum SubjectNameStrategy {
    TOPIC("TopicNameStrategy"),
    RECORD("RecordNameStrategy"),
    TOPIC_RECORD("TopicRecordNameStrategy");

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String simpleName;

    SubjectNameStrategy(String simpleName) {
        this.simpleName = simpleName;
    }

    String simpleName() {
        return simpleName;
    }

    /** Returns the strategy of a setting, which may have the package or not. */
    static SubjectNameStrategy of(String key, String configured) {
        String name = configured.startsWith(PACKAGE) ? configured.substring(PACKAGE.length()) : configured;
        return Arrays.stream(values())
                .filter(strategy -> strategy.simpleName.equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException("'" + key + "' is " + configured
                        + ", expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy, or one of them as "
                        + PACKAGE + "*"));
    }

    String subject(String topic, boolean isKey, Schema schema) {
        return switch (this) {
            case TOPIC -> topic + (isKey ? "-key" : "-value");
            case RECORD -> schema.getFullName();
            case TOPIC_RECORD -> topic + "-" + schema.getFullName();
        };
    }
}
