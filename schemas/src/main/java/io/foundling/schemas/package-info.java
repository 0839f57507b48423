/**
 * What is on the wire: subject keys, the list of contracts and the serdes. Anyone may call it; thread-safe unless said.
 */
package io.foundling.schemas;
