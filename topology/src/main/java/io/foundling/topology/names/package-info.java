/** Names that are contracts: of topics, of the topology's nodes and stores, and of record headers. Constants only. */
package io.foundling.topology.names;
