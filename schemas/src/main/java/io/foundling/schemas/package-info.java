/** What is on the wire: subject keys, the registry client and the serdes. Anyone may call it; thread-safe unless said. */
package io.foundling.schemas;
