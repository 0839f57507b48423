package io.foundling.console.pages;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How people stay signed in.
 *
 * @param key that encrypts cookies, asked for with each of them: it may be changed. Consoles behind one address need the
 *     same one
 * @param signedInFor after which a cookie counts no longer
 * @param isSecure whether browsers reach the pages by TLS only, here or at a proxy; the cookie is then for TLS only
 */
public record PagesSettings(Supplier<SessionKey> key, Duration signedInFor, boolean isSecure) {}
