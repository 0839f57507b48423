package io.foundling.console.model.database;

import java.util.Optional;

/**
 * Where the read model is kept.
 *
 * @param url of JDBC, for one of the databases of {@link Dialect}
 * @param maxBytes how large the file of a database may become that is a file
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<String> password, long maxBytes) {

    /** Returns the URL without what may be a secret: its user and its parameters. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "").replaceFirst("//.*@", "//");
    }
}
