package io.foundling.schemas.registry;

import java.net.URI;
import java.util.Optional;

/**
 * One address of a registry and the credentials for it, which are never shown.
 *
 * @param uri without user information; a path such as {@code /apis/ccompat/v7} is kept
 * @param authorization value of the HTTP header of that name
 * @param setting the setting to check if the registry refuses access
 */
public record RegistryAddress(URI uri, Optional<String> authorization, String setting) {

    public RegistryAddress {
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("uri holds credentials, must hold none; they belong into authorization");
        }
    }

    /** Returns an address without credentials. */
    public static RegistryAddress open(URI uri) {
        return new RegistryAddress(uri, Optional.empty(), "basic.auth.credentials.source");
    }

    URI resolve(String path) {
        return URI.create(uri.toString().replaceAll("/+$", "") + path);
    }

    /** Returns scheme, host and port, for people. */
    String shown() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    @Override
    public String toString() {
        return "RegistryAddress[" + uri + ", proof from " + setting + ']';
    }
}
