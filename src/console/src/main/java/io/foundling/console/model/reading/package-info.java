/**
 * How the topics are read: which process reads which partition, where it begins, and when a partition is read anew. One
 * thread; what others may ask is immutable.
 */
package io.foundling.console.model.reading;
