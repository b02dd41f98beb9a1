import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 995:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 536:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F$: () => (/* binding */ require_tunnel2),
/* harmony export */   hd: () => (/* binding */ fetch),
/* harmony export */   kT: () => (/* binding */ ProxyAgent),
/* harmony export */   sV: () => (/* binding */ inert_undici_exports),
/* harmony export */   tu: () => (/* binding */ init_inert_undici)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(995);
/* harmony import */ var _chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(423);

const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);


// node_modules/tunnel/lib/tunnel.js
var require_tunnel = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__commonJS */ .P$)({
  "node_modules/tunnel/lib/tunnel.js"(exports) {
    "use strict";
    var net = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("net");
    var tls = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("tls");
    var http = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("http");
    var https = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("https");
    var events = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("events");
    var assert = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("assert");
    var util = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__require */ .ki)("util");
    exports.httpOverHttp = httpOverHttp;
    exports.httpsOverHttp = httpsOverHttp;
    exports.httpOverHttps = httpOverHttps;
    exports.httpsOverHttps = httpsOverHttps;
    function httpOverHttp(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http.request;
      return agent;
    }
    function httpsOverHttp(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function httpOverHttps(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https.request;
      return agent;
    }
    function httpsOverHttps(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function TunnelingAgent(options) {
      var self = this;
      self.options = options || {};
      self.proxyOptions = self.options.proxy || {};
      self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
      self.requests = [];
      self.sockets = [];
      self.on("free", function onFree(socket, host, port, localAddress) {
        var options2 = toOptions(host, port, localAddress);
        for (var i = 0, len = self.requests.length; i < len; ++i) {
          var pending = self.requests[i];
          if (pending.host === options2.host && pending.port === options2.port) {
            self.requests.splice(i, 1);
            pending.request.onSocket(socket);
            return;
          }
        }
        socket.destroy();
        self.removeSocket(socket);
      });
    }
    util.inherits(TunnelingAgent, events.EventEmitter);
    TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
      var self = this;
      var options = mergeOptions({ request: req }, self.options, toOptions(host, port, localAddress));
      if (self.sockets.length >= this.maxSockets) {
        self.requests.push(options);
        return;
      }
      self.createSocket(options, function(socket) {
        socket.on("free", onFree);
        socket.on("close", onCloseOrRemove);
        socket.on("agentRemove", onCloseOrRemove);
        req.onSocket(socket);
        function onFree() {
          self.emit("free", socket, options);
        }
        function onCloseOrRemove(err) {
          self.removeSocket(socket);
          socket.removeListener("free", onFree);
          socket.removeListener("close", onCloseOrRemove);
          socket.removeListener("agentRemove", onCloseOrRemove);
        }
      });
    };
    TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
      var self = this;
      var placeholder = {};
      self.sockets.push(placeholder);
      var connectOptions = mergeOptions({}, self.proxyOptions, {
        method: "CONNECT",
        path: options.host + ":" + options.port,
        agent: false,
        headers: {
          host: options.host + ":" + options.port
        }
      });
      if (options.localAddress) {
        connectOptions.localAddress = options.localAddress;
      }
      if (connectOptions.proxyAuth) {
        connectOptions.headers = connectOptions.headers || {};
        connectOptions.headers["Proxy-Authorization"] = "Basic " + new Buffer(connectOptions.proxyAuth).toString("base64");
      }
      debug("making CONNECT request");
      var connectReq = self.request(connectOptions);
      connectReq.useChunkedEncodingByDefault = false;
      connectReq.once("response", onResponse);
      connectReq.once("upgrade", onUpgrade);
      connectReq.once("connect", onConnect);
      connectReq.once("error", onError);
      connectReq.end();
      function onResponse(res) {
        res.upgrade = true;
      }
      function onUpgrade(res, socket, head) {
        process.nextTick(function() {
          onConnect(res, socket, head);
        });
      }
      function onConnect(res, socket, head) {
        connectReq.removeAllListeners();
        socket.removeAllListeners();
        if (res.statusCode !== 200) {
          debug(
            "tunneling socket could not be established, statusCode=%d",
            res.statusCode
          );
          socket.destroy();
          var error = new Error("tunneling socket could not be established, statusCode=" + res.statusCode);
          error.code = "ECONNRESET";
          options.request.emit("error", error);
          self.removeSocket(placeholder);
          return;
        }
        if (head.length > 0) {
          debug("got illegal response body from proxy");
          socket.destroy();
          var error = new Error("got illegal response body from proxy");
          error.code = "ECONNRESET";
          options.request.emit("error", error);
          self.removeSocket(placeholder);
          return;
        }
        debug("tunneling connection has established");
        self.sockets[self.sockets.indexOf(placeholder)] = socket;
        return cb(socket);
      }
      function onError(cause) {
        connectReq.removeAllListeners();
        debug(
          "tunneling socket could not be established, cause=%s\n",
          cause.message,
          cause.stack
        );
        var error = new Error("tunneling socket could not be established, cause=" + cause.message);
        error.code = "ECONNRESET";
        options.request.emit("error", error);
        self.removeSocket(placeholder);
      }
    };
    TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
      var pos = this.sockets.indexOf(socket);
      if (pos === -1) {
        return;
      }
      this.sockets.splice(pos, 1);
      var pending = this.requests.shift();
      if (pending) {
        this.createSocket(pending, function(socket2) {
          pending.request.onSocket(socket2);
        });
      }
    };
    function createSecureSocket(options, cb) {
      var self = this;
      TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
        var hostHeader = options.request.getHeader("host");
        var tlsOptions = mergeOptions({}, self.options, {
          socket,
          servername: hostHeader ? hostHeader.replace(/:.*$/, "") : options.host
        });
        var secureSocket = tls.connect(0, tlsOptions);
        self.sockets[self.sockets.indexOf(socket)] = secureSocket;
        cb(secureSocket);
      });
    }
    function toOptions(host, port, localAddress) {
      if (typeof host === "string") {
        return {
          host,
          port,
          localAddress
        };
      }
      return host;
    }
    function mergeOptions(target) {
      for (var i = 1, len = arguments.length; i < len; ++i) {
        var overrides = arguments[i];
        if (typeof overrides === "object") {
          var keys = Object.keys(overrides);
          for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
            var k = keys[j];
            if (overrides[k] !== void 0) {
              target[k] = overrides[k];
            }
          }
        }
      }
      return target;
    }
    var debug;
    if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
      debug = function() {
        var args = Array.prototype.slice.call(arguments);
        if (typeof args[0] === "string") {
          args[0] = "TUNNEL: " + args[0];
        } else {
          args.unshift("TUNNEL:");
        }
        console.error.apply(console, args);
      };
    } else {
      debug = function() {
      };
    }
    exports.debug = debug;
  }
});

// node_modules/tunnel/index.js
var require_tunnel2 = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__commonJS */ .P$)({
  "node_modules/tunnel/index.js"(exports, module) {
    module.exports = require_tunnel();
  }
});

// scripts/inert-undici.mjs
var inert_undici_exports = {};
(0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__export */ .VA)(inert_undici_exports, {
  ProxyAgent: () => ProxyAgent,
  fetch: () => fetch
});
function fetch() {
  return void 0;
}
var ProxyAgent;
var init_inert_undici = (0,_chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_1__/* .__esm */ .E)({
  "scripts/inert-undici.mjs"() {
    "use strict";
    ProxyAgent = class {
      close() {
        return Promise.resolve();
      }
    };
  }
});




/***/ }),

/***/ 423:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ __esm),
/* harmony export */   P$: () => (/* binding */ __commonJS),
/* harmony export */   VA: () => (/* binding */ __export),
/* harmony export */   Yp: () => (/* binding */ __toCommonJS),
/* harmony export */   f1: () => (/* binding */ __toESM),
/* harmony export */   ki: () => (/* binding */ __require)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(995);

const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));
var __toCommonJS = (mod) => __copyProps(__defProp({}, "__esModule", { value: true }), mod);




/***/ }),

/***/ 731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $8: () => (/* binding */ _enum),
/* harmony export */   AX: () => (/* binding */ isApplicable),
/* harmony export */   Ao: () => (/* binding */ isSecretAuthMethod),
/* harmony export */   B1: () => (/* binding */ isOutcomeUnknown),
/* harmony export */   DM: () => (/* binding */ PingOneError),
/* harmony export */   Dr: () => (/* binding */ NetworkError),
/* harmony export */   Fr: () => (/* binding */ parseRoleLine),
/* harmony export */   G: () => (/* binding */ holding),
/* harmony export */   GT: () => (/* binding */ namesFor),
/* harmony export */   GU: () => (/* binding */ defaultRoleLine),
/* harmony export */   HD: () => (/* binding */ shownName),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   Jn: () => (/* binding */ secretAuthMethods),
/* harmony export */   KC: () => (/* binding */ union),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   MT: () => (/* binding */ sentenceList),
/* harmony export */   M_: () => (/* binding */ isDataSyncPrefix),
/* harmony export */   O1: () => (/* binding */ isUuid),
/* harmony export */   QP: () => (/* binding */ environmentNameProblem),
/* harmony export */   St: () => (/* binding */ needsSecret),
/* harmony export */   TB: () => (/* binding */ isSecretPrefix),
/* harmony export */   Vs: () => (/* binding */ retryAfterMs),
/* harmony export */   W5: () => (/* binding */ OAuthError),
/* harmony export */   WV: () => (/* binding */ fixedToken),
/* harmony export */   XG: () => (/* binding */ secretNames),
/* harmony export */   YJ: () => (/* binding */ isPlainValue),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string2),
/* harmony export */   Yt: () => (/* binding */ maskId),
/* harmony export */   _$: () => (/* binding */ findRole),
/* harmony export */   _H: () => (/* binding */ looseObject),
/* harmony export */   aF: () => (/* binding */ createInterruption),
/* harmony export */   ai: () => (/* binding */ number2),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   cJ: () => (/* binding */ Cancelled),
/* harmony export */   eM: () => (/* binding */ explainPingOne),
/* harmony export */   eS: () => (/* binding */ placeWord),
/* harmony export */   eo: () => (/* binding */ secretForms),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   g1: () => (/* binding */ record),
/* harmony export */   hS: () => (/* binding */ placeOfWord),
/* harmony export */   iF: () => (/* binding */ explainSignIn),
/* harmony export */   jw: () => (/* binding */ _null3),
/* harmony export */   lN: () => (/* binding */ tokenEndpoint),
/* harmony export */   lZ: () => (/* binding */ ActionError),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   m9: () => (/* binding */ _minLength),
/* harmony export */   mG: () => (/* binding */ inline),
/* harmony export */   mv: () => (/* binding */ runnerOf),
/* harmony export */   od: () => (/* binding */ grantOf),
/* harmony export */   p: () => (/* binding */ requestToken),
/* harmony export */   p$: () => (/* binding */ checkFolder),
/* harmony export */   pm: () => (/* binding */ formEncode),
/* harmony export */   rk: () => (/* binding */ clashesWithAdminNames),
/* harmony export */   sk: () => (/* binding */ placeLabel),
/* harmony export */   tM: () => (/* binding */ dataSyncFiles),
/* harmony export */   to: () => (/* binding */ explained),
/* harmony export */   wO: () => (/* binding */ explainNetwork),
/* harmony export */   xO: () => (/* binding */ decodeJson),
/* harmony export */   xn: () => (/* binding */ delivers),
/* harmony export */   yJ: () => (/* binding */ assignmentLabel),
/* harmony export */   zM: () => (/* binding */ boolean2)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(995);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(760);

const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);

// src/text.ts
var unprintable = new RegExp("[\\p{Cc}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]|\\p{Surrogate}", "gu");
function inline(text, limit = 300) {
  const cut = text.length > limit ? `${text.slice(0, limit)}\u2026` : text;
  return cut.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
function sentenceList(items) {
  const head = items.slice(0, -1);
  const last = items.at(-1) ?? "";
  return head.length === 0 ? last : `${head.join(", ")} and ${last}`;
}
function isUuid(text) {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

// src/errors.ts
var ActionError = class _ActionError extends Error {
  name = "ActionError";
  explanation;
  constructor(explanation, options) {
    super(`${explanation.what}
Likely cause: ${explanation.cause}
What to do: ${explanation.fix}`, options);
    this.explanation = explanation;
  }
  /** The same failure with a sentence added to what can be done, e.g. which changes were made before it. */
  withAdvice(sentence) {
    if (sentence === "") return this;
    const { what, cause, fix } = this.explanation;
    return new _ActionError({ what, cause, fix: `${fix} ${sentence}` }, { cause: this });
  }
};
var Cancelled = class extends Error {
  name = "Cancelled";
};
function explained(error) {
  if (error instanceof ActionError) return error;
  if (error instanceof Cancelled) {
    return new ActionError(
      {
        what: `The step was cancelled: ${error.message}`,
        cause: "the workflow run was cancelled, or the job ran into its time limit.",
        fix: "run the workflow again; it picks up where this run stopped."
      },
      { cause: error }
    );
  }
  const thrown = Object(error) === error ? Object.prototype.toString.call(error) : String(error);
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : thrown;
  return new ActionError(
    {
      what: `The step failed for a reason it does not know: ${inline(detail)}`,
      cause: "a defect in this action.",
      fix: "run the job again with debug logging switched on, and report the log as an issue of this action."
    },
    { cause: error }
  );
}

// src/http/message.ts
var NetworkError = class extends Error {
  name = "NetworkError";
  failure;
  constructor(failure2, message, options) {
    super(message, options);
    this.failure = failure2;
  }
};

// src/http/retry.ts
var firstBackoffMs = 500;
var unreachableAttempts = 6;
function decideRetry(kind, outcome, attempt, limits, random) {
  const reason = "failure" in outcome ? outcome.failure : `status ${outcome.status}`;
  if (!mayRepeat(kind, outcome, attempt)) return { retry: false, reason };
  const askedMs = "failure" in outcome ? void 0 : outcome.askedMs;
  if (askedMs !== void 0 && askedMs > limits.retryAfterMs) {
    return { retry: false, reason: `${reason}, and the server asks to wait ${Math.ceil(askedMs / 1e3)} s` };
  }
  const backoffMs = Math.min(firstBackoffMs * 2 ** attempt, limits.backoffMs) * random;
  const waitMs = askedMs !== void 0 && askedMs > 0 ? askedMs : backoffMs;
  if (waitMs + leastAttemptMs > limits.remainingMs) return { retry: false, reason: `${reason}, and no time is left` };
  return { retry: true, waitMs, reason };
}
var leastAttemptMs = 200;
function mayRepeat(kind, outcome, attempt) {
  if ("failure" in outcome) {
    if (outcome.failure === "unreachable") return attempt + 1 < unreachableAttempts;
    if (outcome.failure === "untrusted" || outcome.failure === "too-large") return false;
    return kind !== "create";
  }
  if (kind === "create") return isRefusedUnread(outcome.status, outcome.askedMs !== void 0);
  if (outcome.status === 429 || outcome.askedMs !== void 0) return true;
  return outcome.status === 408 || outcome.status >= 500;
}
function isRefusedUnread(status, asksToWait) {
  return status === 429 || asksToWait && status !== 408 && status < 500;
}
var httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;
function retryAfterMs(headers, now) {
  const value = headers["retry-after"]?.trim();
  if (!value) return void 0;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1e3;
  const until = httpDate.test(value) ? Date.parse(value) : NaN;
  const from = Date.parse(headers["date"] ?? "");
  return Number.isNaN(until) ? void 0 : Math.max(0, until - (Number.isNaN(from) ? now : from));
}

// src/http/send.ts
function createInterruption(requested, abandon) {
  let sections = 0;
  return {
    get stop() {
      return sections > 0 ? abandon : requested;
    },
    abandon,
    requested,
    async critical(section) {
      if (requested.aborted)
        throw new Cancelled("before the part that is not left half done, so nothing of it was begun");
      sections += 1;
      try {
        return await section();
      } finally {
        sections -= 1;
      }
    }
  };
}
function createSend(context) {
  const { clock, interruption } = context;
  return async (request, decode2) => {
    for (let attempt = 0; ; attempt += 1) {
      if (interruption.stop.aborted) throw new Cancelled(`before ${describe(request)}`);
      const result = await exchange(context, request, decode2);
      if ("value" in result) return result.value;
      const limits = { ...context.limits, remainingMs: remaining(context, request) };
      const decision = decideRetry(request.kind, result.outcome, attempt, limits, context.random());
      if (!decision.retry) {
        context.onWait(`${describe(request)}: ${decision.reason}; giving up`);
        return result.giveUp(decision.reason);
      }
      const seconds = (decision.waitMs / 1e3).toFixed(1);
      context.onWait(`${describe(request)}: ${decision.reason}; trying again in ${seconds} s`);
      await clock.sleep(decision.waitMs, interruption.stop);
    }
  };
}
async function exchange(context, request, decode2) {
  const { clock, interruption, limits } = context;
  const signal = request.kind === "read" ? interruption.stop : interruption.abandon;
  try {
    const requestMs = Math.min(limits.requestMs, Math.max(1, remaining(context, request)));
    const started = clock.now();
    const response = await context.transport(request, { ...limits, requestMs }, signal);
    context.onAnswer(`${describe(request)}: ${response.status} in ${clock.now() - started} ms`);
    const askedMs = (request.askedMs ?? askedByHeader)(response, clock.now());
    if (askedMs === void 0 && response.status !== 408 && response.status !== 429 && response.status < 500) {
      return { value: decode2(response) };
    }
    const outcome = askedMs === void 0 ? { status: response.status } : { status: response.status, askedMs };
    return { outcome, giveUp: () => decode2(response) };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    if (interruption.stop.aborted) throw new Cancelled(`during ${describe(request)}`, { cause: error });
    return {
      outcome: { failure: error.failure },
      giveUp: (reason) => {
        throw new NetworkError(error.failure, `${describe(request)}: ${error.message} (${reason})`, { cause: error });
      }
    };
  }
}
function remaining({ deadline, clock }, { until = deadline }) {
  return Math.min(deadline, until) - clock.now();
}
function askedByHeader(response, now) {
  return response.status === 408 || response.status === 429 || response.status >= 500 ? retryAfterMs(response.headers, now) : void 0;
}
var ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
function describe(request) {
  const { host, pathname } = new URL(request.url);
  return `${request.method} ${host}${pathname.replace(ids, "{id}")}`;
}

// src/settings.ts
function delivers({ state, dryRun }) {
  return state === "present" && !dryRun;
}

// src/github/names.ts
function secretNames(prefix) {
  const name = (rest) => (prefix + rest).toUpperCase();
  return {
    clientId: name("CLIENT_ID"),
    clientSecret: name("CLIENT_SECRET"),
    environmentId: name("ENVIRONMENT_ID")
  };
}
function namesFor(prefix, ids2) {
  const { clientId, clientSecret, environmentId } = secretNames(prefix);
  return ids2 === "secrets" ? { secrets: [clientId, clientSecret, environmentId], variables: [] } : { secrets: [clientSecret], variables: [clientId, environmentId] };
}
var adminNames = /* @__PURE__ */ new Set([
  "PINGONE_ADMIN_CLIENT_ID",
  "PINGONE_ADMIN_CLIENT_SECRET",
  "PINGONE_ADMIN_ENVIRONMENT_ID",
  "PINGONE_CLIENT_ID",
  "PINGONE_CLIENT_SECRET",
  "PINGONE_ENVIRONMENT_ID",
  "PINGONE_CLIENT_CREDENTIALS_CLIENT_ID",
  "PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET",
  "PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID",
  "PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET",
  "PINGCLI_PINGONE_ENVIRONMENT_ID",
  "PINGCLI_PINGONE_EXPORT_ENVIRONMENT_ID",
  "PINGCLI_PINGONE_WORKER_CLIENT_ID",
  "PINGCLI_PINGONE_WORKER_CLIENT_SECRET",
  "PINGCLI_PINGONE_WORKER_ENVIRONMENT_ID",
  "PINGONE_WORKER_APP_CLIENT_ID",
  "PINGONE_WORKER_APP_CLIENT_SECRET",
  "PINGONE_AUTHORIZATION_CODE_CLIENT_ID",
  "PINGONE_DEVICE_CODE_CLIENT_ID",
  "PINGONE_MCP_ENVIRONMENT_ID",
  "TF_VAR_PINGONE_CLIENT_ID",
  "TF_VAR_PINGONE_CLIENT_SECRET",
  "TF_VAR_PINGONE_CLIENT_ENVIRONMENT_ID"
]);
function clashesWithAdminNames(names) {
  return [names.clientId, names.clientSecret, names.environmentId].filter((name) => adminNames.has(name));
}
function isSecretPrefix(prefix) {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && !/^GITHUB_/i.test(prefix);
}
function environmentNameProblem(name) {
  if (name === "") return "it is empty";
  if (name.length > 255) return "it is longer than 255 characters";
  if (/^\.{1,2}$/.test(name)) return "dots alone are no name";
  return new RegExp("\\p{Cc}|\\p{Surrogate}", "u").test(name) ? "it holds control characters" : void 0;
}

// src/github/place-name.ts
var environmentPrefix = "github-environment:";
function placeWord(place) {
  return place.kind === "github-environment" ? environmentPrefix + place.name : place.kind;
}
function placeOfWord(word) {
  if (word === "repository" || word === "organization") return { kind: word };
  if (!word.startsWith(environmentPrefix)) return void 0;
  return { kind: "github-environment", name: word.slice(environmentPrefix.length) };
}
function placeLabel(place, { owner, repo }) {
  switch (place.kind) {
    case "repository":
      return `the repository ${owner}/${repo}`;
    case "github-environment":
      return `the GitHub environment "${inline(place.name, 60)}" of ${owner}/${repo}`;
    case "organization":
      return `the organization ${owner}`;
  }
}

// src/github/runner.ts
function createRunner(core, canSummarize) {
  const masked = /* @__PURE__ */ new Set();
  return {
    mask(value) {
      if (value.trim() === "" || masked.has(value)) return;
      core.setSecret(value);
      masked.add(value);
    },
    info: (line) => {
      core.info(logLines(line));
    },
    group: (title, lines) => {
      core.startGroup(title);
      for (const line of lines) core.info(logLines(line));
      core.endGroup();
    },
    notice: (message) => {
      core.notice(message);
    },
    warning: (message) => {
      core.warning(message);
    },
    debug: (line) => {
      core.debug(line);
    },
    fail: (message) => {
      core.setFailed(message);
    },
    output: (name, value) => {
      core.setOutput(name, value);
    },
    async summarize(markdown) {
      if (canSummarize) await core.summary.addRaw(markdown, true).write();
    }
  };
}
function logLines(text) {
  return text.split(/\r\n|\r|\n/).map((line) => line.replace(/^([\s\u0085]*):(?=:)/, "$1: ").replaceAll("##[", "## [")).join("\n");
}

// src/limits.ts
function limitsFor(timeoutSeconds) {
  const totalMs = timeoutSeconds * 1e3;
  return {
    totalMs,
    requestMs: Math.min(15e3, totalMs / 10),
    bodyBytes: 16 * 1024 * 1024,
    backoffMs: Math.min(8e3, totalMs / 20),
    retryAfterMs: Math.min(6e4, totalMs / 4),
    verifyMs: Math.min(9e4, totalMs * 0.3),
    lookMs: Math.min(15e3, totalMs / 10),
    youngEnvironmentMs: Math.min(12e4, totalMs * 0.4),
    rotationMs: Math.min(6e4, totalMs / 5),
    storeMs: Math.min(3e4, totalMs / 10)
  };
}

// src/pingone/trace.ts
function traceHeaders({ owner, repository, runId, runAttempt }) {
  const header = (name, value) => value === "" ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, "_").slice(0, 100) };
  return {
    ...header("x-ping-external-transaction-id", [owner?.repositoryId, runId, runAttempt].filter(Boolean).join("/")),
    ...header("x-ping-external-session-id", repository)
  };
}

// src/steps/session.ts
function runnerOf({ core, env }) {
  return createRunner(core, Boolean(env["GITHUB_STEP_SUMMARY"]));
}
function openSession(world, runner, settings) {
  const { clock, random, transport, interruption } = world;
  const limits = limitsFor(settings.timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const send = createSend({
    transport,
    clock,
    random,
    interruption,
    limits,
    deadline,
    onWait: runner.info,
    onAnswer: runner.debug
  });
  return { settings, limits, runner, clock, interruption, deadline, send, trace: traceHeaders(settings.run) };
}
function maskId({ settings, runner }, id) {
  if (settings.maskIds) runner.mask(id);
}
function needsSecret(settings) {
  if (!delivers(settings)) return false;
  const { outputSecret, verify, store, dataSync, desired } = settings;
  return outputSecret || verify || desired.rotateSecret || store !== void 0 || dataSync !== void 0;
}
function shownName({ desired }) {
  return inline(desired.name ?? desired.applicationId ?? "", 100);
}

// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a2;
    (_a2 = iss).path ?? (_a2.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a2;
  for (let i = start; i < issues.length; i++) {
    (_a2 = issues[i]).schema ?? (_a2.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a2;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a2 = iss).schema ?? (_a2.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count--;
      i++;
    }
  }
  return count;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function members(proto, table) {
  for (const key in table) {
    const desc = Object.getOwnPropertyDescriptor(table, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name, initializer2, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
    initializer2(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});

// node_modules/zod/v4/core/parse.js
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parse = /* @__PURE__ */ _parse($ZodRealError);
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var parseAsync = /* @__PURE__ */ _parseAsync($ZodRealError);
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParse = /* @__PURE__ */ _safeParse($ZodRealError);
function failure(Err, issues, ctx) {
  let error;
  return {
    success: false,
    get error() {
      if (!error) {
        error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error;
    },
    set error(e) {
      error = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var safeParseAsync = /* @__PURE__ */ _safeParseAsync($ZodRealError);

// node_modules/zod/v4/core/regexes.js
var anyString = /^[\s\S]{0,}$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;
var _null = /^null$/i;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a2;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a2 = inst._zod).onattach ?? (_a2.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a2;
  $ZodCheck.init(inst, def);
  (_a2 = inst._zod.def).when ?? (_a2.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a2;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a2 = inst._zod).deferred ?? (_a2.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodNull = /* @__PURE__ */ $constructor("$ZodNull", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = _null;
  inst._zod.values = /* @__PURE__ */ new Set([null]);
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (input === null)
      return payload;
    payload.issues.push({
      expected: "null",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodUnknown = /* @__PURE__ */ $constructor("$ZodUnknown", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload) => payload;
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse2 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse2(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field = shape[key]._zod;
      if (field.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field.values)
          propValues[key].add(v);
        if (field.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject2 = isObject;
  const catchall = def.catchall;
  let value;
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject2(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload.issues.length !== seen) {
        if (aborted(payload, seen))
          break;
        seen = payload.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload, key, input, optin, optout);
      }
    }
    if (!catchall) {
      return proms.length ? Promise.all(proms).then(() => payload) : payload;
    }
    return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
  };
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
var $ZodRecord = /* @__PURE__ */ $constructor("$ZodRecord", (inst, def) => {
  $ZodType.init(inst, def);
  const memo = globalConfig.memoizer;
  memo?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!isPlainObject(input)) {
      payload.issues.push({
        expected: "record",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    const proms = [];
    const values = def.keyType._zod.values;
    if (values && !def.partial) {
      payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
      const recordKeys = /* @__PURE__ */ new Set();
      for (const key of values) {
        if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
          recordKeys.add(typeof key === "number" ? key.toString() : key);
          if (key === "__proto__")
            continue;
          const keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
          if (keyResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (keyResult.issues.length) {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
            continue;
          }
          const outKey = keyResult.value;
          if (outKey === "__proto__")
            continue;
          const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
          if (result instanceof Promise) {
            proms.push(result.then((result2) => {
              if (result2.issues.length) {
                payload.issues.push(...prefixIssues(key, result2.issues));
              }
              payload.value[outKey] = result2.value;
            }));
          } else {
            if (result.issues.length) {
              payload.issues.push(...prefixIssues(key, result.issues));
            }
            payload.value[outKey] = result.value;
          }
        }
      }
      let unrecognized;
      for (const key in input) {
        if (!recordKeys.has(key)) {
          if (def.mode === "loose") {
            if (key === "__proto__")
              continue;
            payload.value[key] = input[key];
          } else {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          }
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    } else {
      payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
      let unrecognized;
      for (const key of Reflect.ownKeys(input)) {
        if (key === "__proto__")
          continue;
        if (!Object.prototype.propertyIsEnumerable.call(input, key))
          continue;
        let keyResult = def.keyType._zod.run({ value: key, issues: [] }, ctx);
        if (keyResult instanceof Promise) {
          throw new Error("Async schemas not supported in object keys currently");
        }
        const checkNumericKey = typeof key === "string" && number.test(key) && keyResult.issues.length;
        if (checkNumericKey) {
          const retryResult = def.keyType._zod.run({ value: Number(key), issues: [] }, ctx);
          if (retryResult instanceof Promise) {
            throw new Error("Async schemas not supported in object keys currently");
          }
          if (retryResult.issues.length === 0) {
            keyResult = retryResult;
          }
        }
        if (keyResult.issues.length) {
          if (def.mode === "loose") {
            payload.value[key] = input[key];
          } else if (values) {
            unrecognized = unrecognized ?? [];
            unrecognized.push(key);
          } else {
            payload.issues.push({
              code: "invalid_key",
              origin: "record",
              issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
              input: key,
              path: [key],
              inst
            });
          }
          continue;
        }
        const outKey = keyResult.value;
        if (outKey === "__proto__")
          continue;
        const result = def.valueType._zod.run({ value: input[key], issues: [] }, ctx);
        if (result instanceof Promise) {
          proms.push(result.then((result2) => {
            if (result2.issues.length) {
              payload.issues.push(...prefixIssues(key, result2.issues));
            }
            payload.value[outKey] = result2.value;
          }));
        } else {
          if (result.issues.length) {
            payload.issues.push(...prefixIssues(key, result.issues));
          }
          payload.value[outKey] = result.value;
        }
      }
      if (unrecognized && unrecognized.length > 0) {
        payload.issues.push({
          code: "unrecognized_keys",
          input,
          inst,
          keys: unrecognized,
          continue: true
        });
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
});
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (valuesSet.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const values = new Set(def.values);
  inst._zod.values = values;
  defineLazyInternal(inst, "pattern", (zod) => {
    const vals = zod.def.values;
    return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (values.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values: def.values,
      input,
      inst
    });
    return payload;
  };
});
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
  };
});

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
  return new Class(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
  return new Class(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
  return new Class({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _null2(Class, params) {
  return new Class({
    type: "null",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
  return new Class({
    type: "unknown"
  });
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}

// node_modules/zod/v4/mini/schemas.js
var ZodMiniType = /* @__PURE__ */ $constructor("ZodMiniType", (inst, def) => {
  if (!inst._zod)
    throw new Error("Uninitialized schema in ZodMiniType.");
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
}, {
  // `with` is an alias for `check`: the same function object, not a wrapper.
  get with() {
    return this.check;
  },
  set with(value) {
    own(this, "with", value);
  },
  parse(data, params) {
    return parse(this, data, params, { callee: this.parse });
  },
  parseAsync(data, params) {
    return parseAsync(this, data, params, { callee: this.parseAsync });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  check(...checks) {
    const def = this.def;
    return this.clone({
      ...def,
      checks: [
        ...def.checks ?? [],
        ...checks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }, { parent: true });
  },
  clone(_def, params) {
    return clone(this, _def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  }
});
var ZodMiniString = /* @__PURE__ */ $constructor("ZodMiniString", (inst, def) => {
  $ZodString.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function string2(params) {
  return _string(ZodMiniString, params);
}
var ZodMiniNumber = /* @__PURE__ */ $constructor("ZodMiniNumber", (inst, def) => {
  $ZodNumber.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function number2(params) {
  return _number(ZodMiniNumber, params);
}
var ZodMiniBoolean = /* @__PURE__ */ $constructor("ZodMiniBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function boolean2(params) {
  return _boolean(ZodMiniBoolean, params);
}
var ZodMiniNull = /* @__PURE__ */ $constructor("ZodMiniNull", (inst, def) => {
  $ZodNull.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _null3(params) {
  return _null2(ZodMiniNull, params);
}
var ZodMiniUnknown = /* @__PURE__ */ $constructor("ZodMiniUnknown", (inst, def) => {
  $ZodUnknown.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function unknown() {
  return _unknown(ZodMiniUnknown);
}
var ZodMiniArray = /* @__PURE__ */ $constructor("ZodMiniArray", (inst, def) => {
  $ZodArray.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function array(element, params) {
  return new ZodMiniArray({
    type: "array",
    element,
    ...normalizeParams(params)
  });
}
var ZodMiniObject = /* @__PURE__ */ $constructor("ZodMiniObject", (inst, def) => {
  $ZodObject.init(inst, def);
  ZodMiniType.init(inst, def);
  installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
});
// @__NO_SIDE_EFFECTS__
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...normalizeParams(params)
  };
  return new ZodMiniObject(def);
}
// @__NO_SIDE_EFFECTS__
function looseObject(shape, params) {
  return new ZodMiniObject({
    type: "object",
    shape,
    catchall: /* @__PURE__ */ unknown(),
    ...normalizeParams(params)
  });
}
var ZodMiniUnion = /* @__PURE__ */ $constructor("ZodMiniUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function union(options, params) {
  return new ZodMiniUnion({
    type: "union",
    options,
    ...normalizeParams(params)
  });
}
var ZodMiniRecord = /* @__PURE__ */ $constructor("ZodMiniRecord", (inst, def) => {
  $ZodRecord.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function record(keyType, valueType, params) {
  if (!valueType || !valueType._zod) {
    return new ZodMiniRecord({
      type: "record",
      keyType: /* @__PURE__ */ string2(),
      valueType: keyType,
      ...normalizeParams(valueType)
    });
  }
  return new ZodMiniRecord({
    type: "record",
    keyType,
    valueType,
    ...normalizeParams(params)
  });
}
var ZodMiniEnum = /* @__PURE__ */ $constructor("ZodMiniEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodMiniType.init(inst, def);
  inst.options = [...inst._zod.values];
});
// @__NO_SIDE_EFFECTS__
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodMiniEnum({
    type: "enum",
    entries,
    ...normalizeParams(params)
  });
}
var ZodMiniLiteral = /* @__PURE__ */ $constructor("ZodMiniLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function literal(value, params) {
  return new ZodMiniLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...normalizeParams(params)
  });
}
var ZodMiniOptional = /* @__PURE__ */ $constructor("ZodMiniOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function optional(innerType) {
  return new ZodMiniOptional({
    type: "optional",
    innerType
  });
}

// src/http/json.ts
function decodeJson(response, schema) {
  let value;
  try {
    value = JSON.parse(response.body);
  } catch {
    throw new NetworkError("garbled", `status ${response.status} with a body that is not JSON`);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new NetworkError("garbled", `status ${response.status} with JSON of another shape`);
  return result.data;
}

// src/pingone/errors.ts
var detailSchema = object({
  code: optional(string2()),
  target: optional(string2()),
  message: optional(string2())
});
var bodySchema = object({
  id: optional(string2()),
  code: optional(string2()),
  message: optional(string2()),
  details: optional(array(detailSchema))
});
var PingOneError = class extends Error {
  name = "PingOneError";
  status;
  code;
  details;
  constructor(response, request) {
    const body = parseBody(response.body);
    const codes = [body.code, ...(body.details ?? []).map((detail) => detail.code)].filter(Boolean).join("/");
    const texts = [...(body.details ?? []).map((detail) => detail.message), body.message].filter(Boolean);
    const correlationId = response.headers["correlation-id"] ?? body.id ?? "";
    const parts = [`${request}: ${response.status}`, codes, texts[0] ? `"${texts[0]}"` : "", reference(correlationId)];
    super(inline(parts.filter(Boolean).join(" "), 500));
    this.status = response.status;
    this.code = body.code ?? "";
    this.details = body.details ?? [];
  }
  /** True where one of `details` has this code. */
  hasDetail(code) {
    return this.details.some((detail) => detail.code === code);
  }
  /** True where a detail or the message itself says this. Texts are no contract: only to be used where no code is. */
  says(text) {
    return this.message.toLowerCase().includes(text.toLowerCase());
  }
  get isInvalidToken() {
    return this.status === 401 && (this.hasDetail("INVALID_TOKEN") || this.details.length === 0);
  }
  /** 401 or 403 for want of a right, as opposed to a token that is no longer valid or a licence that is used up. */
  get isAccessDenied() {
    return (this.status === 401 || this.status === 403) && !this.isInvalidToken && !this.hasDetail("LICENSE_EXCEEDED");
  }
  /**
   * A body without `code` and `id` is not PingOne's: its gateway answers so where the URL or the method is unknown.
   * Source: seen by users of the API; a 403 whose message speaks of a key=value pair in the Authorization header.
   */
  get isFromGateway() {
    return this.status === 403 && this.code === "" && this.says("key=value pair");
  }
};
function isMissing(error) {
  return error instanceof PingOneError && error.status === 404;
}
function isOutcomeUnknown(error) {
  if (error instanceof NetworkError) return ["timeout", "interrupted", "garbled"].includes(error.failure);
  return error instanceof PingOneError && (error.status >= 500 || error.status === 408);
}
var OAuthError = class extends Error {
  name = "OAuthError";
  status;
  error;
  description;
  constructor(response) {
    const body = oauthBody(response.body);
    super(inline([`${response.status}`, body.error, body.error_description].filter(Boolean).join(" "), 500));
    this.status = response.status;
    this.error = body.error ?? "";
    this.description = body.error_description ?? "";
  }
  /**
   * The client is known but authenticates in another way than it is configured to.
   * Source: the description that PingOne's token endpoint gives; SDK and Ping CLI tests rely on the same words.
   */
  get isUnsupportedMethod() {
    return this.description.toLowerCase().includes("unsupported authentication method");
  }
};
function reference(correlationId) {
  return correlationId ? `(correlation id ${correlationId})` : "";
}
function parseBody(text) {
  return bodySchema.safeParse(parseJson(text)).data ?? {};
}
var oauthSchema = object({ error: optional(string2()), error_description: optional(string2()) });
function oauthBody(text) {
  return oauthSchema.safeParse(parseJson(text)).data ?? {};
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}

// src/pingone/token.ts
var secretAuthMethods = ["CLIENT_SECRET_POST", "CLIENT_SECRET_BASIC"];
function isSecretAuthMethod(method) {
  return secretAuthMethods.some((known) => known === method);
}
function fixedToken(token) {
  return { current: () => Promise.resolve(token), renew: () => Promise.resolve(void 0) };
}
var tokenSchema = object({ access_token: string2().check(_minLength(1)) });
function tokenEndpoint(authUrl, environmentId) {
  return `${authUrl}/${environmentId}/as/token`;
}
async function requestToken(send, endpoint, { clientId, clientSecret }, method, {
  trace = {},
  until
} = {}) {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  const headers = {
    ...trace,
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded"
  };
  if (method === "CLIENT_SECRET_BASIC") {
    headers["authorization"] = `Basic ${basicCredentials({ clientId, clientSecret })}`;
  } else {
    form.set("client_id", clientId);
    form.set("client_secret", clientSecret);
  }
  return send({ kind: "read", method: "POST", url: endpoint, headers, body: form.toString(), until }, (response) => {
    if (response.status !== 200) throw new OAuthError(response);
    return decodeJson(response, tokenSchema).access_token;
  });
}
function basicCredentials({ clientId, clientSecret }) {
  return Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString("base64");
}
function secretForms(credentials) {
  const { clientId, clientSecret } = credentials;
  return [
    clientSecret,
    formEncode(clientSecret),
    basicCredentials(credentials),
    Buffer.from(`${clientId}:${clientSecret}`).toString("base64")
  ];
}
function formEncode(value) {
  return new URLSearchParams([["", value]]).toString().slice(1);
}

// src/worker/roles.ts
var defaultRoleLine = { roleName: "Identity Data Admin", scope: "environment" };
var consoleLabels = {
  "identity data read-only admin": "identity data read only",
  "configuration read-only admin": "configuration read only",
  "custom role admin": "custom roles admin",
  "davinci read-only admin": "davinci admin read only"
};
function parseRoleLine(line) {
  const parts = /^(?<roleName>.*)(?:^| )@ (?<scope>.*)$/s.exec(line)?.groups;
  if (!parts) return { roleName: line.trim(), scope: "environment" };
  const [roleName = "", scope = ""] = [parts["roleName"]?.trim(), parts["scope"]?.trim()];
  const known = scope.toLowerCase();
  if (known === "environment" || known === "organization") return { roleName, scope: known };
  const part = /^(?<kind>population|application):\s*(?<target>\S.*)$/i.exec(scope);
  const kind = part?.groups?.["kind"]?.toLowerCase();
  if (kind !== "population" && kind !== "application") return { roleName, unknownScope: scope };
  return { roleName, scope: kind, scopeTarget: part?.groups?.["target"] ?? "" };
}
function findRole(roles, name) {
  const wanted = name.trim().toLowerCase();
  const alias = consoleLabels[wanted];
  return roles.find((role) => role.name.toLowerCase() === wanted) ?? roles.find((role) => role.name.toLowerCase() === alias);
}
function isApplicable(role, line) {
  return role.applicableTo?.includes(line.scope.toUpperCase()) ?? true;
}
function grantOf(role, { scope }, place, target) {
  const id = target?.id ?? (scope === "organization" ? place.organizationId : place.environmentId);
  return {
    roleId: role.id,
    roleName: role.name,
    scope: { type: scope.toUpperCase(), id },
    label: `${role.name} @ ${scope}${target ? `:${target.name}` : ""}`
  };
}
function holding(grant, assignments, place) {
  const held = assignments.filter((assignment) => assignment.role.id === grant.roleId);
  if (held.some(({ scope }) => isSameScope(scope, grant.scope))) return "exact";
  return held.some(({ scope }) => isWider(scope, grant.scope, place)) ? "wider" : "none";
}
function isSameScope(a, b) {
  return a.type === b.type && a.id === b.id;
}
function isWider(held, wanted, place) {
  if (held.type === "ORGANIZATION") return held.id === place.organizationId && wanted.type !== "ORGANIZATION";
  return held.type === "ENVIRONMENT" && held.id === place.environmentId && (wanted.type === "POPULATION" || wanted.type === "APPLICATION");
}
function assignmentLabel(assignment, roles, place) {
  const name = roles.find((role) => role.id === assignment.role.id)?.name ?? "a custom role";
  const { type, id } = assignment.scope;
  const elsewhere = type === "ENVIRONMENT" && id !== place.environmentId ? " (another one)" : "";
  return `${name} @ ${type.toLowerCase()}${elsewhere}`;
}

// src/http/explain.ts
function explainNetwork(error, { name, addresses }, doing) {
  const what = `${name} could not be reached for ${doing}: ${error.message}`;
  switch (error.failure) {
    case "unreachable":
      return {
        what,
        cause: "the host's name is wrong, or the runner's network or proxy does not let the step through.",
        fix: `check ${addresses}, and the proxy variables of the runner (https_proxy, no_proxy).`
      };
    case "untrusted":
      return {
        what,
        cause: "a proxy opens TLS connections and signs them with its own certificate authority.",
        fix: "give its certificate to Node on the runner: NODE_EXTRA_CA_CERTS=/path/to/ca.pem."
      };
    case "garbled":
      return {
        what,
        cause: "something on the way answered instead (a proxy that asks for a login), or the address is wrong.",
        fix: `check ${addresses}, and the proxy variables of the runner.`
      };
    case "too-large":
      return {
        what: `${name} gave too long an answer for ${doing}: ${error.message}`,
        cause: "something on the way answered instead, or the address is wrong.",
        fix: `check ${addresses}, and the proxy variables of the runner.`
      };
    case "timeout":
    case "interrupted":
      return {
        what,
        cause: `the network is slow or broken, or ${name} has a disturbance.`,
        fix: "run again; raise `timeout` to wait longer."
      };
  }
}

// src/pingone/explain.ts
var pingOneService = { name: "PingOne", addresses: "`region`, `api-url` and `auth-url`" };
function explainPingOne(error, doing, special = () => void 0) {
  if (error instanceof NetworkError)
    return new ActionError(explainNetwork(error, pingOneService, doing), { cause: error });
  if (!(error instanceof PingOneError)) return error;
  const what = `PingOne refused ${doing}: ${error.message}`;
  return new ActionError({ what, ...explainAnswer(error), ...special(error) }, { cause: error });
}
var explanations = [
  [
    (error) => error.isFromGateway || error.status >= 300 && error.status < 400,
    {
      cause: "the address is not that of the PingOne API: its gateway answers so to a path that it does not know.",
      fix: "check `api-url` (it ends in /v1) and `region`."
    }
  ],
  [
    (error) => error.isInvalidToken,
    {
      cause: "the access token has expired, or belongs to another region.",
      fix: "check `region`; with `access-token`, get a new one right before this step: it is valid for one hour."
    }
  ],
  [
    (error) => error.hasDetail("LICENSE_EXCEEDED"),
    {
      cause: "the PingOne licence allows no more of these (an environment holds at most 1,000 applications).",
      fix: "delete applications that are no longer used, or ask Ping Identity for a larger licence."
    }
  ],
  [
    (error) => error.isAccessDenied,
    {
      cause: "the admin credentials lack a role on this environment, or the environment does not exist.",
      fix: "in PingOne, give the application of the admin credentials the roles *Client Application Developer* and every role that the worker is to hold, or *Environment Admin* alone, on the target environment."
    }
  ],
  [
    (error) => error.status === 429,
    {
      cause: "the licence's rate limit is used up; all environments of a licence share it.",
      fix: "run again later, or with fewer jobs at a time."
    }
  ],
  [
    (error) => error.status >= 500,
    { cause: "PingOne has a disturbance.", fix: "run again later; raise `timeout` to wait longer." }
  ]
];
var unknownAnswer = {
  cause: "PingOne does not accept what was sent, or what it is about is gone.",
  fix: "see the text above; the correlation id finds the request in PingOne's audit log and with its support."
};
function explainAnswer(error) {
  return explanations.find(([applies]) => applies(error))?.[1] ?? unknownAnswer;
}
function explainSignIn(error, source, endpoint) {
  if (!(error instanceof OAuthError)) return explainPingOne(error, "a token for the admin credentials");
  const { host } = new URL(endpoint);
  const what = `PingOne (${host}) refused the admin credentials from ${source}: ${error.message}`;
  return new ActionError({ what, ...explainOAuth(error, host) }, { cause: error });
}
function explainOAuth(error, host) {
  if (error.isUnsupportedMethod) {
    return {
      cause: "the application of the admin credentials uses another token endpoint authentication method.",
      fix: "set `admin-auth-method` to the method that its Configuration tab shows, or leave it out: it is found out."
    };
  }
  if (error.error === "access_denied") {
    return {
      cause: "the application of the admin credentials holds no role at all.",
      fix: "in PingOne, give it *Environment Admin* on the target environment (Applications > its Roles tab)."
    };
  }
  if (error.status >= 500 || error.status === 429) {
    return { cause: "PingOne has a disturbance, or limits the rate.", fix: "run again later." };
  }
  return {
    cause: `the client secret is wrong or was rotated, the application is disabled or lacks the grant Client Credentials, \`admin-environment-id\` is not the environment that it lives in, or ${host} is another region's host.`,
    fix: "check `region` first; then copy client id, client secret and environment id again from the application of the admin credentials in PingOne."
  };
}

// src/datasync/files.ts
function isDataSyncPrefix(prefix) {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix) && /[A-Za-z0-9]/.test(prefix);
}
function isPlainValue(value) {
  return /^[A-Za-z0-9][A-Za-z0-9._~:/-]*$/.test(value);
}
function dataSyncFiles(prefix, values) {
  const variables = {
    API_URL: values.apiUrl,
    AUTH_URL: values.tokenEndpoint,
    ENV_ID: values.environmentId,
    OAUTH_CLIENT_ID: values.clientId
  };
  const odd = Object.entries(variables).find(([, value]) => !isPlainValue(value));
  if (odd) throw notPlain(prefix + odd[0]);
  const lines = Object.entries(variables).map(([name, value]) => `${prefix}${name}=${value}
`);
  const stem = fileStem(prefix);
  return [
    { name: `${stem}.env`, content: lines.join(""), mode: 420 },
    { name: `${stem}-oauth-client-secret`, content: values.clientSecret, mode: 384 }
  ];
}
function fileStem(prefix) {
  return prefix.toLowerCase().replaceAll("_", "-").replace(/^-+|-+$/g, "");
}
function notPlain(name) {
  return new ActionError({
    what: `\`datasync-dir\`: the value of ${name} holds a character that not every reader of such a file takes alike.`,
    cause: "the worker has an imported client id, or `api-url`, `auth-url` or `custom-domain` is unusual.",
    fix: "leave `datasync-dir` out and hand the values on by the outputs."
  });
}

// src/datasync/folder.ts


function checkFolder(workspace, path) {
  const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(workspace, path);
  if (!isInside((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(workspace), directory)) return { refused: "it leads out of the workspace" };
  try {
    const existing = deepestExisting(directory);
    if (!isInside((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(workspace), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(existing))) {
      return { refused: "a link on the way to it leads out of the workspace" };
    }
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(existing).isDirectory()) return { refused: "a file is in its place" };
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(existing, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
    return { directory };
  } catch (error) {
    return { refused: `it cannot be written to (${String(error.code)})` };
  }
}
function isInside(parent, child) {
  const way = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(parent, child);
  return way !== ".." && !way.startsWith(`..${node_path__WEBPACK_IMPORTED_MODULE_2__.sep}`) && !(0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(way);
}
function deepestExisting(path) {
  let existing = path;
  while (!isThere(existing)) {
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(existing);
    if (parent === existing) break;
    existing = parent;
  }
  return existing;
}
function isThere(path) {
  if ((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(path)) return true;
  try {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(path).isSymbolicLink();
  } catch {
    return false;
  }
}




/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __nccwpck_require__(995);
// EXTERNAL MODULE: ./chunk-PHKZ5VC5.js
var chunk_PHKZ5VC5 = __nccwpck_require__(536);
// EXTERNAL MODULE: ./chunk-ZHK2JTBB.js
var chunk_ZHK2JTBB = __nccwpck_require__(731);
// EXTERNAL MODULE: ./chunk-T4NDILXB.js
var chunk_T4NDILXB = __nccwpck_require__(423);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
;// CONCATENATED MODULE: external "http"
const external_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");
var external_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "https"
const external_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");
var external_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_https_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_https_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: ./index.js

const index_require = (0,external_node_module_.createRequire)(import.meta.url);




// src/index.ts



// node_modules/@actions/core/lib/command.js


// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + external_os_.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js



function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!external_fs_.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js


// node_modules/@actions/http-client/lib/index.js



// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
  const usingSsl = reqUrl.protocol === "https:";
  if (checkBypass(reqUrl)) {
    return void 0;
  }
  const proxyVar = (() => {
    if (usingSsl) {
      return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
    } else {
      return process.env["http_proxy"] || process.env["HTTP_PROXY"];
    }
  })();
  if (proxyVar) {
    try {
      return new DecodedURL(proxyVar);
    } catch (_a) {
      if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://"))
        return new DecodedURL(`http://${proxyVar}`);
    }
  } else {
    return void 0;
  }
}
function checkBypass(reqUrl) {
  if (!reqUrl.hostname) {
    return false;
  }
  const reqHost = reqUrl.hostname;
  if (isLoopbackAddress(reqHost)) {
    return true;
  }
  const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
  if (!noProxy) {
    return false;
  }
  let reqPort;
  if (reqUrl.port) {
    reqPort = Number(reqUrl.port);
  } else if (reqUrl.protocol === "http:") {
    reqPort = 80;
  } else if (reqUrl.protocol === "https:") {
    reqPort = 443;
  }
  const upperReqHosts = [reqUrl.hostname.toUpperCase()];
  if (typeof reqPort === "number") {
    upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
  }
  for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) {
    if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) {
      return true;
    }
  }
  return false;
}
function isLoopbackAddress(host) {
  const hostLower = host.toLowerCase();
  return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}
var DecodedURL = class extends URL {
  constructor(url, base) {
    super(url, base);
    this._decodedUsername = decodeURIComponent(super.username);
    this._decodedPassword = decodeURIComponent(super.password);
  }
  get username() {
    return this._decodedUsername;
  }
  get password() {
    return this._decodedPassword;
  }
};

// node_modules/@actions/http-client/lib/index.js
var tunnel = (0,chunk_T4NDILXB/* __toESM */.f1)((0,chunk_PHKZ5VC5/* require_tunnel */.F$)(), 1);
(0,chunk_PHKZ5VC5/* init_inert_undici */.tu)();
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var HttpCodes;
(function(HttpCodes2) {
  HttpCodes2[HttpCodes2["OK"] = 200] = "OK";
  HttpCodes2[HttpCodes2["MultipleChoices"] = 300] = "MultipleChoices";
  HttpCodes2[HttpCodes2["MovedPermanently"] = 301] = "MovedPermanently";
  HttpCodes2[HttpCodes2["ResourceMoved"] = 302] = "ResourceMoved";
  HttpCodes2[HttpCodes2["SeeOther"] = 303] = "SeeOther";
  HttpCodes2[HttpCodes2["NotModified"] = 304] = "NotModified";
  HttpCodes2[HttpCodes2["UseProxy"] = 305] = "UseProxy";
  HttpCodes2[HttpCodes2["SwitchProxy"] = 306] = "SwitchProxy";
  HttpCodes2[HttpCodes2["TemporaryRedirect"] = 307] = "TemporaryRedirect";
  HttpCodes2[HttpCodes2["PermanentRedirect"] = 308] = "PermanentRedirect";
  HttpCodes2[HttpCodes2["BadRequest"] = 400] = "BadRequest";
  HttpCodes2[HttpCodes2["Unauthorized"] = 401] = "Unauthorized";
  HttpCodes2[HttpCodes2["PaymentRequired"] = 402] = "PaymentRequired";
  HttpCodes2[HttpCodes2["Forbidden"] = 403] = "Forbidden";
  HttpCodes2[HttpCodes2["NotFound"] = 404] = "NotFound";
  HttpCodes2[HttpCodes2["MethodNotAllowed"] = 405] = "MethodNotAllowed";
  HttpCodes2[HttpCodes2["NotAcceptable"] = 406] = "NotAcceptable";
  HttpCodes2[HttpCodes2["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
  HttpCodes2[HttpCodes2["RequestTimeout"] = 408] = "RequestTimeout";
  HttpCodes2[HttpCodes2["Conflict"] = 409] = "Conflict";
  HttpCodes2[HttpCodes2["Gone"] = 410] = "Gone";
  HttpCodes2[HttpCodes2["TooManyRequests"] = 429] = "TooManyRequests";
  HttpCodes2[HttpCodes2["InternalServerError"] = 500] = "InternalServerError";
  HttpCodes2[HttpCodes2["NotImplemented"] = 501] = "NotImplemented";
  HttpCodes2[HttpCodes2["BadGateway"] = 502] = "BadGateway";
  HttpCodes2[HttpCodes2["ServiceUnavailable"] = 503] = "ServiceUnavailable";
  HttpCodes2[HttpCodes2["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function(Headers2) {
  Headers2["Accept"] = "accept";
  Headers2["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function(MediaTypes2) {
  MediaTypes2["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
var HttpRedirectCodes = [
  HttpCodes.MovedPermanently,
  HttpCodes.ResourceMoved,
  HttpCodes.SeeOther,
  HttpCodes.TemporaryRedirect,
  HttpCodes.PermanentRedirect
];
var HttpResponseRetryCodes = [
  HttpCodes.BadGateway,
  HttpCodes.ServiceUnavailable,
  HttpCodes.GatewayTimeout
];
var RetryableHttpVerbs = ["OPTIONS", "GET", "DELETE", "HEAD"];
var ExponentialBackoffCeiling = 10;
var ExponentialBackoffTimeSlice = 5;
var HttpClientError = class _HttpClientError extends Error {
  constructor(message, statusCode) {
    super(message);
    this.name = "HttpClientError";
    this.statusCode = statusCode;
    Object.setPrototypeOf(this, _HttpClientError.prototype);
  }
};
var HttpClientResponse = class {
  constructor(message) {
    this.message = message;
  }
  readBody() {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
        let output = Buffer.alloc(0);
        this.message.on("data", (chunk) => {
          output = Buffer.concat([output, chunk]);
        });
        this.message.on("end", () => {
          resolve2(output.toString());
        });
      }));
    });
  }
  readBodyBuffer() {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2) => __awaiter(this, void 0, void 0, function* () {
        const chunks = [];
        this.message.on("data", (chunk) => {
          chunks.push(chunk);
        });
        this.message.on("end", () => {
          resolve2(Buffer.concat(chunks));
        });
      }));
    });
  }
};
var HttpClient = class {
  constructor(userAgent2, handlers, requestOptions2) {
    this._ignoreSslError = false;
    this._allowRedirects = true;
    this._allowRedirectDowngrade = false;
    this._maxRedirects = 50;
    this._allowRetries = false;
    this._maxRetries = 1;
    this._keepAlive = false;
    this._disposed = false;
    this.userAgent = this._getUserAgentWithOrchestrationId(userAgent2);
    this.handlers = handlers || [];
    this.requestOptions = requestOptions2;
    if (requestOptions2) {
      if (requestOptions2.ignoreSslError != null) {
        this._ignoreSslError = requestOptions2.ignoreSslError;
      }
      this._socketTimeout = requestOptions2.socketTimeout;
      if (requestOptions2.allowRedirects != null) {
        this._allowRedirects = requestOptions2.allowRedirects;
      }
      if (requestOptions2.allowRedirectDowngrade != null) {
        this._allowRedirectDowngrade = requestOptions2.allowRedirectDowngrade;
      }
      if (requestOptions2.maxRedirects != null) {
        this._maxRedirects = Math.max(requestOptions2.maxRedirects, 0);
      }
      if (requestOptions2.keepAlive != null) {
        this._keepAlive = requestOptions2.keepAlive;
      }
      if (requestOptions2.allowRetries != null) {
        this._allowRetries = requestOptions2.allowRetries;
      }
      if (requestOptions2.maxRetries != null) {
        this._maxRetries = requestOptions2.maxRetries;
      }
    }
  }
  options(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("OPTIONS", requestUrl, null, additionalHeaders || {});
    });
  }
  get(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("GET", requestUrl, null, additionalHeaders || {});
    });
  }
  del(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("DELETE", requestUrl, null, additionalHeaders || {});
    });
  }
  post(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("POST", requestUrl, data, additionalHeaders || {});
    });
  }
  patch(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("PATCH", requestUrl, data, additionalHeaders || {});
    });
  }
  put(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("PUT", requestUrl, data, additionalHeaders || {});
    });
  }
  head(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request("HEAD", requestUrl, null, additionalHeaders || {});
    });
  }
  sendStream(verb, requestUrl, stream, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function* () {
      return this.request(verb, requestUrl, stream, additionalHeaders);
    });
  }
  /**
   * Gets a typed object from an endpoint
   * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
   */
  getJson(requestUrl_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      const res = yield this.get(requestUrl, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  postJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.post(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  putJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.put(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  patchJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.patch(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  /**
   * Makes a raw http request.
   * All other methods such as get, post, patch, and request ultimately call this.
   * Prefer get, del, post and patch
   */
  request(verb, requestUrl, data, headers) {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._disposed) {
        throw new Error("Client has already been disposed.");
      }
      const parsedUrl = new URL(requestUrl);
      let info2 = this._prepareRequest(verb, parsedUrl, headers);
      const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
      let numTries = 0;
      let response;
      do {
        response = yield this.requestRaw(info2, data);
        if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
          let authenticationHandler;
          for (const handler of this.handlers) {
            if (handler.canHandleAuthentication(response)) {
              authenticationHandler = handler;
              break;
            }
          }
          if (authenticationHandler) {
            return authenticationHandler.handleAuthentication(this, info2, data);
          } else {
            return response;
          }
        }
        let redirectsRemaining = this._maxRedirects;
        while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
          const redirectUrl = response.message.headers["location"];
          if (!redirectUrl) {
            break;
          }
          const parsedRedirectUrl = new URL(redirectUrl);
          if (parsedUrl.protocol === "https:" && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) {
            throw new Error("Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.");
          }
          yield response.readBody();
          if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
            for (const header in headers) {
              if (header.toLowerCase() === "authorization") {
                delete headers[header];
              }
            }
          }
          info2 = this._prepareRequest(verb, parsedRedirectUrl, headers);
          response = yield this.requestRaw(info2, data);
          redirectsRemaining--;
        }
        if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) {
          return response;
        }
        numTries += 1;
        if (numTries < maxTries) {
          yield response.readBody();
          yield this._performExponentialBackoff(numTries);
        }
      } while (numTries < maxTries);
      return response;
    });
  }
  /**
   * Needs to be called if keepAlive is set to true in request options.
   */
  dispose() {
    if (this._agent) {
      this._agent.destroy();
    }
    this._disposed = true;
  }
  /**
   * Raw request.
   * @param info
   * @param data
   */
  requestRaw(info2, data) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2, reject) => {
        function callbackForResult(err, res) {
          if (err) {
            reject(err);
          } else if (!res) {
            reject(new Error("Unknown error"));
          } else {
            resolve2(res);
          }
        }
        this.requestRawWithCallback(info2, data, callbackForResult);
      });
    });
  }
  /**
   * Raw request with callback.
   * @param info
   * @param data
   * @param onResult
   */
  requestRawWithCallback(info2, data, onResult) {
    if (typeof data === "string") {
      if (!info2.options.headers) {
        info2.options.headers = {};
      }
      info2.options.headers["Content-Length"] = Buffer.byteLength(data, "utf8");
    }
    let callbackCalled = false;
    function handleResult(err, res) {
      if (!callbackCalled) {
        callbackCalled = true;
        onResult(err, res);
      }
    }
    const req = info2.httpModule.request(info2.options, (msg) => {
      const res = new HttpClientResponse(msg);
      handleResult(void 0, res);
    });
    let socket;
    req.on("socket", (sock) => {
      socket = sock;
    });
    req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
      if (socket) {
        socket.end();
      }
      handleResult(new Error(`Request timeout: ${info2.options.path}`));
    });
    req.on("error", function(err) {
      handleResult(err);
    });
    if (data && typeof data === "string") {
      req.write(data, "utf8");
    }
    if (data && typeof data !== "string") {
      data.on("close", function() {
        req.end();
      });
      data.pipe(req);
    } else {
      req.end();
    }
  }
  /**
   * Gets an http agent. This function is useful when you need an http agent that handles
   * routing through a proxy server - depending upon the url and proxy environment variables.
   * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
   */
  getAgent(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    return this._getAgent(parsedUrl);
  }
  getAgentDispatcher(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (!useProxy) {
      return;
    }
    return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
  }
  _prepareRequest(method, requestUrl, headers) {
    const info2 = {};
    info2.parsedUrl = requestUrl;
    const usingSsl = info2.parsedUrl.protocol === "https:";
    info2.httpModule = usingSsl ? external_https_namespaceObject_0 : external_http_namespaceObject_0;
    const defaultPort = usingSsl ? 443 : 80;
    info2.options = {};
    info2.options.host = info2.parsedUrl.hostname;
    info2.options.port = info2.parsedUrl.port ? parseInt(info2.parsedUrl.port) : defaultPort;
    info2.options.path = (info2.parsedUrl.pathname || "") + (info2.parsedUrl.search || "");
    info2.options.method = method;
    info2.options.headers = this._mergeHeaders(headers);
    if (this.userAgent != null) {
      info2.options.headers["user-agent"] = this.userAgent;
    }
    info2.options.agent = this._getAgent(info2.parsedUrl);
    if (this.handlers) {
      for (const handler of this.handlers) {
        handler.prepareRequest(info2.options);
      }
    }
    return info2;
  }
  _mergeHeaders(headers) {
    if (this.requestOptions && this.requestOptions.headers) {
      return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
    }
    return lowercaseKeys(headers || {});
  }
  /**
   * Gets an existing header value or returns a default.
   * Handles converting number header values to strings since HTTP headers must be strings.
   * Note: This returns string | string[] since some headers can have multiple values.
   * For headers that must always be a single string (like Content-Type), use the
   * specialized _getExistingOrDefaultContentTypeHeader method instead.
   */
  _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
      if (headerValue) {
        clientHeader = typeof headerValue === "number" ? headerValue.toString() : headerValue;
      }
    }
    const additionalValue = additionalHeaders[header];
    if (additionalValue !== void 0) {
      return typeof additionalValue === "number" ? additionalValue.toString() : additionalValue;
    }
    if (clientHeader !== void 0) {
      return clientHeader;
    }
    return _default;
  }
  /**
   * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
   * Always returns a single string (not an array) since Content-Type should be a single value.
   * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
   * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
   * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
   */
  _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
      if (headerValue) {
        if (typeof headerValue === "number") {
          clientHeader = String(headerValue);
        } else if (Array.isArray(headerValue)) {
          clientHeader = headerValue.join(", ");
        } else {
          clientHeader = headerValue;
        }
      }
    }
    const additionalValue = additionalHeaders[Headers.ContentType];
    if (additionalValue !== void 0) {
      if (typeof additionalValue === "number") {
        return String(additionalValue);
      } else if (Array.isArray(additionalValue)) {
        return additionalValue.join(", ");
      } else {
        return additionalValue;
      }
    }
    if (clientHeader !== void 0) {
      return clientHeader;
    }
    return _default;
  }
  _getAgent(parsedUrl) {
    let agent;
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (this._keepAlive && useProxy) {
      agent = this._proxyAgent;
    }
    if (!useProxy) {
      agent = this._agent;
    }
    if (agent) {
      return agent;
    }
    const usingSsl = parsedUrl.protocol === "https:";
    let maxSockets = 100;
    if (this.requestOptions) {
      maxSockets = this.requestOptions.maxSockets || external_http_namespaceObject.globalAgent.maxSockets;
    }
    if (proxyUrl && proxyUrl.hostname) {
      const agentOptions = {
        maxSockets,
        keepAlive: this._keepAlive,
        proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
          proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
        }), { host: proxyUrl.hostname, port: proxyUrl.port })
      };
      let tunnelAgent;
      const overHttps = proxyUrl.protocol === "https:";
      if (usingSsl) {
        tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
      } else {
        tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
      }
      agent = tunnelAgent(agentOptions);
      this._proxyAgent = agent;
    }
    if (!agent) {
      const options = { keepAlive: this._keepAlive, maxSockets };
      agent = usingSsl ? new external_https_namespaceObject.Agent(options) : new external_http_namespaceObject.Agent(options);
      this._agent = agent;
    }
    if (usingSsl && this._ignoreSslError) {
      agent.options = Object.assign(agent.options || {}, {
        rejectUnauthorized: false
      });
    }
    return agent;
  }
  _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
    let proxyAgent;
    if (this._keepAlive) {
      proxyAgent = this._proxyAgentDispatcher;
    }
    if (proxyAgent) {
      return proxyAgent;
    }
    const usingSsl = parsedUrl.protocol === "https:";
    proxyAgent = new chunk_PHKZ5VC5/* ProxyAgent */.kT(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, (proxyUrl.username || proxyUrl.password) && {
      token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString("base64")}`
    }));
    this._proxyAgentDispatcher = proxyAgent;
    if (usingSsl && this._ignoreSslError) {
      proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
        rejectUnauthorized: false
      });
    }
    return proxyAgent;
  }
  _getUserAgentWithOrchestrationId(userAgent2) {
    const baseUserAgent = userAgent2 || "actions/http-client";
    const orchId = process.env["ACTIONS_ORCHESTRATION_ID"];
    if (orchId) {
      const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, "_");
      return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
    }
    return baseUserAgent;
  }
  _performExponentialBackoff(retryNumber) {
    return __awaiter(this, void 0, void 0, function* () {
      retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
      const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
      return new Promise((resolve2) => setTimeout(() => resolve2(), ms));
    });
  }
  _processResponse(res, options) {
    return __awaiter(this, void 0, void 0, function* () {
      return new Promise((resolve2, reject) => __awaiter(this, void 0, void 0, function* () {
        const statusCode = res.message.statusCode || 0;
        const response = {
          statusCode,
          result: null,
          headers: {}
        };
        if (statusCode === HttpCodes.NotFound) {
          resolve2(response);
        }
        function dateTimeDeserializer(key, value) {
          if (typeof value === "string") {
            const a = new Date(value);
            if (!isNaN(a.valueOf())) {
              return a;
            }
          }
          return value;
        }
        let obj;
        let contents;
        try {
          contents = yield res.readBody();
          if (contents && contents.length > 0) {
            if (options && options.deserializeDates) {
              obj = JSON.parse(contents, dateTimeDeserializer);
            } else {
              obj = JSON.parse(contents);
            }
            response.result = obj;
          }
          response.headers = res.message.headers;
        } catch (err) {
        }
        if (statusCode > 299) {
          let msg;
          if (obj && obj.message) {
            msg = obj.message;
          } else if (contents && contents.length > 0) {
            msg = contents;
          } else {
            msg = `Failed request: (${statusCode})`;
          }
          const err = new HttpClientError(msg, statusCode);
          err.result = response.result;
          reject(err);
        } else {
          resolve2(response);
        }
      }));
    });
  }
};
var lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});

// node_modules/@actions/core/lib/summary.js


var __awaiter2 = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = external_fs_.promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter2(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter2(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter2(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(external_os_.EOL);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/platform.js


// node_modules/@actions/io/lib/io-util.js

var { chmod, copyFile, lstat, mkdir, open: index_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = external_fs_.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS2 = process.platform === "win32";

// node_modules/@actions/core/lib/platform.js
var platform = external_os_.platform();
var arch = external_os_.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(external_os_.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
  issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + external_os_.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}

// src/github/toolkit.ts
var toolkit = {
  debug,
  endGroup,
  info,
  notice,
  setFailed,
  setOutput,
  setSecret,
  startGroup,
  summary,
  warning
};

// src/http/transport.ts



function createTransport(userAgent2) {
  const clients = /* @__PURE__ */ new Map();
  const clientFor = (origin) => {
    const known = clients.get(origin);
    if (known) return known;
    const client = new HttpClient(void 0, [], { keepAlive: true });
    clients.set(origin, client);
    return client;
  };
  return async (request, limits, abandon2) => {
    const url = new URL(request.url);
    const deadline = AbortSignal.timeout(Math.ceil(limits.requestMs));
    const signal = abandon2 ? AbortSignal.any([deadline, abandon2]) : deadline;
    try {
      const client = clientFor(url.origin);
      const { message } = await client.requestRaw(
        {
          parsedUrl: url,
          httpModule: url.protocol === "https:" ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0,
          options: { ...requestOptions(request, url, userAgent2), agent: client.getAgent(url.href), signal }
        },
        typeof request.body === "object" ? external_node_stream_namespaceObject.Readable.from([request.body]) : request.body ?? null
      );
      const body = await readBody(message, limits.bodyBytes);
      return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
    } catch (error2) {
      if (isUnsendable(error2)) throw error2;
      throw networkError(error2, signal.aborted, limits.requestMs);
    }
  };
}
function requestOptions(request, url, userAgent2) {
  const length = typeof request.body === "object" ? { "content-length": String(request.body.byteLength) } : {};
  return {
    // Node wants an IPv6 address without the brackets that a URL puts round it.
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: url.pathname + url.search,
    method: request.method,
    headers: { ...request.headers, ...length, "user-agent": userAgent2 }
  };
}
async function readBody(message, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > limit) throw new chunk_ZHK2JTBB/* NetworkError */.Dr("too-large", `the answer is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
function flatten(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value ?? ""])
  );
}
var unreachableCodes = /* @__PURE__ */ new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
var untrustedCode = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^EPROTO$/;
var unsendableCodes = /* @__PURE__ */ new Set(["ERR_INVALID_CHAR", "ERR_INVALID_HTTP_TOKEN", "ERR_UNESCAPED_CHARACTERS"]);
function isUnsendable(error2) {
  return error2 instanceof Error && unsendableCodes.has(errorCode(error2));
}
function networkError(error2, aborted, requestMs) {
  if (error2 instanceof chunk_ZHK2JTBB/* NetworkError */.Dr) return error2;
  const cause = error2 instanceof Error ? error2 : new Error(String(error2));
  const code = errorCode(cause);
  if (aborted) return new chunk_ZHK2JTBB/* NetworkError */.Dr("timeout", `no whole answer within ${requestMs / 1e3} s`, { cause });
  if (unreachableCodes.has(code)) return new chunk_ZHK2JTBB/* NetworkError */.Dr("unreachable", code, { cause });
  if (untrustedCode.test(code)) return new chunk_ZHK2JTBB/* NetworkError */.Dr("untrusted", code, { cause });
  if (cause.message.startsWith("tunneling socket")) return new chunk_ZHK2JTBB/* NetworkError */.Dr("unreachable", cause.message, { cause });
  return new chunk_ZHK2JTBB/* NetworkError */.Dr("interrupted", code || cause.message, { cause });
}
function errorCode(error2) {
  const inner = error2 instanceof AggregateError ? error2.errors[0] : error2;
  return inner?.code ?? "";
}

// src/inputs/files.ts


function readFileOf(folder) {
  return (path, mostBytes2) => {
    try {
      const file = (0,external_node_path_.resolve)(folder, path);
      const stat2 = (0,external_node_fs_.statSync)(file);
      if (!stat2.isFile()) return { unreadable: "not a file" };
      return stat2.size > mostBytes2 ? { unreadable: "too large" } : (0,external_node_fs_.readFileSync)(file);
    } catch (error2) {
      return { unreadable: error2.code === "ENOENT" ? "missing" : "not permitted" };
    }
  };
}

// src/main.ts


// src/pingone/regions.ts
var regions = [
  { code: "NA", suffix: "com", names: ["NorthAmerica"] },
  { code: "CA", suffix: "ca", names: ["Canada"] },
  { code: "EU", suffix: "eu", names: ["Europe"] },
  { code: "AU", suffix: "com.au", names: ["Australia", "Australia-AsiaPacific"] },
  { code: "SG", suffix: "sg", names: ["Singapore"] },
  { code: "AP", suffix: "asia", names: ["AsiaPacific"] }
];
var regionCodes = regions.map(({ code }) => code);
var regionWords = regions.flatMap(({ code, suffix, names }) => [code, suffix, ...names]);
function regionSuffix(region) {
  const wanted = region.toLowerCase();
  return regions.find(
    ({ code, suffix, names }) => [code, suffix, ...names].some((name) => name.toLowerCase() === wanted)
  )?.suffix;
}
function regionUrls(suffix) {
  return { apiUrl: `https://api.pingone.${suffix}/v1`, authUrl: `https://auth.pingone.${suffix}` };
}

// src/inputs/problems.ts
function notTaken(input, value, taken, meant) {
  return {
    what: `\`${input}\` is "${(0,chunk_ZHK2JTBB/* inline */.mG)(value, 60)}", which it does not take`,
    cause: `a typo in \`${input}\``,
    fix: `${meant === void 0 ? "" : `did you mean ${meant}? Else `}set \`${input}\` to ${taken}`
  };
}
function holdsBlanks(name) {
  return {
    what: `${name} holds a blank or a line break`,
    cause: "something else was copied along with the value",
    fix: `copy the value again into the secret that ${name} is read from`
  };
}
function tokenProblem(name, token) {
  if (/\s/.test(token)) return holdsBlanks(name);
  if (!/[^\x21-\x7e]/.test(token)) return void 0;
  return {
    what: `${name} holds a character that no token has`,
    cause: "it was cut short (\u2026) or changed where it was copied",
    fix: `copy the value again into the secret that ${name} is read from`
  };
}
function refusal(problems) {
  const distinct = (part) => [...new Set(problems.map((problem) => problem[part]))].join("; ");
  return new chunk_ZHK2JTBB/* ActionError */.lZ({
    what: `Inputs refused: ${distinct("what")}.`,
    cause: `${distinct("cause")}.`,
    fix: `${distinct("fix")}.`
  });
}
function nearest(value, words) {
  const distances = words.map((word) => ({ word, distance: editDistance(value.toLowerCase(), word.toLowerCase()) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  return best && best.distance <= best.word.length * 0.4 ? best.word : void 0;
}
function editDistance(from, to) {
  if (from.length > 60) return Infinity;
  let before = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwap = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}

// src/inputs/addresses.ts
function readAddresses(reader) {
  const given = reader.text("region");
  const region = given || reader.variable("PINGONE_REGION_CODE") || "NA";
  const suffix = regionSuffix(region);
  if (suffix === void 0) {
    const name = given ? "region" : "PINGONE_REGION_CODE";
    const taken = `one of ${regionCodes.join(", ")}, or give \`api-url\` and \`auth-url\``;
    reader.problems.push(notTaken(name, region, taken, nearest(region, regionWords)));
  }
  const defaults = regionUrls(suffix ?? "com");
  const apiUrl = reader.url("api-url") ?? defaults.apiUrl;
  if (!apiUrl.endsWith("/v1")) {
    reader.problems.push({
      what: `\`api-url\` does not end in /v1`,
      cause: "the host alone was given; the path of the API belongs to it",
      fix: `set \`api-url\` to ${apiUrl}/v1`
    });
  }
  return { apiUrl, authUrl: readAuthUrl(reader) ?? defaults.authUrl };
}
function readAuthUrl(reader) {
  const url = reader.url("auth-url");
  const end = url === void 0 ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== void 0 && end >= 0) {
    reader.problems.push({
      what: "`auth-url` is more than the base of the token endpoint",
      cause: "the whole endpoint was copied; the environment id and /as/token are put after the base",
      fix: `set \`auth-url\` to ${url.slice(0, end)}`
    });
  }
  return url;
}
function readCustomDomain(reader) {
  const text = reader.text("custom-domain");
  if (text === "") return void 0;
  const host = text.replace(/^https:\/\//i, "").replace(/\/+$/, "").toLowerCase();
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  if (host.length > 253 || !new RegExp(`^${label}(?:\\.${label})+$`).test(host)) {
    reader.problems.push(notTaken("custom-domain", text, "the environment's own host, e.g. `auth.example.com`"));
  }
  return host;
}

// src/inputs/admin.ts
var fromInputs = {
  source: "the inputs `admin-client-id`, `admin-client-secret` and `admin-environment-id`",
  id: "admin-client-id",
  secret: "admin-client-secret",
  environment: "admin-environment-id"
};
var fromEnvironment = [
  {
    source: "the environment variables PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET and PINGONE_ENVIRONMENT_ID",
    id: "PINGONE_CLIENT_ID",
    secret: "PINGONE_CLIENT_SECRET",
    environment: "PINGONE_ENVIRONMENT_ID"
  },
  {
    source: "the environment variables PINGONE_CLIENT_CREDENTIALS_CLIENT_ID, PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET and PINGONE_ENVIRONMENT_ID",
    id: "PINGONE_CLIENT_CREDENTIALS_CLIENT_ID",
    secret: "PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET",
    environment: "PINGONE_ENVIRONMENT_ID"
  }
];
var tokenVariable = "PINGONE_API_ACCESS_TOKEN";
var adminSecretNames = {
  inputs: [fromInputs.secret, "access-token"],
  variables: [...fromEnvironment.map(({ secret }) => secret), tokenVariable]
};
var adminPairs = {
  inputs: [{ id: fromInputs.id, secret: fromInputs.secret }],
  variables: fromEnvironment.map(({ id, secret }) => ({ id, secret }))
};
function findAdminCredentials(input, variable, method, noneCause) {
  const names = [fromInputs.id, fromInputs.secret, fromInputs.environment].filter((name) => input(name) !== "");
  const accessToken = input("access-token");
  if (accessToken && names.length > 0) return bothGiven(names);
  if (accessToken) {
    return tokenProblem("`access-token`", accessToken) ?? { kind: "token", accessToken, source: "the input `access-token`" };
  }
  if (names.length > 0) return wholeSet(fromInputs, input, method, noneCause);
  const set = fromEnvironment.find(({ id, secret }) => variable(id) !== "" || variable(secret) !== "");
  if (set) return wholeSet(set, variable, method, noneCause);
  const token = variable(tokenVariable);
  if (token === "") return noneGiven(noneCause);
  const source = `the environment variable ${tokenVariable}`;
  return tokenProblem(tokenVariable, token) ?? { kind: "token", accessToken: token, source };
}
function wholeSet(names, lookup, method, noneCause) {
  const [clientId, clientSecret, environmentId] = [lookup(names.id), lookup(names.secret), lookup(names.environment)];
  const shown = (name) => names === fromInputs ? `\`${name}\`` : name;
  const missing = [names.id, names.secret, names.environment].filter((name) => lookup(name) === "");
  if (missing.length === 0) {
    if (!(0,chunk_ZHK2JTBB/* isUuid */.O1)(environmentId)) return notTaken(names.environment, environmentId, "the UUID of the environment");
    const broken = [names.id, names.secret].find((name) => /\s/.test(lookup(name)));
    if (broken !== void 0) return holdsBlanks(shown(broken));
    return { kind: "client", clientId, clientSecret, environmentId, method, source: names.source };
  }
  const list = (0,chunk_ZHK2JTBB/* sentenceList */.MT)(missing.map(shown));
  return {
    what: `the admin credentials are incomplete: ${list} ${missing.length === 1 ? "is" : "are"} missing`,
    cause: noneCause ?? `a secret of that name is not set, or is not passed to this step; only part of ${names.source} arrived`,
    fix: noneCause === void 0 ? `set ${list} as well: one source has to supply the whole set` : whereSecretsAre
  };
}
function bothGiven(names) {
  const list = (0,chunk_ZHK2JTBB/* sentenceList */.MT)(names.map((name) => `\`${name}\``));
  return {
    what: `\`access-token\` is given beside ${list}`,
    cause: "two ways to sign in are mixed",
    fix: `give either \`access-token\` or \`admin-client-id\`, \`admin-client-secret\` and \`admin-environment-id\``
  };
}
var whereSecretsAre = "run this step on events of the repository itself, e.g. `push`; Dependabot reads its own secrets (Settings > Secrets and variables > Dependabot)";
function noneGiven(cause) {
  return {
    what: "there are no admin credentials: `admin-client-id`, `admin-client-secret` and `admin-environment-id` are empty, and so are the environment variables that may stand in for them",
    cause: cause ?? "the secrets that they are read from are not set, or their names have a typo",
    fix: cause === void 0 ? "pass the client id, the client secret and the environment id of a PingOne worker that may manage applications" : whereSecretsAre
  };
}

// src/inputs/datasync.ts
function readDataSync(reader) {
  const path = reader.text("datasync-dir");
  const prefix = reader.text("datasync-prefix") || "PING_ONE_";
  if (!(0,chunk_ZHK2JTBB/* isDataSyncPrefix */.M_)(prefix)) {
    const taken = "the beginning of a variable: letters, digits and underscores, no digit first";
    reader.problems.push(notTaken("datasync-prefix", prefix, taken));
  }
  if (path === "") return void 0;
  const workspace = reader.variable("GITHUB_WORKSPACE");
  const check = workspace === "" ? { refused: "GITHUB_WORKSPACE is not set" } : (0,chunk_ZHK2JTBB/* checkFolder */.p$)(workspace, path);
  if ("directory" in check) return { workspace, directory: check.directory, prefix };
  reader.problems.push({
    what: `\`datasync-dir\` "${(0,chunk_ZHK2JTBB/* inline */.mG)(path, 80)}" is refused: ${check.refused}`,
    cause: "secrets are written there, so it has to be a folder of the workspace that no link leads out of",
    fix: "name a folder relative to the workspace, e.g. `datasync`"
  });
  return void 0;
}
function dataSyncProblems(dataSync, addresses) {
  if (!dataSync) return [];
  const odd = [
    ["api-url", addresses.apiUrl],
    ["auth-url", addresses.authUrl]
  ].filter(([, value = ""]) => !(0,chunk_ZHK2JTBB/* isPlainValue */.YJ)(value));
  return odd.map(
    ([input = "", value = ""]) => notTaken(input, value, "an address of letters, digits and . _ ~ : / - only, as `datasync-dir` is given")
  );
}

// src/inputs/icon.ts


var mostBytes = 1048576;
var signatures = [
  { contentType: "image/png", bytes: [137, 80, 78, 71, 13, 10, 26, 10] },
  { contentType: "image/jpeg", bytes: [255, 216, 255] },
  { contentType: "image/gif", bytes: [71, 73, 70, 56, 55, 97] },
  { contentType: "image/gif", bytes: [71, 73, 70, 56, 57, 97] }
];
function readIcon(reader, readFile) {
  const path = reader.text("icon");
  if (path === "") return void 0;
  const bytes = readFile(path, mostBytes);
  if ("unreadable" in bytes) {
    reader.problems.push(unreadable(path, bytes.unreadable));
    return void 0;
  }
  const type = signatures.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  if (!type) {
    reader.problems.push(notAnImage(path));
    return void 0;
  }
  return { bytes, contentType: type.contentType, sha256: (0,external_node_crypto_.createHash)("sha256").update(bytes).digest("hex") };
}
function unreadable(path, reason) {
  const shown = (0,chunk_ZHK2JTBB/* inline */.mG)(path, 100);
  if (reason === "too large") {
    return {
      what: `\`icon\` "${shown}" is larger than 1 MB (${mostBytes} bytes)`,
      cause: "PingOne takes no larger image",
      fix: "make the image smaller: an icon needs no more than 256 by 256 pixels"
    };
  }
  const cause = reason === "missing" ? "a typo, or the step runs before the repository is checked out" : "a wrong path";
  return {
    what: `\`icon\` "${shown}" cannot be read: ${reason}`,
    cause,
    fix: "give the path of a file in the workspace, and check the repository out (actions/checkout) before this step"
  };
}
function notAnImage(path) {
  return {
    what: `\`icon\` "${(0,chunk_ZHK2JTBB/* inline */.mG)((0,external_node_path_.basename)(path), 100)}" is not an image that PingOne takes`,
    cause: "it is neither PNG nor JPEG nor GIF by its content, whatever its name says (SVG and WebP are not taken)",
    fix: "convert it to PNG"
  };
}

// src/inputs/masks.ts
function maskCredentials(reader, mask) {
  const sources = [
    [reader.text, [...adminSecretNames.inputs, "github-token"], adminPairs.inputs],
    [reader.variable, adminSecretNames.variables, adminPairs.variables]
  ];
  for (const [lookup, names, pairs] of sources) {
    for (const name of names) [lookup(name), (0,chunk_ZHK2JTBB/* formEncode */.pm)(lookup(name))].forEach(mask);
    for (const { id, secret } of pairs.filter((pair) => lookup(pair.secret) !== "")) {
      (0,chunk_ZHK2JTBB/* secretForms */.eo)({ clientId: lookup(id), clientSecret: lookup(secret) }).forEach(mask);
    }
  }
}

// src/inputs/overlap.ts
var unitMs = { m: 6e4, h: 36e5, d: 864e5 };
var leastMs = 2 * unitMs.m;
var mostMs = 30 * unitMs.d;
function readOverlap(reader) {
  const text = reader.text("secret-overlap") || "24h";
  if (text === "0") return 0;
  const match = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text);
  const ms = Number(match?.groups?.["count"]) * unitMs[match?.groups?.["unit"] ?? "m"];
  if (ms >= leastMs && ms <= mostMs) return ms;
  reader.problems.push(notTaken("secret-overlap", text, "0, or 2 minutes to 30 days: `90m`, `24h`, `7d`"));
  return unitMs.d;
}

// src/inputs/reader.ts
var trim = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
var InputReader = class {
  problems = [];
  #env;
  constructor(env) {
    this.#env = env;
  }
  /** An input as text, empty where it is not given. */
  text = (input) => trim(this.#env[`INPUT_${input.replaceAll(" ", "_").toUpperCase()}`] ?? "");
  /** An environment variable, empty where it is not given. */
  variable = (name) => trim(this.#env[name] ?? "");
  /** An input that has to be given; `meaning` says what it is. */
  required(input, meaning) {
    if (this.text(input) === "") {
      this.problems.push({
        what: `\`${input}\` is missing`,
        cause: `\`with:\` does not name it, or the variable that it is read from is empty`,
        fix: `set \`${input}\` to ${meaning}`
      });
    }
    return this.oneLine(input);
  }
  /** An input that may hold no line break, nor any other control character. */
  oneLine(input) {
    const text = this.text(input);
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      this.problems.push(notTaken(input, text, "one line without control characters"));
    }
    return text;
  }
  /** A UUID in lower case; undefined where none is given. */
  uuid(input) {
    const text = this.text(input);
    if (text === "") return void 0;
    if (!(0,chunk_ZHK2JTBB/* isUuid */.O1)(text)) this.problems.push(notTaken(input, text, "a UUID, as PingOne shows it"));
    return text.toLowerCase();
  }
  /** A token, which goes into a header. */
  token(input) {
    const text = this.text(input);
    const problem = tokenProblem(`\`${input}\``, text);
    if (problem) this.problems.push(problem);
    return text;
  }
  /** The lines of an input, trimmed, without empty ones. */
  lines(input) {
    return this.text(input).split("\n").map(trim).filter(Boolean);
  }
  /** One of these values; undefined where none is given. */
  choice(input, values) {
    const text = this.text(input);
    if (text === "") return void 0;
    const value = values.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (value === void 0)
      this.problems.push(notTaken(input, text, `one of ${values.join(", ")}`, nearest(text, values)));
    return value;
  }
  /** `true` or `false`. */
  boolean(input, otherwise) {
    const value = this.choice(input, ["true", "false"]);
    return value === void 0 ? otherwise : value === "true";
  }
  /** `true`, `false` or one more word. */
  booleanOr(input, word, otherwise) {
    const value = this.choice(input, ["true", "false", word]);
    if (value === void 0) return otherwise;
    return value === word ? word : value === "true";
  }
  /** A whole number of seconds, at least 1. */
  seconds(input, otherwise) {
    const text = this.text(input);
    if (text === "") return otherwise;
    if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
    this.problems.push(notTaken(input, text, "a whole number of seconds from 1 to 99999"));
    return otherwise;
  }
  /** An https URL, or one of a loopback host, without a slash at the end; undefined where none is given. */
  url(input) {
    const text = this.text(input);
    return text === "" ? void 0 : this.checkedUrl(input, text);
  }
  /** The same for a text that comes from elsewhere, by the name that a problem calls it by. */
  checkedUrl(name, text) {
    const url = URL.canParse(text) ? new URL(text) : void 0;
    const isBase = url?.search === "" && url.hash === "" && url.username === "" && url.password === "";
    if (!isSafeUrl(text) || !isBase) {
      const shown = url?.host ? `${url.protocol}//${url.host}\u2026` : text;
      this.problems.push(notTaken(name, shown, "an https:// address without query, fragment or credentials"));
      return void 0;
    }
    return text.replace(/\/+$/, "");
  }
};
function isSafeUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : void 0;
  return url?.protocol === "https:" || url?.protocol === "http:" && isLoopback(url.hostname);
}
function isLoopback(hostname) {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

// src/inputs/run.ts
function runIdentity(variable) {
  const repository = variable("GITHUB_REPOSITORY");
  const repositoryId = variable("GITHUB_REPOSITORY_ID");
  const server = variable("GITHUB_SERVER_URL") || "https://github.com";
  return {
    owner: repositoryId === "" ? void 0 : { server, repositoryId, repository },
    repository,
    runId: variable("GITHUB_RUN_ID"),
    runAttempt: variable("GITHUB_RUN_ATTEMPT"),
    job: variable("GITHUB_JOB")
  };
}
function whyNoSecrets(variable, event) {
  if (variable("GITHUB_ACTOR") === "dependabot[bot]") {
    return "Dependabot started this run, and GitHub gives such runs none of the repository's Actions secrets";
  }
  const eventName = variable("GITHUB_EVENT_NAME");
  if (!eventName.startsWith("pull_request") || eventName === "pull_request_target") return void 0;
  if (!isFromFork(event())) return void 0;
  return "this is a pull request from a fork, and GitHub gives such runs no secrets";
}
function isFromFork(event) {
  const at = (value, key) => typeof value === "object" && value !== null ? value[key] : void 0;
  const pullRequest = at(event, "pull_request");
  const head = at(at(at(pullRequest, "head"), "repo"), "id");
  const base = at(at(at(pullRequest, "base"), "repo"), "id");
  return pullRequest !== void 0 && head !== base;
}

// src/inputs/store.ts
var publicGitHub = "https://api.github.com";
function readGitHub(reader) {
  const token = reader.token("github-token");
  const isUsed = token !== "" || reader.text("store-in") !== "";
  return { token, apiUrl: isUsed ? readApiUrl(reader) : publicGitHub };
}
function readApiUrl(reader) {
  return reader.checkedUrl("GITHUB_API_URL", reader.variable("GITHUB_API_URL") || publicGitHub) ?? publicGitHub;
}
function readStore(reader, needsToken) {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean("overwrite-secrets", false);
  const createEnvironments = reader.boolean("create-github-environment", false);
  const idsAs = reader.choice("store-ids-as", ["secrets", "variables"]) ?? "secrets";
  const targets = reader.lines("store-in").flatMap((line) => readPlace(reader, line));
  refuseTwice(reader, targets);
  if (reader.lines("store-in").length === 0) return void 0;
  if (needsToken && reader.text("github-token") === "") {
    reader.problems.push({
      what: "`github-token` is missing, and `store-in` needs it",
      cause: "the secret that it is read from is not set; the job's own token is no substitute, it may never write secrets",
      fix: 'pass a token that may write secrets in `github-token`: of a GitHub App, or a fine-grained personal access token with the repository permission "Secrets: write"'
    });
  }
  return {
    targets,
    repository: readRepository(reader),
    prefix,
    idsAs,
    overwrite,
    createEnvironments
  };
}
function readRepository(reader) {
  const text = reader.text("repository") || reader.variable("GITHUB_REPOSITORY");
  const match = /^(?<owner>[A-Za-z0-9_.-]+)\/(?<repo>[A-Za-z0-9_.-]+)$/.exec(text);
  const isStep = [match?.groups?.["owner"], match?.groups?.["repo"]].some((part) => /^\.{1,2}$/.test(part ?? ""));
  if (!match || isStep) reader.problems.push(notTaken("repository", text, "owner/name of a repository"));
  return { owner: match?.groups?.["owner"] ?? "", repo: match?.groups?.["repo"] ?? "" };
}
function readPlace(reader, line) {
  const place = (0,chunk_ZHK2JTBB/* placeOfWord */.hS)(line);
  if (!place) {
    const taken = "`repository`, `github-environment:<name>` or `organization`";
    const [word = "", ...rest] = line.split(":");
    const meant = nearest(word, rest.length > 0 ? ["github-environment"] : ["repository", "organization"]);
    reader.problems.push(notTaken("store-in", line, taken, meant && [meant, ...rest].join(":")));
    return [];
  }
  if (place.kind !== "github-environment") return [place];
  const name = place.name.trim();
  const reason = (0,chunk_ZHK2JTBB/* environmentNameProblem */.QP)(name);
  if (reason === void 0) return [{ kind: "github-environment", name }];
  reader.problems.push({
    what: `\`store-in\` names the GitHub environment "${(0,chunk_ZHK2JTBB/* inline */.mG)(name, 60)}", which GitHub does not take: ${reason}`,
    cause: "the expression that the name is made of came out empty or wrong",
    fix: "write `github-environment:` and the name as it stands in Settings > Environments of the repository"
  });
  return [];
}
function refuseTwice(reader, targets) {
  const words = targets.map((place) => (0,chunk_ZHK2JTBB/* placeWord */.eS)(place).toLowerCase());
  for (const word of new Set(words.filter((candidate, index) => words.indexOf(candidate) !== index))) {
    reader.problems.push({
      what: `\`store-in\` names ${(0,chunk_ZHK2JTBB/* inline */.mG)(word, 80)} more than once, and all of them would write the same secrets`,
      cause: "a line was repeated, or two expressions came out alike; GitHub does not tell names apart by case",
      fix: "leave one of the lines"
    });
  }
}
function readPrefix(reader) {
  const prefix = reader.text("secret-prefix") || "PINGONE_WORKER_";
  if (!(0,chunk_ZHK2JTBB/* isSecretPrefix */.TB)(prefix)) {
    const taken = "letters, digits and underscores that begin neither with a digit nor with GITHUB_";
    reader.problems.push(notTaken("secret-prefix", prefix, taken));
  }
  const clashes = (0,chunk_ZHK2JTBB/* clashesWithAdminNames */.rk)((0,chunk_ZHK2JTBB/* secretNames */.XG)(prefix));
  if (clashes.length > 0) {
    reader.problems.push({
      what: `\`secret-prefix\` "${prefix}" would write ${clashes.join(", ")}`,
      cause: "people keep their admin credentials under these names; the worker's would overwrite them",
      fix: "choose another `secret-prefix`, e.g. the default PINGONE_WORKER_"
    });
  }
  return prefix;
}

// src/inputs/worker.ts
var clearables = ["description", "icon", "redirect-uris"];
function readDesired(reader, iconSha256) {
  const { name, applicationId } = readWhich(reader);
  return {
    name,
    applicationId,
    description: reader.text("description") || void 0,
    iconSha256,
    enabled: reader.booleanOr("enabled", "keep", true),
    tokenEndpointAuthMethod: reader.choice("token-endpoint-auth-method", [...chunk_ZHK2JTBB/* secretAuthMethods */.Jn, "keep"]) ?? "CLIENT_SECRET_POST",
    redirectUris: readRedirectUris(reader),
    clear: readClear(reader),
    roles: readRoles(reader),
    rotateSecret: reader.boolean("rotate-secret", false)
  };
}
function readWhich(reader) {
  const applicationId = reader.uuid("application-id");
  if (applicationId === void 0) {
    return {
      name: reader.required("name", "the name of the application in PingOne, or give `application-id`"),
      applicationId
    };
  }
  return { name: reader.oneLine("name") || void 0, applicationId };
}
function readRedirectUris(reader) {
  const uris = reader.lines("redirect-uris");
  for (const uri of uris) {
    if (isRedirectUri(uri)) continue;
    const shown = uri.replace(/\/\/[^/@]*@/, "//\u2026@");
    reader.problems.push(notTaken("redirect-uris", shown, redirectUrisTaken));
  }
  return uris.length > 0 ? [...new Set(uris)] : void 0;
}
var redirectUrisTaken = "https:// addresses, one a line, without a fragment, a wildcard or credentials; http:// for localhost and 127.0.0.1 only";
function isRedirectUri(uri) {
  if (!isSafeUrl(uri) || /[\s#*]/.test(uri)) return false;
  const { username, password, hostname } = new URL(uri);
  return username === "" && password === "" && hostname !== "[::1]";
}
function readClear(reader) {
  const cleared = /* @__PURE__ */ new Set();
  for (const line of reader.lines("clear")) {
    const known = clearables.find((clearable) => clearable === line);
    if (known === void 0)
      reader.problems.push(notTaken("clear", line, `lines out of ${clearables.join(", ")}`, nearest(line, clearables)));
    else cleared.add(known);
    if (known !== void 0 && reader.text(known) !== "") {
      reader.problems.push({
        what: `\`clear\` names ${known}, and \`${known}\` has a value`,
        cause: "one of the two was left over",
        fix: `give either \`${known}\` or its line in \`clear\``
      });
    }
  }
  return cleared;
}
function readRoles(reader) {
  const lines = reader.lines("roles");
  const [only] = lines;
  if (only === void 0) return { kind: "default" };
  const word = only.toLowerCase();
  if (lines.length === 1 && (word === "none" || word === "keep")) return { kind: word };
  const parsed = [];
  for (const line of lines) {
    const role = (0,chunk_ZHK2JTBB/* parseRoleLine */.Fr)(line);
    if ("unknownScope" in role) {
      const taken = "lines of the form `Role name`, or `Role name @ environment`, `@ organization`, `@ population:<name>` or `@ application:<name>`";
      const meant = nearest(role.unknownScope, ["environment", "organization"]);
      reader.problems.push(notTaken("roles", line, taken, meant && `${role.roleName} @ ${meant}`));
    } else if (/^(none|keep|)$/i.test(role.roleName)) {
      reader.problems.push(notTaken("roles", line, "role names, one a line; `none` or `keep` stand alone"));
    } else parsed.push(role);
  }
  return { kind: "listed", lines: parsed };
}

// src/inputs/read.ts
function readSettings({ env, event, readFile, mask }) {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);
  const method = reader.choice("admin-auth-method", chunk_ZHK2JTBB/* secretAuthMethods */.Jn);
  const admin = findAdminCredentials(reader.text, reader.variable, method, whyNoSecrets(reader.variable, event));
  const mode = readMode(reader);
  const icon = mode.state === "present" ? readIcon(reader, readFile) : void 0;
  const settings = {
    ...mode,
    desired: readDesired(reader, icon?.sha256),
    icon,
    secretOverlapMs: readOverlap(reader),
    environment: readEnvironment(reader),
    ...readAddresses(reader),
    verify: reader.boolean("verify", true),
    maskIds: reader.boolean("mask-ids", true),
    outputSecret: reader.boolean("output-secret", true),
    customDomain: readCustomDomain(reader),
    gitHub: readGitHub(reader),
    store: readStore(reader, (0,chunk_ZHK2JTBB/* delivers */.xn)(mode)),
    dataSync: readDataSync(reader),
    timeoutSeconds: reader.seconds("timeout", 300),
    run: runIdentity(reader.variable)
  };
  const problems = [
    ...reader.problems,
    ..."what" in admin ? [admin] : [],
    ...dataSyncProblems(settings.dataSync, settings),
    ...settings.outputSecret && (0,chunk_ZHK2JTBB/* delivers */.xn)(mode) && reader.variable("GITHUB_OUTPUT") === "" ? [noOutputFile] : [],
    ...mode.state === "absent" && settings.desired.rotateSecret ? [rotatesWhatGoes] : []
  ];
  if ("what" in admin || problems.length > 0) throw refusal(problems);
  return { ...settings, admin };
}
function readMode(reader) {
  return {
    state: reader.choice("state", ["present", "absent"]) ?? "present",
    dryRun: reader.boolean("dry-run", false),
    teardown: {
      force: reader.boolean("force-delete", false),
      production: reader.boolean("allow-production-delete", false)
    }
  };
}
function readEnvironment(reader) {
  const text = reader.required("environment", "the id or the exact name of the PingOne environment");
  return (0,chunk_ZHK2JTBB/* isUuid */.O1)(text) ? { id: text.toLowerCase() } : { name: text };
}
var noOutputFile = {
  what: "`output-secret` is true, but there is no file for outputs (GITHUB_OUTPUT is not set)",
  cause: "the step does not run on a GitHub runner, or on one older than 2.327.1",
  fix: "set `output-secret` to false, or run the step on a current runner"
};
var rotatesWhatGoes = {
  what: "`rotate-secret` is true, and `state` is absent",
  cause: "inputs of two different jobs were mixed",
  fix: "leave `rotate-secret` out where `state` is absent"
};

// src/steps/connect.ts
async function connect(session) {
  const { admin } = session.settings;
  session.runner.info(`Signing in with ${admin.source}`);
  if (admin.kind === "token") {
    return { tokens: (0,chunk_ZHK2JTBB/* fixedToken */.WV)(admin.accessToken), adminClientId: clientIdInToken(admin.accessToken) };
  }
  const signIn = await firstSignIn(session, admin);
  let token = signIn.token;
  return {
    adminClientId: admin.clientId,
    tokens: {
      current: () => Promise.resolve(token),
      renew: async () => {
        session.runner.info("Signing in once more, for a new access token");
        token = await explainedToken(session, admin, signIn.method);
        return token;
      }
    }
  };
}
async function firstSignIn(session, admin) {
  const method = admin.method ?? "CLIENT_SECRET_BASIC";
  try {
    return { token: await explainedToken(session, admin, method), method };
  } catch (error2) {
    const refused = error2 instanceof chunk_ZHK2JTBB/* ActionError */.lZ ? error2.cause : void 0;
    const tryOther = admin.method === void 0 && refused instanceof chunk_ZHK2JTBB/* OAuthError */.W5 && refused.isUnsupportedMethod;
    if (!tryOther) throw error2;
  }
  return { token: await explainedToken(session, admin, "CLIENT_SECRET_POST"), method: "CLIENT_SECRET_POST" };
}
async function explainedToken(session, admin, method) {
  try {
    return await tokenBy(session, admin, method);
  } catch (error2) {
    throw (0,chunk_ZHK2JTBB/* explainSignIn */.iF)(error2, admin.source, (0,chunk_ZHK2JTBB/* tokenEndpoint */.lN)(session.settings.authUrl, admin.environmentId));
  }
}
async function tokenBy(session, admin, method) {
  const endpoint = (0,chunk_ZHK2JTBB/* tokenEndpoint */.lN)(session.settings.authUrl, admin.environmentId);
  const token = await (0,chunk_ZHK2JTBB/* requestToken */.p)(session.send, endpoint, admin, method, session);
  session.runner.mask(token);
  return token;
}
function clientIdInToken(accessToken) {
  try {
    const claims = JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8"));
    const clientId = claims?.["client_id"];
    return typeof clientId === "string" ? clientId : void 0;
  } catch {
    return void 0;
  }
}

// src/steps/log-settings.ts
function logSettings({ runner, settings }) {
  const { environment, store, dataSync, admin } = settings;
  runner.group("Settings", [
    `Worker: ${(0,chunk_ZHK2JTBB/* shownName */.HD)(settings)}, ${settings.state}${settings.dryRun ? ", dry run" : ""}`,
    `PingOne environment: ${"id" in environment ? "by its id" : (0,chunk_ZHK2JTBB/* inline */.mG)(environment.name, 100)}`,
    `PingOne API: ${settings.apiUrl}; sign-in: ${settings.authUrl}, with ${admin.source}`,
    `Stored in: ${store ? (0,chunk_ZHK2JTBB/* sentenceList */.MT)(store.targets.map((place) => (0,chunk_ZHK2JTBB/* inline */.mG)((0,chunk_ZHK2JTBB/* placeWord */.eS)(place), 100))) : "nowhere"}`,
    `Files for PingDataSync: ${dataSync ? (0,chunk_ZHK2JTBB/* inline */.mG)(dataSync.directory, 200) : "none"}`,
    `Time limit: ${settings.timeoutSeconds} s`
  ]);
}

// src/main.ts
async function loadTheRest() {
  for (let turn = 0; turn < 3; turn += 1) await (0,promises_namespaceObject.setImmediate)();
  return __nccwpck_require__.e(/* import() */ 423).then(__nccwpck_require__.bind(__nccwpck_require__, 804));
}
async function main(world) {
  const runner = (0,chunk_ZHK2JTBB/* runnerOf */.mv)(world);
  try {
    const settings = readSettings({ ...world, mask: runner.mask });
    const session = (0,chunk_ZHK2JTBB/* openSession */.fA)(world, runner, settings);
    logSettings(session);
    const connecting = connect(session);
    const carrying = loadTheRest().then(({ carryOut }) => carryOut(session, connecting));
    const [outputs] = await Promise.all([carrying, connecting]);
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  } catch (error2) {
    const failure = (0,chunk_ZHK2JTBB/* explained */.to)(error2);
    if (failure.cause instanceof Error) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    runner.fail(failure.message);
    world.giveUp();
  }
}

// src/index.ts
var writeGraceMs = 5e3;
var stoppedShort = `The step stopped before its work was done.
Likely cause: a mistake in this action.
What to do: run again, and report it if it happens again.`;
var stop = new AbortController();
var abandon = new AbortController();
function interrupt() {
  stop.abort();
  setTimeout(() => {
    abandon.abort();
  }, writeGraceMs).unref();
}
process.once("SIGINT", interrupt);
process.once("SIGTERM", interrupt);
var isTold = false;
process.once("uncaughtException", (error2) => {
  isTold = true;
  toolkit.setFailed((0,chunk_ZHK2JTBB/* explained */.to)(error2).message);
  process.stdout.write("", () => process.exit(1));
});
process.once("exit", () => {
  if (!isTold) toolkit.setFailed(stoppedShort);
});
void main({
  env: process.env,
  event: readEvent,
  readFile: readFileOf(process.env["GITHUB_WORKSPACE"] ?? process.cwd()),
  core: toolkit,
  transport: createTransport(userAgent(process.env["GITHUB_ACTION_REF"] ?? "")),
  clock: {
    now: Date.now,
    sleep: (ms, signal) => (0,promises_namespaceObject.setTimeout)(ms, void 0, { signal }).catch(() => void 0)
  },
  random: Math.random,
  interruption: (0,chunk_ZHK2JTBB/* createInterruption */.aF)(stop.signal, abandon.signal),
  giveUp: interrupt
}).then(() => {
  isTold = true;
});
function userAgent(ref) {
  return `pingone-worker-app/${/^[\w.-]{1,64}$/.test(ref) ? ref : "unreleased"}`;
}
function readEvent() {
  try {
    return JSON.parse((0,external_node_fs_.readFileSync)(process.env["GITHUB_EVENT_PATH"] ?? "", "utf8"));
  } catch {
    return void 0;
  }
}

