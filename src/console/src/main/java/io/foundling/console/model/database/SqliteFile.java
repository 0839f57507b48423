package io.foundling.console.model.database;

import java.nio.file.Path;
import java.util.Optional;

/** Where the file of a database of SQLite is. Pure. */
final class SqliteFile {

    private static final String URI = "file:";

    private SqliteFile() {}

    /** Returns it by the URL; none if the database is in memory or temporary. */
    static Optional<Path> of(String url) {
        String name = url.substring(Dialect.SQLITE.prefix().length()).replaceFirst("\\?.*", "");
        String path = name.startsWith(URI) ? name.substring(URI.length()) : name;
        return path.isEmpty() || path.startsWith(":") ? Optional.empty() : Optional.of(Path.of(path));
    }
}
