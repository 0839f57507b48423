/** The read model of {@code console}, on real brokers and databases. */
package io.foundling.service.it.console;
