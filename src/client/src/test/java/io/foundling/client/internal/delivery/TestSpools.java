package io.foundling.client.internal.delivery;

import io.foundling.client.internal.settings.RecorderSettings;
import io.foundling.client.internal.spool.FailingDisk;
import io.foundling.client.internal.spool.Spool;

/** Opens spools as a recorder does. */
public final class TestSpools {

    private static final String TOPIC = "audit.events";

    private TestSpools() {}

    public static Spool open(RecorderSettings.Spool settings) {
        return SpoolSink.open(settings, TOPIC);
    }

    public static Spool open(RecorderSettings.Spool settings, FailingDisk disk) {
        return disk.open(settings.directory(), settings.maxBytes(), description());
    }

    /** Returns the schema of events, as it is in every segment. */
    public static byte[] description() {
        return SpoolCodec.description(TOPIC);
    }
}
