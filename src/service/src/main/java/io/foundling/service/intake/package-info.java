/**
 * The process of {@code intake}, and its part in the console: the sink and the operations are made of the configuration. The
 * command starts it; its threads are those of the server and of the recorder.
 */
package io.foundling.service.intake;
