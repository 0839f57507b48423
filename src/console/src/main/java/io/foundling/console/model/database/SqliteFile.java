package io.foundling.console.model.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file of a database of SQLite. */
final class SqliteFile {

    private static final String URI = "file:";

    private SqliteFile() {}

    /** Returns it by the URL; none if the database is in memory or temporary. */
    static Optional<Path> of(String url) {
        String name = url.substring(Dialect.SQLITE.prefix().length()).replaceFirst("\\?.*", "");
        String path = name.startsWith(URI) ? name.substring(URI.length()) : name;
        return path.isEmpty() || path.startsWith(":") ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** Returns how large the write-ahead log of a file is; 0 if it has none. */
    static long logBytes(String file) {
        try {
            return Files.size(Path.of(file + "-wal"));
        } catch (IOException none) {
            return 0;
        }
    }
}
