// Sends requests over kept-alive connections for a while and prints how many were answered, by status.
import { Agent, request } from "node:http";

const { url, method, body, cookie, connections, seconds, unique } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const end = Date.now() + seconds * 1000;
const statuses = {};
let sent = 0;

function once() {
  return new Promise((resolve, reject) => {
    const text = body && JSON.stringify({ ...body, ...(unique && { email: `${process.pid}-${Date.now()}-${sent++}@example.com` }) });
    const headers = { cookie, origin: new URL(url).origin };
    if (text) Object.assign(headers, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    const sending = request(url, { method, agent, headers }, (response) => {
      statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
      response.resume().on("end", resolve);
    });
    sending.on("error", reject).end(text ?? undefined);
  });
}

async function loop() {
  while (Date.now() < end) await once();
}

const started = process.hrtime.bigint();
await Promise.all(Array.from({ length: connections }, loop));
const took = Number(process.hrtime.bigint() - started) / 1e9;
const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
process.stdout.write(JSON.stringify({ perSecond: answered / took, statuses }));
agent.destroy();
