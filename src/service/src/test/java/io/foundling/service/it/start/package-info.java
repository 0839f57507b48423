/** The process itself: its start, its probes, its end, and what it says when it cannot start. */
package io.foundling.service.it.start;
