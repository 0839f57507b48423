/**
 * How fast the read model of the console is written and asked, with each of its databases.
 */
package io.foundling.bench.model;
