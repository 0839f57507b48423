/** Failures of any module: how to search a chain of causes, and what it says. Pure; may be used from any thread. */
package io.foundling.schemas.failure;
