// Reports two audit events over HTTP with fetch: node --experimental-strip-types report.ts URL [TOKEN]
process.on("uncaughtException", ({ message }) => { console.error(message); process.exit(1); });
const [url, token] = process.argv.slice(2);
if (!URL.canParse(url ?? "")) throw new Error("expected report.ts URL [TOKEN], with the URL of an intake or a console");

// Returns the results once every event is durable; repeats, which counts once, while the intake cannot take them.
async function report(key: string, events: object[]): Promise<object[]> {
  const headers: Record<string, string> = { "Content-Type": "application/json", "Idempotency-Key": key };
  if (token) headers["Authorization"] = `Bearer ${token}`;
  let problem = "";
  for (let seconds of [1, 2, 4, 8, 16, 30, 30, 30, 0]) {
    try {
      const call = { method: "POST", headers, body: JSON.stringify(events), signal: AbortSignal.timeout(30_000) };
      const answer = await fetch(`${url}/api/v1/events`, call);
      if (answer.ok) return (await answer.json()).results;
      problem = await answer.text();
      if (answer.status !== 429 && answer.status < 500) break;
      seconds &&= Math.min(Number(answer.headers.get("Retry-After")) || seconds, 60);
    } catch (failure: any) { // No answer: it may have been recorded or not.
      problem = String(failure.cause ?? failure);
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  throw new Error(`the intake did not take the events: ${problem}`);
}
const [occurredAt, subject] = [new Date(), { kind: "RECORD", source: "university", stage: "declaration", id: "4711" }];
console.log(JSON.stringify(await report("declaration-4711-deferred", [
  { subject, occurredAt, fact: "Opened" },
  { subject, occurredAt, fact: "Deferred", body: { waitingOn: "the bank" } },
])));
