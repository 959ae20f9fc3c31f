import { type LookupAddress, lookup as systemLookup } from "node:dns";
import * as http from "node:http";
import * as https from "node:https";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { type Admission, bareHost, isAdmitted, refusedAddress } from "./admission.ts";

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });

const POOL = {
  keepAlive: true,
  keepAliveMsecs: 1000,
  maxSockets: 16,
  maxTotalSockets: 256,
  maxFreeSockets: 64,
  /** Shorter than what servers keep, so that a request is seldom sent into a connection that is being closed. */
  timeout: 4000,
} as const;

/** The open connections of this module. */
export interface Connections {
  /** Begins a request. The address that is connected to has passed `admission`, in the same step that resolved the name. */
  request(url: URL, admission: Admission, options: http.RequestOptions): http.ClientRequest;
  close(): void;
}

export function createConnections(resolve: Resolve = resolveBySystem): Connections {
  const agents = { "http:": new http.Agent(POOL), "https:": new https.Agent(POOL) };
  return {
    request(url, admission, options) {
      const host = bareHost(url);
      if (isIP(host) && !isAdmitted(host, admission)) throw refusedAddress(host, host);
      const secure = url.protocol === "https:";
      // Connections beyond the public internet are not shared: a caller without the scope must not find one open.
      const agent = admission === "public" ? agents[secure ? "https:" : "http:"] : false;
      const lookup = checkedLookup(resolve, admission);
      const request = (secure ? https : http).request(url, { ...options, agent, lookup });
      request.once("socket", (socket) => checkConnected(socket, host, admission));
      return request;
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function checkedLookup(resolve: Resolve, admission: Admission): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const wanted = found.filter(({ family }) => !options.family || options.family === family);
        const admitted = wanted.filter(({ address }) => isAdmitted(address, admission));
        const [first] = admitted;
        const [refused] = wanted;
        if (first) options.all ? done(null, admitted) : done(null, first.address, first.family);
        else if (refused) done(refusedAddress(host, refused.address), "", 0);
        else done(Object.assign(new Error(`no address for ${host}`), { code: "ENOTFOUND" }), "", 0);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };
}

/** The lookup decides; this holds also should a connection ever come about without it. */
function checkConnected(socket: Socket, host: string, admission: Admission): void {
  const check = () => {
    const address = socket.remoteAddress;
    if (address !== undefined && !isAdmitted(address, admission))
      socket.destroy(refusedAddress(host, address));
  };
  if (socket.connecting) socket.prependOnceListener("connect", check);
  else check();
}
