/**
 * Makes the console's access of the configuration: the file of tokens, which a thread reads again when it changes, and
 * the issuer of JWTs. {@code console} opens it, and so does the intake of events.
 */
package io.foundling.service.access;
