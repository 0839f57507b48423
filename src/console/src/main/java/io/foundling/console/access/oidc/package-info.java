/**
 * Callers with a JWT of an OpenID Connect issuer. Its signature is verified with the keys that the issuer publishes,
 * which a thread of this package reads. Any thread.
 */
package io.foundling.console.access.oidc;
