/**
 * How fast the read model of the console is written and asked, with each of its databases. One thread writes, as in a
 * console.
 */
package io.foundling.bench.model;
