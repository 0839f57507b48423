package io.foundling.console.model.reading;

/** Counts what was read. Several threads call it at a time. */
public interface ReaderListener {

    /** Records of a topic were applied: those that could be decoded, and those that were passed over. */
    void applied(String topic, int records, int passedOver);
}
