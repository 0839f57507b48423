/** Where events of the intake go: into the recorder of the client. Its threads are those of requests and of the recorder. */
package io.foundling.intake.sink;
