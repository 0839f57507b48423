/**
 * Which sources have stopped reporting (rules T26 and T27). {@link io.foundling.topology.silence.Silences} is the way in,
 * for the stream thread of a ledger task; {@link io.foundling.topology.silence.Norm} decides, and is pure.
 */
package io.foundling.topology.silence;
