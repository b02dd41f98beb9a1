export const id = 423;
export const ids = [423];
export const modules = {

/***/ 804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   carryOut: () => (/* binding */ carryOut)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(995);
/* harmony import */ var _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(731);
/* harmony import */ var _chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(423);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(760);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(24);

const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



// src/worker/changes.ts
function reportedChanges(plan2) {
  return plan2.flatMap((change) => {
    switch (change.kind) {
      case "create-application":
      case "update-application":
        return change.fields.map((field) => ({ kind: change.kind, ...field }));
      case "upload-icon": {
        const { sha256, ...rest } = change;
        return [{ ...rest, to: sha256 }];
      }
      case "grant-role":
        return [{ kind: change.kind, to: change.grant.label }];
      case "rename-application":
      case "remove-icon":
      case "rotate-secret":
      case "delete-application":
        return [change];
    }
  });
}
function resultOf(plan2) {
  if (plan2.some(({ kind }) => kind === "create-application")) return "created";
  return plan2.length === 0 ? "unchanged" : "updated";
}
function describeChange(change) {
  if (change.kind === "update-application") return `update ${change.fields.map(({ field }) => field).join(", ")}`;
  if (change.kind === "grant-role") return `grant ${change.grant.label}`;
  const [verb = "", object2 = ""] = change.kind.split("-");
  return `${verb} the ${object2}`;
}

// src/worker/icon.ts
function imageIdOf(application) {
  const { icon } = application;
  const id = typeof icon === "object" && icon !== null && "id" in icon ? icon.id : void 0;
  return typeof id === "string" ? id : void 0;
}
function iconChanges(desired, application, { canBeRecorded, recorded }) {
  const present = application && imageIdOf(application);
  const wanted = desired.iconSha256;
  if (wanted === void 0) {
    return desired.clear.has("icon") && present !== void 0 ? [{ kind: "remove-icon" }] : [];
  }
  const isUploaded = recorded?.sha256 === wanted && recorded.imageId === present;
  const upload = present === void 0 || canBeRecorded && !isUploaded;
  return upload ? [{ kind: "upload-icon", sha256: wanted }] : [];
}

// src/http/backoff.ts
function createBackoff({ clock, interruption, firstMs, longestMs = firstMs, until }) {
  let nextMs = firstMs;
  return {
    async pause(announce) {
      const ms = nextMs;
      if (clock.now() + ms > until) return false;
      nextMs = Math.min(2 * ms, longestMs);
      announce?.(ms);
      await clock.sleep(ms, interruption.stop);
      return true;
    }
  };
}

// src/pingone/client.ts
function createPingOne(context) {
  let aheadMs = 0;
  const noteDate = ({ headers }) => {
    const date = Date.parse(headers["date"] ?? "");
    if (!Number.isNaN(date)) aheadMs = date - context.clock.now();
  };
  return {
    now: () => context.clock.now() + aheadMs,
    json: (request, schema) => call(context, request, (response) => {
      noteDate(response);
      return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJson */ .xO)(response, schema);
    }),
    empty: (request) => call(context, request, (response) => {
      noteDate(response);
      if (response.status !== 204) (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJson */ .xO)(response, anything);
    })
  };
}
var firstLagWaitMs = 100;
var longestLagWaitMs = 4e3;
var anything = { safeParse: (data) => ({ success: true, data }) };
async function call(context, request, decode) {
  const { clock, interruption } = context;
  const until = clock.now() + context.lagMs;
  const backoff = createBackoff({ clock, interruption, firstMs: firstLagWaitMs, longestMs: longestLagWaitMs, until });
  const isLag = (error) => request.isLag?.(error) === true || context.isYoung && isSettling(error, request);
  let token = await context.tokens.current();
  let renewed = false;
  for (; ; ) {
    try {
      return await callOnce(context, request, token, decode);
    } catch (error) {
      if (!(error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM)) throw error;
      const mayRenew = !renewed && (error.isInvalidToken || context.isYoung && isLag(error));
      const fresh = mayRenew ? await context.tokens.renew() : void 0;
      if (fresh) {
        renewed = true;
        token = fresh;
        continue;
      }
      const announce = (ms) => context.onWait(`PingOne may not be ready yet, trying again in ${ms / 1e3} s: ${error.message}`);
      if (!isLag(error) || !await backoff.pause(announce)) throw error;
    }
  }
}
function isSettling(error, request) {
  if (error.status === 404) return request.mayBeMissing !== true;
  return error.isAccessDenied || error.isInvalidToken || error.says("Must have role at the same or broader scope");
}
async function callOnce({ apiUrl, send, traceHeaders }, request, token, decode) {
  const { kind, method, path } = request;
  const url = path.startsWith("/") ? apiUrl + path : path;
  if (new URL(url).origin !== new URL(apiUrl).origin) {
    throw strayLink("leads to another host");
  }
  const { headers, ...content } = contentOf(request);
  const common = { accept: "application/json", authorization: `Bearer ${token}`, ...traceHeaders };
  return send({ kind, method, url, headers: { ...common, ...headers }, ...content }, (response) => {
    if (response.status < 200 || response.status > 299) {
      throw new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM(response, `${method} ${new URL(url).pathname}`);
    }
    return decode(response);
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
async function deleteIfThere(pingone, path) {
  try {
    await pingone.empty({ kind: "write", method: "DELETE", path, mayBeMissing: true });
  } catch (error) {
    if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) throw error;
  }
}
function strayLink(what) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `A link in an answer of PingOne ${what}; it was not followed.`,
    cause: "something between the runner and PingOne rewrites answers, or `api-url` is not the PingOne API.",
    fix: "check `api-url` and the proxy of the runner."
  });
}

// src/pingone/pages.ts
var mostPages = 1e3;
var linkSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ href: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var pageSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  _links: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ next: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(linkSchema) })),
  _embedded: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)())),
  count: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)())
});
async function readCollection(pingone, path, member, itemSchema) {
  const itemsSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)(itemSchema);
  const schema = {
    safeParse(value) {
      const page = pageSchema.safeParse(value);
      const { _links: links, _embedded: embedded, count } = page.data ?? {};
      if (!links && !embedded && count === void 0) return { success: false };
      const items = itemsSchema.safeParse(page.data?._embedded?.[member] ?? []);
      if (!page.success || !items.success) return { success: false };
      return { success: true, data: { items: items.data, next: page.data._links?.next?.href } };
    }
  };
  const all = [];
  const seen = /* @__PURE__ */ new Set();
  let next = path;
  while (next !== void 0) {
    if (seen.has(next) || seen.size >= mostPages) throw strayLink(`leads in a circle through the pages of ${member}`);
    seen.add(next);
    const page = await pingone.json(
      { kind: "read", method: "GET", path: next },
      schema
    );
    all.push(...page.items);
    next = page.next;
  }
  return all;
}

// src/pingone/environments.ts
var environmentSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  name: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  type: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  status: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  organization: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }),
  createdAt: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()
});
var youthMs = 10 * 6e4;
function isYoung({ createdAt }, now) {
  return now - Date.parse(createdAt) < youthMs;
}
function environmentPath(environmentId, part = "") {
  return `/environments/${encodeURIComponent(environmentId)}${part}`;
}
function readEnvironment(pingone, id) {
  return pingone.json({ kind: "read", method: "GET", path: environmentPath(id) }, environmentSchema);
}
function findEnvironments(pingone, nameStart) {
  const literal2 = nameStart.replace(/["\\]/g, "\\$&");
  const filter = encodeURIComponent(`name sw "${literal2}"`);
  return readCollection(pingone, `/environments?filter=${filter}`, "environments", environmentSchema);
}

// src/pingone/applications.ts
var applicationSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({
  id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  name: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  type: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  createdAt: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  updatedAt: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  clientId: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)())
});
function clientIdOf({ clientId, id }) {
  return clientId ?? id;
}
var newMs = 12e4;
function wasJustCreated({ createdAt }, now) {
  return Math.abs(now - Date.parse(createdAt ?? "")) < newMs;
}
function applicationPath({ environmentId, applicationId }, part = "") {
  return environmentPath(environmentId, `/applications/${encodeURIComponent(applicationId)}${part}`);
}
function lagOf({ isNew: isNew2 }) {
  return (error) => isNew2 && error.status === 404;
}
function listApplications(pingone, environmentId) {
  const path = environmentPath(environmentId, "/applications");
  return readCollection(pingone, path, "applications", applicationSchema);
}
function readApplication(pingone, ref) {
  return pingone.json(
    { kind: "read", method: "GET", path: applicationPath(ref), isLag: lagOf(ref) },
    applicationSchema
  );
}
function createApplication(pingone, environmentId, body) {
  const path = environmentPath(environmentId, "/applications");
  return pingone.json({ kind: "create", method: "POST", path, body }, applicationSchema);
}
function replaceApplication(pingone, ref, body) {
  return pingone.json(
    { kind: "write", method: "PUT", path: applicationPath(ref), body, isLag: lagOf(ref) },
    applicationSchema
  );
}
function deleteApplication(pingone, ref) {
  return deleteIfThere(pingone, applicationPath(ref));
}

// src/pingone/roles.ts
var roleSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  name: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  applicableTo: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()))
});
var scopeSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ type: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var assignmentSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  role: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }),
  scope: scopeSchema,
  readOnly: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)())
});
function listRoles(pingone) {
  return readCollection(pingone, "/roles", "roles", roleSchema);
}
function listCustomRoles(pingone, environmentId) {
  const filter = encodeURIComponent('type eq "CUSTOM"');
  return readCollection(pingone, environmentPath(environmentId, `/roles?filter=${filter}`), "roles", roleSchema);
}
function listRoleAssignments(pingone, ref) {
  return readCollection(pingone, applicationPath(ref, "/roleAssignments"), "roleAssignments", assignmentSchema);
}
async function grantRole(pingone, ref, roleId, scope) {
  try {
    await pingone.empty({
      kind: "write",
      method: "POST",
      path: applicationPath(ref, "/roleAssignments"),
      body: { role: { id: roleId }, scope: { id: scope.id, type: scope.type } },
      isLag: lagOf(ref)
    });
  } catch (error) {
    if (!(error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && error.hasDetail("UNIQUENESS_VIOLATION"))) throw error;
  }
}

// src/worker/target.ts
var readOnlyAttributes = /* @__PURE__ */ new Set([
  "_links",
  "_embedded",
  "id",
  "environment",
  "createdAt",
  "updatedAt",
  "clientId",
  "assignActorRoles"
]);
function attributesOfNew(desired) {
  const { name, description, enabled, tokenEndpointAuthMethod: method, redirectUris } = desired;
  return {
    name,
    ...description === void 0 ? {} : { description },
    enabled: enabled === "keep" ? true : enabled,
    type: "WORKER",
    protocol: "OPENID_CONNECT",
    grantTypes: ["CLIENT_CREDENTIALS", ...redirectUris ? ["AUTHORIZATION_CODE"] : []],
    ...redirectUris ? { responseTypes: ["CODE"], redirectUris } : {},
    tokenEndpointAuthMethod: method === "keep" ? "CLIENT_SECRET_POST" : method,
    assignActorRoles: false
  };
}
function attributesOfExisting(desired, application) {
  const { description, enabled, tokenEndpointAuthMethod: method, clear } = desired;
  return {
    ...clear.has("description") ? { description: null } : {},
    ...description === void 0 ? {} : { description },
    ...enabled === "keep" ? {} : { enabled },
    ...interactiveAttributes(desired, application),
    ...method === "keep" ? {} : { tokenEndpointAuthMethod: method }
  };
}
function interactiveAttributes({ redirectUris, clear }, application) {
  const grantTypes = withMember(application["grantTypes"], "CLIENT_CREDENTIALS");
  const { responseTypes } = application;
  if (redirectUris) {
    return {
      grantTypes: withMember(grantTypes, "AUTHORIZATION_CODE"),
      responseTypes: withMember(responseTypes, "CODE"),
      redirectUris: sameMembers(application["redirectUris"], redirectUris) ? application["redirectUris"] : redirectUris
    };
  }
  if (!clear.has("redirect-uris")) return { grantTypes };
  const kept = members(responseTypes).filter((type) => type !== "CODE");
  return {
    grantTypes: members(grantTypes).filter((grant) => grant !== "AUTHORIZATION_CODE"),
    responseTypes: kept.length > 0 ? kept : null,
    redirectUris: null
  };
}
function needsRedirectUris(application) {
  return members(application["grantTypes"]).includes("IMPLICIT");
}
function members(value) {
  return Array.isArray(value) ? value : [];
}
function withMember(value, member) {
  return members(value).includes(member) ? value : [...members(value), member];
}
function sameMembers(value, wanted) {
  return members(value).length === wanted.length && wanted.every((member) => members(value).includes(member));
}
function replacementBody(application, changed) {
  return Object.fromEntries(
    Object.entries({ ...application, ...changed }).filter(
      ([name, value]) => !readOnlyAttributes.has(name) && value !== null
    )
  );
}

// src/worker/find.ts
function findWorker(applications, name) {
  const named = applications.filter((application) => application.name === name);
  const [first, second, ...rest] = named.filter(({ type }) => type === "WORKER").sort(byAge);
  if (first && second) return { kind: "several", applications: [first, second, ...rest] };
  if (first) return { kind: "one", application: first };
  if (named[0]) return { kind: "other-type", application: named[0] };
  const similar = (other) => other.trim().toLowerCase() === name.trim().toLowerCase();
  return { kind: "none", nearMisses: applications.map((application) => application.name).filter(similar) };
}
function byAge(a, b) {
  const difference = Date.parse(a.createdAt ?? "") - Date.parse(b.createdAt ?? "");
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : 1;
}

// src/steps/refusals.ts
function cannotManage(error) {
  if (!error.isAccessDenied || error.isFromGateway) return void 0;
  return {
    cause: "the admin credentials may not manage applications in this environment.",
    fix: "in PingOne, give the application of the admin credentials *Client Application Developer* and every role that the worker is to hold, or *Environment Admin* alone, on the target environment."
  };
}
function cannotCreate(error) {
  if (!error.isAccessDenied || error.isFromGateway) return refusedAttributes(error);
  return {
    cause: "the admin credentials may read applications in this environment, but not create them.",
    fix: "in PingOne, give their application *Client Application Developer* or *Environment Admin* on the environment."
  };
}
function refusedAttributes(error) {
  const isAbout = (attribute) => error.details.some(({ target }) => target?.includes(attribute));
  if (isAbout("redirectUris")) {
    return {
      cause: "PingOne does not take one of the addresses in `redirect-uris`.",
      fix: "see the text above, and correct `redirect-uris`."
    };
  }
  if (!isAbout("description")) return void 0;
  return {
    cause: "PingOne refuses the characters $ + < = > ^ ` | ~ in a description.",
    fix: "leave these characters out of `description`."
  };
}
function cannotGrant(grant, error) {
  if (!error.isAccessDenied && !error.says("Must have role at the same or broader scope")) return void 0;
  const where = grant.scope.type.toLowerCase();
  return {
    cause: `the admin credentials hold neither ${grant.roleName} on this ${where} nor a role that may grant it.`,
    fix: `the application is there; give the application of the admin credentials *${grant.roleName}* (or *Environment Admin*) on the ${where}, or set \`roles\` to what it may grant, or to none.`
  };
}
function cannotReadSecret(error) {
  if (!error.isAccessDenied) return void 0;
  return {
    cause: "either the admin credentials may not read secrets (*Client Application Developer* may), or the worker holds a role that they do not hold at the same or a broader scope: PingOne shows nobody the secret of a stronger worker.",
    fix: "give the application of the admin credentials every role that the worker holds, or *Environment Admin*, on the target environment; the application itself is as desired."
  };
}
function implicitNeedsRedirectUris() {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "`clear` names redirect-uris, but the application has the grant type IMPLICIT, which needs them.",
    cause: "somebody uses the application for logins of another kind.",
    fix: "take the grant type IMPLICIT away in PingOne first, if nobody uses it, or leave redirect-uris out of `clear`."
  });
}

// src/steps/create.ts
var firstPollMs = 250;
var longestPollMs = 2e3;
var mostTries = 3;
async function createWorker(context, environmentId, attributes) {
  for (let attempt = 1; ; attempt += 1) {
    const posted = await postOnce(context, environmentId, attributes);
    if ("application" in posted) {
      (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(context.session, clientIdOf(posted.application));
      const { application } = posted;
      return { ref: { environmentId, applicationId: application.id, isNew: true }, application };
    }
    context.session.runner.info("Whether the application was created is unknown; looking for it");
    if (await appears(context, environmentId)) return "superseded";
    if (attempt === mostTries) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(posted.unknown, "creating the application");
  }
}
async function postOnce({ pingone }, environmentId, attributes) {
  try {
    return { application: await createApplication(pingone, environmentId, attributes) };
  } catch (error) {
    if (isUnknownOutcome(error)) return { unknown: error };
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "creating the application", cannotCreate);
  }
}
function isUnknownOutcome(error) {
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(error) || error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && (error.status === 409 || isNameTaken(error));
}
function isNameTaken(error) {
  return error.details.some(({ code: code2, target }) => code2 === "UNIQUENESS_VIOLATION" && target === "name");
}
async function appears(context, environmentId) {
  const found = await pollList(context, environmentId, (workers) => workers.length > 0);
  return found.length > 0;
}
async function settleRace(context, { ref, application: own }) {
  const { runner } = context.session;
  const workers = await pollList(context, ref.environmentId, (listed) => listed.some(({ id }) => id === own.id));
  const [oldest] = [...workers.filter(({ id }) => id !== own.id), own].sort(byAge);
  if (!oldest || oldest.id === own.id) return "settled";
  (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(context.session, clientIdOf(oldest));
  runner.info(`Another run created ${oldest.id} of the same name first: removing ${own.id}, going on with the other`);
  try {
    const [current, assignments] = await Promise.all([
      readApplication(context.pingone, ref),
      listRoleAssignments(context.pingone, ref)
    ]);
    if (current.updatedAt === own.updatedAt && assignments.length === 0) await deleteApplication(context.pingone, ref);
    else runner.warning(`${own.id} was changed since it was created, so it stays: two workers have the same name now.`);
  } catch (error) {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "removing the application that this run created a moment after another one");
  }
  return "superseded";
}
async function pollList({ session, pingone }, environmentId, isEnough) {
  const { clock, limits, interruption, runner, settings } = session;
  const until = clock.now() + limits.lookMs;
  const backoff = createBackoff({ clock, interruption, firstMs: firstPollMs, longestMs: longestPollMs, until });
  for (let isFirst = true; ; isFirst = false) {
    const listed = await listApplications(pingone, environmentId).catch((error) => {
      throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the applications of the environment");
    });
    const workers = listed.filter(({ name, type }) => name === settings.desired.name && type === "WORKER");
    const announce = () => {
      if (isFirst) runner.info("The list of applications does not show it yet; looking again for a while");
    };
    if (isEnough(workers) || !await backoff.pause(announce)) return workers;
  }
}

// src/steps/credentials.ts


// src/pingone/secret.ts
var secretSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  secret: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* ._minLength */ .m9)(1)),
  previous: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(
    (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
      secret: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* ._minLength */ .m9)(1)),
      expiresAt: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)())
    })
  )
});
function readSecret(pingone, ref) {
  return pingone.json(
    { kind: "read", method: "GET", path: applicationPath(ref, "/secret"), isLag: lagOf(ref) },
    secretSchema
  );
}
function regenerateSecret(pingone, ref, previousExpiresAt) {
  const body = previousExpiresAt === void 0 ? {} : { previous: { expiresAt: previousExpiresAt } };
  return pingone.json({ kind: "create", method: "POST", path: applicationPath(ref, "/secret"), body }, secretSchema);
}
function deletePreviousSecret(pingone, ref) {
  return deleteIfThere(pingone, applicationPath(ref, "/secret"));
}

// src/steps/credentials.ts
async function readCredentials(worker) {
  const { session, pingone } = worker.context;
  const secret = await readSecret(pingone, worker.ref).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's client secret", cannotReadSecret);
  });
  return maskedCredentials(session.runner, worker, secret);
}
async function readSecretAhead({ settings, runner }, pingone, ref, clientId) {
  if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .needsSecret */ .St)(settings)) return void 0;
  try {
    const secret = await readSecret(pingone, ref);
    maskSecrets(runner, clientId, secret);
    return secret;
  } catch {
    return void 0;
  }
}
function maskedCredentials(runner, worker, answer) {
  const clientId = clientIdOf(worker.application);
  maskSecrets(runner, clientId, answer);
  const { secret, previous } = answer;
  return {
    clientId,
    clientSecret: secret,
    environmentId: worker.environment.id,
    version: (0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.createHash)("sha256").update(`${clientId}
${secret}`).digest("hex").slice(0, 12),
    hasPrevious: previous !== void 0,
    previousExpiresAt: previous?.expiresAt
  };
}
function maskSecrets(runner, clientId, { secret, previous }) {
  for (const clientSecret of previous ? [secret, previous.secret] : [secret]) {
    (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .secretForms */ .eo)({ clientId, clientSecret }).forEach(runner.mask);
  }
}

// src/pingone/images.ts
var imageSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), targets: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ original: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ href: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }) }) });
async function uploadImage(pingone, environmentId, { bytes, contentType }) {
  const image = await pingone.json(
    {
      kind: "write",
      method: "POST",
      path: environmentPath(environmentId, "/images"),
      file: { bytes, contentType, name: `icon.${contentType.slice("image/".length)}` }
    },
    imageSchema
  );
  return { id: image.id, href: image.targets.original.href };
}
function deleteImage(pingone, environmentId, imageId) {
  const path = environmentPath(environmentId, `/images/${encodeURIComponent(imageId)}`);
  return deleteIfThere(pingone, path);
}

// src/steps/icon.ts
async function uploadIcon({ session, pingone }, environmentId) {
  const { icon } = session.settings;
  if (!icon) return void 0;
  const image = await uploadImage(pingone, environmentId, icon).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(
      error,
      "uploading the image in `icon`",
      ({ status }) => [400, 413, 415].includes(status) ? { cause: "PingOne cannot read this image.", fix: "save it again as a plain PNG of at most 1 MB." } : void 0
    );
  });
  return { sha256: icon.sha256, imageId: image.id, href: image.href };
}
async function removeObsoleteImage({ session, pingone }, environmentId, record2) {
  const imageId = record2.kind === "own" ? record2.record.icon?.imageId : void 0;
  if (imageId === void 0) return;
  try {
    await deleteImage(pingone, environmentId, imageId);
  } catch (error) {
    if (!(error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the image of the old icon");
    session.runner.notice(`The image of the old icon stays in PingOne, where nothing points to it: ${error.message}`);
  }
}

// src/pingone/metadata.ts
var metadataSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KC)([
  (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ metadata: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)()) }),
  (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ metadata: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* ._null */ .jw)()), application: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }) })
]);
async function readMetadata(pingone, ref) {
  try {
    const path = applicationPath(ref, "/metadata");
    return (await pingone.json({ kind: "read", method: "GET", path, mayBeMissing: true }, metadataSchema)).metadata ?? {};
  } catch (error) {
    if ((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) return {};
    throw error;
  }
}
function replaceMetadata(pingone, ref, metadata) {
  const path = applicationPath(ref, "/metadata");
  return pingone.empty({ kind: "write", method: "PUT", path, body: { metadata }, isLag: lagOf(ref) });
}

// src/worker/record.ts
var recordKey = "pingone-worker-app";
var ownerSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ server: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), repositoryId: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), repository: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var storedSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  target: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  repository: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  prefix: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  ids: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["secrets", "variables"])
});
var recordSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({
  version: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .eu)(1),
  owner: ownerSchema,
  origin: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["created", "adopted"]),
  icon: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ sha256: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), imageId: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })),
  stored: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)(storedSchema)
});
function recordState(metadata, owner) {
  const value = metadata[recordKey];
  if (value === void 0) return { kind: "none", metadata };
  const record2 = recordSchema.safeParse(value).data;
  if (!record2) return { kind: "foreign", owner: "something that this version of the action cannot read" };
  const isOwn = record2.owner.server === owner?.server && record2.owner.repositoryId === owner.repositoryId;
  return isOwn ? { kind: "own", metadata, record: record2 } : { kind: "foreign", owner: record2.owner.repository };
}
function notedMetadata(state, owner, noted) {
  if (!owner || state.kind === "foreign" || state.kind === "unavailable") return void 0;
  const before = state.kind === "own" ? state.record : void 0;
  const known = before?.stored ?? [];
  const added = noted.stored.filter((entry) => !isListed(known, entry));
  const origin = noted.created ? "created" : before?.origin ?? "adopted";
  const icon = noted.icon === void 0 ? before?.icon : iconOf(noted.icon);
  const isNoted = before?.origin === origin && added.length === 0 && before.icon?.imageId === icon?.imageId;
  if (isNoted) return void 0;
  const record2 = { version: 1, owner, ...before, origin, icon, stored: [...known, ...added] };
  return { ...state.metadata, [recordKey]: record2 };
}
function isListed(stored, entry) {
  return stored.some(
    ({ target, repository, prefix, ids }) => target === entry.target && repository === entry.repository && prefix === entry.prefix && ids === entry.ids
  );
}
function iconOf(icon) {
  return icon ? { sha256: icon.sha256, imageId: icon.imageId } : void 0;
}

// src/steps/record.ts
async function observeRecord(session, pingone, ref) {
  const { settings, runner } = session;
  try {
    return recordState(await unlessRefused(session, () => readMetadata(pingone, ref)), settings.run.owner);
  } catch (error) {
    if (!isRefusal(error)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's metadata");
    runner.notice(`PingOne does not give out application metadata here, so there is no record: ${error.message}`);
    return { kind: "unavailable" };
  }
}
async function writeRecord({ session, pingone }, ref, state, noted) {
  const { settings, runner } = session;
  if (state.kind === "foreign") {
    runner.notice(`The worker's record belongs to ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(state.owner, 100)}; it is left as it is.`);
  }
  if (!settings.run.owner) runner.notice("The runner does not name the repository (GITHUB_REPOSITORY_ID): no record.");
  if (!notedMetadata(state, settings.run.owner, noted)) return state;
  try {
    const current = noted.created ? state : await currentRecord(session, pingone, ref, state);
    const metadata = notedMetadata(current, settings.run.owner, noted);
    if (!metadata) return current;
    await unlessRefused(session, () => replaceMetadata(pingone, ref, metadata));
    return recordState(metadata, settings.run.owner);
  } catch (error) {
    if (!isRefusal(error)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "writing the worker's record");
    runner.notice(`PingOne does not keep application metadata here, so there is no record: ${error.message}`);
    return { kind: "unavailable" };
  }
}
async function currentRecord(session, pingone, ref, seen) {
  const { clock, interruption, settings } = session;
  const isEmpty = (metadata) => Object.keys(metadata).length === 0;
  const wasEmpty = "metadata" in seen && isEmpty(seen.metadata);
  for (let reads = 2; ; reads += 1) {
    const metadata = await unlessRefused(session, () => readMetadata(pingone, ref));
    if (!isEmpty(metadata)) return recordState(metadata, settings.run.owner);
    if (!wasEmpty || reads === refusalsBelieved) return seen;
    await clock.sleep(betweenRefusalsMs, interruption.requested);
  }
}
var refusalsBelieved = 3;
var betweenRefusalsMs = 250;
async function unlessRefused({ clock, interruption }, call2) {
  for (let refusals = 1; ; refusals += 1) {
    try {
      return await call2();
    } catch (error) {
      if (!isRefusal(error) || refusals === refusalsBelieved) throw error;
      await clock.sleep(betweenRefusalsMs * refusals, interruption.requested);
    }
  }
}
function isRefusal(error) {
  return error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && error.status >= 400 && error.status < 500 && ![408, 429].includes(error.status) && !error.isInvalidToken;
}

// src/steps/apply.ts
async function applyPlan(context, plan2, input) {
  const { runner } = context.session;
  const done = [];
  const finish = (change) => {
    done.push(change);
    runner.info(`Done: ${describeChange(change)}`);
  };
  try {
    const upload = plan2.find((change) => change.kind === "upload-icon");
    const icon = upload && await uploadIcon(context, input.environmentId);
    const attributes = plan2.filter((change) => change.kind !== "grant-role" && change.kind !== "rotate-secret");
    const worker = await applyAttributes(context, attributes, input, icon);
    if (worker === "superseded") return worker;
    attributes.forEach(finish);
    const isCreated = input.application === void 0;
    if (isCreated && await settleRace(context, worker) === "superseded") return "superseded";
    const noted = { created: isCreated, stored: input.stored, icon: icon ?? (clearsIcon(plan2) ? null : void 0) };
    await writeRecord(context, worker.ref, isCreated ? { kind: "none", metadata: {} } : input.record, noted);
    if (input.application && (icon || clearsIcon(plan2))) {
      await removeObsoleteImage(context, input.environmentId, input.record);
    }
    const ahead = isCreated ? readSecretAhead(context.session, context.pingone, worker.ref, clientIdOf(worker.application)) : void 0;
    for (const change of plan2) {
      if (change.kind !== "grant-role") continue;
      await applyGrant(context, worker.ref, change);
      finish(change);
    }
    return { ...worker, secret: await ahead };
  } catch (error) {
    throw withProgress(error, plan2, done);
  }
}
function clearsIcon(plan2) {
  return plan2.some(({ kind }) => kind === "remove-icon");
}
async function applyAttributes(context, changes, { environmentId, application }, icon) {
  const image = icon ? { icon: { id: icon.imageId, href: icon.href } } : {};
  const attributes = Object.fromEntries(
    [image, ...changes.map(attributesOf)].flatMap((part) => Object.entries(part))
  );
  if (!application) return createWorker(context, environmentId, attributes);
  const isNew2 = wasJustCreated(application, context.pingone.now());
  const ref = { environmentId, applicationId: application.id, isNew: isNew2 };
  if (changes.length === 0) return { ref, application };
  try {
    const fresh = await readApplication(context.pingone, ref);
    return { ref, application: await replaceApplication(context.pingone, ref, replacementBody(fresh, attributes)) };
  } catch (error) {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, `to ${changes.map(describeChange).join(", ")}`, refusedAttributes);
  }
}
function attributesOf(change) {
  switch (change.kind) {
    case "create-application":
    case "update-application":
      return Object.fromEntries(change.fields.map(({ field, to }) => [field, to]));
    case "rename-application":
      return { name: change.to };
    case "remove-icon":
      return { icon: null };
    case "upload-icon":
    case "grant-role":
    case "rotate-secret":
    case "delete-application":
      return {};
  }
}
async function applyGrant({ pingone }, ref, { grant }) {
  await grantRole(pingone, ref, grant.roleId, grant.scope).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, `granting ${grant.label}`, (refusal2) => cannotGrant(grant, refusal2));
  });
}
function withProgress(error, plan2, done) {
  const list = (changes) => changes.map(describeChange).join("; ") || "nothing";
  const left = plan2.filter((change) => !done.includes(change));
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice(
    `Done before: ${list(done)}. Not done: ${list(left)}. The next run goes on from there.`
  );
}

// src/worker/notes.ts
function notesOn(desired, observed, grants, roles) {
  const { assignments, place } = observed;
  const label = (assignment) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .assignmentLabel */ .yJ)(assignment, roles, place);
  const beyondAdmin = assignments.filter(({ readOnly }) => readOnly === true).map(label);
  const beyond = assignments.filter(
    (assignment) => !grants.some((grant) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .holding */ .G)(grant, [assignment], place) !== "none")
  );
  const wider = grants.filter((grant) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .holding */ .G)(grant, assignments, place) === "wider");
  return {
    warnings: beyondAdmin.length === 0 ? [] : [
      `The worker holds ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(beyondAdmin)}, which the admin credentials do not hold: PingOne will refuse to give them its secret. Give that role to the application of the admin credentials.`
    ],
    notices: [
      ...wider.map(({ label: wanted }) => `${wanted} is not granted: the worker holds it at a wider scope.`),
      ...iconNotices(desired, observed)
    ],
    heldRoles: assignments.map(label),
    rolesBeyond: beyond.map(label)
  };
}
function iconNotices({ iconSha256 }, { application, icon }) {
  const isLeft = iconSha256 !== void 0 && application && imageIdOf(application) !== void 0 && !icon.canBeRecorded;
  return isLeft ? ["The icon is left as it is: without a record nobody can tell whether it is the one in `icon`."] : [];
}

// src/worker/plan.ts
function planChanges(desired, observed, grants) {
  const { application, createdHere } = observed;
  const icon = iconChanges(desired, application, observed.icon);
  const attributes = application ? [...renaming(desired, application), ...update(desired, application)] : [{ kind: "create-application", fields: fieldChanges({}, attributesOfNew(desired)) }];
  const rotation = desired.rotateSecret && application ? [{ kind: "rotate-secret" }] : [];
  const plan2 = [
    ...icon.filter(({ kind }) => kind === "upload-icon"),
    ...attributes,
    ...icon.filter(({ kind }) => kind === "remove-icon"),
    ...missingGrants(desired, observed, grants),
    ...rotation
  ];
  return createdHere || !application ? plan2 : plan2.map((change) => withWarning(change, application));
}
function renaming({ name }, application) {
  if (name === void 0 || name === application.name) return [];
  return [{ kind: "rename-application", from: application.name, to: name }];
}
function update(desired, application) {
  const fields = fieldChanges(application, attributesOfExisting(desired, application));
  return fields.length === 0 ? [] : [{ kind: "update-application", fields }];
}
function fieldChanges(from, to) {
  return Object.entries(to).map(([field, value]) => ({ field, from: from[field] ?? null, to: value ?? null })).filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}
var notCreatedHere = "this repository did not create the worker";
function withWarning(change, application) {
  const losesIcon = change.kind === "upload-icon" && imageIdOf(application) !== void 0;
  if (losesIcon || change.kind === "remove-icon") {
    return { ...change, warning: `${notCreatedHere}: somebody may want the icon that it has` };
  }
  if (change.kind !== "update-application") return change;
  return {
    ...change,
    fields: change.fields.map((field) => {
      const warning = fieldWarning(field);
      return warning === void 0 ? field : { ...field, warning };
    })
  };
}
function fieldWarning({ field, from, to }) {
  if (from === null) return void 0;
  if (field === "tokenEndpointAuthMethod") {
    return `${notCreatedHere}: whoever else uses it has to change to this method at once`;
  }
  if (field === "enabled" && to === true) return `${notCreatedHere}: somebody may have disabled it on purpose`;
  return isLess(from, to) ? `${notCreatedHere}: somebody else may need this` : void 0;
}
function isLess(from, to) {
  if (to === null) return true;
  return Array.isArray(from) && Array.isArray(to) && from.some((member) => !to.includes(member));
}
function missingGrants(desired, { assignments, place }, grants) {
  const { kind } = desired.roles;
  const wanted = kind === "listed" || kind === "default" && assignments.length === 0 ? grants : [];
  return wanted.filter((grant) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .holding */ .G)(grant, assignments, place) === "none").filter((grant, index, all) => !isCovered(grant, all.slice(0, index), all.slice(index + 1), place)).map((grant) => ({ kind: "grant-role", grant }));
}
function isCovered(grant, earlier, later, place) {
  const held = (grants) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .holding */ .G)(
    grant,
    grants.map(({ roleId, scope }) => ({ id: "", role: { id: roleId }, scope })),
    place
  );
  return held(earlier) !== "none" || held(later) === "wider";
}

// src/pingone/populations.ts
var populationSchema = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), name: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
function listPopulations(pingone, environmentId) {
  const path = environmentPath(environmentId, "/populations");
  return readCollection(pingone, path, "populations", populationSchema);
}
async function readOnePopulation(pingone, environmentId) {
  const path = environmentPath(environmentId, "/populations?limit=1");
  const isLag = (error) => error.status === 403 || error.status === 401;
  await pingone.json({ kind: "read", method: "GET", path, isLag }, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({}));
}

// src/steps/grants.ts
async function resolveGrants(pingone, builtIn, desired, place) {
  const lines = desiredLines(desired);
  const isBuiltIn = lines.every((line) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .findRole */ ._$)(builtIn, line.roleName));
  const roles = isBuiltIn ? builtIn : [...builtIn, ...await customRoles(pingone, place.environmentId)];
  const grants = [];
  for (const line of lines) {
    const role = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .findRole */ ._$)(roles, line.roleName);
    if (!role) throw unknownRole(line, roles);
    if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isApplicable */ .AX)(role, line)) throw notApplicable(role, line);
    grants.push((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .grantOf */ .od)(role, line, place, await scopeTarget(pingone, line, place)));
  }
  return grants;
}
function desiredLines(desired) {
  if (desired.kind === "listed") return desired.lines;
  return desired.kind === "default" ? [_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .defaultRoleLine */ .GU] : [];
}
async function customRoles(pingone, environmentId) {
  return listCustomRoles(pingone, environmentId).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the custom roles of the environment");
  });
}
async function scopeTarget(pingone, { scope, scopeTarget: wanted }, { environmentId }) {
  if (wanted === void 0) return void 0;
  const list = scope === "population" ? listPopulations : listApplications;
  const candidates = await list(pingone, environmentId).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, `reading the ${scope}s of the environment, for \`roles\``);
  });
  const matches = candidates.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const [match, ...others] = matches;
  if (!match || others.length > 0) throw noSuchTarget(scope, wanted, matches, candidates);
  return { id: match.id, name: match.name };
}
function unknownRole(line, roles) {
  const names = roles.map(({ name }) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)).sort();
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`roles\` names "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(line.roleName, 60)}", which PingOne does not know.`,
    cause: "a typo, or a custom role of another environment.",
    fix: `use one of: ${names.join(", ")}.`
  });
}
function notApplicable(role, line) {
  const scopes = (role.applicableTo ?? []).map((scope) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(scope, 40).toLowerCase());
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`roles\` asks for ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(role.name, 60)} @ ${line.scope}, but PingOne does not grant it there.`,
    cause: "each role can be granted at some kinds of scope only.",
    fix: `write one of: ${scopes.map((scope) => `\`${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(role.name, 60)} @ ${withTarget(scope)}\``).join(", ")}.`
  });
}
function withTarget(scope) {
  return scope === "population" || scope === "application" ? `${scope}:<id or name>` : scope;
}
function noSuchTarget(scope, wanted, matches, candidates) {
  const names = candidates.slice(0, 20).map(({ name }) => `"${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}"`);
  const isAmbiguous = matches.length > 1;
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`roles\` names the ${scope} "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(wanted, 60)}", of which there ${isAmbiguous ? `are ${matches.length}` : "is none"}.`,
    cause: isAmbiguous ? "names are not unique in PingOne." : "a typo (names are exact, case and all), or another environment.",
    fix: isAmbiguous ? `give the id: ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(matches.map(({ id }) => id))}.` : `use an id or a name: ${names.length > 0 ? (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(names) : "there are none yet"}.`
  });
}

// src/steps/choose.ts
var pollMs = 500;
async function chooseAmong(context, environmentId, name, candidates) {
  const { session, pingone } = context;
  const { clock, limits, interruption, runner } = session;
  const until = clock.now() + limits.lookMs;
  let workers = candidates;
  for (; ; ) {
    const records = await Promise.all(
      workers.map(({ id }) => observeRecord(session, pingone, { environmentId, applicationId: id, isNew: false }))
    );
    const [oldest, ...others] = workers;
    if (oldest && records.every(isCreatedHere)) {
      (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(session, clientIdOf(oldest));
      runner.warning(
        `${workers.length} workers are named "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}", all created by this repository: taking the oldest, ${oldest.id}. Delete ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(others.map(({ id }) => id))} once nobody uses them.`
      );
      return oldest;
    }
    const mayBeRace = workers.some((worker, index) => records[index]?.kind === "none" && isYoung2(worker, context));
    if (!mayBeRace || clock.now() >= until) throw several(name, workers);
    runner.info(`${workers.length} workers are named alike, and one is very new: waiting for another run to settle it`);
    await clock.sleep(pollMs, interruption.stop);
    const found = findWorker(await listApplications(pingone, environmentId), name);
    if (found.kind !== "several") return found.kind === "one" ? found.application : void 0;
    workers = found.applications;
  }
}
function isCreatedHere(state) {
  return state.kind === "own" && state.record.origin === "created";
}
function isYoung2({ createdAt }, { session }) {
  return session.clock.now() - Date.parse(createdAt ?? "") < 2 * session.limits.lookMs;
}
function several(name, workers) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`name\` "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}" belongs to ${workers.length} workers: ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(workers.map(({ id }) => id))}.`,
    cause: "names are not unique in PingOne, and not all of these were created by this repository.",
    fix: "delete or rename all but one of them in PingOne, or choose another `name`."
  });
}

// src/steps/application.ts
async function findApplication(context, environmentId, list) {
  const { desired } = context.session.settings;
  if (desired.applicationId !== void 0) return byId(context, environmentId, desired.applicationId);
  const name = desired.name ?? "";
  const found = findWorker(await list(), name);
  switch (found.kind) {
    case "none":
      if (found.nearMisses.length > 0) context.session.runner.notice(nearMissNotice(name, found.nearMisses));
      return void 0;
    case "one":
      return found.application;
    case "several":
      return chooseAmong(context, environmentId, name, found.applications);
    case "other-type":
      throw otherType(`\`name\` "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}"`, found.application);
  }
}
async function byId({ session, pingone }, environmentId, applicationId) {
  const { state, desired } = session.settings;
  const application = await readApplication(pingone, { environmentId, applicationId, isNew: false }).catch(
    (error) => {
      if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the application in `application-id`", cannotManage);
      return void 0;
    }
  );
  if (!application && state === "present") throw noSuchApplication(applicationId);
  if (application && application.type !== "WORKER") throw otherType("`application-id`", application);
  const isAnother = desired.name !== void 0 && application?.name !== desired.name;
  if (application && state === "absent" && isAnother) throw notThatName(application, desired.name);
  return application;
}
function nearMissNotice(name, similar) {
  const names = similar.map((other) => `"${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(other, 60)}"`);
  return `No worker is named "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}", but ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(names)} differs only in case or blanks.`;
}
function notThatName({ id, name }, wanted) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`application-id\` ${id} is named "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}", not "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(wanted)}" as \`name\` says, so it is not deleted.`,
    cause: "one of the two inputs means another worker.",
    fix: "correct the wrong one, or leave `name` out."
  });
}
function noSuchApplication(applicationId) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`application-id\` ${applicationId} is no application of this environment.`,
    cause: "it was deleted, it lives in another environment, or a client id was given that is not the application id.",
    fix: "copy the id from PingOne (Applications > its Overview tab), and check `environment`."
  });
}
function otherType(which, { id, type }) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `${which} belongs to an application of type ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(type, 40)} (${id}), not to a worker.`,
    cause: "this is somebody else's application.",
    fix: "name another one, or rename that application in PingOne: the type of an application cannot be changed."
  });
}

// src/steps/environment.ts
var EnvironmentGone = class extends _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ {
};
var namePollMs = 1e3;
var namePatienceMs = 5e3;
async function observeEnvironment(context, wanted) {
  const environment = "id" in wanted ? await byId2(context, wanted.id) : await byName(context, wanted.name);
  if (environment.status === "DELETE_PENDING") {
    throw new EnvironmentGone({
      what: `The PingOne environment in \`environment\` ("${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(environment.name)}") is about to be deleted.`,
      cause: "somebody deleted it; PingOne keeps it for some days in the status DELETE_PENDING.",
      fix: "restore it in PingOne, or name another one in `environment`."
    });
  }
  return environment;
}
async function byId2({ pingone }, id) {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    if ((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) {
      throw new EnvironmentGone(notFound(`no environment of the id ${id}`), { cause: error });
    }
    const isHidden = error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && error.isAccessDenied && !error.isFromGateway;
    if (!isHidden) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the environment in `environment`");
    const what = `the environment of the id ${id} exists: PingOne answers ${error.message}`;
    throw new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
      { ...notFound(""), what: `\`environment\`: the admin credentials may not see whether ${what}` },
      { cause: error }
    );
  }
}
async function byName({ session, pingone }, name) {
  const { clock, limits, runner, interruption } = session;
  const until = clock.now() + Math.min(namePatienceMs, limits.lookMs);
  const backoff = createBackoff({ clock, interruption, firstMs: namePollMs, until });
  const line = `No environment is named "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}"; a new one may take a moment to show, looking again`;
  for (; ; ) {
    const candidates = await findEnvironments(pingone, name).catch((error) => {
      throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "finding the environment in `environment` by its name");
    });
    const [found, ...others] = candidates.filter((candidate) => candidate.name === name);
    if (found && others.length === 0) return found;
    if (found) throw ambiguous(name, [found, ...others]);
    if (!await backoff.pause(() => runner.info(line))) {
      const similar = candidates.map((candidate) => `"${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(candidate.name, 60)}"`).slice(0, 5);
      const but = similar.length > 0 ? `, but ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(similar)}` : "";
      throw new EnvironmentGone(notFound(`no environment of the name "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}"${but}`));
    }
  }
}
function ambiguous(name, environments) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`environment\` "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}" names ${environments.length} PingOne environments.`,
    cause: "the admin credentials see several organizations, and each has one of this name.",
    fix: `give the id instead: ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(environments.map(({ id }) => id))}.`
  });
}
function notFound(what) {
  return {
    what: `\`environment\` was not found: the admin credentials see ${what}.`,
    cause: "a typo (names are exact, case and all), another region, or the admin credentials hold no role there.",
    fix: "copy the environment id from PingOne (Settings > Environment Properties), and check `region` and the roles of the admin credentials' application."
  };
}

// src/steps/pingone.ts
function pingOneFor(session, tokens, isYoung3 = false) {
  const { settings, limits, runner, clock, interruption, send, trace } = session;
  return createPingOne({
    apiUrl: settings.apiUrl,
    send,
    tokens,
    traceHeaders: trace,
    clock,
    interruption,
    lagMs: isYoung3 ? limits.youngEnvironmentMs : limits.verifyMs,
    isYoung: isYoung3,
    onWait: runner.info
  });
}

// src/steps/observe.ts
async function observe(given) {
  const { session, pingone, connection } = given;
  const wanted = session.settings.environment;
  const known = "id" in wanted ? void 0 : await observeEnvironment(given, wanted);
  const environmentId = known?.id ?? ("id" in wanted ? wanted.id : "");
  (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(session, environmentId);
  const [first, found, listed] = await Promise.allSettled([
    known ?? observeEnvironment(given, wanted),
    observeApplication(given, environmentId),
    observeRoles(pingone)
  ]);
  const environment = valueOf(first);
  if (!isYoung(environment, pingone.now())) {
    return { context: given, environment, roles: valueOf(listed), worker: valueOf(found) };
  }
  const context = { ...given, pingone: pingOneFor(session, connection.tokens, true) };
  return {
    context,
    environment,
    roles: listed.status === "fulfilled" ? listed.value : await observeRoles(context.pingone),
    worker: found.status === "fulfilled" ? found.value : await observeApplication(context, environmentId)
  };
}
function valueOf(result) {
  if (result.status === "rejected") throw result.reason;
  return result.value;
}
async function observeRoles(pingone) {
  return listRoles(pingone).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the roles that PingOne has");
  });
}
async function observeApplication(context, environmentId) {
  const { session, pingone, connection } = context;
  const application = await findApplication(
    context,
    environmentId,
    () => listApplications(pingone, environmentId).catch((error) => {
      throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the applications of the environment", cannotManage);
    })
  );
  if (!application) return void 0;
  const clientId = clientIdOf(application);
  if (connection.adminClientId === clientId || connection.adminClientId === application.id) {
    throw adminsOwn(session.settings, application);
  }
  (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(session, clientId);
  return observeParts(context, environmentId, application);
}
async function observeParts({ session, pingone }, environmentId, application) {
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const [assignments, record2, secret] = await Promise.all([
    listRoleAssignments(pingone, ref).catch((error) => {
      throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's role assignments");
    }),
    observeRecord(session, pingone, ref),
    readSecretAhead(session, pingone, ref, clientIdOf(application))
  ]);
  return { application, assignments, record: record2, secret };
}
function adminsOwn(settings, { id }) {
  const input = settings.desired.applicationId === void 0 ? "`name`" : "`application-id`";
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `${input} "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" is the application of the admin credentials themselves (${id}).`,
    cause: "the worker and the admin credentials were mixed up.",
    fix: `choose another ${input}: a worker may not change itself, and PingOne does not let it read its own secret.`
  });
}

// src/steps/plan.ts
var noRecord = { kind: "none", metadata: {} };
async function planWorker(given) {
  const observation = await observe(given);
  const { context, worker, roles } = observation;
  const { desired } = context.session.settings;
  if (worker && desired.clear.has("redirect-uris") && needsRedirectUris(worker.application)) {
    throw implicitNeedsRedirectUris();
  }
  const grants = await resolveGrants(context.pingone, roles, desired.roles, placeOf(observation));
  return decide({ ...observation, grants }, worker?.record ?? noRecord);
}
function decide(observation, record2) {
  const { context, worker, roles, grants } = observation;
  const { desired, run } = context.session.settings;
  const own = record2.kind === "own" ? record2.record : void 0;
  const observed = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: own?.origin === "created",
    icon: {
      canBeRecorded: run.owner !== void 0 && (record2.kind === "none" || record2.kind === "own"),
      recorded: own?.icon
    },
    place: placeOf(observation)
  };
  const plan2 = planChanges(desired, observed, grants);
  return { ...observation, record: record2, plan: plan2, notes: notesOn(desired, observed, grants, roles) };
}
function placeOf({ environment }) {
  return { environmentId: environment.id, organizationId: environment.organization.id };
}

// src/github/errors.ts
var GitHubError = class extends Error {
  name = "GitHubError";
  status;
  /** The permissions of which any would have done, from `X-Accepted-GitHub-Permissions`; empty where not said. */
  acceptedPermissions;
  /** Whether a limit on the number of requests is the reason, which looks like a missing permission otherwise. */
  isRateLimit;
  constructor(status, text2, headers, options) {
    super((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(`${status} "${text2}"`), options);
    this.status = status;
    this.acceptedPermissions = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(headers["x-accepted-github-permissions"] ?? "");
    this.isRateLimit = status === 429 || status === 403 && (headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== void 0 || /rate limit/i.test(text2));
  }
  /** The answer to the job's own token, whatever `permissions:` the workflow declares. */
  get isJobToken() {
    return this.status === 403 && this.message.includes("Resource not accessible by integration");
  }
};
async function gitHubCall(call2) {
  try {
    return await call2();
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const { status, response, cause } = error;
    if (!response) throw cause;
    const text2 = response.data?.message;
    throw new GitHubError(status, typeof text2 === "string" ? text2 : "no message", response.headers, { cause: error });
  }
}
async function unlessMissing(call2) {
  try {
    return await gitHubCall(call2);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return void 0;
    throw error;
  }
}
function isRequestError(error) {
  return error instanceof Error && error.name === "HttpError";
}

// src/github/explain.ts
var gitHubService = { name: "GitHub", addresses: "GITHUB_API_URL (which the runner sets)" };
function permissionFor(target, part) {
  if (part === "creation") return 'the repository permission "Administration: write"';
  const kind = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeOfWord */ .hS)(target)?.kind;
  if (kind === "github-environment") return 'the repository permission "Environments: write"';
  const owner = kind === "organization" ? "organization" : "repository";
  return `the ${owner} permission "${part === "secret" ? "Secrets" : "Variables"}: write"`;
}
function explainGitHub(error, doing, permission) {
  if (error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr)
    return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainNetwork */ .wO)(error, gitHubService, doing), { cause: error });
  if (!(error instanceof GitHubError)) return error;
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    { what: `GitHub refused ${doing}: ${error.message}`, ...explainAnswer(error, permission) },
    { cause: error }
  );
}
function explainAnswer(error, permission) {
  if (error.isRateLimit) {
    return {
      cause: "the token has used up its rate limit, and GitHub asks to wait for long.",
      fix: "run again later."
    };
  }
  if (error.status === 403) return explainForbidden(error, permission);
  if (error.status === 401) {
    return {
      cause: "`github-token` has expired or was revoked.",
      fix: "make a new token and store it in the secret that `github-token` is read from."
    };
  }
  if (error.status === 404) {
    return {
      cause: "`repository` does not exist, or `github-token` does not see it: GitHub hides private repositories so.",
      fix: `check \`repository\`, that the token was made for it, and that it has ${permission}.`
    };
  }
  if (error.status < 400) {
    return {
      cause: "`repository` was renamed or moved, or something on the way answers in the place of GitHub.",
      fix: "write the name that `repository` has now, and check the proxy variables of the runner."
    };
  }
  if (error.status >= 500) return { cause: "GitHub has a disturbance.", fix: "run again later." };
  return { cause: "GitHub does not accept what was sent.", fix: "see the text above; run again." };
}
function explainForbidden(error, permission) {
  const accepted = error.acceptedPermissions ? ` (GitHub would accept: ${error.acceptedPermissions})` : "";
  if (!error.isJobToken) {
    return {
      cause: "`github-token` lacks a permission, or its organization does not let it in.",
      fix: `give it ${permission}${accepted}.`
    };
  }
  return {
    cause: "`github-token` is the job's own token, or a GitHub App's without the permission; the job's own may never write secrets, whatever `permissions:` says.",
    fix: `use a token of a GitHub App, or a fine-grained personal access token, with ${permission}${accepted}.`
  };
}

// src/github/rate-limit.ts
var secondaryLimitMs = 6e4;
function askedByGitHub({ status, headers, body }, now) {
  if (status >= 500) return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .Vs)(headers, now);
  if (status !== 403 && status !== 429) return void 0;
  const asked = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .Vs)(headers, now);
  if (asked !== void 0) return asked;
  if (headers["x-ratelimit-remaining"] === "0") {
    return Math.max(0, Number(headers["x-ratelimit-reset"] ?? 0) * 1e3 - now) + 1e3;
  }
  return /secondary rate/i.test(body) ? secondaryLimitMs : void 0;
}

// src/github/seal.ts
function prepareSealing() {
  loadSodium().catch(() => void 0);
}
async function seal(value, { key }) {
  const { crypto_box_seal } = await loadSodium();
  const box = crypto_box_seal(Buffer.from(value, "utf8"), Buffer.from(key, "base64"));
  return Buffer.from(box).toString("base64");
}
async function loadSodium() {
  const { default: loaded } = await __webpack_require__.e(/* import() */ 715).then(__webpack_require__.bind(__webpack_require__, 715));
  await loaded.ready;
  return loaded;
}

// src/github/octokit.ts
var apiVersion = "2022-11-28";
async function connectToGitHub({ token, apiUrl }, send) {
  const { getOctokit: create } = await __webpack_require__.e(/* import() */ 568).then(__webpack_require__.bind(__webpack_require__, 568));
  prepareSealing();
  return create(token, {
    baseUrl: apiUrl,
    request: { fetch: fetchThrough(send, apiUrl) },
    // What octokit itself would say goes nowhere: all that matters is in the errors.
    log: { debug: silent, info: silent, warn: silent, error: silent }
  });
}
function silent() {
}
function fetchThrough(send, apiUrl) {
  return async (url, init) => {
    if (new URL(url).origin !== new URL(apiUrl).origin) {
      throw new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", "GitHub's API names another host as its next page, which is not followed");
    }
    return send(
      {
        kind: init.method === "GET" ? "read" : "write",
        method: init.method,
        url,
        headers: { ...init.headers, "x-github-api-version": apiVersion },
        ...init.body === void 0 ? {} : { body: init.body },
        askedMs: askedByGitHub
      },
      (response) => asFetched(url, response)
    );
  };
}
var shapes = [
  [/\/public-key$/, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ key_id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), key: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })],
  [/\/(secrets|variables|environments|repositories)$/, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ total_count: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)() })],
  [/\/repos\/[^/]+\/[^/]+$/, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)(), owner: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ login: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), type: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }) })],
  [/\/orgs\/[^/]+\/actions\/secrets\/[^/]+$/, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ visibility: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })],
  [/\/(environments|variables)\/[^/]+$/, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ name: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })]
];
function shapeOf(path) {
  return shapes.find(([pattern]) => pattern.test(path))?.[1] ?? (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({});
}
function asFetched(url, response) {
  const isJson = (response.headers["content-type"] ?? "").includes("json");
  if (response.status >= 300 && response.status < 400) {
    throw new GitHubError(response.status, "a redirect, which is not followed", response.headers);
  }
  if (response.status === 200) {
    if (!isJson) throw new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", "status 200 with a body that is not JSON");
    (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJson */ .xO)(response, shapeOf(new URL(url).pathname));
  }
  return {
    status: response.status,
    url,
    headers: new Map(Object.entries(response.headers)),
    text: () => Promise.resolve(response.body)
  };
}

// src/github/calls.ts
var wholeList = 100;
function repositoryCalls({ rest: { actions } }, repository) {
  const base = { ...repository };
  return {
    publicKey: async () => (await actions.getRepoPublicKey(base)).data,
    heldSecrets: async (names) => among(names, (await actions.listRepoSecrets({ ...base, per_page: wholeList })).data.secrets),
    putSecret: async (name, sealed) => {
      await actions.createOrUpdateRepoSecret({ ...base, secret_name: name, ...sealed });
    },
    deleteSecret: (name) => actions.deleteRepoSecret({ ...base, secret_name: name }),
    readVariable: (name) => actions.getRepoVariable({ ...base, name }),
    createVariable: (name, value) => actions.createRepoVariable({ ...base, name, value }),
    updateVariable: (name, value) => actions.updateRepoVariable({ ...base, name, value }),
    deleteVariable: (name) => actions.deleteRepoVariable({ ...base, name })
  };
}
function environmentCalls({ rest: { actions } }, repository, name) {
  const base = { ...repository, environment_name: name };
  return {
    publicKey: async () => (await actions.getEnvironmentPublicKey(base)).data,
    heldSecrets: async (names) => among(names, (await actions.listEnvironmentSecrets({ ...base, per_page: wholeList })).data.secrets),
    putSecret: async (secret, sealed) => {
      await actions.createOrUpdateEnvironmentSecret({ ...base, secret_name: secret, ...sealed });
    },
    deleteSecret: (secret) => actions.deleteEnvironmentSecret({ ...base, secret_name: secret }),
    readVariable: (variable) => actions.getEnvironmentVariable({ ...base, name: variable }),
    createVariable: (variable, value) => actions.createEnvironmentVariable({ ...base, name: variable, value }),
    updateVariable: (variable, value) => actions.updateEnvironmentVariable({ ...base, name: variable, value }),
    deleteVariable: (variable) => actions.deleteEnvironmentVariable({ ...base, name: variable })
  };
}
function among(names, held) {
  const present = new Set(held.map(({ name }) => name.toUpperCase()));
  return names.filter((name) => present.has(name.toUpperCase()));
}

// src/github/secrets.ts
async function openStore(calls, label, names) {
  const reads = [
    gitHubCall(() => calls.publicKey()),
    gitHubCall(() => calls.heldSecrets(names.secrets)),
    Promise.all(names.variables.map(async (name) => await isVariable(calls, name) ? [name] : []))
  ];
  await Promise.allSettled(reads);
  const [key, secrets, variables] = await Promise.all(reads);
  return {
    label,
    existing: { secrets, variables: variables.flat() },
    prepare: () => Promise.resolve(),
    ...writersOf(calls, key)
  };
}
function writersOf(calls, key) {
  return {
    writeSecret: (name, value) => writeSealed(calls, key, name, value),
    writeVariable: (name, value) => writeVariable(calls, name, value)
  };
}
async function writeSealed(calls, key, name, value) {
  const write = async (used) => {
    const sealed = { encrypted_value: await seal(value, used), key_id: used.key_id };
    await gitHubCall(() => calls.putSecret(name, sealed));
  };
  try {
    await write(key);
  } catch (error) {
    const isOldKey = error instanceof GitHubError && error.status === 422;
    if (!isOldKey) throw error;
    const current = await gitHubCall(() => calls.publicKey());
    if (current.key_id === key.key_id) throw error;
    await write(current);
  }
}
async function writeVariable(calls, name, value) {
  try {
    await gitHubCall(() => calls.createVariable(name, value));
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 409)) throw error;
    await gitHubCall(() => calls.updateVariable(name, value));
  }
}
async function isVariable(calls, name) {
  return await unlessMissing(() => calls.readVariable(name)) !== void 0;
}

// src/github/new-environment.ts
var pollMs2 = 1e3;
function storeToCreate(gitHub, place, calls, label, context) {
  let writers;
  const prepare = async () => {
    if (writers) return;
    if (!await unlessMissing(() => gitHub.rest.repos.getEnvironment(place))) {
      context.say(`Creating ${label}`);
      await gitHubCall(() => gitHub.rest.repos.createOrUpdateEnvironment(place));
    }
    const patient = patientCalls(calls, label, context);
    writers = writersOf(patient, await gitHubCall(() => patient.publicKey()));
  };
  const prepared = async () => {
    await prepare();
    if (!writers) throw new Error("a GitHub environment was created without a public key");
    return writers;
  };
  return {
    label,
    existing: { secrets: [], variables: [] },
    prepare,
    writeSecret: async (name, value) => (await prepared()).writeSecret(name, value),
    writeVariable: async (name, value) => (await prepared()).writeVariable(name, value)
  };
}
function patientCalls(calls, label, context) {
  const { clock, interruption, patienceMs, say } = context;
  const until = clock.now() + patienceMs;
  const patiently = async (call2) => {
    const backoff = createBackoff({ clock, interruption, firstMs: pollMs2, until });
    const line = `GitHub does not know ${label} yet; trying again in ${pollMs2 / 1e3} s`;
    for (; ; ) {
      try {
        return await gitHubCall(call2);
      } catch (error) {
        const isLate = error instanceof GitHubError && error.status === 404;
        if (!isLate || !await backoff.pause(() => say(line))) throw error;
      }
    }
  };
  return {
    ...calls,
    publicKey: () => patiently(() => calls.publicKey()),
    putSecret: (name, sealed) => patiently(() => calls.putSecret(name, sealed)),
    createVariable: (name, value) => patiently(() => calls.createVariable(name, value))
  };
}

// src/github/organization.ts
var pageSize = 100;
function organizationCalls({ rest: { actions }, paginate }, org, repositoryId) {
  const forOne = { visibility: "selected", selected_repository_ids: [repositoryId] };
  const listed = /* @__PURE__ */ new Map();
  const sharingOf = async (name) => {
    const secret = await unlessMissing(() => actions.getOrgSecret({ org, secret_name: name }));
    const visibility = secret?.data.visibility ?? listed.get(name);
    if (visibility === void 0) return forOne;
    if (visibility !== "selected") return { visibility };
    const repositories = await paginate(actions.listSelectedReposForOrgSecret, {
      org,
      secret_name: name,
      per_page: pageSize
    });
    return { visibility, selected_repository_ids: repositories.map(({ id }) => id) };
  };
  return {
    publicKey: async () => (await actions.getOrgPublicKey({ org })).data,
    heldSecrets: async (names) => {
      const secrets = await paginate(actions.listOrgSecrets, { org, per_page: pageSize });
      for (const { name, visibility } of secrets) listed.set(name.toUpperCase(), visibility);
      return among(names, secrets);
    },
    putSecret: async (name, sealed) => {
      await actions.createOrUpdateOrgSecret({ org, secret_name: name, ...sealed, ...await sharingOf(name) });
    },
    deleteSecret: (name) => actions.deleteOrgSecret({ org, secret_name: name }),
    readVariable: (name) => actions.getOrgVariable({ org, name }),
    createVariable: (name, value) => actions.createOrgVariable({ org, name, value, ...forOne }),
    // What a PATCH leaves out stays as it is.
    updateVariable: (name, value) => actions.updateOrgVariable({ org, name, value }),
    deleteVariable: (name) => actions.deleteOrgVariable({ org, name })
  };
}

// src/github/places.ts
function openPlace(context, place) {
  const { gitHub, repository, names } = context;
  const label = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeLabel */ .sk)(place, repository);
  switch (place.kind) {
    case "repository":
      return openStore(repositoryCalls(gitHub, repository), label, names);
    case "github-environment":
      return openEnvironment(context, place.name, label);
    case "organization":
      return openOrganization(context, label);
  }
}
function callsFor(gitHub, word, repository) {
  const place = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeOfWord */ .hS)(word);
  switch (place?.kind) {
    case "repository":
      return repositoryCalls(gitHub, repository);
    case "github-environment":
      return environmentCalls(gitHub, repository, place.name);
    case "organization":
      return organizationCalls(gitHub, repository.owner, 0);
    case void 0:
      return void 0;
  }
}
async function openOrganization({ gitHub, repository, names }, label) {
  const { data } = await gitHubCall(() => gitHub.rest.repos.get({ ...repository }));
  if (data.owner.type !== "Organization") throw noOrganization(repository);
  return openStore(organizationCalls(gitHub, data.owner.login, data.id), label, names);
}
async function openEnvironment(context, name, label) {
  const { gitHub, repository, names, creation } = context;
  const calls = environmentCalls(gitHub, repository, name);
  try {
    return await openStore(calls, label, names);
  } catch (error) {
    if (!(error instanceof GitHubError && error.status === 404)) throw error;
    await gitHubCall(() => gitHub.rest.repos.get({ ...repository }));
    const place = { owner: repository.owner, repo: repository.repo, environment_name: name };
    if (await unlessMissing(() => gitHub.rest.repos.getEnvironment(place))) throw hidden(label, error);
    if (!creation) throw missing(label, name, error);
    return storeToCreate(gitHub, place, calls, label, creation);
  }
}
function missing(label, name, cause) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    {
      what: `\`store-in\`: ${label} does not exist.`,
      cause: "a typo in its name, or nobody has created it yet.",
      fix: `create "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}" (Settings > Environments of the repository), or set \`create-github-environment\` to true with a \`github-token\` that has the repository permission "Administration: write".`
    },
    { cause }
  );
}
function hidden(label, cause) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    {
      what: `\`store-in\`: ${label} exists, but \`github-token\` does not see its secrets.`,
      cause: "the token lacks the permission for the secrets of GitHub environments.",
      fix: 'give it the repository permission "Environments: write" ("Secrets: write" is another one).'
    },
    { cause }
  );
}
function noOrganization({ owner, repo }) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`store-in\` names \`organization\`, but ${owner}, the owner of ${owner}/${repo}, is a user.`,
    cause: "only organizations have secrets that several repositories share.",
    fix: "use `repository` or `github-environment:<name>` in `store-in`, once in each repository that needs them."
  });
}

// src/steps/preflight.ts
async function preflight(session) {
  const { store } = session.settings;
  if (!store) return [];
  const context = await placeContext(session, store);
  const opened = store.targets.map((place) => open(context, store, place));
  await Promise.allSettled(opened);
  return Promise.all(opened);
}
async function open(context, store, place) {
  const entry = entryOf(store, place);
  try {
    return { store: await openPlace(context, place), entry };
  } catch (error) {
    const doing = `reading the public key of ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeLabel */ .sk)(place, store.repository)}`;
    throw explainGitHub(error, doing, permissionFor(entry.target, "secret"));
  }
}
async function placeContext(session, store) {
  const { clock, interruption, limits, runner } = session;
  return {
    gitHub: await connectToGitHub(session.settings.gitHub, session.send),
    repository: store.repository,
    names: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(store.prefix, store.idsAs),
    creation: store.createEnvironments ? {
      // Others who create environments by the API report half a minute at most.
      patienceMs: 2 * limits.lookMs,
      clock,
      interruption,
      say: runner.info
    } : void 0
  };
}
async function prepareTargets(targets) {
  for (const { store, entry } of targets) {
    try {
      await store.prepare();
    } catch (error) {
      throw explainGitHub(error, `creating ${store.label}`, permissionFor(entry.target, "creation"));
    }
  }
}
function refuseForeignSecrets(session, targets, record2) {
  const { store, run } = session.settings;
  if (!store || store.overwrite) return;
  for (const target of targets) {
    const taken = foreignNames(target, record2?.kind === "own" ? record2.record.stored : []);
    if (taken.length === 0) continue;
    if (run.owner && record2?.kind !== "unavailable") throw foreignSecrets(taken, target.store.label);
    session.runner.warning(
      `Overwriting ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(taken)} in ${target.store.label}: no record says whose they are.`
    );
  }
}
function storedEntries({ store }) {
  return store ? store.targets.map((place) => entryOf(store, place)) : [];
}
function foreignNames({ store, entry }, recorded) {
  const isSame = (a, b) => a.toLowerCase() === b.toLowerCase();
  const own = recorded.filter(({ target, repository }) => isSame(target, entry.target) && isSame(repository, entry.repository)).map(({ prefix, ids }) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(prefix, ids));
  return [
    ...store.existing.secrets.filter((name) => !own.some(({ secrets }) => secrets.includes(name))),
    ...store.existing.variables.filter((name) => !own.some(({ variables }) => variables.includes(name)))
  ];
}
function entryOf({ repository: { owner, repo }, prefix, idsAs }, place) {
  return { target: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeWord */ .eS)(place), repository: `${owner}/${repo}`, prefix, ids: idsAs };
}
function foreignSecrets(taken, label) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`store-in\`: ${label} holds ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(taken)} already, and this worker's record does not list them.`,
    cause: "another worker, or somebody by hand, keeps credentials under these names.",
    fix: "choose another `secret-prefix`, store into a GitHub environment of its own, or set `overwrite-secrets` to true if these are to be replaced."
  });
}

// src/steps/report.ts


// src/github/markdown.ts
function text(value, limit) {
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(value, limit).replace(
    /[&<>"'`*_~|[\](){}#+\-.!\\:@/$=^]/g,
    (character) => `&#${character.charCodeAt(0)};`
  );
}
function code(value) {
  return `<code>${text(value)}</code>`;
}
function table(head, rows) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row), ""];
}
function codeBlock(language, lines) {
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines, fence, ""];
}

// src/github/delivered.ts
function deliveredRows({ stored, files, outputs }) {
  return [
    ...stored.map((place) => [placeCell(place.target), namesCell(place), readableCell(place.target)]),
    ...files.length > 0 ? [["Files in the workspace", files.map(code).join("<br>"), "by later steps of this job"]] : [],
    ...outputs === "none" ? [] : [
      [
        "Outputs of this step",
        ["client-id", ...outputs === "all" ? ["client-secret"] : [], "environment-id"].map(code).join("<br>"),
        "by later steps of this job"
      ]
    ]
  ];
}
function environmentIn(target) {
  const place = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .placeOfWord */ .hS)(target);
  return place?.kind === "github-environment" ? place.name : void 0;
}
function placeCell(target) {
  const environment = environmentIn(target);
  return environment === void 0 ? `Secrets of the ${target}` : `GitHub environment ${code(environment)}`;
}
function namesCell({ secrets, variables }) {
  return [...secrets.map(code), ...variables.map((name) => `${code(name)} (variable)`)].join("<br>");
}
function readableCell(target) {
  if (environmentIn(target) !== void 0) return "by jobs that **start** from now on, in this run too";
  const whose = target === "organization" ? " in the repositories that may see them" : "";
  return `by runs that are **queued** from now on${whose}; not by other jobs of this run`;
}
function nextSteps({ stored, files, outputs }, job) {
  const environment = stored.find(({ target }) => environmentIn(target) !== void 0);
  const place = environment ?? stored[0];
  if (place) return storedSteps(place, job);
  if (files.length > 0) return fileSteps(files);
  return outputs === "none" ? [] : outputSteps(outputs);
}
function storedSteps(place, job) {
  const environment = environmentIn(place.target);
  const expression = (ending) => {
    const variable = place.variables.find((name) => name.endsWith(ending));
    const secret = place.secrets.find((name) => name.endsWith(ending)) ?? "";
    return variable === void 0 ? `\${{ secrets.${secret} }}` : `\${{ vars.${variable} }}`;
  };
  return [
    environment !== void 0 ? "A later job, of this run or another, reads them by naming the GitHub environment:" : "A job of a later run reads them:",
    "",
    ...codeBlock("yaml", [
      "sync:",
      ...environment !== void 0 && job !== "" ? [`  needs: ${job}`] : [],
      ...environment === void 0 ? [] : [`  environment: ${yamlText(environment)}`],
      "  runs-on: ubuntu-latest",
      "  steps:",
      "    - run: ./start-sync.sh",
      "      env:",
      `        PING_ONE_ENV_ID: ${expression("ENVIRONMENT_ID")}`,
      `        PING_ONE_OAUTH_CLIENT_ID: ${expression("CLIENT_ID")}`,
      `        PING_ONE_OAUTH_CLIENT_SECRET: ${expression("CLIENT_SECRET")}`
    ])
  ];
}
function fileSteps(files) {
  const [env = "", secret = ""] = files.map((file) => `'${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(file).replaceAll("'", `'\\''`)}'`);
  return [
    "A later step of this job gives them to the cluster that PingDataSync runs in:",
    "",
    ...codeBlock("sh", [
      `kubectl create configmap ping-one --from-env-file=${env}`,
      `kubectl create secret generic ping-one --from-file=${secret}`
    ])
  ];
}
function outputSteps(outputs) {
  return [
    "A later step of this job reads them, with `id: worker` on this one. Another job does not: `store-in` with a GitHub environment takes them there.",
    "",
    ...codeBlock("yaml", [
      "- run: ./start-sync.sh",
      "  env:",
      "    PING_ONE_ENV_ID: ${{ steps.worker.outputs.environment-id }}",
      "    PING_ONE_OAUTH_CLIENT_ID: ${{ steps.worker.outputs.client-id }}",
      ...outputs === "all" ? ["    PING_ONE_OAUTH_CLIENT_SECRET: ${{ steps.worker.outputs.client-secret }}"] : []
    ])
  ];
}
function yamlText(value) {
  const shown = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(value);
  return /^[A-Za-z][A-Za-z0-9_./-]*$/.test(shown) ? shown : JSON.stringify(shown);
}

// src/github/summary.ts
var signs = { created: "\u2705", updated: "\u2705", unchanged: "\u2611\uFE0F", deleted: "\u{1F5D1}\uFE0F", absent: "\u2611\uFE0F" };
function summaryOf(facts) {
  const { changes, delivered, roles, isPlan } = facts;
  const rows = isPlan ? [] : deliveredRows(delivered);
  const lines = [
    `### ${isPlan ? "\u{1F4DD}" : signs[facts.result]} PingOne worker ${text(facts.name)}`,
    "",
    sentence(facts),
    "",
    ...changes.length > 0 ? [heading(isPlan ? "Plan" : "Changes"), "", ...changesTable(changes)] : [],
    ...rows.length > 0 ? [heading("Where the credentials are"), "", ...table(["Where", "What", "Readable"], rows)] : [],
    ...about(roles, facts),
    ...rows.length > 0 ? [heading("Next"), "", ...nextSteps(delivered, facts.job)] : []
  ];
  return `${lines.join("\n")}
`;
}
function heading(title) {
  return `#### ${title}`;
}
function sentence({ name, environment, result, isPlan, verification }) {
  const worker = `the worker **${text(name)}** in the PingOne environment **${text(environment)}**`;
  if (result === "unchanged") {
    const proof2 = verification === "verified" ? ", and its credentials work" : "";
    return `Nothing ${isPlan ? "would change" : "had to change"}: ${worker} is as the inputs ask for${proof2}.`;
  }
  if (result === "absent") return `Nothing to delete: ${worker} does not exist.`;
  const verb = { created: "create", updated: "update", deleted: "delete" }[result];
  if (isPlan) return `A run without \`dry-run\` would ${verb} ${worker}. **Nothing was changed.**`;
  const proof = verification === "verified" ? ", and proved its credentials by getting an access token" : "";
  return `${verb.charAt(0).toUpperCase()}${verb.slice(1)}d ${worker}${proof}.`;
}
function changesTable(changes) {
  return table(["Change", "Field", "Old", "New"], changes.map(changeCells));
}
function changeCells({ kind, field, from, to, warning }) {
  const note = warning === void 0 ? "" : `<br>\u26A0\uFE0F ${text(warning)}`;
  return [`${text(kind.replaceAll("-", " "))}${note}`, field === void 0 ? "" : text(field), json(from), json(to)];
}
function json(value) {
  if (value === void 0 || value === null) return "";
  return text(typeof value === "string" ? value : JSON.stringify(value), 120);
}
function about(roles, { isPlan, result, rolesBeyond, verification, previousSecretExpiresAt, consoleUrl: consoleUrl2 }) {
  const isGone = result === "deleted" || result === "absent";
  const notVerified = verification === void 0 || verification === "verified" ? void 0 : verification.notVerified;
  const items = [
    ...isGone || isPlan ? [] : [`**Roles:** ${roles.length > 0 ? roles.map((role) => text(role)).join(", ") : "none"}`],
    ...isGone || rolesBeyond.length === 0 ? [] : [
      `**Roles that the inputs do not ask for**, left as they are: ${rolesBeyond.map((role) => text(role)).join(", ")}`
    ],
    ...notVerified === void 0 ? [] : [`\u26A0\uFE0F **Not verified:** ${text(notVerified)}`],
    ...previousSecretExpiresAt === void 0 ? [] : [`**The previous secret** works until ${text(previousSecretExpiresAt)}`],
    ...consoleUrl2 === void 0 ? [] : [`[Open the environment in the PingOne console](${consoleUrl2})`]
  ];
  return items.length === 0 ? [] : [...items.map((item) => `- ${item}`), ""];
}

// src/pingone/console.ts
function consoleUrl(apiUrl, environmentId) {
  const domain = /^api\.(pingone\.[a-z.]+)$/.exec(new URL(apiUrl).host)?.[1];
  if (domain === void 0 || !(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isUuid */ .O1)(environmentId)) return void 0;
  return `https://console.${domain}/?env=${environmentId}`;
}

// src/steps/report.ts
function logPlan({ runner, settings }, plan2, notes) {
  const found = plan2.length === 0 ? "is as desired" : isNew(plan2) ? "does not exist yet; to do:" : "differs; to do:";
  runner.info(`Worker "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" ${found}`);
  for (const change of reportedChanges(plan2)) {
    runner.info(`  ${changeLine(change)}`);
    if (change.warning !== void 0) runner.warning(`${change.field ?? change.kind}: ${change.warning}.`);
  }
  for (const warning of notes.warnings) (settings.dryRun ? runner.notice : runner.warning)(warning);
  for (const notice of notes.notices) runner.notice(notice);
  if (settings.desired.roles.kind === "listed" && notes.rolesBeyond.length > 0) {
    runner.info(`Roles beyond \`roles\`, left as they are: ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(notes.rolesBeyond)}`);
  }
}
function isNew(plan2) {
  return resultOf(plan2) === "created";
}
function changeLine(change) {
  const verb = change.kind.replaceAll("-", " ");
  const what = change.field === void 0 ? verb : `${verb}, ${change.field}`;
  if (!("to" in change)) return what;
  const before = change.from === void 0 || change.from === null && change.kind === "create-application";
  return `${what}: ${before ? "" : `${shownValue(change.from)} -> `}${shownValue(change.to)}`;
}
function shownValue(value) {
  if (value === null) return "none";
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(JSON.stringify(value), 200);
}
async function report(session, outcome) {
  const { runner, settings } = session;
  const name = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings);
  const place = outcome.environment ? ` in "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(outcome.environment.name, 100)}"` : "";
  runner.info(`Worker "${name}"${place}: ${settings.dryRun ? "would be " : ""}${outcome.result}`);
  await runner.summarize(summaryOf(summaryFacts(settings, outcome)));
}
function summaryFacts(settings, outcome) {
  const { environment, handedOver, application } = outcome;
  const workspace = settings.dataSync?.workspace ?? "";
  return {
    name: settings.desired.name ?? application?.name ?? settings.desired.applicationId ?? "",
    environment: environment?.name ?? ("name" in settings.environment ? settings.environment.name : ""),
    result: outcome.result,
    isPlan: settings.dryRun,
    changes: reportedChanges(outcome.plan),
    roles: outcome.roles ?? [],
    rolesBeyond: settings.desired.roles.kind === "listed" ? outcome.rolesBeyond ?? [] : [],
    verification: handedOver?.verification,
    delivered: {
      stored: handedOver?.stored ?? [],
      files: (handedOver?.dataSyncFiles ?? []).map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_4__.relative)(workspace, path)),
      outputs: !handedOver ? "none" : settings.outputSecret && handedOver.credentials ? "all" : "without-secret"
    },
    previousSecretExpiresAt: handedOver?.credentials?.previousExpiresAt,
    consoleUrl: settings.maskIds || !environment ? void 0 : consoleUrl(settings.apiUrl, environment.id),
    job: settings.run.job
  };
}

// src/steps/ensure.ts
var mostRounds = 5;
var recordPollMs = 500;
async function ensureWorker(context, targets) {
  const { clock, limits, runner } = context.session;
  let othersRecordUntil = 0;
  for (let round = 1; round <= mostRounds; round += 1) {
    const ensured = await ensureOnce(await planOnceRecorded(context, othersRecordUntil), targets);
    if (ensured !== "superseded") return ensured;
    runner.info("There is a worker of the name by now; looking at it");
    othersRecordUntil = clock.now() + limits.lookMs;
  }
  throw neverSettled();
}
async function planOnceRecorded(context, until) {
  const { clock, interruption } = context.session;
  for (; ; ) {
    const planned = await planWorker(context);
    if (planned.worker?.record.kind !== "none" || clock.now() >= until) return planned;
    await clock.sleep(recordPollMs, interruption.stop);
  }
}
async function ensureOnce(planned, targets) {
  const { context, environment, worker } = planned;
  refuseForeignSecrets(context.session, targets, worker?.record);
  const { plan: plan2, notes, record: record2 } = await settleIcon(planned);
  logPlan(context.session, plan2, notes);
  await prepareTargets(targets);
  const applied = await applyPlan(context, plan2, {
    environmentId: environment.id,
    application: worker?.application,
    record: record2,
    stored: targets.map(({ entry }) => entry)
  });
  if (applied === "superseded") return applied;
  const granted = plan2.flatMap((change) => change.kind === "grant-role" ? [change.grant.label] : []);
  return {
    ...applied,
    context,
    environment,
    plan: plan2,
    result: resultOf(plan2),
    roles: [...notes.heldRoles, ...granted],
    rolesBeyond: notes.rolesBeyond,
    // What was read before a change may be older than the change.
    secret: plan2.length === 0 ? worker?.secret : applied.secret
  };
}
async function settleIcon(planned) {
  const { context, record: record2, environment, worker, plan: plan2 } = planned;
  const replaces = worker && imageIdOf(worker.application) && plan2.some(({ kind }) => kind === "upload-icon");
  if (!replaces || record2.kind !== "none") return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  return decide(planned, await writeRecord(context, ref, record2, { created: false, stored: [] }));
}
function neverSettled() {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "Other runs kept creating and removing workers of this `name`.",
    cause: "many runs started at the same moment.",
    fix: "run again; a `concurrency` group in the workflow keeps runs from doing this at the same time."
  });
}

// src/datasync/write.ts



function writeDataSyncFiles(workspace, directory, files) {
  try {
    refuse((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .checkFolder */ .p$)(workspace, directory));
    (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.mkdirSync)(directory, { recursive: true });
    refuse((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .checkFolder */ .p$)(workspace, directory));
    return files.map((file) => writeWhole(directory, file));
  } catch (error) {
    if (error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ) throw error;
    throw refusedFolder(`the system says ${String(error.code)}`, error);
  }
}
function writeWhole(directory, { name, content, mode }) {
  const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(directory, name);
  const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(directory, `.${name}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_3__.randomUUID)()}`);
  try {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.writeFileSync)(temporary, content, { flag: "wx", mode });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.renameSync)(temporary, path);
  } catch (error) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.rmSync)(temporary, { force: true });
    throw error;
  }
  return path;
}
function refuse(check) {
  if ("refused" in check) throw refusedFolder(check.refused);
}
function refusedFolder(why, cause) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    {
      what: `The files for PingDataSync could not be written to the folder in \`datasync-dir\`: ${why}.`,
      cause: "another step changed the folder, or the disk is full or read-only.",
      fix: "name another folder in `datasync-dir`, and run again."
    },
    { cause }
  );
}

// src/pingone/delivered.ts
function deliveredAddresses({ authUrl, customDomain }, environmentId) {
  if (customDomain === void 0) return { authUrl, tokenEndpoint: (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .tokenEndpoint */ .lN)(authUrl, environmentId) };
  return { authUrl: `https://${customDomain}`, tokenEndpoint: `https://${customDomain}/as/token` };
}

// src/steps/datasync.ts
function deliverDataSyncFiles({ settings, runner }, { clientId, clientSecret, environmentId }) {
  if (!settings.dataSync) return [];
  const { workspace, directory, prefix } = settings.dataSync;
  const files = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .dataSyncFiles */ .tM)(prefix, {
    apiUrl: settings.apiUrl,
    tokenEndpoint: deliveredAddresses(settings, environmentId).tokenEndpoint,
    environmentId,
    clientId,
    clientSecret
  });
  const paths = writeDataSyncFiles(workspace, directory, files);
  runner.info(`Written for PingDataSync: ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(files.map(({ name }) => name))} in ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(directory)}`);
  return paths;
}

// src/steps/deliver.ts
async function deliver(session, targets, credentials) {
  const stored = await storeCredentials(session, targets, credentials);
  return { stored, dataSyncFiles: deliverDataSyncFiles(session, credentials) };
}
async function storeCredentials(session, targets, credentials) {
  const writes = targets.flatMap((target) => writesTo(target, credentials));
  for (const [index, write] of writes.entries()) {
    try {
      await perform(write);
    } catch (error) {
      throw withProgress2(explain(error, write), targets, writes.slice(0, index), writes.slice(index));
    }
  }
  return targets.map((target) => {
    const report2 = reportOf(target, writes);
    const names = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)([...report2.secrets, ...report2.variables]);
    session.runner.info(`Stored in ${target.store.label}: ${names}`);
    return report2;
  });
}
function writesTo(target, { clientId, clientSecret, environmentId }) {
  const { prefix, ids } = target.entry;
  const names = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .secretNames */ .XG)(prefix);
  const kind = ids === "variables" ? "variable" : "secret";
  return [
    { target, kind, name: names.clientId, value: clientId },
    { target, kind: "secret", name: names.clientSecret, value: clientSecret },
    { target, kind, name: names.environmentId, value: environmentId }
  ];
}
function perform({ target: { store }, kind, name, value }) {
  return kind === "secret" ? store.writeSecret(name, value) : store.writeVariable(name, value);
}
function explain(error, { target: { store, entry }, kind, name }) {
  return explainGitHub(error, `writing ${name} to ${store.label}`, permissionFor(entry.target, kind));
}
function reportOf(target, writes) {
  const namesOf2 = (kind) => writes.filter((write) => write.target === target && write.kind === kind).map(({ name }) => name);
  return { target: target.entry.target, secrets: namesOf2("secret"), variables: namesOf2("variable") };
}
function withProgress2(error, targets, done, open2) {
  const namesIn = (writes, target) => (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(writes.filter((write) => write.target === target).map(({ name }) => name));
  const lines = targets.map((target) => {
    const [written, missing2] = [namesIn(done, target), namesIn(open2, target)];
    if (missing2 === "") return `${target.store.label} has the new values`;
    return `${target.store.label} ${written === "" ? "has none of them" : `has ${written}, but not ${missing2}`}`;
  });
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice(`Of what this run stores, ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(lines)}. Running again writes the rest.`);
}

// src/steps/verify.ts
var firstWaitMs = 500;
var longestWaitMs = 8e3;
var populationReaders = ["Identity Data Admin", "Identity Data Read Only", "Environment Admin"];
async function verifyCredentials(worker, credentials, patience) {
  const { session } = worker.context;
  const skipped = whyNotVerified(session, worker);
  if (skipped !== void 0) {
    session.runner.notice(`The credentials are not verified: ${skipped}.`);
    return { notVerified: skipped };
  }
  const token = await proveByToken(worker, credentials, patience);
  if (worker.roles.length === 0) {
    const answer = token === void 0 ? "gives it no token, so its credentials are not verified" : "gives it a token all the same";
    session.runner.notice(`The worker holds no role, and PingOne ${answer}.`);
  }
  if (token === void 0) return { notVerified: "the worker holds no role, and PingOne gives it no token" };
  if (worker.plan.length > 0) await tryPopulations(session, worker, token);
  session.runner.info("Verified: the credentials get an access token");
  return "verified";
}
function whyNotVerified({ settings }, { application }) {
  if (!settings.verify) return "`verify` is false";
  if (application["enabled"] !== true) return "the application is disabled";
  const method = application["tokenEndpointAuthMethod"];
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretAuthMethod */ .Ao)(method) ? void 0 : `the application authenticates by ${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(String(method), 40)}, not by its secret`;
}
async function proveByToken(worker, credentials, { mayLag, until }) {
  const { session } = worker.context;
  const { clock, limits, runner, interruption, settings } = session;
  const method = worker.application["tokenEndpointAuthMethod"];
  const endpoint = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .tokenEndpoint */ .lN)(settings.authUrl, credentials.environmentId);
  const patientUntil = Math.min(until ?? Infinity, clock.now() + (mayLag ? limits.verifyMs : 0));
  const backoff = createBackoff({
    clock,
    interruption,
    firstMs: firstWaitMs,
    longestMs: longestWaitMs,
    until: patientUntil
  });
  for (; ; ) {
    try {
      const token = await (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .requestToken */ .p)(session.send, endpoint, credentials, method, { trace: session.trace, until });
      runner.mask(token);
      return token;
    } catch (error) {
      if (error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && worker.roles.length === 0 && error.error === "access_denied") {
        return void 0;
      }
      if (!isRefusal2(error)) throw explainVerification(error);
      const { message } = error;
      const announce = (ms) => runner.info(`PingOne does not take the credentials yet (${message}); trying again in ${ms / 1e3} s`);
      if (!await backoff.pause(announce)) throw explainVerification(error);
    }
  }
}
function isRefusal2(error) {
  return error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && [400, 401, 403].includes(error.status);
}
function explainVerification(error) {
  if (!(error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5)) return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "verifying the worker's credentials");
  const what = `PingOne gives no token for the worker's credentials: ${error.message}`;
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({ what, cause: whyRefused(error), fix: "run again." }, { cause: error });
}
function whyRefused(error) {
  if (error.isUnsupportedMethod) return "somebody changed the token endpoint authentication method while the step ran.";
  if (!isRefusal2(error)) return "PingOne has a disturbance, or limits the rate.";
  return "PingOne has not spread a change yet, or somebody changed the application while the step ran.";
}
async function tryPopulations(session, worker, token) {
  const mayRead = worker.roles.some((label) => populationReaders.some((role) => label.startsWith(`${role} @ `)));
  if (!mayRead) return;
  try {
    await readOnePopulation(pingOneFor(session, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .fixedToken */ .WV)(token)), worker.environment.id);
  } catch (error) {
    if (!(error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "a read with the worker's token");
    session.runner.warning(
      `The worker gets a token, but may not read populations yet: ${error.message} Roles can take a while to arrive; if the synchronization is refused later, look at the roles of the worker.`
    );
  }
}

// src/steps/rotate.ts
var mostOverlapMs = 30 * 864e5 - 5 * 6e4;
async function rotateSecret(worker, targets, present) {
  const { session, pingone } = worker.context;
  const overlapMs = session.settings.secretOverlapMs;
  if (overlapMs > 0 && isUnderWay(present, pingone.now())) {
    const when = present.previousExpiresAt ?? "the previous secret has expired";
    session.runner.warning(
      `The secret is not rotated: the one before it is still valid, until ${when}. The next rotation is possible then; with \`secret-overlap: 0\` it is at once, and cuts off whoever still uses an older secret.`
    );
    return void 0;
  }
  await deliver(session, targets, present);
  if (session.interruption.requested.aborted) throw new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .cJ("before the secret was rotated");
  if (session.deadline - session.clock.now() < session.limits.rotationMs) throw noTimeLeft();
  return session.interruption.critical(async () => {
    const credentials = await replaceSecret(worker, present, overlapMs);
    session.runner.info("Done: rotate the secret");
    return afterRotation(worker, credentials, () => proveAndDeliver(worker, targets, credentials));
  });
}
async function afterRotation(worker, credentials, work, delivered) {
  try {
    return await work();
  } catch (error) {
    const isStored = delivered !== void 0 && isSomewhere(delivered);
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice(
      whatStillWorks(credentials, worker.context.session.settings.secretOverlapMs, isStored)
    );
  }
}
function isSomewhere({ stored, dataSyncFiles: dataSyncFiles2 }) {
  return stored.length > 0 || dataSyncFiles2.length > 0;
}
function isUnderWay({ hasPrevious, previousExpiresAt }, now) {
  return hasPrevious && !(Date.parse(previousExpiresAt ?? "") <= now);
}
async function replaceSecret(worker, present, overlapMs) {
  const { session, pingone } = worker.context;
  const until = pingone.now() + Math.min(overlapMs, mostOverlapMs);
  const expiresAt = overlapMs === 0 ? void 0 : new Date(until).toISOString();
  const answer = await regenerateSecret(pingone, worker.ref, expiresAt).catch(
    (error) => settle(worker, present, error)
  );
  return maskedCredentials(session.runner, worker, answer);
}
async function cutOffPrevious(worker, credentials) {
  const { session, pingone } = worker.context;
  if (session.settings.secretOverlapMs > 0 || !credentials.hasPrevious) return void 0;
  try {
    await deletePreviousSecret(pingone, worker.ref);
    return void 0;
  } catch (error) {
    return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the previous secret"));
  }
}
async function settle(worker, present, error) {
  const { session, pingone } = worker.context;
  if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(error)) throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "rotating the secret", cannotReadSecret);
  session.runner.info("Whether the secret was rotated is unknown; reading it");
  const secret = await readSecret(pingone, worker.ref).catch((unread) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(unread, "reading the secret after a rotation whose answer was lost")).withAdvice(
      "Run again without `rotate-secret`: it delivers whichever secret is the current one."
    );
  });
  if (secret.secret !== present.clientSecret) return secret;
  throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "rotating the secret")).withAdvice(
    "The secret was not rotated, and the stored one still works."
  );
}
async function proveAndDeliver(worker, targets, credentials) {
  const { session } = worker.context;
  const stillListed = await cutOffPrevious(worker, credentials);
  const { verification, failure = stillListed } = await proveUnlessStopped(worker, credentials);
  const delivered = await deliver(session, targets, credentials);
  if (failure) throw isSomewhere(delivered) ? failure.withAdvice("The new secret is stored.") : failure;
  const isCutOff = session.settings.secretOverlapMs === 0;
  const proven = isCutOff ? { ...credentials, hasPrevious: false, previousExpiresAt: void 0 } : credentials;
  return { credentials: proven, verification, ...delivered };
}
async function proveUnlessStopped(worker, credentials) {
  const { interruption, deadline, limits } = worker.context.session;
  const stopped = new Promise((resolve) => {
    const skip = () => {
      resolve({ notVerified: "the step was cancelled" });
    };
    if (interruption.requested.aborted) skip();
    else interruption.requested.addEventListener("abort", skip, { once: true });
  });
  try {
    const until = deadline - limits.storeMs;
    const proof = verifyCredentials(worker, credentials, { mayLag: true, until });
    return { verification: await Promise.race([proof, stopped]) };
  } catch (error) {
    const failure = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error);
    if (failure.cause instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && failure.cause.error === "invalid_client") throw failure;
    return { verification: { notVerified: "the token endpoint gave no clear answer" }, failure };
  }
}
function whatStillWorks({ previousExpiresAt }, overlapMs, isStored) {
  const now = isStored ? ", and the new one is stored" : "";
  if (overlapMs > 0 && previousExpiresAt !== void 0) {
    return `The secret was rotated${now}; the old one, where it is still in use, works until ${previousExpiresAt}.`;
  }
  const then = isStored ? "." : ": run again without `rotate-secret` to deliver the new one.";
  return `The secret was rotated${now}, and the old one no longer works${then}`;
}
function noTimeLeft() {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "The secret was not rotated: too little of `timeout` is left to verify and store a new one.",
    cause: "PingOne or GitHub was slow.",
    fix: "run again, or raise `timeout`. The stored secret still works."
  });
}

// src/steps/hand-over.ts
async function handOver(worker, targets) {
  const { session } = worker.context;
  if (!(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .needsSecret */ .St)(session.settings)) {
    session.runner.info("Nobody asked for the secret, so it is not read");
    const verification = { notVerified: "nobody asked for the secret" };
    return { credentials: void 0, verification, stored: [], rotated: false, dataSyncFiles: [] };
  }
  const present = worker.secret ? maskedCredentials(session.runner, worker, worker.secret) : await readCredentials(worker);
  const rotates = worker.plan.some(({ kind }) => kind === "rotate-secret");
  const rotation = rotates ? await rotateSecret(worker, targets, present) : void 0;
  if (!rotation) {
    return { ...await confirm(worker, targets, await proveAndDeliver2(worker, targets, present)), rotated: false };
  }
  const confirmed = await afterRotation(
    worker,
    rotation.credentials,
    () => confirm(worker, targets, rotation),
    rotation
  );
  return { ...confirmed, rotated: true };
}
async function proveAndDeliver2(worker, targets, credentials) {
  const patience = { mayLag: worker.plan.length > 0 };
  const verification = await verifyCredentials(worker, credentials, patience).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice("Nothing was delivered: a stored secret of an earlier run is still there.");
  });
  return { credentials, verification, ...await deliver(worker.context.session, targets, credentials) };
}
async function confirm(worker, targets, proven) {
  if (targets.length === 0) return proven;
  const { session } = worker.context;
  const credentials = await readCredentials(worker);
  if (credentials.version === proven.credentials.version) return proven;
  session.runner.notice("Another run rotated the secret meanwhile: delivering the new one.");
  const verification = await verifyCredentials(worker, credentials, { mayLag: true });
  return { credentials, verification, ...await deliver(session, targets, credentials) };
}

// src/steps/outputs.ts
function outputsOf({ settings }, outcome) {
  const { environment, application, plan: plan2, result } = outcome;
  const addresses = environment && deliveredAddresses(settings, environment.id);
  const isPresent = application !== void 0 && (settings.dryRun || result !== "deleted");
  return {
    ...isPresent ? { "client-id": clientIdOf(application) } : {},
    ...secretOutputs(settings.outputSecret, outcome.handedOver),
    ...environment ? { "environment-id": environment.id } : {},
    ...isPresent ? { "application-id": application.id } : {},
    result,
    changed: String(plan2.length > 0),
    changes: withoutIds(JSON.stringify(reportedChanges(plan2)), outcome),
    "api-url": settings.apiUrl,
    "auth-url": addresses?.authUrl ?? settings.authUrl,
    ...addresses ? { "token-endpoint": addresses.tokenEndpoint } : {},
    stored: JSON.stringify(outcome.handedOver?.stored ?? []),
    "datasync-files": JSON.stringify(outcome.handedOver?.dataSyncFiles ?? [])
  };
}
function withoutIds(json2, { environment, application, handedOver }) {
  const masked = [environment?.id, application && clientIdOf(application), handedOver?.credentials?.clientSecret];
  return masked.reduce(
    (text2, value) => value === void 0 ? text2 : text2.replaceAll(JSON.stringify(value).slice(1, -1), "***"),
    json2
  );
}
function secretOutputs(outputSecret, handedOver) {
  const { credentials, rotated = false } = handedOver ?? {};
  return {
    ...outputSecret && credentials ? { "client-secret": credentials.clientSecret } : {},
    "credentials-version": credentials?.version ?? "",
    "secret-rotated": String(rotated),
    "previous-secret-expires-at": credentials?.previousExpiresAt ?? ""
  };
}

// src/worker/teardown.ts
function teardownObstacle(record2, environmentType, leave) {
  if (environmentType === "PRODUCTION" && !leave.production) return "production";
  if (leave.force || record2.kind === "own" && record2.record.origin === "created") return void 0;
  if (record2.kind === "own") return "adopted";
  return record2.kind === "foreign" ? "foreign" : "unrecorded";
}

// src/github/forget.ts
async function deleteStored(gitHub, { target, repository, prefix, ids }) {
  const [owner = "", repo = ""] = repository.split("/");
  const calls = callsFor(gitHub, target, { owner, repo });
  if (!calls) return { secrets: [], variables: [] };
  const names = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(prefix, ids);
  const held = async (open2) => await unlessMissing(() => calls.heldSecrets(open2)) ?? [];
  const variables = async (open2) => {
    const found = await Promise.all(open2.map((name) => isVariable(calls, name)));
    return open2.filter((_, index) => found[index]);
  };
  return {
    secrets: await deleteAll(names.secrets, (name) => calls.deleteSecret(name), held),
    variables: await deleteAll(names.variables, (name) => calls.deleteVariable(name), variables)
  };
}
async function deleteAll(names, remove, held) {
  const deleted = [];
  for (const name of names) if (await unlessMissing(() => remove(name)) !== void 0) deleted.push(name);
  const missing2 = names.filter((name) => !deleted.includes(name));
  const hidden2 = missing2.length > 0 ? await held(missing2) : [];
  for (const name of hidden2) await gitHubCall(() => remove(name));
  return [...deleted, ...hidden2];
}

// src/steps/forget.ts
async function deleteSecrets(session, entries) {
  requireToken(session, entries);
  for (const entry of entries) {
    try {
      const gitHub = await connectToGitHub(session.settings.gitHub, session.send);
      const { secrets, variables } = await deleteStored(gitHub, entry);
      const names = [...secrets, ...variables].join(", ");
      session.runner.info(`Deleted in ${placeOf2(entry)}: ${names || "nothing, they were gone already"}`);
    } catch (error) {
      const doing = `deleting secrets in ${placeOf2(entry)}`;
      throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(explainGitHub(error, doing, permissionFor(entry.target, "secret"))).withAdvice(
        "The application in PingOne is not deleted yet; run again to finish."
      );
    }
  }
}
function requireToken({ settings }, entries) {
  if (entries.length > 0 && settings.gitHub.token === "") throw tokenMissing(entries);
}
function describeEntry(entry) {
  return `${namesOf(entry)} in ${placeOf2(entry)}`;
}
function namesOf({ prefix, ids }) {
  const { secrets, variables } = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(prefix, ids);
  return (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)([...secrets, ...variables]);
}
function placeOf2({ target, repository }) {
  return target === "repository" ? `the repository ${repository}` : `${target} (${repository})`;
}
function tokenMissing(entries) {
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`github-token\` is missing: the worker's secrets in ${entries.map(placeOf2).join(", ")} could not be deleted.`,
    cause: "the secret that it is read from is not set, or is not passed to this step.",
    fix: "pass the token that stored them, or one with the same permissions. Nothing was deleted."
  });
}

// src/steps/delete.ts
async function deleteWorker({ session, pingone }, environmentId, { application, record: record2 }, entries) {
  await deleteSecrets(session, entries);
  const imageId = record2.kind === "own" ? record2.record.icon?.imageId : void 0;
  const isImageLeft = imageId !== void 0 && !await isImageDeleted(pingone, environmentId, imageId);
  const ref = { environmentId, applicationId: application.id, isNew: false };
  await deleteApplication(pingone, ref).catch((error) => {
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the application")).withAdvice(
      entries.length > 0 ? "Its secrets in GitHub are deleted already; run again to delete the application." : ""
    );
  });
  session.runner.info("Done: delete the application");
  if (isImageLeft && !await isImageDeleted(pingone, environmentId, imageId)) {
    session.runner.notice(
      "The image of the icon stays in PingOne, where nothing points to it: PingOne refused to delete it."
    );
  }
}
async function isImageDeleted(pingone, environmentId, imageId) {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM) return false;
    throw (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the image of the icon");
  }
}

// src/steps/teardown.ts
var plan = [{ kind: "delete-application" }];
async function tearDown(context) {
  const { session } = context;
  let observation;
  try {
    observation = await observe(context);
  } catch (error) {
    if (!(error instanceof EnvironmentGone)) throw error;
    session.runner.notice(error.explanation.what);
    return gone(session, void 0);
  }
  const { environment, worker } = observation;
  if (!worker) return gone(session, environment);
  const { teardown, dryRun } = session.settings;
  const obstacle = teardownObstacle(worker.record, environment.type, teardown);
  if (obstacle) throw refusal(session, obstacle, worker.record);
  const entries = entriesToDelete(session, worker.record);
  if (!dryRun) requireToken(session, entries);
  session.runner.info(`Worker "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(session.settings)}" exists; to do:`);
  for (const entry of entries) session.runner.info(`  delete ${describeEntry(entry)}`);
  session.runner.info("  delete application");
  if (!dryRun) await deleteWorker(observation.context, environment.id, worker, entries);
  return { environment, application: worker.application, result: "deleted", plan };
}
async function gone(session, environment) {
  const { runner, settings } = session;
  runner.info(`Worker "${(0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" does not exist: nothing to tear down in PingOne`);
  const entries = storedEntries(settings);
  const places = entries.map(describeEntry).join("; ");
  if (entries.length > 0 && settings.teardown.force && !settings.dryRun) await deleteSecrets(session, entries);
  else if (entries.length > 0) {
    runner.notice(`GitHub secrets that may be left over stay as they are: ${places}. \`force-delete\` deletes them.`);
  }
  return { environment, application: void 0, result: "absent", plan: [] };
}
function entriesToDelete({ settings, runner }, record2) {
  const listed = record2.kind === "own" ? record2.record.stored : [];
  const kept = listed.filter(({ target }) => target === "organization" && !settings.teardown.force);
  for (const entry of kept) {
    runner.notice(
      `The secrets of prefix ${entry.prefix} in ${placeOf2(entry)} stay: \`force-delete\` deletes them, too.`
    );
  }
  return listed.filter((entry) => !kept.includes(entry));
}
var reasons = {
  adopted: "this repository found it and took it over; somebody else created it.",
  foreign: "its record belongs to another repository.",
  unrecorded: "it has no record, so nobody can tell who created it."
};
function refusal(session, obstacle, record2) {
  const name = (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(session.settings);
  if (obstacle === "production") {
    return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
      what: `\`state: absent\`: the worker "${name}" lives in a PingOne environment of type PRODUCTION, so it is not deleted.`,
      cause: "`environment` names the wrong one, or production is really meant.",
      fix: "check `environment`; if it is right, set `allow-production-delete` to true."
    });
  }
  const whose = record2.kind === "foreign" ? ` (${record2.owner})` : "";
  return new _chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`state: absent\`: the worker "${name}" was not created by this repository${whose}, so it is not deleted.`,
    cause: obstacle === "foreign" && !session.settings.run.owner ? "the runner does not say which repository this is (GITHUB_REPOSITORY_ID is not set)." : reasons[obstacle],
    fix: "delete it in PingOne by hand, or set `force-delete` to true if nobody else uses it."
  });
}

// src/steps/carry-out.ts
async function carryOut(session, connecting) {
  const { settings } = session;
  const [connection, targets] = await Promise.all([connecting, (0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .delivers */ .xn)(settings) ? preflight(session) : []]);
  const context = { session, pingone: pingOneFor(session, connection.tokens), connection };
  const outcome = settings.state === "absent" ? await tearDown(context) : await ((0,_chunk_ZHK2JTBB_js__WEBPACK_IMPORTED_MODULE_1__/* .delivers */ .xn)(settings) ? provide : preview)(context, targets);
  await report(session, outcome);
  return outputsOf(session, outcome);
}
async function provide(context, targets) {
  const worker = await ensureWorker(context, targets);
  const handedOver = await handOver(worker, targets);
  const plan2 = worker.plan.filter(({ kind }) => kind !== "rotate-secret" || handedOver.rotated);
  return { ...worker, plan: plan2, result: resultOf(plan2), handedOver };
}
async function preview(context) {
  const { environment, worker, plan: plan2, notes } = await planWorker(context);
  logPlan(context.session, plan2, notes);
  return {
    environment,
    application: worker?.application,
    plan: plan2,
    result: resultOf(plan2),
    roles: notes.heldRoles,
    rolesBeyond: notes.rolesBeyond
  };
}



/***/ })

};
