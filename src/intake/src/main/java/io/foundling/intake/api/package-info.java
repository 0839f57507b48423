/** The operation that takes events: from the body of a request to an answer for each event. Called on threads of the server. */
package io.foundling.intake.api;
