package io.foundling.topology.store;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * Stored bytes have a version that only a newer build knows (rule S3). Nothing was changed. It is an exception of Kafka
 * Streams, since the topology would take any other for a fault of one subject.
 */
public final class NewerFormException extends StreamsException {

    private static final long serialVersionUID = 1;

    /** A version further ahead than this is damage: no build skips so many. */
    private static final int MAX_AHEAD = 8;

    private NewerFormException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /**
     * Returns why the version byte of stored bytes is not one that this build reads.
     *
     * @param form what the bytes are
     * @param newest the newest version of this build; it reads all from 1
     */
    public static RuntimeException unknown(String form, byte[] bytes, int newest) {
        int found = bytes.length == 0 ? 0 : bytes[0];
        if (found > newest && found <= newest + MAX_AHEAD) {
            return new NewerFormException(form + " has version " + found + ", this build reads " + known(newest), null);
        }
        String version = bytes.length == 0 ? "no version" : "version " + found;
        return new IllegalStateException(form + " has " + version + ", expected " + known(newest));
    }

    private static String known(int newest) {
        return newest == 1 ? "version 1" : "versions 1 to " + newest;
    }

    /** Returns this with the store in which the bytes are, and with what to do. */
    NewerFormException in(String store, String task) {
        return new NewerFormException(
                store + " of task " + task + ": " + getMessage()
                        + "; a newer build has written it. Nothing was changed: start that build again, or a newer one",
                this);
    }
}
