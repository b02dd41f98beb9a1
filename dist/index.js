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

/***/ 500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  lZ: () => (/* binding */ ActionError),
  cJ: () => (/* binding */ Cancelled),
  Dr: () => (/* binding */ NetworkError),
  W5: () => (/* binding */ OAuthError),
  DM: () => (/* binding */ PingOneError),
  nb: () => (/* binding */ _catch),
  $8: () => (/* binding */ _enum),
  m9: () => (/* binding */ _minLength),
  jw: () => (/* binding */ _null3),
  Fk: () => (/* binding */ _regex),
  wB: () => (/* binding */ adminAssertion),
  uM: () => (/* binding */ adminSecret),
  ZJ: () => (/* binding */ allFailures),
  YO: () => (/* binding */ array),
  hC: () => (/* binding */ bearerToken),
  zM: () => (/* binding */ boolean2),
  p$: () => (/* binding */ checkFolder),
  rk: () => (/* binding */ clashesWithAdminNames),
  Gq: () => (/* binding */ consoleLabel),
  B9: () => (/* binding */ consoleUrl),
  hB: () => (/* binding */ consoleValue),
  lF: () => (/* binding */ createBackoff),
  aF: () => (/* binding */ createInterruption),
  lY: () => (/* binding */ createRedactor),
  ft: () => (/* binding */ createRunContext),
  tM: () => (/* binding */ dataSyncFiles),
  xO: () => (/* binding */ decodeJson),
  lg: () => (/* binding */ deleteIfThere),
  Tj: () => (/* binding */ deliveredAddresses),
  xn: () => (/* binding */ delivers),
  W9: () => (/* binding */ distinguishable),
  QP: () => (/* binding */ environmentNameProblem),
  wO: () => (/* binding */ explainNetwork),
  eM: () => (/* binding */ explainPingOne),
  iF: () => (/* binding */ explainSignIn),
  to: () => (/* binding */ explained),
  WV: () => (/* binding */ fixedToken),
  pm: () => (/* binding */ formEncode),
  P4: () => (/* binding */ formatTarget),
  jH: () => (/* binding */ grantAdminRoles),
  fY: () => (/* binding */ idSchema),
  F7: () => (/* binding */ inSeconds),
  mG: () => (/* binding */ inline),
  J8: () => (/* binding */ isCancelledInFlight),
  M_: () => (/* binding */ isDataSyncPrefix),
  FK: () => (/* binding */ isInside),
  b2: () => (/* binding */ isMissing),
  B1: () => (/* binding */ isOutcomeUnknown),
  YJ: () => (/* binding */ isPlainValue),
  Ao: () => (/* binding */ isSecretAuthMethod),
  TB: () => (/* binding */ isSecretPrefix),
  O1: () => (/* binding */ isUuid),
  eu: () => (/* binding */ literal),
  _V: () => (/* binding */ looseName),
  _H: () => (/* binding */ looseObject),
  Yt: () => (/* binding */ maskId),
  VF: () => (/* binding */ monotonicClock),
  GT: () => (/* binding */ namesFor),
  pA: () => (/* binding */ nearest),
  St: () => (/* binding */ needsSecret),
  cl: () => (/* binding */ nullish2),
  ai: () => (/* binding */ number2),
  Ik: () => (/* binding */ object),
  lq: () => (/* binding */ optional),
  hu: () => (/* binding */ parseTarget),
  _1: () => (/* binding */ pingOneFor),
  uZ: () => (/* binding */ progressAdvice),
  H7: () => (/* binding */ readCollection),
  g1: () => (/* binding */ record),
  YP: () => (/* binding */ refine),
  pC: () => (/* binding */ regionCodes),
  oL: () => (/* binding */ regionSuffix),
  vS: () => (/* binding */ regionUrls),
  _d: () => (/* binding */ regionWords),
  Pl: () => (/* binding */ replacesAnotherWorker),
  fy: () => (/* binding */ repositoryNameOf),
  kP: () => (/* binding */ requestGrant),
  Fr: () => (/* binding */ requestToken),
  Vs: () => (/* binding */ retryAfterMs),
  mv: () => (/* binding */ runnerOf),
  Jn: () => (/* binding */ secretAuthMethods),
  eo: () => (/* binding */ secretForms),
  XG: () => (/* binding */ secretNames),
  MT: () => (/* binding */ sentenceList),
  SP: () => (/* binding */ shown),
  HD: () => (/* binding */ shownName),
  Yj: () => (/* binding */ string2),
  xU: () => (/* binding */ systemCode),
  Op: () => (/* binding */ targetLabel),
  wL: () => (/* binding */ timeSpan),
  y_: () => (/* binding */ toMinute),
  lN: () => (/* binding */ tokenEndpoint),
  VQ: () => (/* binding */ toolkit),
  KC: () => (/* binding */ union),
  L5: () => (/* binding */ unknown),
  qx: () => (/* binding */ writeDataSyncFiles)
});

// EXTERNAL MODULE: external "node:module"
var external_node_module_ = __nccwpck_require__(995);
// EXTERNAL MODULE: ./chunk-T4NDILXB.js
var chunk_T4NDILXB = __nccwpck_require__(423);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(500);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: ./chunk-KJ6SOPLJ.js

const chunk_KJ6SOPLJ_require = (0,external_node_module_.createRequire)(import.meta.url);


// node_modules/fastest-levenshtein/mod.js
var require_mod = (0,chunk_T4NDILXB/* __commonJS */.P$)({
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
var import_fastest_levenshtein = (0,chunk_T4NDILXB/* __toESM */.f1)(require_mod());
var unprintable = new RegExp("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]|(?!\\u200d|\\ufe0f)[\\p{Cf}\\p{Default_Ignorable_Code_Point}]|\\u200d(?!\\p{Extended_Pictographic})", "gu");
var [chunk_KJ6SOPLJ_open, chunk_KJ6SOPLJ_close] = ["\uFDD0", "\uFDD1"];
var limitBase = 983040;
var mostCharacters = 65533;
var markers = new RegExp(`[${chunk_KJ6SOPLJ_open}${chunk_KJ6SOPLJ_close}]`, "g");
function mapMarked(message, map) {
  const [before = "", ...parts] = message.split(chunk_KJ6SOPLJ_open);
  const mapped = parts.map((part) => {
    const limit = (part.codePointAt(0) ?? 0) - limitBase;
    const end = part.indexOf(chunk_KJ6SOPLJ_close);
    return limit < 0 || end < 2 ? part : map(part.slice(2, end), limit) + part.slice(end + 1);
  });
  return [before, ...mapped].join("").replace(markers, "\uFFFD");
}
function inline(text, limit = 300) {
  const raw = mapMarked(text, (inner) => inner);
  if (raw.length <= limit && raw.search(unprintable) < 0) return raw;
  return chunk_KJ6SOPLJ_open + String.fromCodePoint(limitBase + Math.min(limit, mostCharacters)) + raw + chunk_KJ6SOPLJ_close;
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
function distinguishable(texts, limit = 60) {
  const looks = texts.map(appearance);
  return texts.map((text, index) => {
    const isUnique = looks.indexOf(looks[index] ?? "") === looks.lastIndexOf(looks[index] ?? "");
    return `"${inline(isUnique ? text : spelledOut(text), limit)}"`;
  });
}
function spelledOut(text) {
  return text.replace(/[^\x20-\x7e]/gu, escapeCharacter);
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
function toMinute(time2) {
  const date2 = new Date(time2);
  if (Number.isNaN(date2.getTime())) return time2;
  return `${date2.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function timeSpan(ms) {
  const minutes = Math.max(0, Math.floor(ms / 6e4));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
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
function isCancelledInFlight(error2) {
  return error2 instanceof Cancelled && error2.cause !== void 0;
}
function systemCode(error2) {
  const { code, message } = Object(error2);
  return inline(code ?? message ?? String(error2), 100);
}
function allFailures(errors) {
  const isCancelled = (error2) => error2 instanceof Cancelled;
  const others = errors.filter((error2) => !isCancelled(error2));
  const first = errors.some(isCancelled) ? errors.find(isCancelled) : others.shift();
  if (others.length === 0) return first;
  const named = others.map((error2) => explained(error2).explanation.what.replace(/\.$/, ""));
  return explained(first).withAdvice(`Also failed: ${named.join("; ")}.`);
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

// src/settings.ts
function delivers({ state, dryRun }) {
  return state === "present" && !dryRun;
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
  appendFile: (path, text) => (0,external_node_fs_.appendFileSync)(path, text)
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
  sleep: (ms, signal) => (0,promises_.setTimeout)(ms, void 0, { signal }).catch(() => void 0)
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
var ordinaryMs = 2e3;
function inSeconds(ms) {
  return `${Math.ceil(ms / 1e3)} s`;
}
function createBackoff({ clock, interruption, firstMs, longestMs = firstMs, until }) {
  let nextMs = firstMs;
  let pausedMs = 0;
  return {
    async pause(announce) {
      const ms = nextMs;
      if (clock.now() + ms > until) return false;
      nextMs = Math.min(2 * ms, longestMs);
      if (pausedMs < ordinaryMs && pausedMs + ms >= ordinaryMs) announce?.(until - clock.now());
      pausedMs += ms;
      await clock.sleep(ms, interruption.stop);
      return true;
    }
  };
}

// node_modules/zod/v4/core/util.js
var util_exports = {};
(0,chunk_T4NDILXB/* __export */.VA)(util_exports, {
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
  issue: () => issue2,
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
function issue2(...args) {
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
var chunk_KJ6SOPLJ_boolean = /^(?:true|false)$/i;
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
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = chunk_KJ6SOPLJ_boolean;
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
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
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
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input = payload.value;
    const r = def.fn(input);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input, inst));
    }
    handleRefineResult(r, payload, input, inst);
    return;
  };
});
function handleRefineResult(result, payload, input, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue2(_iss));
  }
}

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
function _boolean(Class2, params) {
  return new Class2({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _null2(Class2, params) {
  return new Class2({
    type: "null",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class2) {
  return new Class2({
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
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
  });
}
// @__NO_SIDE_EFFECTS__
function _refine(Class2, fn, _params) {
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
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
var ZodMiniNullable = /* @__PURE__ */ $constructor("ZodMiniNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function nullable(innerType) {
  return new ZodMiniNullable({
    type: "nullable",
    innerType
  });
}
// @__NO_SIDE_EFFECTS__
function nullish2(innerType) {
  return /* @__PURE__ */ optional(/* @__PURE__ */ nullable(innerType));
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
var ZodMiniCustom = /* @__PURE__ */ $constructor("ZodMiniCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodMiniType.init(inst, def);
});
// @__NO_SIDE_EFFECTS__
function refine(fn, _params = {}) {
  return _refine(ZodMiniCustom, fn, _params);
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
  /** True if one of `details` has this code. */
  hasDetail(code) {
    return this.details.some((detail) => detail.code === code);
  }
  /** True if the message or a detail contains this text. Texts may change, so use this only if there is no code. */
  says(text) {
    return this.message.toLowerCase().includes(text.toLowerCase());
  }
  get isInvalidToken() {
    return this.status === 401 && (this.hasDetail("INVALID_TOKEN") || this.details.length === 0);
  }
  /** A 401 or 403 because a permission is missing; not because of an invalid token or an exhausted license. */
  get isAccessDenied() {
    return (this.status === 401 || this.status === 403) && !this.isInvalidToken && !this.hasDetail("LICENSE_EXCEEDED");
  }
  /**
   * The response of PingOne's gateway to an unknown URL or method: a 403 without `code`, about a key=value pair in the
   * Authorization header. Source: reported by users of the API.
   */
  get isFromGateway() {
    return this.status === 403 && this.code === "" && this.says("key=value pair");
  }
};
function isMissing(error2) {
  return error2 instanceof PingOneError && error2.status === 404;
}
function isOutcomeUnknown(error2) {
  if (error2 instanceof NetworkError) {
    return ["timeout", "interrupted", "garbled", "unexpected", "too-large"].includes(error2.failure);
  }
  return error2 instanceof PingOneError && (error2.status >= 500 || error2.status === 408);
}
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
function reference(correlationId) {
  return correlationId ? `(correlation ID ${correlationId})` : "";
}
function parseBody(text) {
  return bodySchema.safeParse(jsonOrNothing(text)).data ?? {};
}
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
var pingOneService = { name: "PingOne", addresses: "`region`, `api-url` and `auth-url`" };
function explainPingOne(error2, doing, special = () => void 0) {
  if (error2 instanceof NetworkError)
    return new ActionError(explainNetwork(error2, pingOneService, doing), { cause: error2 });
  if (!(error2 instanceof PingOneError)) return error2;
  const what = `PingOne refused ${doing}: ${error2.message}`;
  return new ActionError({ what, ...explainResponse(error2), ...special(error2) }, { cause: error2 });
}
var explanations = [
  [
    (error2) => error2.isFromGateway || error2.status >= 300 && error2.status < 400,
    {
      cause: "`api-url` is not the address of the PingOne API.",
      fix: "check `api-url` (it ends in `/v1`) and `region`."
    }
  ],
  [
    (error2) => error2.isInvalidToken,
    {
      cause: "the access token has expired, or belongs to another region.",
      fix: "check `region`. If you use `access-token`, get a new token right before this step: it is valid for one hour."
    }
  ],
  [
    (error2) => error2.hasDetail("LICENSE_EXCEEDED"),
    {
      cause: "the PingOne license allows no more of these (an environment holds at most 1,000 applications).",
      fix: "delete applications that are no longer used, or ask Ping Identity for a larger license."
    }
  ],
  [
    (error2) => error2.isAccessDenied,
    {
      cause: "the admin credentials lack a role on this environment, or the environment does not exist.",
      fix: grantAdminRoles
    }
  ],
  [
    (error2) => error2.status === 429,
    {
      cause: "the rate limit of the PingOne license is reached. All environments of a license share it.",
      fix: "run the workflow again later, or with fewer jobs at a time."
    }
  ],
  [
    (error2) => error2.status >= 500,
    { cause: "PingOne is unavailable.", fix: "run the workflow again later, or raise `timeout` to retry for longer." }
  ]
];
var unknownResponse = {
  cause: "PingOne does not accept a value in the request, or the resource was deleted.",
  fix: "see PingOne's text above. PingOne's support can find the request by the correlation ID."
};
function explainResponse(error2) {
  return explanations.find(([applies]) => applies(error2))?.[1] ?? unknownResponse;
}

// src/pingone/client.ts
function createPingOne(context) {
  let aheadMs = 0;
  const noteDate = ({ headers }) => {
    const date2 = sentAt(headers);
    if (date2 !== void 0) aheadMs = date2 - context.clock.now();
  };
  return {
    now: () => context.clock.now() + aheadMs,
    json: (request, schema) => call(context, request, (response) => {
      noteDate(response);
      return decodeJson(response, schema, successes[request.method]);
    }),
    empty: (request) => call(context, request, (response) => {
      noteDate(response);
      if (response.status !== 204) decodeJson(response, anything, successes[request.method]);
    })
  };
}
var successes = {
  GET: [200],
  POST: [201, 200],
  PUT: [200, 201],
  PATCH: [200],
  DELETE: [204]
};
var firstLagWaitMs = 100;
var longestLagWaitMs = 4e3;
var anything = { safeParse: (data) => ({ success: true, data }) };
async function call(context, request, decode2) {
  const { clock, interruption } = context;
  const until = Math.min(request.until ?? Infinity, clock.now() + context.lagMs);
  const backoff = createBackoff({ clock, interruption, firstMs: firstLagWaitMs, longestMs: longestLagWaitMs, until });
  const isLag = (error2) => request.isLag?.(error2) === true || context.isYoung && isSetupLag(error2, request);
  let token = await context.tokens.current();
  let renewed = false;
  for (; ; ) {
    try {
      return await callOnce(context, request, token, decode2);
    } catch (error2) {
      if (!(error2 instanceof PingOneError)) throw error2;
      const mayRenew = !renewed && (error2.isInvalidToken || context.isYoung && isLag(error2));
      const fresh = mayRenew ? await context.tokens.renew() : void 0;
      if (fresh) {
        renewed = true;
        token = fresh;
        continue;
      }
      const announce = (leftMs) => context.onWait(`PingOne may not be ready yet. Retrying for up to ${inSeconds(leftMs)}: ${error2.message}`);
      if (!isLag(error2) || !await backoff.pause(announce)) throw error2;
    }
  }
}
function isSetupLag(error2, request) {
  if (error2.status === 404) return request.mayBeMissing !== true;
  return error2.isAccessDenied || error2.isInvalidToken || error2.says("Must have role at the same or broader scope");
}
async function callOnce({ apiUrl, send, traceHeaders: traceHeaders2 }, request, token, decode2) {
  const { kind, method, path, until } = request;
  const url = path.startsWith("/") ? apiUrl + path : path;
  if (new URL(url).origin !== new URL(apiUrl).origin) {
    throw strayLink("points to another host");
  }
  const { headers, ...content } = contentOf(request);
  const common = { accept: "application/json", authorization: `Bearer ${token}`, ...traceHeaders2 };
  return send({ kind, method, url, headers: { ...common, ...headers }, ...content, until }, (response) => {
    if (response.status < 200 || response.status > 299) {
      throw new PingOneError(response, `${method} ${new URL(url).pathname}`);
    }
    return decode2(response);
  });
}
function contentOf({ body, file }) {
  if (file) {
    const disposition = `attachment; filename=${file.name}`;
    return { headers: { "content-type": file.contentType, "content-disposition": disposition }, body: file.bytes };
  }
  if (body === void 0) return { headers: {} };
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
async function deleteIfThere(pingone, path, until) {
  try {
    await pingone.empty({ kind: "write", method: "DELETE", path, mayBeMissing: true, until });
  } catch (error2) {
    if (!isMissing(error2)) throw error2;
  }
}
function strayLink(what) {
  return new ActionError({
    what: `A link in a PingOne response ${what}, so the action did not follow it.`,
    cause: "`api-url` is not the PingOne API, or a proxy rewrites responses.",
    fix: "check `api-url` and the proxy of the runner."
  });
}
var idSchema = string2().check(_regex(/^[\x21-\x7e]+$/));
var longestList = 1e3;
var linkSchema = object({ href: string2() });
var pageSchema = object({
  _links: optional(object({ next: optional(linkSchema) })),
  _embedded: optional(record(string2(), unknown())),
  count: optional(number2())
});
async function readCollection(pingone, path, collection) {
  const schema = pageOf(collection);
  const all = /* @__PURE__ */ new Map();
  const seen = /* @__PURE__ */ new Set();
  let next = path;
  while (next !== void 0) {
    if (seen.has(next) || seen.size >= longestList) {
      throw strayLink(`repeats a page of ${collection.member}`);
    }
    seen.add(next);
    const page = await pingone.json({ kind: "read", method: "GET", path: next }, schema);
    for (const item of page.items) all.set(item.id, item);
    next = page.next;
    if (next !== void 0 && !URL.canParse(next)) throw strayLink(`to more ${collection.member} is not a URL`);
  }
  return [...all.values()];
}
function pageOf({ member, item, isWanted = () => false }) {
  return {
    safeParse(value) {
      const page = pageSchema.safeParse(value);
      const { _links: links, _embedded: embedded, count } = page.data ?? {};
      if (!links && !embedded && count === void 0) return { success: false };
      const listed = embedded?.[member] ?? [];
      if (!page.success || !Array.isArray(listed)) return { success: false };
      const items = [];
      for (const entry of listed) {
        const result = item.safeParse(entry);
        if (result.success) items.push(result.data);
        else if (isWanted(entry)) return { success: false };
      }
      return { success: true, data: { items, next: links?.next?.href } };
    }
  };
}

// src/run/progress.ts
function createProgress() {
  let done = [];
  let left = [];
  let reached;
  const warnings = [];
  return {
    warnings,
    environment: () => reached,
    reach(environment) {
      reached = environment;
    },
    done: () => describeSteps(done),
    left: () => describeSteps(left),
    stored: () => byTarget(done.filter((step) => typeof step !== "string")),
    plan(steps) {
      left = steps;
      done = without(left, done);
    },
    finish(step) {
      left = without([step], left);
      done = [...without([step], done), step];
    },
    drop(step) {
      left = without([step], left);
      done = without([step], done);
    },
    warn(message) {
      if (!warnings.includes(message)) warnings.push(message);
    }
  };
}
function progressAdvice(progress) {
  const [done, left] = [progress.done(), progress.left()];
  if (done.length + left.length === 0) return "";
  const notDone = left.length === 0 ? "" : ` Not done: ${left.join("; ")}.`;
  return `Done before: ${done.join("; ") || "nothing"}.${notDone} The next run continues from there.`;
}
function stepKey(step) {
  return typeof step === "string" ? step : JSON.stringify([step.target, step.name]);
}
function without(removed, steps) {
  const keys = removed.map(stepKey);
  return steps.filter((step) => !keys.includes(stepKey(step)));
}
function describeSteps(steps) {
  const lines = steps.map((step) => {
    if (typeof step === "string") return step;
    const names = steps.flatMap((it) => typeof it !== "string" && it.target === step.target ? [it.name] : []);
    return `store ${sentenceList(names)} in ${step.label}`;
  });
  return [...new Set(lines)];
}
function byTarget(steps) {
  const targets = [...new Set(steps.map(({ target }) => target))];
  const namesOf = (target, kind) => steps.flatMap((step) => step.target === target && step.kind === kind ? [step.name] : []);
  return targets.map((target) => ({
    target,
    secrets: namesOf(target, "secret"),
    variables: namesOf(target, "variable")
  }));
}

// src/run/context.ts
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
function createRunContext(dependencies, plainRunner, settings) {
  const { clock, random, transport, interruption } = dependencies;
  const limits = limitsFor(settings.timeoutSeconds);
  const deadline = clock.now() + limits.totalMs;
  const progress = createProgress();
  plainRunner.setTitle(`PingOne worker ${shownName(settings)}`);
  const runner = {
    ...plainRunner,
    warning: (message) => {
      progress.warn(message);
      plainRunner.warning(message);
    }
  };
  const send = createSend({
    transport,
    clock,
    random,
    interruption,
    limits,
    deadline,
    onWait: runner.info,
    onResponse: runner.debug
  });
  return {
    settings,
    limits,
    runner,
    progress,
    clock,
    random,
    instanceId: dependencies.randomId(),
    interruption,
    deadline,
    send,
    trace: traceHeaders(settings.run)
  };
}
function maskId({ settings, runner }, id) {
  if (settings.maskIds) runner.mask(id);
}
function needsSecret(settings) {
  if (!delivers(settings)) return false;
  const { outputSecret, verify, store, dataSync, desired } = settings;
  return outputSecret || verify || desired.rotateSecret !== false || store !== void 0 || dataSync !== void 0;
}
function shownName({ desired }) {
  return inline(desired.name ?? desired.applicationId ?? "", 100);
}
function pingOneFor(run, tokens, isYoung = false) {
  const { settings, limits, runner, clock, interruption, send, trace } = run;
  return createPingOne({
    apiUrl: settings.apiUrl,
    send,
    tokens,
    traceHeaders: trace,
    clock,
    interruption,
    lagMs: isYoung ? limits.youngEnvironmentMs : limits.verifyMs,
    isYoung,
    onWait: runner.info
  });
}

// src/datasync.ts



function checkFolder(workspace, path) {
  const directory = (0,external_node_path_.resolve)(workspace, path);
  if (!isInside((0,external_node_path_.resolve)(workspace), directory)) return { refused: "it is outside of the workspace" };
  try {
    const existing = deepestExisting(directory);
    if (!isInside((0,external_node_fs_.realpathSync)(workspace), (0,external_node_fs_.realpathSync)(existing))) {
      return { refused: "a symbolic link in its path points out of the workspace" };
    }
    if (!(0,external_node_fs_.statSync)(existing).isDirectory()) return { refused: "it is a file" };
    (0,external_node_fs_.accessSync)(existing, external_node_fs_.constants.W_OK);
    return { directory };
  } catch (error2) {
    return { refused: `it is not writable (${String(error2.code)})` };
  }
}
function isInside(parent, child) {
  const way = (0,external_node_path_.relative)(parent, child);
  return way !== ".." && !way.startsWith(`..${external_node_path_.sep}`) && !(0,external_node_path_.isAbsolute)(way);
}
function deepestExisting(path) {
  let existing = path;
  while (!isThere(existing)) {
    const parent = (0,external_node_path_.dirname)(existing);
    if (parent === existing) break;
    existing = parent;
  }
  return existing;
}
function isThere(path) {
  if ((0,external_node_fs_.existsSync)(path)) return true;
  try {
    return (0,external_node_fs_.lstatSync)(path).isSymbolicLink();
  } catch {
    return false;
  }
}
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
    { name: `${stem}.env`, content: lines.join(""), mode: 420, isSecret: false },
    { name: `${stem}-oauth-client-secret`, content: values.clientSecret, mode: 384, isSecret: true }
  ];
}
function fileStem(prefix) {
  return prefix.toLowerCase().replaceAll("_", "-").replace(/^-+|-+$/g, "");
}
function notPlain(name) {
  return new ActionError({
    what: `\`datasync-dir\`: the value of ${name} contains a character that tools read differently in such a file.`,
    cause: "the worker has an imported client ID, or `api-url`, `auth-url` or `custom-domain` is unusual.",
    fix: "remove `datasync-dir`, and pass the values to PingDataSync by the outputs."
  });
}
function writeDataSyncFiles(workspace, directory, files) {
  try {
    refuseFolder(checkFolder(workspace, directory));
    (0,external_node_fs_.mkdirSync)(directory, { recursive: true });
    refuseFolder(checkFolder(workspace, directory));
    return files.map((file) => writeWhole(directory, file));
  } catch (error2) {
    if (error2 instanceof ActionError) throw error2;
    throw refusedFolder(String(error2.code), error2);
  }
}
function writeWhole(directory, { name, content, mode }) {
  const path = (0,external_node_path_.join)(directory, name);
  const temporary = (0,external_node_path_.join)(directory, `.${name}.${(0,external_node_crypto_.randomUUID)()}`);
  try {
    (0,external_node_fs_.writeFileSync)(temporary, content, { flag: "wx", mode });
    (0,external_node_fs_.renameSync)(temporary, path);
  } catch (error2) {
    (0,external_node_fs_.rmSync)(temporary, { force: true });
    throw error2;
  }
  return path;
}
function refuseFolder(check) {
  if ("refused" in check) throw refusedFolder(check.refused);
}
function refusedFolder(why, cause) {
  return new ActionError(
    {
      what: `The files for PingDataSync could not be written to the folder in \`datasync-dir\`: ${why}.`,
      cause: "another step changed the folder, or the disk is full or read-only.",
      fix: "free the disk, or set `datasync-dir` to another folder. Then run the workflow again."
    },
    { cause }
  );
}
var largestFile = 65536;
function replacesAnotherWorker(directory, files) {
  return files.some(({ name, content }) => {
    const [old, fresh] = [linesOf((0,external_node_path_.join)(directory, name)), content.split("\n")];
    const owner = (lines) => lines.find((line) => /OAUTH_CLIENT_ID=/.test(line));
    return owner(old) !== void 0 && owner(old) !== owner(fresh);
  });
}
function linesOf(path) {
  try {
    const stat = (0,external_node_fs_.lstatSync)(path);
    return stat.isFile() && stat.size <= largestFile ? (0,external_node_fs_.readFileSync)(path, "utf8").split("\n") : [];
  } catch {
    return [];
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
var tokenSchema = object({
  access_token: string2().check(_regex(/^[\x21-\x7e]+$/)),
  token_type: optional(string2()),
  expires_in: optional(number2())
});
function tokenEndpoint(authUrl, environmentId) {
  return `${authUrl}/${environmentId}/as/token`;
}
async function requestToken(send, endpoint, { clientId, clientSecret }, method, options = {}) {
  return bearerToken(await requestGrant(send, endpoint, { clientId, clientSecret, method }, options));
}
function bearerToken({ accessToken, tokenType }) {
  if (tokenType.toLowerCase() === "bearer") return accessToken;
  throw new NetworkError("unexpected", `a token of the type "${inline(tokenType, 60)}" instead of "Bearer"`);
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
var adminSecret = {
  name: "the admin credentials",
  addresses: "`region`, `api-url` and `auth-url`",
  otherMethod: {
    cause: "`admin-auth-method` is wrong, or the admin application uses another method, such as Private Key JWT.",
    fix: "remove `admin-auth-method` if it is set: the action then detects the method. For Private Key JWT, set `admin-private-key` or `admin-client-assertion` instead of `admin-client-secret`, or select Client Secret Basic on the Configuration tab of the application."
  },
  noRole: adminRole,
  refused: (host) => ({
    cause: `the client secret is wrong or was rotated, or ${host} belongs to another region. Other causes: \`admin-environment-id\` is not the environment of the admin application, or the application is disabled.`,
    fix: "check `region` first. Then copy the client ID, the client secret and the environment ID of the admin application from PingOne again, and check that it is enabled and has the grant type Client Credentials."
  })
};
var adminAssertion = {
  name: "the admin credentials",
  addresses: "`region`, `api-url` and `auth-url`",
  otherMethod: {
    cause: "the admin application is not configured with the method Private Key JWT.",
    fix: "in PingOne, set its token endpoint authentication method to Private Key JWT, and register the public key (`jwks` or `jwksUrl`)."
  },
  noRole: adminRole,
  refused: (host) => ({
    cause: `the public key of the signing key is not in the admin application's \`jwks\`, or has another \`kid\`, or ${host} belongs to another region. Other causes: \`admin-environment-id\` is not the environment of the admin application, or the application is disabled.`,
    fix: "check `region` first. Then compare the public key and its `kid` with the `jwks` of the admin application in PingOne, and check that it is enabled and has the grant type Client Credentials."
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
  if (/^\.{1,2}$/.test(name)) return "it consists of dots only";
  return new RegExp("\\p{Cc}|\\p{Surrogate}", "u").test(name) ? "it contains control characters" : void 0;
}
function repositoryNameOf(text) {
  const [owner = "", repo = "", ...rest] = text.split("/");
  const isName = (part) => /^[A-Za-z0-9_.-]+$/.test(part) && !/^\.{1,2}$/.test(part);
  return rest.length === 0 && isName(owner) && isName(repo) ? { owner, repo } : void 0;
}
var environmentPrefix = "github-environment:";
function formatTarget(target) {
  return target.kind === "github-environment" ? environmentPrefix + target.name : target.kind;
}
function parseTarget(text) {
  if (text === "repository" || text === "organization") return { kind: text };
  if (!text.startsWith(environmentPrefix)) return void 0;
  return { kind: "github-environment", name: text.slice(environmentPrefix.length) };
}
function targetLabel(target, { owner, repo }) {
  switch (target.kind) {
    case "repository":
      return `the repository ${owner}/${repo}`;
    case "github-environment":
      return `the GitHub environment "${inline(target.name, 60)}" of ${owner}/${repo}`;
    case "organization":
      return `the organization ${owner}`;
  }
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
function consoleUrl(apiUrl, environmentId) {
  const domain = /^api\.(pingone\.[a-z.]+)$/.exec(new URL(apiUrl).host)?.[1];
  if (domain === void 0 || !isUuid(environmentId)) return void 0;
  return `https://console.${domain}/?env=${environmentId}`;
}
var labels = {
  name: "Name",
  description: "Description",
  enabled: "Enabled",
  grantTypes: "Grant type",
  responseTypes: "Response type",
  redirectUris: "Redirect URIs",
  tokenEndpointAuthMethod: "Token endpoint authentication method"
};
function consoleLabel(attribute) {
  return labels[attribute];
}
function consoleValue(attribute, value) {
  if (value === null || value === void 0) return void 0;
  if (Array.isArray(value)) {
    return value.length === 0 ? void 0 : value.map((item) => consoleValue(attribute, item)).join(", ");
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "string") return JSON.stringify(value);
  return ["grantTypes", "responseTypes", "tokenEndpointAuthMethod"].includes(attribute) ? titled(value) : value;
}
function titled(word) {
  return word.split("_").map((part) => part.charAt(0) + part.slice(1).toLowerCase()).join(" ");
}
function deliveredAddresses({ authUrl, customDomain }, environmentId) {
  if (customDomain === void 0) return { authUrl, tokenEndpoint: tokenEndpoint(authUrl, environmentId) };
  return { authUrl: `https://${customDomain}`, tokenEndpoint: `https://${customDomain}/as/token` };
}




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
// EXTERNAL MODULE: ./chunk-KJ6SOPLJ.js + 1 modules
var chunk_KJ6SOPLJ = __nccwpck_require__(272);
// EXTERNAL MODULE: ./chunk-T4NDILXB.js
var chunk_T4NDILXB = __nccwpck_require__(423);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(500);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_http_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_namespaceObject_0 = /*#__PURE__*/__nccwpck_require__.t(external_node_https_namespaceObject, 2);
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: ./index.js

const index_require = (0,external_node_module_.createRequire)(import.meta.url);



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
function readFileOf(folder) {
  return (path, mostBytes) => {
    try {
      const file = (0,external_node_path_.resolve)(folder, path);
      const root = (0,external_node_fs_.realpathSync)(folder);
      const refused = whyNot(root, file, mostBytes);
      return refused ?? readOpened(root, file, mostBytes);
    } catch (error) {
      const { code } = error;
      return { unreadable: code === "ENOENT" || code === "ENOTDIR" ? "missing" : "not permitted" };
    }
  };
}
function whyNot(root, file, mostBytes) {
  if (!(0,chunk_KJ6SOPLJ/* isInside */.FK)(root, (0,external_node_fs_.realpathSync)(file))) return { unreadable: "outside of the workspace" };
  const stat = (0,external_node_fs_.statSync)(file, { bigint: true });
  if (!stat.isFile()) return { unreadable: "not a file" };
  return stat.size > mostBytes ? { unreadable: "too large" } : void 0;
}
function readOpened(root, file, mostBytes) {
  const descriptor = (0,external_node_fs_.openSync)(file, external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NONBLOCK ?? 0));
  try {
    const opened = (0,external_node_fs_.fstatSync)(descriptor, { bigint: true });
    const refused = whyNot(root, file, mostBytes);
    if (refused) return refused;
    if (!opened.isFile() || !isSameFile(opened, (0,external_node_fs_.statSync)(file, { bigint: true }))) return { unreadable: "not a file" };
    const bytes = Buffer.alloc(Math.min(Number(opened.size), mostBytes));
    return bytes.subarray(0, (0,external_node_fs_.readSync)(descriptor, bytes));
  } finally {
    (0,external_node_fs_.closeSync)(descriptor);
  }
}
function isSameFile(a, b) {
  return a.dev === b.dev && a.ino === b.ino;
}
function appendProblem(path) {
  try {
    (0,external_node_fs_.closeSync)((0,external_node_fs_.openSync)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_APPEND | (external_node_fs_.constants.O_NONBLOCK ?? 0)));
    return void 0;
  } catch (error) {
    return (0,chunk_KJ6SOPLJ/* systemCode */.xU)(error);
  }
}

// src/main.ts


// src/inputs/application.ts



// src/inputs/reader.ts
function mustBe(input, value, form, { meant, cause } = {}) {
  return {
    what: `\`${input}\` must be ${form}; got ${value === "" ? "nothing" : asCode(value)}`,
    cause: cause ?? causeOf(value),
    ...meant === void 0 ? {} : { fix: `did you mean ${asCode(meant)}?` }
  };
}
function asCode(value) {
  return value.includes("`") ? `"${(0,chunk_KJ6SOPLJ/* inline */.mG)(value, 60)}"` : `\`${(0,chunk_KJ6SOPLJ/* inline */.mG)(value, 60)}\``;
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
  const causes2 = [...new Set(distinct.map(({ cause }) => cause))].join("; ");
  if (only && others.length === 0) {
    return new chunk_KJ6SOPLJ/* ActionError */.lZ({
      what: asSentence(only.what),
      cause: asSentence(causes2, ""),
      fix: asSentence(only.fix ?? "correct the value, and run the workflow again", "")
    });
  }
  const bullets = distinct.map(
    ({ what, fix }) => `
- ${asSentence(what)}${fix === void 0 ? "" : ` ${asSentence(fix)}`}`
  );
  return new chunk_KJ6SOPLJ/* ActionError */.lZ({
    what: `${distinct.length} inputs are not valid:${bullets.join("")}`,
    cause: asSentence(causes2, ""),
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
    if (!(0,chunk_KJ6SOPLJ/* isUuid */.O1)(text)) this.problems.push(mustBe(input, text, "a UUID, as PingOne shows it"));
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
    if (value === void 0) this.problems.push(mustBe(input, text, oneOf(values), { meant: (0,chunk_KJ6SOPLJ/* nearest */.pA)(text, values) }));
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
      const shown = url?.host ? `${url.protocol}//${url.host}\u2026` : text;
      this.problems.push(mustBe(name, shown, "an `https://` address without query, fragment or credentials"));
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

// src/inputs/application.ts
var unitMs = { m: 6e4, h: 36e5, d: 864e5 };
var leastMs = 2 * unitMs.m;
var mostMs = 30 * unitMs.d;
function readOverlap(reader) {
  const text = reader.text("secret-overlap") || "24h";
  if (text === "0") return 0;
  const ms = durationMs(text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  const form = "`0`, or a number with a unit from `2m` to `30d`, such as `90m`, `24h` or `7d`";
  const isBare = /^\d{1,3}$/.test(text);
  const hint = isBare ? { meant: `${text}h`, cause: "the number has no unit" } : {};
  reader.problems.push(mustBe("secret-overlap", text, form, hint));
  return unitMs.d;
}
function readRotation(reader) {
  const text = reader.text("rotate-secret");
  const word = text.toLowerCase();
  if (word === "" || word === "false") return false;
  if (word === "true") return true;
  const olderThanMs = durationMs(text);
  if (olderThanMs >= unitMs.d) return { olderThanMs };
  const form = "`true`, `false`, or an age of at least `1d`, such as `30d` or `90d`";
  const isBare = /^[1-9]\d{0,3}$/.test(text);
  const hint = isBare ? { meant: `${text}d`, cause: "the number has no unit" } : {};
  reader.problems.push(mustBe("rotate-secret", text, form, hint));
  return false;
}
function rotationProblems(reader, { state, desired, run }) {
  const rotation = desired.rotateSecret;
  if (rotation === false) return [];
  const given = `\`rotate-secret\` is \`${reader.text("rotate-secret")}\``;
  if (state === "absent") {
    return [
      {
        what: `${given}, but \`state\` is \`absent\``,
        cause: "the inputs of two different jobs were mixed",
        fix: "remove `rotate-secret`, or set `state` to `present`"
      }
    ];
  }
  if (rotation === true || run.owner) return [];
  return [
    {
      what: `${given}, but GITHUB_REPOSITORY_ID is not set, so no record can tell how old the secret is`,
      cause: "the step does not run on a GitHub runner, or the runner is too old",
      fix: "run the step on a current runner, or set `rotate-secret` to `true` or `false`"
    }
  ];
}
function durationMs(text) {
  const match = /^(?<count>\d{1,5})(?<unit>[mhd])$/.exec(text);
  return Number(match?.groups?.["count"]) * unitMs[match?.groups?.["unit"] ?? "m"];
}
var largestIcon = 1048576;
var signatures = [
  { contentType: "image/png", bytes: [137, 80, 78, 71, 13, 10, 26, 10] },
  { contentType: "image/jpeg", bytes: [255, 216, 255] },
  { contentType: "image/gif", bytes: [71, 73, 70, 56, 55, 97] },
  { contentType: "image/gif", bytes: [71, 73, 70, 56, 57, 97] }
];
function readIcon(reader, readFile2) {
  const path = reader.text("icon");
  if (path === "") return void 0;
  const bytes = readFile2(path, largestIcon);
  if ("unreadable" in bytes) {
    reader.problems.push(unreadableIcon(path, bytes.unreadable));
    return void 0;
  }
  const type = signatures.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  if (!type) {
    reader.problems.push(notAnImage(path));
    return void 0;
  }
  return { bytes, contentType: type.contentType, sha256: (0,external_node_crypto_.createHash)("sha256").update(bytes).digest("hex") };
}
var causes = {
  missing: "the repository is not checked out before this step, or the path has a typo",
  "not a file": "the path is a folder, a pipe or a device",
  "outside of the workspace": "the path or a symbolic link in it points out of the workspace",
  "not permitted": "the user of the runner cannot read the file"
};
function unreadableIcon(path, reason) {
  const shown = (0,chunk_KJ6SOPLJ/* inline */.mG)(path, 100);
  if (reason === "too large") {
    return {
      what: `\`icon\` "${shown}" is larger than 1 MB (${largestIcon} bytes)`,
      cause: "PingOne does not accept larger images",
      fix: "reduce the image, for example to 256 by 256 pixels"
    };
  }
  return {
    what: `\`icon\` "${shown}" cannot be read: ${reason}`,
    cause: causes[reason],
    fix: "check out the repository (actions/checkout) before this step, and set `icon` to the path of a file in the workspace"
  };
}
function notAnImage(path) {
  return {
    what: `\`icon\` "${(0,chunk_KJ6SOPLJ/* inline */.mG)((0,external_node_path_.basename)(path), 100)}" is not an image that PingOne accepts`,
    cause: "its content is not PNG, JPEG or GIF. PingOne does not accept SVG and WebP",
    fix: "convert it to PNG"
  };
}
var clearables = ["description", "icon", "redirect-uris"];
function readDesired(reader, state, readFile2) {
  const icon = state === "present" ? readIcon(reader, readFile2) : void 0;
  const { name, applicationId } = readIdentity(reader);
  return {
    name,
    applicationId,
    description: reader.text("description") || void 0,
    icon,
    enabled: reader.booleanOr("enabled", "keep", true),
    tokenEndpointAuthMethod: reader.choice("token-endpoint-auth-method", [...chunk_KJ6SOPLJ/* secretAuthMethods */.Jn, "keep"]) ?? "CLIENT_SECRET_POST",
    redirectUris: readRedirectUris(reader),
    clear: readClear(reader),
    roles: readRoles(reader),
    rotateSecret: readRotation(reader)
  };
}
function readIdentity(reader) {
  const applicationId = reader.uuid("application-id");
  if (applicationId === void 0) {
    return {
      name: reader.required("name", "the name of the application in PingOne, or set `application-id`"),
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
    reader.problems.push(mustBe("redirect-uris", shown, redirectUrisForm));
  }
  return uris.length > 0 ? [...new Set(uris)] : void 0;
}
var redirectUrisForm = "`https://` addresses, one per line, without a fragment, a wildcard or credentials (`http://` only for localhost and 127.0.0.1)";
function isRedirectUri(uri) {
  if (!isSafeUrl(uri) || /[\s#*]/.test(uri)) return false;
  const { username, password, hostname } = new URL(uri);
  return username === "" && password === "" && hostname !== "[::1]";
}
function readClear(reader) {
  const cleared = /* @__PURE__ */ new Set();
  for (const line of reader.lines("clear")) {
    const known = clearables.find((clearable) => clearable === line);
    if (known === void 0) {
      const meant = (0,chunk_KJ6SOPLJ/* nearest */.pA)(line, clearables);
      reader.problems.push(mustBe("clear", line, `${oneOf(clearables)}, one per line`, { meant }));
    } else cleared.add(known);
    if (known !== void 0 && reader.text(known) !== "") {
      reader.problems.push({
        what: `\`clear\` contains \`${known}\`, but the input \`${known}\` has a value`,
        cause: "one of the two remained from an earlier version of the workflow",
        fix: `remove \`${known}\` or its line in \`clear\``
      });
    }
  }
  return cleared;
}
var roleForm = "`Role name`, or `Role name @ ` and `environment`, `organization`, `population:<name>` or `application:<name>`";
function readRoles(reader) {
  const lines = reader.lines("roles");
  const [only] = lines;
  if (only === void 0) return { kind: "default" };
  const word = only.toLowerCase();
  if (lines.length === 1 && (word === "none" || word === "keep")) return { kind: word };
  const parsed = [];
  for (const line of lines) {
    const role = parseRoleLine(line);
    if ("unknownScope" in role) {
      const near = (0,chunk_KJ6SOPLJ/* nearest */.pA)(role.unknownScope, ["environment", "organization"]);
      const meant = near && `${role.roleName} @ ${near}`;
      reader.problems.push(line.includes(",") ? oneEach("roles", line) : mustBe("roles", line, roleForm, { meant }));
    } else if (/^(none|keep|)$/i.test(role.roleName)) {
      reader.problems.push(mustBe("roles", line, "role names, one per line, or only `none` or `keep`"));
    } else parsed.push(role);
  }
  return { kind: "listed", lines: parsed };
}
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

// src/pingone/assertion.ts
var lifetimeSeconds = 300;
var toleranceSeconds = 60;
var longestSeconds = 3600;
function readPrivateKey(text) {
  const pem = withLineBreaks(text);
  const defect = labelDefect(pem);
  if (defect !== void 0) return defect;
  try {
    const key = crypto2().createPrivateKey(pem);
    const { asymmetricKeyType: algorithm = "unknown", asymmetricKeyDetails } = key;
    if (algorithm !== "rsa") return { algorithm };
    return (asymmetricKeyDetails?.modulusLength ?? 0) < 2048 ? "too-short" : key;
  } catch {
    return "damaged";
  }
}
function withLineBreaks(text) {
  return text.includes("\n") ? text : text.replaceAll("\\r", "").replaceAll("\\n", "\n");
}
function labelDefect(pem) {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (label === void 0) return pem.startsWith("{") ? "jwk" : "not-pem";
  if (label.includes("CERTIFICATE")) return "certificate";
  if (label.includes("PUBLIC")) return "public";
  if (label.includes("ENCRYPTED") || pem.includes("Proc-Type: 4,ENCRYPTED")) return "encrypted";
  return label.startsWith("OPENSSH") ? "openssh" : void 0;
}
function signAssertion({ key, keyId: keyId2 }, { clientId, tokenEndpoint: tokenEndpoint2 }, now) {
  const issued = Math.floor(now / 1e3);
  const header = { alg: "RS256", typ: "JWT", ...keyId2 === void 0 ? {} : { kid: keyId2 } };
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: tokenEndpoint2,
    iat: issued,
    exp: issued + lifetimeSeconds,
    jti: crypto2().randomUUID()
  };
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${input}.${crypto2().sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
}
function readAssertion(assertion, addressee, now) {
  const [header, claims] = assertion.split(".").map(decodePart);
  if (!header || !claims || !/^([\w-]+\.){2}[\w-]*$/.test(assertion)) return { kind: "not-jwt" };
  if (assertion.endsWith(".") || header["alg"] === "none") return { kind: "unsigned" };
  if (String(header["alg"]).startsWith("HS")) return { kind: "symmetric" };
  const { exp } = claims;
  if (typeof exp !== "number") return { kind: "no-expiry" };
  return timeDefect(exp, claims["nbf"], now / 1e3) ?? partyDefect(claims, addressee) ?? { kind: "given", assertion, expires: exp };
}
function isExpired(expires, now) {
  return expires + toleranceSeconds <= now / 1e3;
}
function timeDefect(exp, nbf, seconds) {
  if (isExpired(exp, seconds * 1e3)) return { kind: "expired", at: exp };
  if (exp > seconds + longestSeconds + toleranceSeconds) return { kind: "too-long", at: exp };
  if (typeof nbf === "number" && nbf > seconds + toleranceSeconds) return { kind: "not-yet", at: nbf };
  return void 0;
}
function partyDefect({ iss, sub, aud }, { clientId, tokenEndpoint: tokenEndpoint2 }) {
  if (iss !== clientId || sub !== clientId) return { kind: "client", found: [textOf(iss), textOf(sub)] };
  const audiences = (Array.isArray(aud) ? aud : [aud]).map(textOf);
  const accepted = [tokenEndpoint2, tokenEndpoint2.replace(/\/token$/, "")];
  return accepted.some((url) => audiences.includes(url)) ? void 0 : { kind: "audience", found: audiences };
}
var textOf = (value) => typeof value === "string" ? value : "";
function decodePart(part) {
  try {
    const value = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? value : void 0;
  } catch {
    return void 0;
  }
}
function crypto2() {
  return process.getBuiltinModule("node:crypto");
}

// src/inputs/assertion.ts
var [assertionInput, keyInput] = ["admin-client-assertion", "admin-private-key"];
var assertionInputs = [assertionInput, keyInput];
function readAssertionSource(input, addressee, now) {
  const assertion = input(assertionInput);
  if (assertion === "") {
    const key = readPrivateKey(input(keyInput));
    if (typeof key === "string" || "algorithm" in key) return keyProblem(key);
    return { kind: "key", key, keyId: input("admin-key-id") || void 0 };
  }
  const read = readAssertion(assertion, addressee, now);
  return read.kind === "given" ? read : assertionProblem(read, addressee);
}
var newKey = "create a key with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048`, and register its public key in PingOne";
var keyDefects = {
  "not-pem": [
    "the value is the path of the file, or its first line is missing",
    "store the whole file in the secret, from the line with BEGIN to the line with END"
  ],
  certificate: ["it is a certificate, which contains only the public key", "store the private key that belongs to it"],
  public: ["it is the public key", "store the private key that belongs to it"],
  encrypted: ["a passphrase protects it", "store the output of `openssl pkcs8 -topk8 -nocrypt -in key.pem`"],
  openssh: ["it has the OpenSSH format of `ssh-keygen`", newKey],
  jwk: ["it is a JWK", "convert it to PEM (PKCS#8), and store the PEM"],
  damaged: [
    "it was truncated or changed when it was copied",
    "store the whole file in the secret, from the line with BEGIN to the line with END"
  ],
  "too-short": ["it has fewer than 2048 bits, the minimum for RS256 (RFC 7518)", newKey]
};
function keyProblem(defect) {
  const [cause, fix] = typeof defect === "string" ? keyDefects[defect] : [`it is a key for ${(0,chunk_KJ6SOPLJ/* inline */.mG)(defect.algorithm, 20)}, but the action signs with RS256`, newKey];
  return { what: `\`${keyInput}\` must be an RSA private key, unencrypted, as PEM (PKCS#8)`, cause, fix };
}
var newAssertion = "create the assertion in the job, right before this step";
var signer = "check the claims that the signing step sets";
function assertionProblem(defect, { clientId, tokenEndpoint: tokenEndpoint2 }) {
  const [what, cause, fix] = assertionParts(defect, clientId, tokenEndpoint2);
  return { what: `\`${assertionInput}\` ${what}`, cause, fix };
}
function assertionParts(defect, clientId, tokenEndpoint2) {
  switch (defect.kind) {
    case "not-jwt":
      return [
        "must be a signed JWT: three base64url parts with dots between them",
        "the step that signs it failed or printed something else, or the value was truncated",
        "check the output of the signing step. base64url has no `=`, `+` or `/`"
      ];
    case "unsigned":
      return ["has no signature", "the signing step did not add one", "sign it with the private key (RS256)"];
    case "symmetric":
      return [
        "is signed with a shared secret, not with a private key",
        "its header has the algorithm of the method CLIENT_SECRET_JWT, such as `HS256`",
        "sign it with the private key (RS256)"
      ];
    case "audience":
    case "client":
      return wrongParty(defect, clientId, tokenEndpoint2);
    case "no-expiry":
      return ["has no expiry (the claim `exp`)", "the signing step does not set it", signer];
    case "expired":
    case "too-long":
    case "not-yet":
      return wrongTime(defect);
  }
}
function wrongTime(defect) {
  switch (defect.kind) {
    case "expired":
      return [
        `expired at ${timeOfClaim(defect.at)}`,
        "too much time passed between signing and this step, or the clock of the runner is wrong",
        newAssertion
      ];
    case "too-long":
      return [
        `expires at ${timeOfClaim(defect.at)}, more than one hour ahead`,
        "the claim `exp` is in milliseconds, or the signing step sets a longer lifetime",
        "set `exp` to at most 3600 seconds from now, in seconds since 1970"
      ];
    case "not-yet":
      return [
        `is not valid before ${timeOfClaim(defect.at)}`,
        "the clock of the runner or of the signing step is wrong",
        newAssertion
      ];
  }
}
function wrongParty({ kind, found }, clientId, tokenEndpoint2) {
  const values = (0,chunk_KJ6SOPLJ/* sentenceList */.MT)(found.map((value) => value === "" ? "nothing" : `"${(0,chunk_KJ6SOPLJ/* inline */.mG)(value, 100)}"`));
  if (kind === "client") {
    return [
      `is for another client: \`iss\` and \`sub\` are ${values}`,
      "it was signed for another application, or `admin-client-id` is not the application of the key",
      `set both claims to \`admin-client-id\`, "${(0,chunk_KJ6SOPLJ/* inline */.mG)(clientId, 100)}"`
    ];
  }
  return [
    `is for another audience: \`aud\` is ${values}`,
    "it was signed for another region or another environment, or `admin-environment-id` is wrong",
    `set the claim to the token endpoint, ${(0,chunk_KJ6SOPLJ/* inline */.mG)(tokenEndpoint2)}`
  ];
}
function timeOfClaim(seconds) {
  const date = new Date(seconds * 1e3);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

// src/inputs/credentials.ts
var uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
function maskGivenIds(reader, mask) {
  if (reader.text("mask-ids").toLowerCase() === "false") return;
  const ids = ["application-id", "environment"].flatMap((input) => reader.text(input).match(uuid) ?? []);
  for (const id of ids) [id, id.toLowerCase()].forEach(mask);
}
function maskCredentials(reader, mask) {
  const sources = [
    [reader.text, [...adminSecretNames.inputs, "github-token"], adminPairs.inputs],
    [reader.variable, adminSecretNames.variables, adminPairs.variables]
  ];
  for (const [lookup, names, pairs] of sources) {
    for (const value of names.map(lookup)) [value, (0,chunk_KJ6SOPLJ/* formEncode */.pm)(value), withLineBreaks(value)].forEach(mask);
    for (const { id, secret } of pairs.filter((pair) => lookup(pair.secret) !== "")) {
      (0,chunk_KJ6SOPLJ/* secretForms */.eo)({ clientId: lookup(id), clientSecret: lookup(secret) }).forEach(mask);
    }
  }
}
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
  },
  {
    source: "the environment variables PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID, PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET and PINGCLI_PINGONE_ENVIRONMENT_ID",
    id: "PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_ID",
    secret: "PINGCLI_PINGONE_CLIENT_CREDENTIALS_CLIENT_SECRET",
    environment: "PINGCLI_PINGONE_ENVIRONMENT_ID"
  }
];
var keyId = "admin-key-id";
var tokenVariable = "PINGONE_API_ACCESS_TOKEN";
var adminSecretNames = {
  inputs: [fromInputs.secret, ...assertionInputs, "access-token"],
  variables: [...fromEnvironment.map(({ secret }) => secret), tokenVariable]
};
var adminPairs = {
  inputs: [{ id: fromInputs.id, secret: fromInputs.secret }],
  variables: fromEnvironment.map(({ id, secret }) => ({ id, secret }))
};
function findAdminCredentials(input, variable, method, noneCause, signing) {
  const { id, secret, environment } = fromInputs;
  const names = [id, secret, environment, ...assertionInputs, keyId].filter((name) => input(name) !== "");
  const accessToken = input("access-token");
  if (accessToken && names.length > 0) return bothGiven(names);
  if (accessToken) {
    return tokenProblem("`access-token`", accessToken) ?? { kind: "token", accessToken, source: "the input `access-token`" };
  }
  if (assertionInputs.some((name) => names.includes(name)))
    return assertionCredentials(names, input, noneCause, signing);
  if (names.includes(keyId)) return keyIdAlone;
  if (names.length > 0) return wholeSet(fromInputs, input, method, noneCause);
  const set = fromEnvironment.find(({ id: id2, secret: secret2 }) => variable(id2) !== "" || variable(secret2) !== "");
  if (set) return wholeSet(set, variable, method, noneCause);
  const token = variable(tokenVariable);
  if (token === "") return noneGiven(noneCause);
  const source = `the environment variable ${tokenVariable}`;
  return tokenProblem(tokenVariable, token) ?? { kind: "token", accessToken: token, source };
}
function wholeSet(names, lookup, method, noneCause) {
  const problem = setProblem(names, lookup, noneCause);
  if (problem !== void 0) return problem;
  const [clientId, clientSecret, environmentId] = [lookup(names.id), lookup(names.secret), lookup(names.environment)];
  if (/\s/.test(clientSecret)) return containsBlanks(quotedName(names.secret));
  return { kind: "client", clientId, clientSecret, environmentId, method, source: names.source };
}
function assertionCredentials(given, input, noneCause, { authUrl, now }) {
  const only = [fromInputs.secret, ...assertionInputs].filter((name) => given.includes(name));
  const [proof = "", ...others] = input("admin-auth-method") === "" ? only : [...only, "admin-auth-method"];
  if (others.length > 0) return severalProofs([proof, ...others]);
  if (given.includes(keyId) && proof !== "admin-private-key") return keyIdAlone;
  const problem = setProblem({ ...fromInputs, secret: proof }, input, noneCause);
  if (problem !== void 0) return problem;
  const [clientId, environmentId] = [input(fromInputs.id), input(fromInputs.environment)];
  const addressee = { clientId, tokenEndpoint: (0,chunk_KJ6SOPLJ/* tokenEndpoint */.lN)(authUrl, environmentId) };
  const assertion = readAssertionSource(input, addressee, now);
  if ("what" in assertion) return assertion;
  const source = `the inputs \`${fromInputs.id}\`, \`${proof}\` and \`${fromInputs.environment}\``;
  return { kind: "assertion", clientId, environmentId, assertion, source };
}
function setProblem(names, lookup, noneCause) {
  const missing = [names.id, names.secret, names.environment].filter((name) => lookup(name) === "");
  const environmentId = lookup(names.environment);
  if (missing.length === 0) {
    if (!(0,chunk_KJ6SOPLJ/* isUuid */.O1)(environmentId)) return mustBe(names.environment, environmentId, "the UUID of the environment");
    return /\s/.test(lookup(names.id)) ? containsBlanks(quotedName(names.id)) : void 0;
  }
  const list = (0,chunk_KJ6SOPLJ/* sentenceList */.MT)(missing.map(quotedName));
  return {
    what: `the admin credentials are incomplete: ${list} ${missing.length === 1 ? "is" : "are"} missing`,
    cause: noneCause ?? `only part of ${names.source} is set: a secret does not exist, or it belongs to a GitHub environment that the job does not name`,
    fix: noneCause === void 0 ? `set ${list} as well. ${useEnvironmentSecrets}` : useTrustedEvents
  };
}
var quotedName = (name) => name === name.toLowerCase() ? `\`${name}\`` : name;
function severalProofs([first = "", ...others]) {
  return {
    what: `\`${first}\` cannot be combined with ${(0,chunk_KJ6SOPLJ/* sentenceList */.MT)(others.map(quotedName))}`,
    cause: "the step sets inputs of several ways to sign in",
    fix: "set exactly one of `admin-client-secret`, `admin-client-assertion` and `admin-private-key`. `admin-auth-method` is for a client secret only"
  };
}
var keyIdAlone = {
  what: "`admin-key-id` is set, but `admin-private-key` is not",
  cause: "the secret with the private key is not set, or another step signs the assertion and sets its `kid`",
  fix: "set `admin-private-key` as well, or remove `admin-key-id`"
};
function bothGiven(names) {
  const list = (0,chunk_KJ6SOPLJ/* sentenceList */.MT)(names.map((name) => `\`${name}\``));
  return {
    what: `\`access-token\` cannot be combined with ${list}`,
    cause: "the step sets inputs of two ways to sign in",
    fix: "set either `access-token` or the `admin-` inputs of one application"
  };
}
var useTrustedEvents = "run this step on another event, such as `push`. For Dependabot, store the credentials as Dependabot secrets (Settings > Secrets and variables > Dependabot)";
var useEnvironmentSecrets = "If they are secrets of a GitHub environment, set `environment:` on the job. In a reusable workflow, pass the secrets in the calling job, or set `environment:` on the called job";
function noneGiven(cause) {
  return {
    what: "there are no admin credentials: `admin-client-id`, `admin-client-secret` and `admin-environment-id` are empty, and so are the environment variables that can replace them",
    cause: cause ?? "the secrets are not set, their names have a typo, or they belong to a GitHub environment that the job does not name",
    fix: cause === void 0 ? "set these inputs to the client ID, the client secret and the environment ID of the admin application. " + useEnvironmentSecrets : useTrustedEvents
  };
}

// src/inputs/delivery.ts
var publicGitHub = "https://api.github.com";
function readGitHub(reader) {
  const token = reader.token("github-token");
  const isUsed = token !== "" || reader.text("store-in") !== "";
  return { token, apiUrl: isUsed ? readGitHubApiUrl(reader) : publicGitHub };
}
function readGitHubApiUrl(reader) {
  return reader.checkedUrl("GITHUB_API_URL", reader.variable("GITHUB_API_URL") || publicGitHub) ?? publicGitHub;
}
function readStore(reader, needsToken) {
  const prefix = readPrefix(reader);
  const overwrite = reader.boolean("overwrite-secrets", false);
  const createEnvironments = reader.boolean("create-github-environment", false);
  const idsAs = reader.choice("store-ids-as", ["secrets", "variables"]) ?? "secrets";
  const targets = reader.lines("store-in").flatMap((line) => readTarget(reader, line));
  refuseDuplicates(reader, targets);
  if (reader.lines("store-in").length === 0) return void 0;
  if (needsToken && reader.text("github-token") === "") {
    reader.problems.push({
      what: "`github-token` is missing, and `store-in` needs it",
      cause: "the secret that it is read from is not set. `GITHUB_TOKEN` cannot write secrets",
      fix: 'set `github-token` to a token that can write secrets: of a GitHub App, or a fine-grained personal access token with the repository permission "Secrets: write"'
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
  if (!match || isStep) reader.problems.push(mustBe("repository", text, "`owner/name` of a repository"));
  return { owner: match?.groups?.["owner"] ?? "", repo: match?.groups?.["repo"] ?? "" };
}
function readTarget(reader, line) {
  const [, ...others] = line.split(/[,;]/).map((part) => part.trim().toLowerCase());
  if (others.some((part) => (0,chunk_KJ6SOPLJ/* parseTarget */.hu)(part))) {
    reader.problems.push(oneEach("store-in", line));
    return [];
  }
  const target = (0,chunk_KJ6SOPLJ/* parseTarget */.hu)(line);
  if (!target) {
    const [word = "", ...rest] = line.split(":");
    const near = (0,chunk_KJ6SOPLJ/* nearest */.pA)(word, rest.length > 0 ? ["github-environment"] : ["repository", "organization"]);
    const meant = near && [near, ...rest].join(":");
    const isCase = near?.toLowerCase() === word.toLowerCase();
    const cause = isCase ? "the target is written in lower case" : void 0;
    const form = oneOf(["repository", "github-environment:<name>", "organization"]);
    reader.problems.push(mustBe("store-in", line, form, { meant, cause }));
    return [];
  }
  if (target.kind !== "github-environment") return [target];
  const name = target.name.trim();
  const reason = (0,chunk_KJ6SOPLJ/* environmentNameProblem */.QP)(name);
  if (reason === void 0) return [{ kind: "github-environment", name }];
  reader.problems.push({
    what: `\`store-in\` names the GitHub environment "${(0,chunk_KJ6SOPLJ/* inline */.mG)(name, 60)}", which GitHub does not accept: ${reason}`,
    cause: "the expression in the name is empty or wrong",
    fix: "write `github-environment:` and the name from Settings > Environments of the repository"
  });
  return [];
}
function refuseDuplicates(reader, targets) {
  const names = targets.map((target) => (0,chunk_KJ6SOPLJ/* formatTarget */.P4)(target).toLowerCase());
  for (const name of new Set(names.filter((candidate, index) => names.indexOf(candidate) !== index))) {
    reader.problems.push({
      what: `\`store-in\` names ${(0,chunk_KJ6SOPLJ/* inline */.mG)(name, 80)} more than once`,
      cause: "a line was repeated, or two expressions have the same value. GitHub ignores the case of names",
      fix: "remove one of the lines"
    });
  }
}
function readPrefix(reader) {
  const prefix = reader.text("secret-prefix") || "PINGONE_WORKER_";
  if (!(0,chunk_KJ6SOPLJ/* isSecretPrefix */.TB)(prefix)) {
    const form = "letters, digits and underscores, and not start with a digit or `GITHUB_`";
    reader.problems.push(mustBe("secret-prefix", prefix, form));
  }
  const clashes = (0,chunk_KJ6SOPLJ/* clashesWithAdminNames */.rk)((0,chunk_KJ6SOPLJ/* secretNames */.XG)(prefix));
  if (clashes.length > 0) {
    reader.problems.push({
      what: `\`secret-prefix\` "${prefix}" would write ${clashes.join(", ")}`,
      cause: "admin credentials usually have these names, and the worker's credentials would overwrite them",
      fix: "set another `secret-prefix`, or remove it to use the default `PINGONE_WORKER_`"
    });
  }
  return prefix;
}
function readDataSync(reader) {
  const path = reader.text("datasync-dir");
  const prefix = reader.text("datasync-prefix") || "PING_ONE_";
  if (!(0,chunk_KJ6SOPLJ/* isDataSyncPrefix */.M_)(prefix)) {
    const form = "the start of a variable name: letters, digits and underscores, not starting with a digit";
    reader.problems.push(mustBe("datasync-prefix", prefix, form));
  }
  const keep = reader.boolean("datasync-keep", false);
  if (path === "") return void 0;
  const workspace = reader.variable("GITHUB_WORKSPACE");
  const check = workspace === "" ? { refused: "GITHUB_WORKSPACE is not set" } : (0,chunk_KJ6SOPLJ/* checkFolder */.p$)(workspace, path);
  if ("directory" in check) return { workspace, directory: check.directory, prefix, keep };
  reader.problems.push({
    what: `\`datasync-dir\` "${(0,chunk_KJ6SOPLJ/* inline */.mG)(path, 80)}" cannot be used: ${check.refused}`,
    cause: "the path is not in the workspace, or an earlier step created something else there",
    fix: "set `datasync-dir` to a folder relative to the workspace, e.g. `datasync`"
  });
  return void 0;
}
function dataSyncProblems(dataSync, addresses) {
  if (!dataSync) return [];
  const odd = [
    ["api-url", addresses.apiUrl],
    ["auth-url", addresses.authUrl]
  ].filter(([, value = ""]) => !(0,chunk_KJ6SOPLJ/* isPlainValue */.YJ)(value));
  return odd.map(
    ([input = "", value = ""]) => mustBe(input, value, "an address of letters, digits and . _ ~ : / - only if `datasync-dir` is set")
  );
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
    const form = `one of ${chunk_KJ6SOPLJ/* regionCodes */.pC.join(", ")}, or a domain such as \`eu\` (or set \`auth-url\`, and \`api-url\` if the action has it)`;
    reader.problems.push(mustBe(name, value, form, { meant: (0,chunk_KJ6SOPLJ/* nearest */.pA)(value, chunk_KJ6SOPLJ/* regionWords */._d) }));
  }
  const known = given.filter(isKnown);
  const suffixes = new Set(known.map(({ suffix }) => suffix));
  if (suffixes.size > 1) {
    reader.problems.push({
      what: `the PingOne region is ambiguous: ${(0,chunk_KJ6SOPLJ/* sentenceList */.MT)(known.map(({ name, value }) => `\`${name}\` is \`${(0,chunk_KJ6SOPLJ/* inline */.mG)(value, 60)}\``))}`,
      cause: "one of the values remained from another environment",
      fix: "set `region` to the region of the PingOne environment, and remove or correct the others"
    });
  }
  return known[0]?.suffix ?? "com";
}
var isKnown = ({ suffix }) => suffix !== void 0;
function regionSetting(name, value) {
  return { name, value, suffix: (0,chunk_KJ6SOPLJ/* regionSuffix */.oL)(value.replace(/^\.|^(?:\.?pingone\.)/i, "")) };
}
function hostSetting(name, service, url) {
  const { host } = new URL(url ?? "https://none.invalid");
  const suffix = chunk_KJ6SOPLJ/* regionCodes */.pC.map((code) => (0,chunk_KJ6SOPLJ/* regionSuffix */.oL)(code) ?? "").find((candidate) => new URL((0,chunk_KJ6SOPLJ/* regionUrls */.vS)(candidate)[`${service}Url`]).host === host);
  return { name, value: host, suffix };
}
function readAddresses(reader) {
  const given = { apiUrl: readPingOneApiUrl(reader), authUrl: readAuthUrl(reader) };
  const defaults = (0,chunk_KJ6SOPLJ/* regionUrls */.vS)(readRegion(reader, given));
  const { apiUrl, authUrl } = given;
  const inputs = ["region", "api-url", "auth-url"].filter((name) => reader.text(name) !== "");
  const isKnownHost = isKnown(hostSetting("api-url", "api", apiUrl)) || isKnown(hostSetting("auth-url", "auth", authUrl));
  const alone = inputs.length === 1 && !isKnownHost ? apiUrl ?? authUrl : void 0;
  if (alone !== void 0) reader.problems.push(otherMissing(inputs[0] ?? "", alone));
  return { apiUrl: apiUrl ?? defaults.apiUrl, authUrl: authUrl ?? defaults.authUrl };
}
function otherMissing(set, url) {
  const missing = set === "api-url" ? "auth-url" : "api-url";
  return {
    what: `\`${set}\` is \`${(0,chunk_KJ6SOPLJ/* inline */.mG)(url, 60)}\`, which belongs to no known region, but \`${missing}\` is empty`,
    cause: "only one of the two addresses was set, or it has a typo",
    fix: `set \`${missing}\` as well, or \`region\` if the other address is that of a known region`
  };
}
function readPingOneApiUrl(reader) {
  const url = reader.url("api-url");
  if (url !== void 0 && !url.endsWith("/v1")) {
    const base = url.replace(/\/v1\/.*$/, "");
    reader.problems.push(
      mustBe("api-url", url, "the address of the API with its path `/v1`", {
        meant: `${base}/v1`,
        cause: base === url ? "the value has only the host" : "the value has more than the base of the API"
      })
    );
  }
  return url;
}
function readAuthUrl(reader) {
  const url = reader.url("auth-url");
  const end = url === void 0 ? -1 : url.search(/(\/[0-9a-f-]{36})?\/as(\/token)?$/i);
  if (url !== void 0 && end >= 0) {
    reader.problems.push({
      what: "`auth-url` must be the base of the token endpoint only",
      cause: "the complete token endpoint was copied. The action adds the environment ID and `/as/token`",
      fix: `set \`auth-url\` to \`${(0,chunk_KJ6SOPLJ/* inline */.mG)(url.slice(0, end))}\``
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
    reader.problems.push(mustBe("custom-domain", text, "the host name of the custom domain, e.g. `auth.example.com`"));
  }
  return host;
}

// src/inputs/settings.ts
function readSettings({ env, event, readFile: readFile2, appendProblem: appendProblem2, mask, clock }) {
  const reader = new InputReader(env);
  maskCredentials(reader, mask);
  maskGivenIds(reader, mask);
  const method = reader.choice("admin-auth-method", chunk_KJ6SOPLJ/* secretAuthMethods */.Jn);
  const addresses = readAddresses(reader);
  const signing = { authUrl: addresses.authUrl, now: clock.now() };
  const noSecrets = whyNoSecrets(reader.variable, event);
  const admin = findAdminCredentials(reader.text, reader.variable, method, noSecrets, signing);
  const mode = readMode(reader);
  const settings = {
    ...mode,
    desired: readDesired(reader, mode.state, readFile2),
    secretOverlapMs: readOverlap(reader),
    environment: readEnvironmentInput(reader),
    ...addresses,
    verify: reader.boolean("verify", true),
    maskIds: reader.boolean("mask-ids", true),
    outputSecret: reader.boolean("output-secret", true),
    customDomain: readCustomDomain(reader),
    gitHub: readGitHub(reader),
    store: readStore(reader, (0,chunk_KJ6SOPLJ/* delivers */.xn)(mode)),
    dataSync: readDataSync(reader),
    timeoutSeconds: reader.seconds("timeout", 300),
    run: runIdentity(reader.variable)
  };
  const problems = [
    ...reader.problems,
    ..."what" in admin ? [admin] : [],
    ...dataSyncProblems(settings.dataSync, settings),
    ...outputFileProblems(reader.variable("GITHUB_OUTPUT"), whenNoFile(settings), appendProblem2),
    ...rotationProblems(reader, settings)
  ];
  if ("what" in admin || problems.length > 0) throw inputError(problems);
  return { ...settings, admin };
}
function whenNoFile(settings) {
  return settings.outputSecret && (0,chunk_KJ6SOPLJ/* delivers */.xn)(settings) ? noOutputFile : void 0;
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
function readEnvironmentInput(reader) {
  const text = reader.required("environment", "the ID or the exact name of the PingOne environment");
  return (0,chunk_KJ6SOPLJ/* isUuid */.O1)(text) ? { id: text.toLowerCase() } : { name: text };
}
var noOutputFile = {
  what: "`output-secret` is `true`, but there is no file for outputs (GITHUB_OUTPUT is not set)",
  cause: "the step does not run on a GitHub runner, or on one older than 2.327.1",
  fix: "set `output-secret` to `false`, or run the step on a current runner"
};

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

// src/run/connect.ts
function logSettings({ runner, settings }) {
  const { environment, store, dataSync } = settings;
  runner.section("Settings");
  const lines = [
    `Worker: ${(0,chunk_KJ6SOPLJ/* shownName */.HD)(settings)}, ${settings.state}${settings.dryRun ? ", dry run" : ""}`,
    `PingOne environment: ${"id" in environment ? "by its ID" : (0,chunk_KJ6SOPLJ/* inline */.mG)(environment.name, 100)}`,
    `PingOne API: ${settings.apiUrl}; sign-in: ${settings.authUrl}`,
    `Stored in: ${store ? (0,chunk_KJ6SOPLJ/* sentenceList */.MT)(store.targets.map((target) => (0,chunk_KJ6SOPLJ/* inline */.mG)((0,chunk_KJ6SOPLJ/* formatTarget */.P4)(target), 100))) : "nowhere"}`,
    `Files for PingDataSync: ${dataSync ? (0,chunk_KJ6SOPLJ/* inline */.mG)(dataSync.directory, 200) : "none"}`,
    `Time limit: ${settings.timeoutSeconds} s`
  ];
  lines.forEach(runner.info);
  runner.section(void 0);
  if ((0,chunk_KJ6SOPLJ/* delivers */.xn)(settings) && !settings.outputSecret && !store && !dataSync) {
    runner.notice(
      "This run neither exposes nor stores the client secret: `output-secret` is `false`, and `store-in` and `datasync-dir` are empty. If a later job needs the secret, set `store-in`."
    );
  }
}
async function connect(run) {
  const { admin } = run.settings;
  run.runner.info(`Signing in with ${admin.source}`);
  if (admin.kind === "token") {
    return { tokens: (0,chunk_KJ6SOPLJ/* fixedToken */.WV)(admin.accessToken), adminClientId: clientIdInToken(admin.accessToken) };
  }
  const [first, signIn] = admin.kind === "client" ? await signInBySecret(run, admin) : await signInByAssertion(run, admin);
  let token = first;
  return {
    adminClientId: admin.clientId,
    tokens: {
      current: () => Promise.resolve(token),
      renew: async () => {
        run.runner.info("Signing in again to get a new access token");
        token = await signIn();
        return token;
      }
    }
  };
}
async function signInBySecret(run, admin) {
  const by = (method) => () => explainedToken(run, admin, chunk_KJ6SOPLJ/* adminSecret */.uM, { ...admin, method });
  const signIn = by(admin.method ?? "CLIENT_SECRET_BASIC");
  try {
    return [await signIn(), signIn];
  } catch (error) {
    const refused = error instanceof chunk_KJ6SOPLJ/* ActionError */.lZ ? error.cause : void 0;
    const tryOther = admin.method === void 0 && refused instanceof chunk_KJ6SOPLJ/* OAuthError */.W5 && refused.isUnsupportedMethod;
    if (!tryOther) throw error;
  }
  const signInByPost = by("CLIENT_SECRET_POST");
  return [await signInByPost(), signInByPost];
}
async function signInByAssertion(run, admin) {
  const assertion = () => assertionFor(run, admin);
  const signIn = async () => {
    try {
      return await explainedToken(run, admin, chunk_KJ6SOPLJ/* adminAssertion */.wB, { assertion });
    } catch (error) {
      throw mayHaveExpired(run, admin, error) ? assertionExpired(admin, error) : error;
    }
  };
  return [await signIn(), signIn];
}
function assertionFor({ runner, clock, settings }, admin) {
  const { assertion: source, clientId, environmentId } = admin;
  if (source.kind === "given") {
    if (isExpired(source.expires, clock.now())) throw assertionExpired(admin);
    return source.assertion;
  }
  const addressee = { clientId, tokenEndpoint: (0,chunk_KJ6SOPLJ/* tokenEndpoint */.lN)(settings.authUrl, environmentId) };
  const assertion = signAssertion(source, addressee, clock.now());
  runner.mask(assertion);
  return assertion;
}
function mayHaveExpired({ clock }, { assertion }, error) {
  if (assertion.kind !== "given" || !(error instanceof chunk_KJ6SOPLJ/* ActionError */.lZ)) return false;
  const isRefused = error.cause instanceof chunk_KJ6SOPLJ/* OAuthError */.W5 && error.cause.error === "invalid_client";
  return isRefused && isExpired(assertion.expires, clock.now() + 2 * toleranceSeconds * 1e3);
}
function assertionExpired({ assertion }, cause) {
  const at = assertion.kind === "given" ? ` at ${new Date(assertion.expires * 1e3).toISOString()}` : "";
  return new chunk_KJ6SOPLJ/* ActionError */.lZ(
    {
      what: `\`admin-client-assertion\` expired during the run${at}, so the step cannot sign in with it again.`,
      cause: "the run took longer than the lifetime of the assertion, or the clock of the runner is wrong.",
      fix: "create the assertion right before this step, with a lifetime of up to one hour. Then run the workflow again."
    },
    { cause }
  );
}
async function explainedToken({ settings, send, runner, trace }, { environmentId, source }, kind, authentication) {
  const endpoint = (0,chunk_KJ6SOPLJ/* tokenEndpoint */.lN)(settings.authUrl, environmentId);
  try {
    const accessToken = (0,chunk_KJ6SOPLJ/* bearerToken */.hC)(await (0,chunk_KJ6SOPLJ/* requestGrant */.kP)(send, endpoint, authentication, { trace }));
    runner.mask(accessToken);
    return accessToken;
  } catch (error) {
    throw (0,chunk_KJ6SOPLJ/* explainSignIn */.iF)(error, kind, source, endpoint);
  }
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

// src/main.ts
async function loadTheRest() {
  for (let turn = 0; turn < 3; turn += 1) await (0,promises_.setImmediate)();
  return __nccwpck_require__.e(/* import() */ 131).then(__nccwpck_require__.bind(__nccwpck_require__, 131));
}
async function main(dependencies, runner = (0,chunk_KJ6SOPLJ/* runnerOf */.mv)(dependencies)) {
  let run;
  const ended = new AbortController();
  try {
    const settings = readSettings({ ...dependencies, mask: runner.mask });
    run = (0,chunk_KJ6SOPLJ/* createRunContext */.ft)(dependencies, runner, settings);
    logSettings(run);
    const opened = run;
    const connecting = connect(opened);
    dependencies.transport.connectAhead?.(settings.apiUrl, connectionsAhead(settings), ended.signal);
    const carrying = loadTheRest().then(({ run: run2 }) => run2(opened, connecting));
    const [outputs] = await Promise.all([carrying, connecting]);
    setOutputs(runner, outputs, settings.dryRun);
  } catch (error) {
    const failure = (0,chunk_KJ6SOPLJ/* explained */.to)(error);
    if (Error.isError(failure.cause)) runner.debug(`${failure.cause.name}: ${failure.cause.message}`);
    const noted = failure.withAdvice(cancelNote(failure, dependencies));
    runner.fail(noted.withAdvice(run ? (0,chunk_KJ6SOPLJ/* progressAdvice */.uZ)(run.progress) : "").message);
    dependencies.abortPending();
    const { reportFailure } = await __nccwpck_require__.e(/* import() */ 131).then(__nccwpck_require__.bind(__nccwpck_require__, 131));
    reportFailure({ runner, env: dependencies.env }, failure, run);
  } finally {
    ended.abort();
  }
}
function cancelNote({ message }, { interruption }) {
  if (!interruption.requested.aborted || message.includes("The step was cancelled")) return "";
  return "The step was also cancelled.";
}
var requestsAtOnce = 5;
function connectionsAhead({ apiUrl, authUrl }) {
  return new URL(apiUrl).origin === new URL(authUrl).origin ? requestsAtOnce - 1 : requestsAtOnce;
}
function setOutputs(runner, { "client-secret": secret, ...others }, isPlan) {
  const outputs = { ...others, ...secret === void 0 ? {} : { "client-secret": secret } };
  try {
    for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  } catch (error) {
    throw (0,chunk_KJ6SOPLJ/* explained */.to)(error).withAdvice(whatIsDone(others, isPlan));
  }
}
function whatIsDone(outputs, isPlan) {
  if (isPlan) return "This was a dry run: nothing was changed.";
  const targets = JSON.parse(outputs["stored"] ?? "[]").map(({ target }) => target);
  const files = JSON.parse(outputs["datasync-files"] ?? "[]");
  const stored = [...targets, ...files.length > 0 ? ["the files for PingDataSync"] : []];
  return [
    `Everything else is done (result: \`${outputs["result"] ?? ""}\`).`,
    stored.length > 0 ? `The credentials are in ${(0,chunk_KJ6SOPLJ/* sentenceList */.MT)(stored.map((target) => (0,chunk_KJ6SOPLJ/* inline */.mG)(target, 100)))}.` : "",
    outputs["secret-rotated"] === "true" ? `The secret was rotated${stored.length > 0 ? "" : ". The new secret is not stored yet; the next run reads it"}.` : ""
  ].filter(Boolean).join(" ");
}

// src/process.ts


// src/http/transport.ts


// src/http/connections.ts



function proxyFor(url, env) {
  const address = env["https_proxy"] || env["HTTPS_PROXY"];
  if (url.protocol !== "https:" || !address || checkBypass(url) || isInWildcard(url, env)) return void 0;
  const proxy = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
  if (proxy?.hostname && ["http:", "https:"].includes(proxy.protocol)) return proxy;
  throw new chunk_KJ6SOPLJ/* NetworkError */.Dr("proxy-refused", "`https_proxy` is not the address of an HTTP proxy");
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
    request.once("error", (error) => {
      callback(new chunk_KJ6SOPLJ/* NetworkError */.Dr("unreachable", `the proxy ${proxy.host}: ${error.code ?? error.message}`));
    });
    request.end();
  }
};
function connectRequest(proxy, { host, port, connectSignal }) {
  const name = host?.includes(":") ? `[${host}]` : host;
  const target = `${name}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const options = { ...addressOf(proxy), protocol: proxy.protocol, method: "CONNECT", path: target, agent: false };
  return requestWith(connectSignal ? { ...options, signal: connectSignal } : options, {
    host: target,
    ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
  });
}
function requestWith(options, headers) {
  for (const [name, value] of Object.entries(headers)) external_node_http_namespaceObject.validateHeaderValue(name, value);
  const request = (options.protocol === "https:" ? external_node_https_namespaceObject_0 : external_node_http_namespaceObject_0).request(options);
  return request.setHeaders(new Map(Object.entries(headers)));
}
function proxyRefusal({ host }, status) {
  const isTemporary = status >= 500 || status === 408 || status === 429;
  return new chunk_KJ6SOPLJ/* NetworkError */.Dr(isTemporary ? "unreachable" : "proxy-refused", `the proxy ${host} returned ${status}`);
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
    const open = agent.createConnection.bind(agent);
    agent.createConnection = (options, given) => {
      const callback = given;
      const stream = this.#takeFresh();
      if (!stream) return open(options, given);
      void stream.then(
        (early) => callback(null, early),
        // Why it failed is for the request to find out.
        () => passOn(open(options, given), callback)
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
  add(open, signal) {
    const { promise: stream, resolve: resolve2, reject } = Promise.withResolvers();
    const entry = { stream, openedAt: performance.now() };
    const forget = () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
    stream.catch(forget);
    this.#waiting.push(entry);
    const onConnected = (error, connection) => {
      if (!connection) {
        reject(error ?? new Error("no connection"));
        return;
      }
      connection.once("error", forget).once("close", forget);
      signal.addEventListener("abort", () => {
        if (this.#waiting.includes(entry)) connection.destroy();
      });
      resolve2(connection);
    };
    passOn(open(onConnected), onConnected);
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
  if (connections.areBusy) await (0,promises_.setImmediate)();
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
  } catch (error) {
    if (signal.aborted) throw outOfTime(error, requestMs, connection !== void 0);
    if (outgoing.reusedSocket) connections.broke();
    throw networkError(error);
  }
}
function responseTo(outgoing, body, signal) {
  return new Promise((resolve2, reject) => {
    outgoing.once("response", resolve2);
    outgoing.once("upgrade", (message, socket) => {
      socket.destroy();
      reject(new chunk_KJ6SOPLJ/* NetworkError */.Dr("garbled", `status ${message.statusCode}, a protocol that was not asked for`));
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
    if (size > limit) throw new chunk_KJ6SOPLJ/* NetworkError */.Dr("too-large", `the response is larger than ${limit} bytes`);
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
  return isConnected ? new chunk_KJ6SOPLJ/* NetworkError */.Dr("timeout", `no complete response ${within}`, { cause }) : new chunk_KJ6SOPLJ/* NetworkError */.Dr("unreachable", `no connection through the proxy ${within}`, { cause });
}
var unreachableCodes = /* @__PURE__ */ new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
var untrustedCode = /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^EPROTO$/;
function networkError(error) {
  if (error instanceof chunk_KJ6SOPLJ/* NetworkError */.Dr) return error;
  const cause = error;
  const code = errorCode(cause);
  if (unreachableCodes.has(code)) return new chunk_KJ6SOPLJ/* NetworkError */.Dr("unreachable", code, { cause });
  if (untrustedCode.test(code)) return new chunk_KJ6SOPLJ/* NetworkError */.Dr("untrusted", code, { cause });
  if (code.startsWith("HPE_")) return new chunk_KJ6SOPLJ/* NetworkError */.Dr("garbled", code, { cause });
  return new chunk_KJ6SOPLJ/* NetworkError */.Dr("interrupted", code || cause.message, { cause });
}
function errorCode(error) {
  const [first] = "errors" in error ? error.errors : [error];
  return first?.code ?? "";
}

// src/process.ts
var writeGraceMs = 5e3;
var exitGraceMs = 1e3;
var stoppedShort = `The step stopped before its work was done.
Likely cause: a defect in this action.
What to do: run the workflow again, and report an issue of this action if it happens again.`;
var cancelledShort = (0,chunk_KJ6SOPLJ/* explained */.to)(new chunk_KJ6SOPLJ/* Cancelled */.cJ("before its work was done")).message;
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
  const interruption = (0,chunk_KJ6SOPLJ/* createInterruption */.aF)(stop.signal, abandon.signal);
  const dependencies = {
    env,
    event: () => readEvent(env["GITHUB_EVENT_PATH"] ?? ""),
    appendProblem,
    core: chunk_KJ6SOPLJ/* toolkit */.VQ,
    transport: createTransport(userAgent(env["GITHUB_ACTION_REF"] ?? ""), env),
    clock: chunk_KJ6SOPLJ/* monotonicClock */.VF,
    random: Math.random,
    randomId: () => crypto.randomUUID(),
    interruption,
    abortPending: interrupt
  };
  const runner = (0,chunk_KJ6SOPLJ/* runnerOf */.mv)(dependencies);
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
  process.once("uncaughtException", (error) => {
    isReported = true;
    runner.fail((0,chunk_KJ6SOPLJ/* explained */.to)(error).message);
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
    return JSON.parse((0,external_node_fs_.readFileSync)(path, "utf8"));
  } catch {
    return void 0;
  }
}

// src/index.ts
var readFile = readFileOf(process.env["GITHUB_WORKSPACE"] ?? process.cwd());
runProgram(process.env, (dependencies, runner) => main({ ...dependencies, readFile }, runner));

