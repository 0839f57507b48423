/** Recorders of the processes of the service themselves: they are the client's, with the settings of the configuration. */
package io.foundling.service.recorder;
