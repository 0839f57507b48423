/**
 * Programs that you can run and copy. They use the public API of the client only and take their settings from the
 * {@code AUDIT_…} variables of the environment. Each runs on its main thread.
 */
package io.foundling.examples;
