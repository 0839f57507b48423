/**
 * Subjects of which the tests know what really happened, reported by reporters whose clocks are wrong. The comparison
 * of what the rules make of the reports with the truth finds rules that are wrong, which the naive rules cannot.
 */
package io.foundling.topology.lifecycle.truth;
