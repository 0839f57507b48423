/** What examinations of a deployment find, in words and by severity. Immutable values; made and read on any thread. */
package io.foundling.service.finding;
