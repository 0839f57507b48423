/** What topics.yaml declares, as immutable values; read by the service, its commands and tests, from any thread. */
package io.foundling.topology.topics;
