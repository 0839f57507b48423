package io.foundling.console.web;

import java.util.Optional;

/**
 * What a request has by which its caller is known. It is in no log: its text shows nothing of it.
 *
 * @param authorization the header of that name
 * @param cookies the header Cookie
 */
public record Credentials(Optional<String> authorization, Optional<String> cookies) {

    public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
