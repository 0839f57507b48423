package io.foundling.service.doctor;

import java.util.Locale;

/** Writes sizes as the configuration has them. */
final class Sizes {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private Sizes() {}

    static String text(long bytes) {
        return bytes < GIB ? bytes / MIB + " MiB" : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
    }
}
