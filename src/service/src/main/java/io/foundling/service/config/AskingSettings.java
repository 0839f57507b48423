package io.foundling.service.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What commands need that ask a console.
 *
 * @param url where it is
 * @param authorities certificates that are trusted, instead of those that Java trusts
 */
public record AskingSettings(Optional<String> url, Optional<Path> authorities) {

    public static final AskingSettings NONE = new AskingSettings(Optional.empty(), Optional.empty());
}
