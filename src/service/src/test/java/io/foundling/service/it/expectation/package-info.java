/** Work that policies expect, on a real broker: one stage after the other, across partitions. */
package io.foundling.service.it.expectation;
