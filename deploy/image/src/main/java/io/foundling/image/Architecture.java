package io.foundling.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A processor for which the image can be built, and what third-party jars call their native code for it. */
enum Architecture {
    AMD64("linux64", "amd64", "x86_64"),
    ARM64("linux-aarch64", "aarch64", "aarch64");

    private final Map<String, String> kept;
    private final String keptZstd;

    Architecture(String rocksdb, String lz4AndZstd, String snappyAndSqlite) {
        String rocksdbFile = "librocksdbjni-" + rocksdb + ".so";
        kept = Map.of(
                rocksdbFile,
                rocksdbFile,
                "net/jpountz/util/linux/" + lz4AndZstd + "/liblz4-java.so",
                "liblz4-java.so",
                "org/xerial/snappy/native/Linux/" + snappyAndSqlite + "/libsnappyjava.so",
                "libsnappyjava.so",
                "org/sqlite/native/Linux/" + snappyAndSqlite + "/libsqlitejdbc.so",
                "libsqlitejdbc.so");
        keptZstd = "linux/" + lz4AndZstd + "/libzstd-jni-";
    }

    /** @throws IllegalArgumentException if there is none of this name; the message names all */
    static Architecture of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("image.architecture is " + name + ", expected "
                        + Arrays.stream(values()).map(Architecture::label).collect(Collectors.joining(" or "))));
    }

    /** As images and Debian call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns under which name the entrypoint looks for a file of native code; null if it is for another platform. */
    String keptAs(String entry) {
        return entry.startsWith(keptZstd) ? "libzstd-jni.so" : kept.get(entry);
    }

    /** Returns what is added to the names of files that belong to this architecture; nothing for the usual one. */
    String suffix() {
        return this == AMD64 ? "" : "-" + label();
    }
}
