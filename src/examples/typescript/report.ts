// Reports two audit events over HTTP with fetch: node --experimental-strip-types report.ts URL [TOKEN]
const [url, token] = process.argv.slice(2);

// Returns the results once every event is durable; repeats, which counts once, while the intake cannot take them.
async function report(key: string, events: object[]): Promise<object[]> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": key };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  for (let attempt = 0; attempt < 10; attempt++) {
    let seconds = Math.min(2 ** attempt, 30);
    try {
      const body = JSON.stringify(events);
      const answer = await fetch(`${url}/api/v1/events`, { method: "POST", headers, body, signal: AbortSignal.timeout(30_000) });
      if (answer.ok) return (await answer.json()).results;
      if (answer.status !== 429 && answer.status !== 503) throw new Error(`refused: ${await answer.text()}`);
      seconds = Number(answer.headers.get("Retry-After") ?? seconds);
    } catch (failure) { // Without an answer it may have been recorded or not.
      if (String(failure).includes("refused: ")) throw failure;
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  throw new Error("the intake did not take the events");
}
const subject = { kind: "RECORD", source: "university", stage: "declaration", id: "4711" };
const occurredAt = new Date().toISOString();
console.log(JSON.stringify(await report("declaration-4711-deferred", [
  { subject, occurredAt, fact: "Opened" },
  { subject, occurredAt, fact: "Deferred", body: { waitingOn: "the bank" } },
])));
