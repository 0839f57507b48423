/**
 * The process of {@code console}: it makes the read model of the configuration, with probes and metrics. The command starts
 * it; its threads are those of the read model.
 */
package io.foundling.service.console;
