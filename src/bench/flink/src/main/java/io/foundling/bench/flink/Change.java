package io.foundling.bench.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The state of a subject after a change, encoded. A POJO of Flink. */
public final class Change {

    static final TypeInformation<Change> TYPE = TypeInformation.of(Change.class);

    public String key;
    public byte[] value;

    public Change() {}

    Change(String key, byte[] value) {
        this.key = key;
        this.value = value;
    }
}
