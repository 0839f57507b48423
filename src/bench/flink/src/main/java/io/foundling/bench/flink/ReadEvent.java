package io.foundling.bench.flink;

/** An event as read, on its way to the task of its key: not decoded, so that it is decoded once. A POJO of Flink. */
public final class ReadEvent {

    public String key;
    public byte[] value;

    public ReadEvent() {}

    ReadEvent(String key, byte[] value) {
        this.key = key;
        this.value = value;
    }

    String key() {
        return key;
    }
}
