/** The topics of topics.yaml and the rights that they need, as immutable values; read from any thread. */
package io.foundling.topology.topics;
