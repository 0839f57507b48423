package io.foundling.service.bridge;

/** One event as it is written: the subject's key, and the value in the registry's wire format. */
record MappedEvent(byte[] key, byte[] value) {

    int size() {
        return key.length + value.length;
    }
}
