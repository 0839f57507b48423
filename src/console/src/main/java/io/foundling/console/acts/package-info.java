/**
 * What operators do to subjects. Each act is an ordinary audit event that the recorder of the client writes into a
 * source topic, so that every act is in the trail, with its actor and its reason. {@link
 * io.foundling.console.acts.Acts} is the entry for the API and for pages. Called on many threads; acts on what a filter
 * lists run on threads of their own.
 */
package io.foundling.console.acts;
