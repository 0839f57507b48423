package io.foundling.service.config;

import static io.foundling.service.config.ConfigKeys.key;
import static io.foundling.service.config.ConfigKeys.optional;
import static io.foundling.service.config.ConfigKeys.required;

import io.foundling.audit.Status;
import io.foundling.audit.SubjectKind;
import io.foundling.topology.lifecycle.SingleRun;
import io.foundling.topology.settings.Policy;
import io.foundling.topology.text.DurationText;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The keys of policies, but for those of expectations. */
final class PolicyKeys {

    static final ConfigKey<String> NAME = required(
            "policies[].name",
            ValueType.text(),
            "unique name; every deadline that the policy gave shows it, as policy:NAME");
    static final ConfigKey<SubjectKind> KIND = optional(
            "policies[].kind",
            ValueType.oneOf(EnumSet.complementOf(EnumSet.of(SubjectKind.UNKNOWN))),
            "kind of subject; unset: any");
    static final ConfigKey<String> SOURCE =
            optional("policies[].source", ValueType.text(), "source of the subject; unset: any");
    static final ConfigKey<String> STAGE =
            optional("policies[].stage", ValueType.text(), "stage of the subject; unset: any");
    static final ConfigKey<Status> STATUS = optional(
            "policies[].status",
            ValueType.oneOf(EnumSet.range(Status.EXPECTED, Status.RETRYING)),
            "awaiting status; unset: any");
    static final ConfigKey<Duration> WINDOW = optional(
            "policies[].window",
            ValueType.duration(),
            "time from entering the status to its deadline; unset: the policy gives no deadline");
    static final ConfigKey<Duration> GRACE = key(
            "policies[].grace", ValueType.duration(), "0s", "time added to the deadline before a warning is emitted");
    static final ConfigKey<Duration> REPEAT = optional(
            "policies[].repeat",
            ValueType.duration(DurationText.of(Policy.MIN_REPEAT), "36500d"),
            "how often an active warning is published again, as a reminder; unset: never");
    static final ConfigKey<Boolean> EXPECTS_OUTPUT = optional(
            "policies[].expectsOutput",
            ValueType.yesOrNo(),
            "true: a Completed without duration, counts and outputHash is a violation HOLLOW; needs a policy without status");
    static final ConfigKey<SingleRun> SINGLE_RUN = optional(
            "policies[].singleRun",
            ValueType.oneOf(EnumSet.allOf(SingleRun.class)),
            "which runs of a SCOPE must not be active at once, else a violation DUPLICATE_ACTIVE: ANY two, or two with the"
                    + " same detail, external id or parent; unset: any may; needs a policy without status");
    static final ConfigKey<String> FRESH_BY = optional(
            "policies[].freshBy",
            ValueType.text(),
            "by when a declared SCOPE is to be completed again, as a cron expression such as 0 7 * * MON-FRI; unset: once in"
                    + " the maxAge that it declares; needs a policy without status");
    static final ConfigKey<Set<LocalDate>> HOLIDAYS =
            key("policies[].holidays", ValueType.dates(), "", "days on which freshBy demands nothing");
    static final ConfigKey<ZoneId> ZONE = key(
            "policies[].zone",
            ValueType.zone(),
            "UTC",
            "time zone of freshBy and holidays, and of the days of completions that volumePercent compares");
    static final ConfigKey<Integer> VOLUME_PERCENT = optional(
            "policies[].volumePercent",
            ValueType.number(1, 1_000_000),
            "how far a count of a declared SCOPE may be from the median of its earlier completions, in percent of that; unset:"
                    + " counts are not compared; needs a policy without status");
    static final ConfigKey<Integer> VOLUME_FLOOR = key(
            "policies[].volumeFloor",
            ValueType.number(0, Integer.MAX_VALUE),
            "0",
            "counts are not compared while both they and the median are below this");
    static final ConfigKey<Boolean> VOLUME_MONTH_ENDS = key(
            "policies[].volumeMonthEnds",
            ValueType.yesOrNo(),
            "false",
            "true: the last days of months are compared with each other only, and all other days without them");

    static final ConfigKey<String> MEMBER_COUNT = optional(
            "policies[].memberCount",
            ValueType.text(),
            "the count in the Completed of a BATCH or EXPORT that is its number of members, to be compared with those that"
                    + " the ledger saw; unset: none is; needs a policy without status");
    static final ConfigKey<String> SEVERITY = optional(
            "policies[].severity",
            ValueType.text(),
            "severity of the alerts of the policy's source and stage, instead of the one that depends on their type");
    static final ConfigKey<String> OWNER = optional(
            "policies[].owner",
            ValueType.text(),
            "who is responsible, such as a team: the label owner of these alerts");
    static final ConfigKey<String> LABELS = optional(
            "policies[].labels.*", ValueType.text(), "labels that these alerts get, to route them by, such as a team");
    static final ConfigKey<String> ANNOTATIONS = optional(
            "policies[].annotations.*",
            ValueType.text(),
            "annotations that these alerts get, for people to read, such as runbook_url");

    static final List<ConfigKey<?>> ALL = List.of(
            NAME,
            KIND,
            SOURCE,
            STAGE,
            STATUS,
            WINDOW,
            GRACE,
            REPEAT,
            EXPECTS_OUTPUT,
            SINGLE_RUN,
            FRESH_BY,
            HOLIDAYS,
            ZONE,
            VOLUME_PERCENT,
            VOLUME_FLOOR,
            VOLUME_MONTH_ENDS,
            MEMBER_COUNT,
            SEVERITY,
            OWNER,
            LABELS,
            ANNOTATIONS);

    private PolicyKeys() {}
}
