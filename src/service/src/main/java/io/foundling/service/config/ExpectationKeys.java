package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.settings.Expectation;
import io.foundling.topology.text.DurationText;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** The keys of the policies that are expectations. */
final class ExpectationKeys {

    static final ConfigKey<SubjectKind> AFTER_KIND = optional(
            "policies[].after.kind",
            ValueType.oneOf(EnumSet.complementOf(EnumSet.of(SubjectKind.UNKNOWN))),
            "makes the policy an expectation: kind of the first subject; unset: any");
    static final ConfigKey<String> AFTER_SOURCE =
            optional("policies[].after.source", ValueType.text(), "source of the first subject; unset: any");
    static final ConfigKey<String> AFTER_STAGE = optional(
            "policies[].after.stage", ValueType.text(), "stage of the first subject; needed in an expectation");
    static final ConfigKey<Status> AFTER_STATUS = key(
            "policies[].after.status",
            ValueType.oneOf(EnumSet.copyOf(Expectation.STATUSES)),
            Status.COMPLETED.name(),
            "status of the first subject after which another subject should begin");
    static final ConfigKey<SubjectKind> EXPECT_KIND = optional(
            "policies[].expect.kind",
            ValueType.oneOf(EnumSet.complementOf(EnumSet.of(SubjectKind.UNKNOWN))),
            "kind of the expected subject; unset: that of the first one");
    static final ConfigKey<String> EXPECT_SOURCE = optional(
            "policies[].expect.source",
            ValueType.text(),
            "source of the expected subject; unset: that of the first one");
    static final ConfigKey<String> EXPECT_STAGE = optional(
            "policies[].expect.stage", ValueType.text(), "stage of the expected subject; needed in an expectation");
    static final ConfigKey<String> EXPECT_ID = key(
            "policies[].expect.id",
            ValueType.text(),
            Expectation.Expected.ID,
            "id of the expected subject, where {id} stands for that of the first one");
    static final ConfigKey<Duration> EXPECT_WITHIN = optional(
            "policies[].expect.within",
            ValueType.duration("0s", DurationText.of(Expectation.MAX_WITHIN)),
            "time from the status of the first subject until the expected one should have begun; needed in an expectation");

    static final List<ConfigKey<?>> ALL = List.of(
            AFTER_KIND,
            AFTER_SOURCE,
            AFTER_STAGE,
            AFTER_STATUS,
            EXPECT_KIND,
            EXPECT_SOURCE,
            EXPECT_STAGE,
            EXPECT_ID,
            EXPECT_WITHIN);

    private ExpectationKeys() {}
}
