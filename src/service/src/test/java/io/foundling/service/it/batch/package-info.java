/** Members and parents on a real broker: settlements, alerts, and who is an orphan now. */
package io.foundling.service.it.batch;
