/**
 * A small live pipeline against a real broker, a real registry and the service, all on this machine. {@link
 * io.foundling.demo.Demo} is what the command calls; what it shows is read from the output topics and over HTTP, as
 * anybody could.
 */
package io.foundling.demo;
