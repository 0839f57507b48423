/** The HTTP side of the service: probes and metrics. Answers on a few threads of its own, never on a stream thread. */
package io.foundling.service.http;
