/**
 * The process of {@code notify}: receivers with their secrets, the checks at its start, probes and metrics. What is sent
 * when is decided in the module console.
 */
package io.foundling.service.notify;
