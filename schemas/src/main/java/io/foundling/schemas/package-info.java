/**
 * What is on the wire: subject keys, the list of contracts and the serdes. Every module may call it, on any thread;
 * classes that are not thread-safe say so. Only serdes call the registry, and only for a schema that is new to them.
 */
package io.foundling.schemas;
