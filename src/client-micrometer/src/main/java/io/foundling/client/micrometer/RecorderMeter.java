package io.foundling.client.micrometer;

import io.micrometer.core.instrument.Meter;

/** Every meter of a recorder. The names are a contract with the dashboards and alerts of upstream teams. */
public enum RecorderMeter {
    RECORDED("foundling.recorder.recorded", Meter.Type.COUNTER, "", "", "events that the recorder accepted"),
    WRITTEN("foundling.recorder.written", Meter.Type.COUNTER, "", "", "events that the broker has acknowledged"),
    LOST(
            "foundling.recorder.lost",
            Meter.Type.COUNTER,
            RecorderMeter.REASON,
            "",
            "events that were lost or may have been lost; alert on any increase"),
    RETRIED(
            "foundling.recorder.retried",
            Meter.Type.COUNTER,
            "",
            "",
            "times that broker, registry or disk did not accept an event and the recorder kept it"),
    QUEUE_EVENTS("foundling.recorder.queue.events", Meter.Type.GAUGE, "", "", "events that wait in memory"),
    QUEUE_BYTES(
            "foundling.recorder.queue.bytes",
            Meter.Type.GAUGE,
            "",
            "bytes",
            "estimated size of the events in the queue"),
    SPOOL_BYTES(
            "foundling.recorder.spool.bytes",
            Meter.Type.GAUGE,
            "",
            "bytes",
            "size of the events that wait in the spool, from this process and earlier ones; 0 without a spool");

    /** The tag of {@link #LOST}: a {@link io.foundling.client.LossReason} in lower case. */
    public static final String REASON = "reason";

    private final String id;
    private final Meter.Type type;
    private final String tag;
    private final String unit;
    private final String meaning;

    RecorderMeter(String id, Meter.Type type, String tag, String unit, String meaning) {
        this.id = id;
        this.type = type;
        this.tag = tag;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** Returns the name in the registry, before any naming convention. */
    public String id() {
        return id;
    }

    public Meter.Type type() {
        return type;
    }

    /** Returns the key of the meter's own tag; empty if it has none. */
    public String tag() {
        return tag;
    }

    /** Returns the base unit; empty if the meter has none. */
    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }
}
