/** The assembly of the topology, and nothing else. The service calls it once at its start. */
package io.foundling.topology;
