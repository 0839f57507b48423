/** The intake as a process, on a real broker: what it has accepted is not lost. */
package io.foundling.service.it.intake;
