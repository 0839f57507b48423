/** What an earlier version wrote, recorded as a file, and how this version goes on with it. */
package io.foundling.service.it.upgrade;
