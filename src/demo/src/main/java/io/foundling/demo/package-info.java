/**
 * The command {@code demo}: a small live pipeline against a real broker, a real registry and the service, all on this
 * machine. {@link io.foundling.demo.FoundlingDemo} is the main class and {@link io.foundling.demo.Demo} what the command runs.
 * The demo shows only what it reads from the output topics and over HTTP, as anybody could. Nothing else uses this package.
 *
 * <p>The pipeline has a thread, and so has the reader of the output topics; both print. The thread of the command shows the
 * status and compares.
 */
package io.foundling.demo;
