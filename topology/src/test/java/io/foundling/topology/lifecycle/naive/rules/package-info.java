/**
 * The examples that every implementation of the lifecycle rules must pass, and the proof that order does not matter.
 * Each cites the rules of RULES.md that it proves.
 */
package io.foundling.topology.lifecycle.naive.rules;
