/**
 * Draws what a subject goes through, from seeds: the same seed gives the same scenario.
 */
package io.foundling.topology.lifecycle.naive.generators;
