import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({});
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
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_https_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./token.js

const token_require = (0,external_node_module_namespaceObject.createRequire)(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
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

// node_modules/fastest-levenshtein/mod.js
var require_mod = __commonJS({
  "node_modules/fastest-levenshtein/mod.js"(exports) {
    "use strict";
    exports.__esModule = true;
    exports.distance = exports.closest = void 0;
    var peq = new Uint32Array(65536);
    var myers_32 = function(a, b) {
      var n = a.length;
      var m = b.length;
      var lst = 1 << n - 1;
      var pv = -1;
      var mv = 0;
      var sc = n;
      var i = n;
      while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
      }
      for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= (eq & pv) + pv ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
          sc++;
        }
        if (pv & lst) {
          sc--;
        }
        mv = mv << 1 | 1;
        pv = pv << 1 | ~(xv | mv);
        mv &= xv;
      }
      i = n;
      while (i--) {
        peq[a.charCodeAt(i)] = 0;
      }
      return sc;
    };
    var myers_x = function(b, a) {
      var n = a.length;
      var m = b.length;
      var mhc = [];
      var phc = [];
      var hsize = Math.ceil(n / 32);
      var vsize = Math.ceil(m / 32);
      for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
      }
      var j = 0;
      for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
          peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
          var eq = peq[a.charCodeAt(i)];
          var pb = phc[i / 32 | 0] >>> i & 1;
          var mb = mhc[i / 32 | 0] >>> i & 1;
          var xv = eq | mv_1;
          var xh = ((eq | mb) & pv_1) + pv_1 ^ pv_1 | eq | mb;
          var ph = mv_1 | ~(xh | pv_1);
          var mh = pv_1 & xh;
          if (ph >>> 31 ^ pb) {
            phc[i / 32 | 0] ^= 1 << i;
          }
          if (mh >>> 31 ^ mb) {
            mhc[i / 32 | 0] ^= 1 << i;
          }
          ph = ph << 1 | pb;
          mh = mh << 1 | mb;
          pv_1 = mh | ~(xv | ph);
          mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
          peq[b.charCodeAt(k)] = 0;
        }
      }
      var mv = 0;
      var pv = -1;
      var start = j * 32;
      var vlen = Math.min(32, m - start) + start;
      for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
      }
      var score = m;
      for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = phc[i / 32 | 0] >>> i & 1;
        var mb = mhc[i / 32 | 0] >>> i & 1;
        var xv = eq | mv;
        var xh = ((eq | mb) & pv) + pv ^ pv | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += ph >>> m - 1 & 1;
        score -= mh >>> m - 1 & 1;
        if (ph >>> 31 ^ pb) {
          phc[i / 32 | 0] ^= 1 << i;
        }
        if (mh >>> 31 ^ mb) {
          mhc[i / 32 | 0] ^= 1 << i;
        }
        ph = ph << 1 | pb;
        mh = mh << 1 | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
      }
      for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
      }
      return score;
    };
    var distance2 = function(a, b) {
      if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
      }
      if (b.length === 0) {
        return a.length;
      }
      if (a.length <= 32) {
        return myers_32(a, b);
      }
      return myers_x(a, b);
    };
    exports.distance = distance2;
    var closest = function(str, arr) {
      var min_distance = Infinity;
      var min_index = 0;
      for (var i = 0; i < arr.length; i++) {
        var dist = distance2(str, arr[i]);
        if (dist < min_distance) {
          min_distance = dist;
          min_index = i;
        }
      }
      return arr[min_index];
    };
    exports.closest = closest;
  }
});

// src/text.ts
var import_fastest_levenshtein = __toESM(require_mod());
var unprintable = new RegExp("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]|(?!\\u200d|\\ufe0f)[\\p{Cf}\\p{Default_Ignorable_Code_Point}]|\\u200d(?!\\p{Extended_Pictographic})", "gu");
var [token_open, token_close] = ["\uFDD0", "\uFDD1"];
var limitBase = 983040;
var mostCharacters = 65533;
var markers = new RegExp(`[${token_open}${token_close}]`, "g");
function mapMarked(message, map) {
  const [before = "", ...parts] = message.split(token_open);
  const mapped = parts.map((part) => {
    const limit = (part.codePointAt(0) ?? 0) - limitBase;
    const end = part.indexOf(token_close);
    return limit < 0 || end < 2 ? part : map(part.slice(2, end), limit) + part.slice(end + 1);
  });
  return [before, ...mapped].join("").replace(markers, "\uFFFD");
}
function inline(text, limit = 300) {
  const raw = mapMarked(text, (inner) => inner);
  if (raw.length <= limit && raw.search(unprintable) < 0) return raw;
  return token_open + String.fromCodePoint(limitBase + Math.min(limit, mostCharacters)) + raw + token_close;
}
function shown(message, redact = (text) => text) {
  return mapMarked(redact(message), (raw, limit) => escaped(shortened(raw, limit)));
}
function shortened(text, limit) {
  return text.length > limit ? `${text.slice(0, limit)}\u2026` : text;
}
function escaped(text) {
  return text.replace(unprintable, escapeCharacter);
}
function escapeCharacter(character) {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
function appearance(text) {
  return withoutInvisible(text.normalize("NFKC")).replace(/\s/gu, " ");
}
function looseName(name) {
  return appearance(name).replace(/ +/g, " ").trim().toLowerCase().normalize("NFC");
}
function withoutInvisible(text) {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => /\s/u.test(character) ? " " : ""
  );
}
function sentenceList(items) {
  const head = items.slice(0, -1);
  const last = items.at(-1) ?? "";
  return head.length === 0 ? last : `${head.join(", ")} and ${last}`;
}
function isUuid(text) {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
var longestTypo = 60;
function nearest(value, words) {
  if (value.length > longestTypo) return void 0;
  const distances = words.map((word) => ({ word, edits: (0, import_fastest_levenshtein.distance)(looseName(value), looseName(word)) }));
  const [best] = distances.sort((a, b) => a.edits - b.edits);
  return best && best.edits <= best.word.length / 2 && best.edits < best.word.length - 1 ? best.word : void 0;
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
  /** The same failure with a sentence added to the remedy, e.g. about the changes before it. */
  withAdvice(sentence) {
    if (sentence === "") return this;
    const { what, cause, fix } = this.explanation;
    return new _ActionError({ what, cause, fix: `${fix} ${sentence}` }, { cause: this });
  }
};
var Cancelled = class extends Error {
  name = "Cancelled";
};
function systemCode(error2) {
  const { code, message } = Object(error2);
  return inline(code ?? message ?? String(error2), 100);
}
function explained(error2) {
  if (error2 instanceof ActionError) return error2;
  if (error2 instanceof Cancelled) {
    return new ActionError(
      {
        what: `The step was cancelled: ${error2.message}`,
        cause: "the workflow run was cancelled, or the job reached its time limit.",
        fix: "run the workflow again."
      },
      { cause: error2 }
    );
  }
  const thrown = Object(error2) === error2 ? Object.prototype.toString.call(error2) : String(error2);
  const detail = Error.isError(error2) ? `${error2.name}: ${error2.message}` : thrown;
  return new ActionError(
    {
      what: `The step failed unexpectedly: ${inline(detail)}`,
      cause: "a defect in this action.",
      fix: "run the job again with debug logging enabled, and report the log as an issue of this action."
    },
    { cause: error2 }
  );
}

// src/http/send.ts


// src/http/errors.ts
var NetworkError = class extends Error {
  name = "NetworkError";
  failure;
  constructor(failure2, message, options) {
    super(message, options);
    this.failure = failure2;
  }
};
function decodeJson(response, schema, statuses = [200, 201]) {
  const { status } = response;
  if (status === 204) throw new NetworkError("unexpected", "status 204, which has no content");
  const value = parseJson(response);
  if (!statuses.includes(status)) throw new NetworkError("unexpected", `status ${status} instead of ${statuses[0]}`);
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new NetworkError("unexpected", `status ${status} with JSON that has another shape`);
  }
  return result.data;
}
var mediaType = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;
function parseJson({ status, headers, body }) {
  if (!mediaType.test(headers["content-type"] ?? "")) {
    throw new NetworkError("garbled", `status ${status} with a body that is not declared as JSON`);
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new NetworkError("garbled", `status ${status} with a body that is not JSON`);
  }
}
function explainNetwork(error2, service, doing) {
  const [verb, cause, fix] = error2.failure === "untrusted" ? untrusted(error2.message) : advice[error2.failure](service);
  return { what: `${service.name} ${verb} ${doing}: ${error2.message}`, cause, fix };
}
var notReached = "could not be reached for";
var late = ({ name }) => [
  notReached,
  `the network is slow or broken, or ${name} is unavailable.`,
  "run the workflow again, or raise `timeout` to wait longer."
];
var advice = {
  timeout: late,
  interrupted: late,
  unreachable: ({ addresses }) => [
    notReached,
    "the address of the host is wrong, or the runner's network or proxy blocks the request.",
    `check ${addresses}, and the proxy variables of the runner (https_proxy, no_proxy).`
  ],
  "proxy-refused": () => [
    notReached,
    "the address, user or password of the proxy is wrong, or the proxy does not allow this host.",
    "check `https_proxy` on the runner (`http://user:password@host:port`, special characters percent-encoded), or add the host to `no_proxy`."
  ],
  garbled: ({ addresses }) => [
    notReached,
    "a proxy responded instead of the server, for example with a login page, or the address is wrong.",
    `check ${addresses}, and the proxy variables of the runner.`
  ],
  unexpected: ({ name, addresses }) => [
    "sent an unexpected response for",
    `the address belongs to another API, or ${name}'s API has changed.`,
    `check ${addresses}. If they are right, use the latest version of this action, or report an issue.`
  ],
  "too-large": ({ addresses }) => [
    "sent too large a response for",
    "a proxy responded instead of the server, or the address is wrong.",
    `check ${addresses}, and the proxy variables of the runner.`
  ]
};
function untrusted(code) {
  if (/CERT_(HAS_EXPIRED|NOT_YET_VALID)/.test(code)) {
    return [
      notReached,
      "the clock of the runner is wrong, or the certificate of the server or of a proxy is expired or not valid yet.",
      "check the date and time of the runner, then the certificate."
    ];
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return [
      notReached,
      "the certificate belongs to another host: the address is wrong, or a proxy responds instead of the server.",
      "check the address, and the proxy variables of the runner (https_proxy, no_proxy)."
    ];
  }
  return [
    notReached,
    "a proxy intercepts TLS connections and uses its own certificate authority.",
    "set NODE_EXTRA_CA_CERTS on the runner to the path of a PEM file with the certificate of that authority."
  ];
}

// src/http/retry.ts
var firstBackoffMs = 500;
var leastAskedMs = 250;
var unreachableAttempts = 6;
function decideRetry(kind, outcome, attempt, limits, random) {
  const reason = "failure" in outcome ? outcome.failure : `status ${outcome.status}`;
  if (!mayRepeat(kind, outcome, attempt)) return { retry: false, reason, isCutShort: false };
  const askedMs = "failure" in outcome ? void 0 : outcome.askedMs;
  if (askedMs !== void 0 && askedMs > limits.retryAfterMs) {
    const asked = `${reason}, and the server asks to wait ${Math.ceil(askedMs / 1e3)} s`;
    return { retry: false, reason: asked, isCutShort: true };
  }
  const backoffMs = Math.min(firstBackoffMs * 2 ** attempt, limits.backoffMs) * random;
  const waitMs = askedMs === void 0 ? backoffMs : Math.max(leastAskedMs, askedMs) + backoffMs;
  if (waitMs + leastAttemptMs > limits.remainingMs) {
    return { retry: false, reason: `${reason}, and no time is left`, isCutShort: true };
  }
  return { retry: true, waitMs, reason };
}
var leastAttemptMs = 200;
var finalFailures = /* @__PURE__ */ new Set(["untrusted", "proxy-refused", "unexpected", "too-large"]);
function mayRepeat(kind, outcome, attempt) {
  if ("failure" in outcome) {
    if (outcome.failure === "unreachable") return attempt + 1 < unreachableAttempts;
    return !finalFailures.has(outcome.failure) && kind !== "create";
  }
  if (kind === "create") return isRefusedUnread(outcome.status, outcome.askedMs !== void 0);
  if (outcome.status === 429 || outcome.askedMs !== void 0) return true;
  return outcome.status === 408 || outcome.status >= 500;
}
function isRefusedUnread(status, asksToWait) {
  return status === 429 || asksToWait && status !== 408 && status < 500;
}
var httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;
function retryAfterMs(headers, now2) {
  const value = headers["retry-after"]?.trim();
  if (!value) return void 0;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1e3;
  const until = httpDate.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(until) ? void 0 : Math.max(0, until - now2);
}
var earliest = Date.parse("2020-01-01T00:00:00Z");
var latest = Date.parse("2100-01-01T00:00:00Z");
function sentAt(headers) {
  const date2 = Date.parse(headers["date"] ?? "");
  return date2 >= earliest && date2 < latest ? date2 : void 0;
}

// src/http/send.ts
var monotonicClock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) => (0,promises_namespaceObject.setTimeout)(ms, void 0, { signal }).catch(() => void 0)
};
function createInterruption(requested, abandon) {
  let sections = 0;
  const underWay = /* @__PURE__ */ new Set();
  const write = async (work) => {
    const result = work();
    underWay.add(result);
    return result.finally(() => underWay.delete(result));
  };
  const cleanUp = async (section) => {
    sections += 1;
    try {
      return await write(section);
    } finally {
      sections -= 1;
    }
  };
  return {
    get stop() {
      return sections > 0 ? abandon : requested;
    },
    abandon,
    requested,
    cleanUp,
    write,
    async critical(section) {
      if (requested.aborted) throw new Cancelled("before the next part started");
      return cleanUp(section);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    }
  };
}
function createSend(context) {
  const { clock, interruption, onWait, onResponse } = context;
  return async (request, decode2) => {
    const started = clock.now();
    const ended = (how, retries) => {
      const seconds = ((clock.now() - started) / 1e3).toFixed(1);
      onWait(`${describeRequest(request)}: ${how} after ${retries} retries in ${seconds} s`);
    };
    for (let attempt = 0; ; attempt += 1) {
      if (interruption.stop.aborted) throw new Cancelled(`before ${describeRequest(request)}`);
      const result = await exchange(context, request, decode2);
      if ("value" in result) {
        if (attempt > 1) ended("succeeded", attempt);
        return result.value;
      }
      const limits = { ...context.limits, remainingMs: remaining(context, request) };
      const decision = decideRetry(request.kind, result.outcome, attempt, limits, context.random());
      if (!decision.retry) {
        if (attempt > 1 || decision.isCutShort) ended(`${decision.reason}; gave up`, attempt);
        return result.conclude(decision.reason);
      }
      const seconds = (decision.waitMs / 1e3).toFixed(1);
      (attempt === 0 ? onWait : onResponse)(
        `${describeRequest(request)}: ${decision.reason}; retrying in ${seconds} s`
      );
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
    const body = request.makeBody === void 0 ? {} : { body: request.makeBody() };
    const isUnrepeatable = request.kind === "create";
    const send = () => context.transport({ ...request, ...body, isUnrepeatable }, { ...limits, requestMs }, signal);
    const response = await (request.kind === "read" ? send() : interruption.write(send));
    context.onResponse(`${describeRequest(request)}: ${response.status} in ${clock.now() - started} ms`);
    const askedMs = (request.askedMs ?? askedByHeader)(response, sentAt(response.headers) ?? clock.now());
    if (askedMs === void 0 && response.status !== 408 && response.status !== 429 && response.status < 500) {
      return { value: decode2(response) };
    }
    const outcome = askedMs === void 0 ? { status: response.status } : { status: response.status, askedMs };
    return { outcome, conclude: () => decode2(response) };
  } catch (error2) {
    if (!(error2 instanceof NetworkError)) throw error2;
    if (interruption.stop.aborted) throw new Cancelled(`during ${describeRequest(request)}`, { cause: error2 });
    return {
      outcome: { failure: error2.failure },
      conclude: (reason) => {
        throw new NetworkError(error2.failure, `${describeRequest(request)}: ${error2.message} (${reason})`, {
          cause: error2
        });
      }
    };
  }
}
function remaining({ deadline, clock }, { until = deadline }) {
  return Math.min(deadline, until) - clock.now();
}
function askedByHeader(response, now2) {
  return response.status === 408 || response.status === 429 || response.status >= 500 ? retryAfterMs(response.headers, now2) : void 0;
}
var ids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
function describeRequest(request) {
  const { host, pathname } = new URL(request.url);
  return `${request.method} ${host}${pathname.replace(ids, "{id}")}`;
}

// node_modules/zod/v4/core/util.js
var util_exports = {};
__export(util_exports, {
  BIGINT_FORMAT_RANGES: () => BIGINT_FORMAT_RANGES,
  CONSTANT_CATCH: () => CONSTANT_CATCH,
  Class: () => Class,
  NUMBER_FORMAT_RANGES: () => NUMBER_FORMAT_RANGES,
  aborted: () => aborted,
  allowsEval: () => allowsEval,
  assert: () => assert,
  assertEqual: () => assertEqual,
  assertIs: () => assertIs,
  assertNever: () => assertNever,
  assertNotEqual: () => assertNotEqual,
  assignProp: () => assignProp,
  attachSchema: () => attachSchema,
  base64ToUint8Array: () => base64ToUint8Array,
  base64urlToUint8Array: () => base64urlToUint8Array,
  cached: () => cached,
  captureStackTrace: () => captureStackTrace,
  cleanEnum: () => cleanEnum,
  cleanRegex: () => cleanRegex,
  clone: () => clone,
  cloneDef: () => cloneDef,
  codePointLength: () => codePointLength,
  constantCatch: () => constantCatch,
  createTransparentProxy: () => createTransparentProxy,
  defineLazy: () => defineLazy,
  defineLazyInternal: () => defineLazyInternal,
  derived: () => derived,
  esc: () => esc,
  escapeRegex: () => escapeRegex,
  explicitlyAborted: () => explicitlyAborted,
  extend: () => extend,
  finalizeIssue: () => finalizeIssue,
  floatSafeRemainder: () => floatSafeRemainder,
  getElementAtPath: () => getElementAtPath,
  getEnumValues: () => getEnumValues,
  getLengthableOrigin: () => getLengthableOrigin,
  getParsedType: () => getParsedType,
  getSizableOrigin: () => getSizableOrigin,
  hexToUint8Array: () => hexToUint8Array,
  hide: () => hide,
  installLazyProp: () => installLazyProp,
  isObject: () => isObject,
  isPlainObject: () => isPlainObject,
  issue: () => issue,
  joinValues: () => joinValues,
  jsonStringifyReplacer: () => jsonStringifyReplacer,
  members: () => members,
  merge: () => merge,
  mergeDefs: () => mergeDefs,
  normalizeParams: () => normalizeParams,
  nullish: () => nullish,
  numKeys: () => numKeys,
  objectClone: () => objectClone,
  omit: () => omit,
  optionalKeys: () => optionalKeys,
  own: () => own,
  parsedType: () => parsedType,
  partial: () => partial,
  pick: () => pick,
  prefixIssues: () => prefixIssues,
  primitiveTypes: () => primitiveTypes,
  promiseAllObject: () => promiseAllObject,
  propertyKeyTypes: () => propertyKeyTypes,
  randomString: () => randomString,
  rawShape: () => rawShape,
  required: () => required,
  safeExtend: () => safeExtend,
  shallowClone: () => shallowClone,
  sizeCaps: () => sizeCaps,
  slugify: () => slugify,
  stringifyPrimitive: () => stringifyPrimitive,
  toZod: () => toZod,
  uint8ArrayToBase64: () => uint8ArrayToBase64,
  uint8ArrayToBase64url: () => uint8ArrayToBase64url,
  uint8ArrayToHex: () => uint8ArrayToHex,
  unwrapMessage: () => unwrapMessage
});
function assertEqual(val) {
  return val;
}
function assertNotEqual(val) {
  return val;
}
function toZod() {
  return (schema) => schema;
}
function assertIs(_arg) {
}
function assertNever(_x) {
  throw new Error("Unexpected value in exhaustive check");
}
function assert(_) {
}
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
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
function floatSafeRemainder(val, step) {
  const ratio = val / step;
  const roundedRatio = Math.round(ratio);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
  if (Math.abs(ratio - roundedRatio) < tolerance)
    return 0;
  return ratio - roundedRatio;
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object2, key, getter) {
  let value = void 0;
  Object.defineProperty(object2, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object2, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
}
function objectClone(obj) {
  return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
  const raw = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap ? wrap(value, key) : value;
      });
    } else
      putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
  return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path) {
  if (!path)
    return obj;
  return path.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
  const keys = Object.keys(promisesObj);
  const promises = keys.map((key) => promisesObj[key]);
  return Promise.all(promises).then((results) => {
    const resolvedObj = {};
    for (let i = 0; i < keys.length; i++) {
      resolvedObj[keys[i]] = results[i];
    }
    return resolvedObj;
  });
}
function randomString(length = 10) {
  const chars = "abcdefghijklmnopqrstuvwxyz";
  let str = "";
  for (let i = 0; i < length; i++) {
    str += chars[Math.floor(Math.random() * chars.length)];
  }
  return str;
}
function esc(str) {
  return JSON.stringify(str);
}
function slugify(input) {
  return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
var allowsEval = /* @__PURE__ */ cached(() => {
  if (globalConfig.jitless) {
    return false;
  }
  if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
    return false;
  }
  try {
    const F = Function;
    new F("");
    return true;
  } catch (_) {
    return false;
  }
});
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
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
function numKeys(data) {
  let keyCount = 0;
  for (const key in data) {
    if (Object.prototype.hasOwnProperty.call(data, key)) {
      keyCount++;
    }
  }
  return keyCount;
}
var getParsedType = (data) => {
  const t = typeof data;
  switch (t) {
    case "undefined":
      return "undefined";
    case "string":
      return "string";
    case "number":
      return Number.isNaN(data) ? "nan" : "number";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    case "bigint":
      return "bigint";
    case "symbol":
      return "symbol";
    case "object":
      if (Array.isArray(data)) {
        return "array";
      }
      if (data === null) {
        return "null";
      }
      if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
        return "promise";
      }
      if (typeof Map !== "undefined" && data instanceof Map) {
        return "map";
      }
      if (typeof Set !== "undefined" && data instanceof Set) {
        return "set";
      }
      if (typeof Date !== "undefined" && data instanceof Date) {
        return "date";
      }
      if (typeof File !== "undefined" && data instanceof File) {
        return "file";
      }
      return "object";
    default:
      throw new Error(`Unknown data type: ${t}`);
  }
};
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
var primitiveTypes = /* @__PURE__ */ new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "symbol",
  "undefined"
]);
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
function createTransparentProxy(getter) {
  let target;
  return new Proxy({}, {
    get(_, prop, receiver) {
      target ?? (target = getter());
      return Reflect.get(target, prop, receiver);
    },
    set(_, prop, value, receiver) {
      target ?? (target = getter());
      return Reflect.set(target, prop, value, receiver);
    },
    has(_, prop) {
      target ?? (target = getter());
      return Reflect.has(target, prop);
    },
    deleteProperty(_, prop) {
      target ?? (target = getter());
      return Reflect.deleteProperty(target, prop);
    },
    ownKeys(_) {
      target ?? (target = getter());
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(_, prop) {
      target ?? (target = getter());
      return Reflect.getOwnPropertyDescriptor(target, prop);
    },
    defineProperty(_, prop, descriptor) {
      target ?? (target = getter());
      return Reflect.defineProperty(target, prop, descriptor);
    }
  });
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
var BIGINT_FORMAT_RANGES = {
  int64: [/* @__PURE__ */ BigInt("-9223372036854775808"), /* @__PURE__ */ BigInt("9223372036854775807")],
  uint64: [/* @__PURE__ */ BigInt(0), /* @__PURE__ */ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".pick() cannot be used on object schemas containing refinements");
  }
  const newShape = {};
  mirrorShape(newShape, schema, maskedKeys(schema, mask));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
  const raw = sourceShape(schema);
  const keys = [];
  for (const key of Reflect.ownKeys(mask)) {
    if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
      throw new Error(`Unrecognized key: "${String(key)}"`);
    }
    if (mask[key])
      keys.push(key);
  }
  return keys;
}
function omit(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".omit() cannot be used on object schemas containing refinements");
  }
  const omitted = new Set(maskedKeys(schema, mask));
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function safeExtend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to safeExtend: expected a plain object");
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
  if (!b?._zod?.def) {
    throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
  }
  if (a._zod.def.checks?.length) {
    throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
  }
  const newShape = {};
  mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
  mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
  const def = mergeDefs(a._zod.def, {
    shape: newShape,
    get catchall() {
      return b._zod.def.catchall;
    },
    checks: b._zod.def.checks ?? []
  });
  return clone(a, def);
}
function partial(Class2, schema, mask, name = "partial") {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
  }
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class2 && ((value, key) => selected && !selected.has(key) ? value : new Class2({ type: "optional", innerType: value })));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class2, schema, mask) {
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => (
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class2({ type: "nonoptional", innerType: value })
  ));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
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
function getSizableOrigin(input) {
  if (input instanceof Set)
    return "set";
  if (input instanceof Map)
    return "map";
  if (input instanceof File)
    return "file";
  return "unknown";
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
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function issue(...args) {
  const [iss, input, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input,
      inst
    };
  }
  return { ...iss };
}
function cleanEnum(obj) {
  return Object.entries(obj).filter(([k, _]) => {
    return Number.isNaN(Number.parseInt(k, 10));
  }).map((el) => el[1]);
}
function base64ToUint8Array(base64) {
  const binaryString = atob(base64);
  const bytes = new Uint8Array(binaryString.length);
  for (let i = 0; i < binaryString.length; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes;
}
function uint8ArrayToBase64(bytes) {
  let binaryString = "";
  for (let i = 0; i < bytes.length; i++) {
    binaryString += String.fromCharCode(bytes[i]);
  }
  return btoa(binaryString);
}
function base64urlToUint8Array(base64url) {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  const padding = "=".repeat((4 - base64.length % 4) % 4);
  return base64ToUint8Array(base64 + padding);
}
function uint8ArrayToBase64url(bytes) {
  return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex) {
  const cleanHex = hex.replace(/^0x/, "");
  if (cleanHex.length % 2 !== 0) {
    throw new Error("Invalid hex string length");
  }
  const bytes = new Uint8Array(cleanHex.length / 2);
  for (let i = 0; i < cleanHex.length; i += 2) {
    bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
  }
  return bytes;
}
function uint8ArrayToHex(bytes) {
  return Array.from(bytes).map((b) => b.toString(16).padStart(2, "0")).join("");
}
var Class = class {
  constructor(..._args) {
  }
};
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
// @__NO_SIDE_EFFECTS__
function derived(computes, table) {
  for (const key in computes) {
    const compute = computes[key];
    Object.defineProperty(table, key, {
      configurable: true,
      enumerable: true,
      get() {
        return own(this, key, compute(this));
      },
      set(value) {
        own(this, key, value);
      }
    });
  }
  return table;
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
var CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
  const fn = () => value;
  fn[CONSTANT_CATCH] = true;
  return fn;
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
  let error2;
  return {
    success: false,
    get error() {
      if (!error2) {
        error2 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error2;
    },
    set error(e) {
      error2 = e;
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

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a2;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a2 = inst._zod).onattach ?? (_a2.onattach = []);
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a2, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a2 = inst._zod).check ?? (_a2.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
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
function handleCatchResult(payload, result, def, ctx) {
  if (!result.issues.length) {
    payload.value = result.value;
    if (result.memo)
      payload.memo = true;
    return payload;
  }
  payload.value = def.catchValue({
    ...result,
    value: payload.value,
    error: {
      issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config()))
    },
    input: payload.value
  });
  return payload;
}
var $ZodCatch = /* @__PURE__ */ $constructor("$ZodCatch", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleCatchResult(payload, result2, def, ctx));
    }
    return handleCatchResult(payload, result, def, ctx);
  };
});

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _number(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class2) {
  return new Class2({
    type: "unknown"
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
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
var ZodMiniCatch = /* @__PURE__ */ $constructor("ZodMiniCatch", (inst, def) => {
  $ZodCatch.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function _catch(innerType, catchValue) {
  return new ZodMiniCatch({
    type: "catch",
    innerType,
    catchValue: typeof catchValue === "function" ? catchValue : util_exports.constantCatch(catchValue)
  });
}

// src/pingone/errors.ts
var textSchema = _catch(optional(string2()), void 0);
var detailSchema = object({ code: textSchema, target: textSchema, message: textSchema });
var bodySchema = object({
  id: textSchema,
  code: textSchema,
  message: textSchema,
  details: _catch(optional(array(_catch(detailSchema, {}))), void 0)
});
var OAuthError = class extends Error {
  name = "OAuthError";
  status;
  error;
  description;
  /** False for a redirect, and for a body that has neither the format of OAuth nor that of PingOne. */
  isFromTokenEndpoint;
  constructor(response) {
    const body = oauthBody(response.body);
    super(inline([`${response.status}`, body.error, body.error_description].filter(Boolean).join(" "), 500));
    this.status = response.status;
    this.error = body.error ?? "";
    this.description = body.error_description ?? "";
    this.isFromTokenEndpoint = response.status >= 400 && Boolean(body.error ?? body.code);
  }
  /**
   * The client authenticated by another method than the one that it is configured with.
   * Source: the description that PingOne's token endpoint returns; tests of the SDK and the Ping CLI rely on it too.
   */
  get isUnsupportedMethod() {
    return this.description.toLowerCase().includes("unsupported authentication method");
  }
};
var oauthSchema = object({ error: textSchema, error_description: textSchema, code: textSchema });
function oauthBody(text) {
  return oauthSchema.safeParse(jsonOrNothing(text)).data ?? {};
}
function jsonOrNothing(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
var grantAdminRoles = "in PingOne, grant the admin application *Environment Admin* on the environment in `environment`, or *Client Application Developer* and a role that can grant the roles in `roles` (for the default: *Identity Data Admin*).";

// src/pingone/token.ts
var secretAuthMethods = ["CLIENT_SECRET_POST", "CLIENT_SECRET_BASIC"];
var tokenSchema = object({
  access_token: string2().check(_regex(/^[\x21-\x7e]+$/)),
  token_type: optional(string2()),
  expires_in: optional(number2())
});
function tokenEndpoint(authUrl, environmentId) {
  return `${authUrl}/${environmentId}/as/token`;
}
async function requestGrant(send, endpoint, authentication, { trace = {}, until } = {}) {
  const headers = {
    ...trace,
    accept: "application/json",
    "content-type": "application/x-www-form-urlencoded",
    ...authorization(authentication)
  };
  const makeBody = () => tokenForm(authentication).toString();
  return send({ kind: "read", method: "POST", url: endpoint, headers, makeBody, until }, (response) => {
    if (response.status < 200 || response.status > 299) throw new OAuthError(response);
    const { access_token, token_type, expires_in = 0 } = decodeJson(response, tokenSchema, [200]);
    const expiresAt = expires_in > 0 ? now(response) + expires_in * 1e3 : void 0;
    return { accessToken: access_token, tokenType: token_type ?? "Bearer", expiresAt };
  });
}
function now({ headers }) {
  const date2 = Date.parse(headers["date"] ?? "");
  return Number.isNaN(date2) ? Date.now() : date2;
}
function authorization(authentication) {
  if (!("method" in authentication) || authentication.method !== "CLIENT_SECRET_BASIC") return {};
  return { authorization: `Basic ${basicCredentials(authentication)}` };
}
function tokenForm(authentication) {
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (!("method" in authentication)) {
    form.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.set("client_assertion", authentication.assertion());
  } else if (authentication.method === "CLIENT_SECRET_POST") {
    form.set("client_id", authentication.clientId);
    form.set("client_secret", authentication.clientSecret);
  }
  return form;
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
var adminRole = {
  cause: "the credentials are correct, but the admin application holds no role. PingOne does not issue a token to a worker without roles.",
  fix: `${grantAdminRoles} See Applications > Applications > the admin application > Roles.`
};
var storedCredentials = {
  name: "the credentials",
  addresses: "`region`, `auth-url` and `token-endpoint`",
  otherMethod: {
    cause: "the application is configured with another token endpoint authentication method.",
    fix: "set `token-endpoint-auth-method` to the method on the Configuration tab of the application in PingOne."
  },
  noRole: {
    cause: "the credentials are correct, but the application holds no role. PingOne does not issue a token to a worker without roles.",
    fix: "in PingOne, grant the application a role (Roles tab), or set `roles` in the step that creates it."
  },
  refused: (host) => ({
    cause: `\`client-secret\` is wrong or was rotated, or ${host} belongs to another region. Other causes: \`environment-id\` is not the environment of the application, or the application is disabled or deleted.`,
    fix: "check `region` first. Then check in PingOne that the application is enabled and has the grant type Client Credentials, and store its current credentials again."
  })
};
function explainSignIn(error2, kind, source, endpoint) {
  const { host } = new URL(endpoint);
  const failure2 = isFromElsewhere(error2) ? new NetworkError("garbled", `${host} returned ${error2.message}`) : error2;
  if (failure2 instanceof NetworkError) {
    const service = { name: "PingOne", addresses: kind.addresses };
    return new ActionError(explainNetwork(failure2, service, `a token for ${kind.name}`), { cause: error2 });
  }
  if (!(error2 instanceof OAuthError)) return error2;
  const outcome = isAuthenticated(error2) ? "issued no token for" : "refused";
  const what = `PingOne (${host}) ${outcome} ${kind.name} from ${source}: ${error2.message}.`;
  return new ActionError({ what, ...adviceFor(error2, kind, host) }, { cause: error2 });
}
function isFromElsewhere(error2) {
  return error2 instanceof OAuthError && !error2.isFromTokenEndpoint && error2.status < 500 && error2.status !== 429;
}
function isAuthenticated(error2) {
  return error2.error === "access_denied";
}
function adviceFor(error2, { otherMethod, noRole, refused }, host) {
  if (error2.isUnsupportedMethod) return otherMethod;
  if (isAuthenticated(error2)) return noRole;
  if (error2.status >= 500 || error2.status === 429) {
    return { cause: "PingOne is unavailable, or its rate limit is reached.", fix: "run the workflow again later." };
  }
  return refused(host);
}

// src/pingone/addresses.ts
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

// src/inputs/reader.ts
function mustBe(input, value, form, { meant, cause } = {}) {
  return {
    what: `\`${input}\` must be ${form}; got ${value === "" ? "nothing" : asCode(value)}`,
    cause: cause ?? causeOf(value),
    ...meant === void 0 ? {} : { fix: `did you mean ${asCode(meant)}?` }
  };
}
function asCode(value) {
  return value.includes("`") ? `"${inline(value, 60)}"` : `\`${inline(value, 60)}\``;
}
function oneOf(values) {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
}
function causeOf(value) {
  if (/^(null|undefined|~|\[object Object\]|NaN)$/.test(value)) {
    return "an expression or a tool, e.g. `jq`, wrote this for a missing value";
  }
  if (/^(true|false|-?\d+(\.\d+)?)$/.test(value)) {
    return "a typo, or YAML changed the value: without quotes, it reads `1.10` as a number and `true` as a boolean";
  }
  return "a typo, or a value of another input";
}
function containsBlanks(name) {
  return {
    what: `${name} contains a blank or a line break`,
    cause: "other text was copied with the value",
    fix: `copy the value again into the secret that ${name} is read from`
  };
}
function tokenProblem(name, token) {
  if (/\s/.test(token)) return containsBlanks(name);
  if (!/[^\x21-\x7e]/.test(token)) return void 0;
  return {
    what: `${name} contains a character that a token cannot have`,
    cause: "the value was truncated (\u2026) or changed when it was copied",
    fix: `copy the value again into the secret that ${name} is read from`
  };
}
function inputError(problems) {
  const distinct = problems.filter(({ what }, index) => problems.findIndex((other) => other.what === what) === index);
  const [only, ...others] = distinct;
  const causes = [...new Set(distinct.map(({ cause }) => cause))].join("; ");
  if (only && others.length === 0) {
    return new ActionError({
      what: asSentence(only.what),
      cause: asSentence(causes, ""),
      fix: asSentence(only.fix ?? "correct the value, and run the workflow again", "")
    });
  }
  const bullets = distinct.map(
    ({ what, fix }) => `
- ${asSentence(what)}${fix === void 0 ? "" : ` ${asSentence(fix)}`}`
  );
  return new ActionError({
    what: `${distinct.length} inputs are not valid:${bullets.join("")}`,
    cause: asSentence(causes, ""),
    fix: "correct each input in this list, and run the workflow again."
  });
}
function asSentence(clause, start = "capital") {
  const text = start === "" ? clause : clause.charAt(0).toUpperCase() + clause.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
var trim = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
var InputReader = class {
  problems = [];
  #env;
  constructor(env) {
    this.#env = env;
  }
  /** An input as text; empty if not set. */
  text = (input) => trim(this.#env[`INPUT_${input.replaceAll(" ", "_").toUpperCase()}`] ?? "");
  /** An environment variable; empty if not set. */
  variable = (name) => trim(this.#env[name] ?? "");
  /** A required input; `meaning` describes its value. */
  required(input, meaning) {
    if (this.text(input) === "") {
      this.problems.push({
        what: `\`${input}\` is missing`,
        cause: "the step does not set it in `with:`, or its expression is empty",
        fix: `set \`${input}\` to ${meaning}`
      });
    }
    return this.oneLine(input);
  }
  /** An input without line breaks and other control characters. */
  oneLine(input) {
    const text = this.text(input);
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      this.problems.push(mustBe(input, text, "one line without control characters"));
    }
    return text;
  }
  /** A UUID in lower case; undefined if not set. */
  uuid(input) {
    const text = this.text(input);
    if (text === "") return void 0;
    if (!isUuid(text)) this.problems.push(mustBe(input, text, "a UUID, as PingOne shows it"));
    return text.toLowerCase();
  }
  /** A token to be sent in a header. */
  token(input) {
    const text = this.text(input);
    const problem = tokenProblem(`\`${input}\``, text);
    if (problem) this.problems.push(problem);
    return text;
  }
  /** The entries of an input with one entry per line. A line with list marks, quotes or commas is a problem. */
  lines(input) {
    const lines = this.text(input).split("\n").map(trim).filter(Boolean);
    return lines.filter((line) => {
      const entry = plainEntry(line);
      if (entry !== line) this.problems.push(oneEach(input, line, /[",]/.test(entry) ? void 0 : entry));
      return entry === line;
    });
  }
  /** One of these values; undefined if not set. */
  choice(input, values) {
    const text = this.text(input);
    if (text === "") return void 0;
    const value = values.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
    if (value === void 0) this.problems.push(mustBe(input, text, oneOf(values), { meant: nearest(text, values) }));
    return value;
  }
  /** `true` or `false`. */
  boolean(input, otherwise) {
    const value = this.choice(input, ["true", "false"]);
    return value === void 0 ? otherwise : value === "true";
  }
  /** `true`, `false` or one other word. */
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
    this.problems.push(
      mustBe(input, text, "a whole number of seconds from 1 to 99999, without a unit", {
        meant: durationAsSeconds(text)
      })
    );
    return otherwise;
  }
  /** An https URL, or an http URL of a loopback host, without a trailing slash; undefined if not set. */
  url(input) {
    const text = this.text(input);
    return text === "" ? void 0 : this.checkedUrl(input, text);
  }
  /** The same for text from another source; `name` is its name in messages. */
  checkedUrl(name, text) {
    const url = URL.canParse(text) ? new URL(text) : void 0;
    const isBase = url?.search === "" && url.hash === "" && url.username === "" && url.password === "";
    if (!isSafeUrl(text) || !isBase) {
      const shown2 = url?.host ? `${url.protocol}//${url.host}\u2026` : text;
      this.problems.push(mustBe(name, shown2, "an `https://` address without query, fragment or credentials"));
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
function plainEntry(line) {
  const entry = line.replace(/^[-*\u2022][ \t]+/, "").replace(/^\[(.*)\]$/, "$1").replace(/^(["'`])(.+)\1$/, "$2");
  return trim(entry);
}
function oneEach(input, line, meant) {
  const form = "one entry per line, without list marks, quotes or commas";
  return mustBe(input, line, form, { meant, cause: "the list is in YAML or JSON form" });
}
function durationAsSeconds(text) {
  const match = /^(?<count>\d{1,4}) ?(?<unit>[smh])[a-z]*$/i.exec(text);
  const unit = { s: 1, m: 60, h: 3600 }[(match?.groups?.["unit"] ?? "s").toLowerCase()] ?? 1;
  const seconds = Number(match?.groups?.["count"]) * unit;
  return seconds >= 1 && seconds <= 99999 ? String(seconds) : void 0;
}

// src/inputs/endpoints.ts
var regionVariables = [
  "PINGONE_REGION_CODE",
  "PINGONE_TOP_LEVEL_DOMAIN",
  "PINGONE_ROOT_DOMAIN",
  "PINGCLI_PINGONE_ROOT_DOMAIN",
  "PINGCLI_PINGONE_REGION_CODE"
];
function readRegion(reader, { apiUrl, authUrl }) {
  const region = regionSetting("region", reader.text("region"));
  const hosts = [hostSetting("api-url", "api", apiUrl), hostSetting("auth-url", "auth", authUrl)].filter(isKnown);
  const inputs = [...region.value === "" ? [] : [region], ...hosts];
  const isDecided = inputs.length > 0 || apiUrl !== void 0 && authUrl !== void 0;
  const variables = regionVariables.map((name) => regionSetting(name, reader.variable(name))).filter(({ value }) => value !== "");
  return agreed(reader, isDecided ? inputs : variables);
}
function agreed(reader, given) {
  for (const { name, value } of given.filter((each) => !isKnown(each))) {
    const form = `one of ${regionCodes.join(", ")}, or a domain such as \`eu\` (or set \`auth-url\`, and \`api-url\` if the action has it)`;
    reader.problems.push(mustBe(name, value, form, { meant: nearest(value, regionWords) }));
  }
  const known = given.filter(isKnown);
  const suffixes = new Set(known.map(({ suffix }) => suffix));
  if (suffixes.size > 1) {
    reader.problems.push({
      what: `the PingOne region is ambiguous: ${sentenceList(known.map(({ name, value }) => `\`${name}\` is \`${inline(value, 60)}\``))}`,
      cause: "one of the values remained from another environment",
      fix: "set `region` to the region of the PingOne environment, and remove or correct the others"
    });
  }
  return known[0]?.suffix ?? "com";
}
var isKnown = ({ suffix }) => suffix !== void 0;
function regionSetting(name, value) {
  return { name, value, suffix: regionSuffix(value.replace(/^\.|^(?:\.?pingone\.)/i, "")) };
}
function hostSetting(name, service, url) {
  const { host } = new URL(url ?? "https://none.invalid");
  const suffix = regionCodes.map((code) => regionSuffix(code) ?? "").find((candidate) => new URL(regionUrls(candidate)[`${service}Url`]).host === host);
  return { name, value: host, suffix };
}
function readAuthUrl(reader) {
  const url = reader.url("auth-url");
  const end = url === void 0 ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== void 0 && end >= 0) {
    reader.problems.push({
      what: "`auth-url` must be the base of the token endpoint only",
      cause: "the complete token endpoint was copied. The action adds the environment ID and `/as/token`",
      fix: `set \`auth-url\` to \`${inline(url.slice(0, end))}\``
    });
  }
  return url;
}

// src/inputs/run.ts

function runIdentity(variable) {
  const repository = variable("GITHUB_REPOSITORY");
  const repositoryId = variable("GITHUB_REPOSITORY_ID");
  const server = variable("GITHUB_SERVER_URL") || "https://github.com";
  return {
    owner: repositoryId === "" ? void 0 : { server, repositoryId, repository },
    server,
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
function outputFileProblems(file, whenMissing, appendProblem2) {
  if (file === "") return whenMissing === void 0 ? [] : [whenMissing];
  const problem = appendProblem2(file);
  if (problem === void 0) return [];
  return [
    {
      what: `the file for outputs (GITHUB_OUTPUT) cannot be written: ${problem}`,
      cause: "the disk of the runner is full or read-only, or another step removed the file or changed its owner",
      fix: "correct the file or the disk on the runner, and run the workflow again. Nothing was changed in PingOne"
    }
  ];
}
function appendProblem(path) {
  try {
    (0,external_node_fs_namespaceObject.closeSync)((0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0)));
    return void 0;
  } catch (error2) {
    return systemCode(error2);
  }
}

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
  process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function issue2(name, message = "") {
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
  if (!external_fs_namespaceObject.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
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
  return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js


// node_modules/@actions/http-client/lib/proxy.js
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
  process.stdout.write(external_os_namespaceObject.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
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
  process.stdout.write(message + external_os_namespaceObject.EOL);
}
function startGroup(name) {
  issue2("group", name);
}
function endGroup() {
  issue2("endgroup");
}
function saveState(name, value) {
  const filePath = process.env["GITHUB_STATE"] || "";
  if (filePath) {
    return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
  }
  issueCommand("save-state", { name }, toCommandValue(value));
}

// src/github/runner.ts

var toolkit = {
  debug,
  endGroup,
  info,
  notice,
  saveState,
  // The toolkit's `setFailed` has no parameter for the title.
  setFailed(message, properties) {
    process.exitCode = 1;
    error(message, properties);
  },
  setOutput,
  setSecret,
  startGroup,
  warning,
  // The toolkit's own summary makes Node load `fs.promises` at every start (docs/performance.md).
  appendFile: (path, text) => (0,external_node_fs_namespaceObject.appendFileSync)(path, text)
};
function createRedactor() {
  const forms = /* @__PURE__ */ new Set();
  const redact = (text) => replaceSpans(text, spansOf(text, forms));
  return {
    add(value) {
      for (const form of formsOf(value)) forms.add(form);
    },
    redact,
    redactAll: (value) => mapTexts(value, redact)
  };
}
var leastLength = 4;
function formsOf(value) {
  const lines = value.split(/\r\n|\r|\n/).filter((line) => line.trim().length >= 16);
  return [value, JSON.stringify(value).slice(1, -1), ...lines].filter((form) => form.length >= leastLength);
}
function spansOf(text, forms) {
  const found = [];
  const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  for (const form of forms) {
    const [where, what] = isUuid(form) ? [lower, form.toLowerCase()] : [text, form];
    for (let start = where.indexOf(what); start >= 0; start = where.indexOf(what, start + 1)) {
      found.push([start, start + what.length]);
    }
  }
  const merged = [];
  for (const span of found.sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && span[0] < last[1]) merged.splice(-1, 1, [last[0], Math.max(last[1], span[1])]);
    else merged.push(span);
  }
  return merged;
}
function replaceSpans(text, spans) {
  let end = 0;
  const parts = spans.map((span) => {
    const before = text.slice(end, span[0]);
    end = span[1];
    return `${before}***`;
  });
  return parts.join("") + text.slice(end);
}
function mapTexts(value, map) {
  if (typeof value === "string") return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}
function createRunner(core, summaryFile) {
  const { add, redact, redactAll } = createRedactor();
  const safe = (message) => shown(message, redact);
  const sections = createSections(core);
  let title = "PingOne Worker App";
  const annotate = (level) => (message) => {
    sections.beforeLine();
    core[level](safe(message), { title });
  };
  const notice2 = once(annotate("notice"));
  return {
    mask: createMask(core, add),
    info: (text) => {
      sections.beforeLine();
      core.info(logLines(safe(text)));
    },
    section: sections.start,
    setTitle: (text) => {
      title = safe(text);
    },
    notice: notice2,
    warning: once(annotate("warning")),
    debug: (text) => core.debug(safe(text)),
    fail: (message) => {
      sections.start(void 0);
      annotate("setFailed")(message);
    },
    output: createOutput(core),
    saveState: core.saveState,
    redactAll,
    summarize(facts, render) {
      try {
        if (summaryFile) core.appendFile(summaryFile, `${safe(render(redactAll(facts)))}
`);
      } catch (error2) {
        notice2(summaryNotWritten(error2));
      }
    }
  };
}
function once(tell) {
  const told = /* @__PURE__ */ new Set();
  return (text) => {
    if (told.has(text)) return;
    tell(text);
    told.add(text);
  };
}
function createMask(core, add) {
  return once((value) => {
    if (value.trim() === "") return;
    add(value);
    core.setSecret(value);
  });
}
function createSections(core) {
  let pending;
  let isOpen = false;
  return {
    start(title) {
      if (isOpen) core.endGroup();
      isOpen = false;
      pending = title;
    },
    beforeLine() {
      if (pending === void 0) return;
      core.startGroup(pending);
      isOpen = true;
      pending = void 0;
    }
  };
}
function createOutput(core) {
  return (name, value) => {
    try {
      core.setOutput(name, value);
    } catch (cause) {
      const what = `The outputs of this step could not be written: ${systemCode(cause)}.`;
      const why = "the disk of the runner is full, or another process changed the file in GITHUB_OUTPUT.";
      const fix = "correct that, and run the workflow again to set the outputs.";
      throw new ActionError({ what, cause: why, fix }, { cause });
    }
  };
}
function summaryNotWritten(error2) {
  return `The job summary could not be written: ${systemCode(error2)}.
Likely cause: the disk of the runner is full, or another step of the job changed the file in GITHUB_STEP_SUMMARY.
What to do: nothing. The log and the outputs of this step contain the result.`;
}
function logLines(text) {
  return text.split(/\r\n|\r|\n/).map((line) => line.replace(/^([\s\u0085]*):(?=:)/, "$1: ").replaceAll("##[", "## [")).join("\n");
}

// src/pingone/client.ts
var idSchema = string2().check(_regex(/^[\x21-\x7e]+$/));
var linkSchema = object({ href: string2() });
var pageSchema = object({
  _links: optional(object({ next: optional(linkSchema) })),
  _embedded: optional(record(string2(), unknown())),
  count: optional(number2())
});

// src/run/context.ts
function limitsFor(timeoutSeconds2) {
  const totalMs = timeoutSeconds2 * 1e3;
  return {
    totalMs,
    requestMs: Math.min(15e3, totalMs / 10),
    bodyBytes: 16 * 1024 * 1024,
    backoffMs: Math.min(8e3, totalMs / 20),
    retryAfterMs: Math.min(6e4, totalMs / 4),
    verifyMs: Math.min(9e4, totalMs * 0.3),
    lookMs: Math.min(15e3, totalMs / 10),
    intentMs: Math.min(3e3, totalMs / 20),
    youngEnvironmentMs: Math.min(12e4, totalMs * 0.4),
    rotationMs: Math.min(6e4, totalMs / 5),
    storeMs: Math.min(3e4, totalMs / 10)
  };
}
function traceHeaders({ owner, repository, runId, runAttempt }) {
  const header = (name, value) => value === "" ? {} : { [name]: value.replace(/[^A-Za-z0-9._\-/@=#+]/g, "_").slice(0, 100) };
  return {
    ...header("x-ping-external-transaction-id", [owner?.repositoryId, runId, runAttempt].filter(Boolean).join("/")),
    ...header("x-ping-external-session-id", repository)
  };
}
function runnerOf({ core, env }) {
  return createRunner(core, env["GITHUB_STEP_SUMMARY"]);
}

// src/get-token.ts
var timeoutSeconds = 60;
async function getToken(dependencies, runner) {
  runner.setTitle("PingOne access token");
  try {
    const settings = readTokenSettings({ ...dependencies, mask: runner.mask });
    const { accessToken, tokenType, expiresAt } = await requestStored(dependencies, runner, settings);
    const expiry = timeOf(expiresAt);
    runner.info(`PingOne issued an access token${expiry && `, valid until ${expiry}`}`);
    runner.output("access-token", accessToken);
    runner.output("expires-at", expiry);
    runner.output("token-type", tokenType);
  } catch (error2) {
    const failure2 = explained(error2);
    if (failure2.cause instanceof Error) runner.debug(`${failure2.cause.name}: ${failure2.cause.message}`);
    runner.fail(failure2.message);
    dependencies.abortPending();
  }
}
function timeOf(ms = NaN) {
  const date2 = new Date(ms);
  return Number.isNaN(date2.getTime()) ? "" : date2.toISOString();
}
async function requestStored({ transport, clock, random, interruption }, runner, { endpoint, credentials, method, source, run }) {
  const limits = limitsFor(timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const out = { onWait: runner.info, onResponse: runner.debug };
  const send = createSend({ transport, clock, random, interruption, limits, deadline, ...out });
  runner.info(`Getting an access token from ${new URL(endpoint).host} by ${method}`);
  try {
    const grant = await requestGrant(send, endpoint, { ...credentials, method }, { trace: traceHeaders(run) });
    runner.mask(grant.accessToken);
    return grant;
  } catch (error2) {
    throw explainSignIn(error2, storedCredentials, source, endpoint);
  }
}
function readTokenSettings({
  env,
  event,
  appendProblem: appendProblem2,
  mask
}) {
  const reader = new InputReader(env);
  const credentials = { clientId: reader.text("client-id"), clientSecret: reader.text("client-secret") };
  if (credentials.clientSecret !== "") secretForms(credentials).forEach(mask);
  const inputs = ["client-id", "client-secret", reader.text("token-endpoint") ? "token-endpoint" : "environment-id"];
  const quoted = (names) => sentenceList(names.map((name) => `\`${name}\``));
  const missing = inputs.filter((name) => reader.text(name) === "");
  if (missing.length > 0) reader.problems.push(empty(quoted(missing), whyNoSecrets(reader.variable, event)));
  for (const name of ["client-id", "client-secret"]) {
    if (/\s/.test(reader.text(name))) reader.problems.push(containsBlanks(`\`${name}\``));
  }
  const settings = {
    endpoint: readEndpoint(reader),
    credentials,
    method: reader.choice("token-endpoint-auth-method", secretAuthMethods) ?? "CLIENT_SECRET_POST",
    source: `the inputs ${quoted(inputs)}`,
    run: runIdentity(reader.variable)
  };
  const problems = [
    ...reader.problems,
    ...outputFileProblems(reader.variable("GITHUB_OUTPUT"), noTokenOutputFile, appendProblem2)
  ];
  if (problems.length > 0) throw inputError(problems);
  return settings;
}
function readEndpoint(reader) {
  const endpoint = reader.url("token-endpoint");
  if (reader.text("token-endpoint") === "") {
    return tokenEndpoint(readBase(reader), reader.uuid("environment-id") ?? "");
  }
  const others = ["environment-id", "region", "auth-url"].filter((name) => reader.text(name) !== "");
  if (others.length > 0) {
    reader.problems.push({
      what: `\`token-endpoint\` cannot be combined with ${sentenceList(others.map((name) => `\`${name}\``))}`,
      cause: "both determine the address of the token endpoint",
      fix: "set either `token-endpoint`, or `environment-id` and `region`"
    });
  }
  if (endpoint !== void 0 && !endpoint.endsWith("/as/token")) {
    reader.problems.push(mustBe("token-endpoint", endpoint, "the address of a token endpoint, ending in `/as/token`"));
  }
  return endpoint ?? "";
}
function readBase(reader) {
  const authUrl = readAuthUrl(reader);
  if (authUrl !== void 0 && reader.text("region") === "") return authUrl;
  const suffix = readRegion(reader, { apiUrl: void 0, authUrl });
  return authUrl ?? regionUrls(suffix).authUrl;
}
function empty(names, noSecrets) {
  return {
    what: `${names} must not be empty`,
    cause: noSecrets ?? "the secrets are not set, their names have a typo, or they belong to a GitHub environment that the job does not name",
    fix: "set these inputs to the stored credentials. If they are secrets of a GitHub environment, set `environment:` on the job. Secrets that an earlier job of the same run stored can only be read from a GitHub environment"
  };
}
var noTokenOutputFile = {
  what: "there is no file for the output `access-token` (GITHUB_OUTPUT is not set)",
  cause: "the step does not run on a GitHub runner, or on one older than 2.327.1",
  fix: "run the step on a current runner"
};

// src/process.ts


// src/http/transport.ts


// src/http/connections.ts



function proxyFor(url, env) {
  const address = env["https_proxy"] || env["HTTPS_PROXY"];
  if (url.protocol !== "https:" || !address || checkBypass(url) || isInWildcard(url, env)) return void 0;
  const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  if (proxy?.hostname && ["http:", "https:"].includes(proxy.protocol)) return proxy;
  throw new NetworkError("proxy-refused", "`https_proxy` is not the address of an HTTP proxy");
}
function proxyAuthorization({ username, password }) {
  if (username === "" && password === "") return void 0;
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString("base64")}`;
}
function isInWildcard({ hostname, port }, env) {
  const noProxy = env["no_proxy"] || env["NO_PROXY"] || "";
  const hosts = [hostname, `${hostname}:${port || "443"}`];
  const domains = noProxy.split(",").flatMap((entry) => {
    const domain = entry.trim().toLowerCase();
    return domain.startsWith("*.") ? [domain.slice(1)] : [];
  });
  return domains.some((domain) => hosts.some((host) => host.endsWith(domain)));
}
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
var TunnelAgent = class extends external_node_https_namespaceObject.Agent {
  #proxy;
  constructor(proxy, options) {
    super(options);
    this.#proxy = proxy;
  }
  createConnection(options, callback) {
    const proxy = this.#proxy;
    const request = connectRequest(proxy, options);
    request.once("connect", (response, socket, head) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        callback(proxyRefusal(proxy, response.statusCode ?? 0));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      callback(null, super.createConnection({ ...options, socket }) ?? void 0);
    });
    request.once("error", (error2) => {
      callback(new NetworkError("unreachable", `the proxy ${proxy.host}: ${error2.code ?? error2.message}`));
    });
    request.end();
  }
};
function connectRequest(proxy, { host, port, connectSignal }) {
  const name = host?.includes(":") ? `[${host}]` : host;
  const target = `${name}:${port}`;
  const authorization2 = proxyAuthorization(proxy);
  const options = { ...addressOf(proxy), protocol: proxy.protocol, method: "CONNECT", path: target, agent: false };
  return requestWith(connectSignal ? { ...options, signal: connectSignal } : options, {
    host: target,
    ...authorization2 === void 0 ? {} : { "proxy-authorization": authorization2 }
  });
}
function requestWith(options, headers) {
  for (const [name, value] of Object.entries(headers)) external_node_http_namespaceObject.validateHeaderValue(name, value);
  const request = (options.protocol === "https:" ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0).request(options);
  return request.setHeaders(new Map(Object.entries(headers)));
}
function proxyRefusal({ host }, status) {
  const isTemporary = status >= 500 || status === 408 || status === 429;
  return new NetworkError(isTemporary ? "unreachable" : "proxy-refused", `the proxy ${host} returned ${status}`);
}
var shortestIdleMs = 1e3;
var provenMs = 50;
var Connections = class {
  #url;
  #createAgent;
  #early = new EarlyConnections();
  #single;
  #kept;
  #keepsAlive = "unknown";
  #idleSince = /* @__PURE__ */ new Map();
  #firstIdleSince = /* @__PURE__ */ new WeakMap();
  /** @throws NetworkError if the proxy variables cannot be used */
  constructor(url, env) {
    this.#url = url;
    this.#createAgent = agentsFor(url, env);
    this.#single = this.#createAgent(false);
    this.#early.attachTo(this.#single);
    this.#kept = this.#createKept();
  }
  /** Whether the next request needs another connection only because all existing ones wait for a response. */
  get areBusy() {
    return isEmpty(this.#kept.freeSockets) && !isEmpty(this.#kept.sockets);
  }
  /**
   * Opens connections for requests that will follow.
   *
   * @param signal closes those that no request has used by then
   */
  openEarly(count, signal) {
    const agent = this.#createAgent(true);
    const { host, port } = addressOf(this.#url);
    const servername = (0,external_node_net_namespaceObject.isIP)(host) ? "" : host;
    const options = { host, port, servername, noDelay: true, connectSignal: signal };
    for (let opened = 0; opened < count; opened += 1) {
      this.#early.add((callback) => agent.createConnection(options, callback), signal);
    }
  }
  /** The agent for the next request, which is to be sent at once. */
  agent(isRepeatable) {
    if (this.#keepsAlive === "no") return this.#single;
    return isRepeatable || this.#keepsAlive === "yes" ? this.#kept : this.#single;
  }
  /** To be told which connection a request uses. */
  used(socket) {
    this.#idleSince.delete(socket);
  }
  /** To be told that a reused connection has brought a response. */
  worked(socket) {
    const since = this.#firstIdleSince.get(socket);
    const isProven = since !== void 0 && performance.now() - since >= provenMs;
    if (isProven && this.#keepsAlive === "unknown") this.#keepsAlive = "yes";
  }
  /** To be told that a reused connection broke: the others may be as old, so none of them is used again. */
  broke() {
    this.#kept = this.#createKept();
    if (this.#keepsAlive === "yes") this.#keepsAlive = "unknown";
  }
  #createKept() {
    const agent = this.#createAgent(true);
    this.#early.attachTo(agent);
    agent.on("free", (socket) => {
      this.#idleSince.set(socket, performance.now());
      if (this.#firstIdleSince.has(socket)) return;
      this.#firstIdleSince.set(socket, performance.now());
      socket.once("close", () => {
        const since = this.#idleSince.get(socket);
        this.#idleSince.delete(socket);
        if (since !== void 0 && performance.now() - since < shortestIdleMs) this.#keepsAlive = "no";
      });
    });
    return agent;
  }
};
function addressOf({ hostname, port, protocol }) {
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port || (protocol === "https:" ? "443" : "80") };
}
function isEmpty(sockets) {
  return Object.keys(sockets).length === 0;
}
function agentsFor(url, env) {
  const proxy = proxyFor(url, env);
  if (proxy) return (keepAlive) => new TunnelAgent(proxy, { keepAlive });
  const { Agent: Agent2 } = url.protocol === "https:" ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0;
  return (keepAlive) => new Agent2({ keepAlive });
}
var freshMs = 1e4;
var EarlyConnections = class {
  #waiting = [];
  /** Makes the agent use these before it opens others. */
  attachTo(agent) {
    const open2 = agent.createConnection.bind(agent);
    agent.createConnection = (options, given) => {
      const callback = given;
      const stream = this.#takeFresh();
      if (!stream) return open2(options, given);
      void stream.then(
        (early) => callback(null, early),
        // Why it failed is for the request to find out.
        () => passOn(open2(options, given), callback)
      );
      return void 0;
    };
  }
  /** The next one that is not too old. The others are closed: open, they would keep the process alive. */
  #takeFresh() {
    const { stream, openedAt = 0 } = this.#waiting.shift() ?? {};
    if (!stream || performance.now() - openedAt <= freshMs) return stream;
    stream.then((early) => early.destroy()).catch(() => void 0);
    return this.#takeFresh();
  }
  /** @param signal closes the connection if nothing uses it by then */
  add(open2, signal) {
    const { promise: stream, resolve, reject } = Promise.withResolvers();
    const entry = { stream, openedAt: performance.now() };
    const forget = () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
    stream.catch(forget);
    this.#waiting.push(entry);
    const onConnected = (error2, connection) => {
      if (!connection) {
        reject(error2 ?? new Error("no connection"));
        return;
      }
      connection.once("error", forget).once("close", forget);
      signal.addEventListener("abort", () => {
        if (this.#waiting.includes(entry)) connection.destroy();
      });
      resolve(connection);
    };
    passOn(open2(onConnected), onConnected);
  }
};
function passOn(connection, callback) {
  if (connection) callback(null, connection);
}

// src/http/transport.ts
function createTransport(userAgent2, env = {}) {
  const origins = /* @__PURE__ */ new Map();
  const reached = Promise.withResolvers();
  const connectionsTo = (url) => {
    const known = origins.get(url.origin);
    if (known) return known;
    const connections = new Connections(url, env);
    origins.set(url.origin, connections);
    return connections;
  };
  const send = async (request, limits, abandon) => {
    const url = new URL(request.url);
    const deadline = startDeadline(limits.requestMs);
    const signal = abandon ? AbortSignal.any([deadline.signal, abandon]) : deadline.signal;
    const named = { ...request, headers: { ...request.headers, "user-agent": userAgent2 } };
    return sendOnce(connectionsTo(url), named, { ...limits, signal }, () => reached.resolve(void 0)).finally(
      deadline.clear
    );
  };
  const connectAhead = (url, count, signal) => {
    void reached.promise.then(() => {
      if (!signal.aborted) connectionsTo(new URL(url)).openEarly(count, signal);
    });
  };
  return Object.assign(send, { connectAhead });
}
function startDeadline(ms) {
  const controller = new AbortController();
  const timer = setTimeout(() => setImmediate(() => controller.abort()), ms).unref();
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
async function sendOnce(connections, request, { requestMs, bodyBytes, signal }, onConnection) {
  if (connections.areBusy) await (0,promises_namespaceObject.setImmediate)();
  const agent = connections.agent(request.isUnrepeatable !== true);
  const options = { ...requestOptions(request), agent, signal, connectSignal: signal };
  const outgoing = requestWith(options, request.headers);
  let connection;
  outgoing.once("socket", (socket) => {
    connection = socket;
    connections.used(socket);
    onConnection();
  });
  try {
    const message = await responseTo(outgoing, request.body, signal);
    const body = await readBody(message, bodyBytes);
    if (connection && outgoing.reusedSocket) connections.worked(connection);
    return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
  } catch (error2) {
    if (signal.aborted) throw outOfTime(error2, requestMs, connection !== void 0);
    if (outgoing.reusedSocket) connections.broke();
    throw networkError(error2);
  }
}
function responseTo(outgoing, body, signal) {
  return new Promise((resolve, reject) => {
    outgoing.once("response", resolve);
    outgoing.once("upgrade", (message, socket) => {
      socket.destroy();
      reject(new NetworkError("garbled", `status ${message.statusCode}, a protocol that was not asked for`));
    });
    outgoing.on("error", reject);
    outgoing.once("close", () => reject(new Error("the connection was closed")));
    signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
    if (signal.aborted) reject(new Error("aborted"));
    outgoing.end(body);
  });
}
function requestOptions({ url, method }) {
  const parsed = new URL(url);
  return { protocol: parsed.protocol, ...addressOf(parsed), path: parsed.pathname + parsed.search, method };
}
async function readBody(message, limit) {
  const chunks = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > limit) throw new NetworkError("too-large", `the response is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
function flatten(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value ?? ""])
  );
}
function outOfTime(cause, requestMs, isConnected) {
  const within = `within ${requestMs / 1e3} s`;
  return isConnected ? new NetworkError("timeout", `no complete response ${within}`, { cause }) : new NetworkError("unreachable", `no connection through the proxy ${within}`, { cause });
}
var unreachableCodes = /* @__PURE__ */ new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
var untrustedCode = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^EPROTO$/;
function networkError(error2) {
  if (error2 instanceof NetworkError) return error2;
  const cause = error2;
  const code = errorCode(cause);
  if (unreachableCodes.has(code)) return new NetworkError("unreachable", code, { cause });
  if (untrustedCode.test(code)) return new NetworkError("untrusted", code, { cause });
  if (code.startsWith("HPE_")) return new NetworkError("garbled", code, { cause });
  return new NetworkError("interrupted", code || cause.message, { cause });
}
function errorCode(error2) {
  const [first] = "errors" in error2 ? error2.errors : [error2];
  return first?.code ?? "";
}

// src/process.ts
var writeGraceMs = 5e3;
var exitGraceMs = 1e3;
var stoppedShort = `The step stopped before its work was done.
Likely cause: a defect in this action.
What to do: run the workflow again, and report an issue of this action if it happens again.`;
var cancelledShort = explained(new Cancelled("before its work was done")).message;
function runProgram(env, program) {
  const stop = new AbortController();
  const abandon = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) return;
    stop.abort();
    setTimeout(() => {
      abandon.abort();
      setTimeout(endNow, exitGraceMs).unref();
    }, writeGraceMs).unref();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const interruption = createInterruption(stop.signal, abandon.signal);
  const dependencies = {
    env,
    event: () => readEvent(env["GITHUB_EVENT_PATH"] ?? ""),
    appendProblem,
    core: toolkit,
    transport: createTransport(userAgent(env["GITHUB_ACTION_REF"] ?? ""), env),
    clock: monotonicClock,
    random: Math.random,
    randomId: () => crypto.randomUUID(),
    interruption,
    abortPending: interrupt
  };
  const runner = runnerOf(dependencies);
  void reportAbruptEnd(runner, stop.signal, () => program(dependencies, runner)).then(async () => {
    await interruption.settled();
    process.stdout.write("", () => process.exitCode ? endNow() : process.exit());
  });
}
function endNow() {
  const isPoolBusy = process.getActiveResourcesInfo().some((name) => /^(GetAddrInfo|FS)Req/.test(name));
  if (isPoolBusy) process.once("exit", () => process.kill(process.pid, "SIGKILL"));
  process.exit();
}
async function reportAbruptEnd(runner, stop, run) {
  let isReported = false;
  process.once("uncaughtException", (error2) => {
    isReported = true;
    runner.fail(explained(error2).message);
    process.stdout.write("", () => process.exit(1));
  });
  process.once("exit", () => {
    if (!isReported) runner.fail(stop.aborted ? cancelledShort : stoppedShort);
  });
  await run();
  isReported = true;
}
function userAgent(ref) {
  return `pingone-worker-app/${/^[\w.-]{1,64}$/.test(ref) ? ref : "unreleased"}`;
}
function readEvent(path) {
  try {
    return JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(path, "utf8"));
  } catch {
    return void 0;
  }
}

// src/token.ts
runProgram(process.env, getToken);

