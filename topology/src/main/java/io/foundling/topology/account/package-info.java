/**
 * What a ledger task counts in a group, and the alerts task adds up: absolute figures, one account per group and
 * partition. Immutable values and their bytes.
 */
package io.foundling.topology.account;
