export const id = 131;
export const ids = [131];
export const modules = {

/***/ 131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   reportFailure: () => (/* binding */ reportFailure),
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(995);
/* harmony import */ var _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(272);
/* harmony import */ var _chunk_T4NDILXB_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(423);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(975);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(24);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(760);

const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



// src/pingone/environments.ts
var environmentSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY,
  name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  type: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  status: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  organization: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY }),
  createdAt: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()
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
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, `/environments?filter=${filter}`, { member: "environments", item: environmentSchema });
}
function listEnvironments(pingone) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, "/environments", { member: "environments", item: environmentSchema });
}
var populationSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY, name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
function listPopulations(pingone, environmentId) {
  const path = environmentPath(environmentId, "/populations");
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, path, { member: "populations", item: populationSchema });
}
async function readOnePopulation(pingone, environmentId, until) {
  const path = environmentPath(environmentId, "/populations?limit=1");
  const isLag = (error) => error.status === 403 || error.status === 401;
  await pingone.json({ kind: "read", method: "GET", path, isLag, until }, (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({}));
}

// src/pingone/applications.ts
var attributeText = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._catch */ .nb)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()), void 0);
var applicationSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({
  id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY,
  name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  type: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  createdAt: attributeText,
  updatedAt: attributeText,
  clientId: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)())
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
function listApplications(pingone, environmentId, name) {
  const isWanted = (item) => name !== void 0 && item?.name === name;
  const path = environmentPath(environmentId, "/applications");
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, path, { member: "applications", item: applicationSchema, isWanted });
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
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .deleteIfThere */ .lg)(pingone, applicationPath(ref));
}
var secretSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  secret: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._minLength */ .m9)(1)),
  previous: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .nullish */ .cl)(
    (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
      secret: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._minLength */ .m9)(1)),
      expiresAt: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
      // Absent until the secret is used. Nothing depends on it, so another type is accepted.
      lastUsed: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._catch */ .nb)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()), void 0)
    })
  )
});
function readSecret(pingone, ref, until) {
  return pingone.json(
    { kind: "read", method: "GET", path: applicationPath(ref, "/secret"), isLag: lagOf(ref), until },
    secretSchema
  );
}
function regenerateSecret(pingone, ref, previousExpiresAt) {
  const body = previousExpiresAt === void 0 ? {} : { previous: { expiresAt: previousExpiresAt } };
  return pingone.json({ kind: "create", method: "POST", path: applicationPath(ref, "/secret"), body }, secretSchema);
}
function deletePreviousSecret(pingone, ref, until) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .deleteIfThere */ .lg)(pingone, applicationPath(ref, "/secret"), until);
}
var metadataSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .union */ .KC)([
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ metadata: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)()) }),
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ metadata: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._null */ .jw)()), application: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }) })
]);
async function readMetadata(pingone, ref) {
  try {
    const path = applicationPath(ref, "/metadata");
    return (await pingone.json({ kind: "read", method: "GET", path, mayBeMissing: true }, metadataSchema)).metadata ?? {};
  } catch (error) {
    if ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) return {};
    throw error;
  }
}
function replaceMetadata(pingone, ref, metadata) {
  const path = applicationPath(ref, "/metadata");
  return pingone.empty({ kind: "write", method: "PUT", path, body: { metadata }, isLag: lagOf(ref) });
}

// src/reconcile/attributes.ts
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
function isRotationDue(rotation, secret) {
  return typeof rotation === "boolean" ? rotation : !secret.previous && isTooOld(rotation.olderThanMs, secret);
}
function isTooOld(olderThanMs, { since, now }) {
  return since !== void 0 && now - since > olderThanMs;
}
function describeSecretAge(rotation, secret) {
  if (typeof rotation === "boolean") return void 0;
  const { since, now, previous } = secret;
  const next = (from) => `The first run after ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .toMinute */ .y_)(new Date(from + rotation.olderThanMs).toISOString())} rotates it.`;
  if (since === void 0) {
    return `This run is the first to see the client secret, so its age counts from now. ${next(now)}`;
  }
  const age = `The client secret is ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .timeSpan */ .wL)(now - since)} old, counted from ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .toMinute */ .y_)(new Date(since).toISOString())}`;
  if (!isTooOld(rotation.olderThanMs, secret)) return `${age}. ${next(since)}`;
  const due = `${age}, and \`rotate-secret\` allows ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .timeSpan */ .wL)(rotation.olderThanMs)}: a rotation is due`;
  if (!previous) return `${due}.`;
  const until = previous.expiresAt === void 0 ? "it expires" : (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .toMinute */ .y_)(previous.expiresAt);
  return `${due}. It waits for the previous secret, which is valid until ${until}: the first run after that rotates it.`;
}

// src/reconcile/roles.ts
var defaultRoleLine = { roleName: "Identity Data Admin", scope: "environment" };
var consoleLabels = {
  "identity data read-only admin": "identity data read only",
  "configuration read-only admin": "configuration read only",
  "custom role admin": "custom roles admin",
  "davinci read-only admin": "davinci admin read only"
};
function findRole(roles, name) {
  const wanted = name.trim().toLowerCase();
  const alias = consoleLabels[wanted];
  return roles.find((role) => role.name.toLowerCase() === wanted) ?? roles.find((role) => role.name.toLowerCase() === alias);
}
function isApplicable(role, line) {
  return role.applicableTo?.includes(line.scope.toUpperCase()) ?? true;
}
function grantOf(role, { scope }, workerScope, target) {
  const id = target?.id ?? (scope === "organization" ? workerScope.organizationId : workerScope.environmentId);
  const granted = { type: scope.toUpperCase(), id };
  return {
    roleId: role.id,
    roleName: role.name,
    scope: granted,
    isAdministrators: isAdministrators(role, granted),
    label: `${role.name} @ ${scope}${target ? `:${target.name}` : ""}`
  };
}
function holding(grant, assignments, workerScope) {
  const held = assignments.filter((assignment) => assignment.role.id === grant.roleId);
  if (held.some(({ scope }) => isSameScope(scope, grant.scope))) return "exact";
  return held.some(({ scope }) => isBroader(scope, grant.scope, workerScope)) ? "broader" : "none";
}
function isSameScope(a, b) {
  return a.type === b.type && a.id === b.id;
}
function isBroader(held, wanted, workerScope) {
  if (held.type === "ORGANIZATION") return held.id === workerScope.organizationId && wanted.type !== "ORGANIZATION";
  return held.type === "ENVIRONMENT" && held.id === workerScope.environmentId && (wanted.type === "POPULATION" || wanted.type === "APPLICATION");
}
function assignmentLabel(assignment, roles, workerScope) {
  const name = roleOf(assignment, roles)?.name ?? "a custom role";
  const { type, id } = assignment.scope;
  const elsewhere = type === "ENVIRONMENT" && id !== workerScope.environmentId ? " (another one)" : "";
  return `${name} @ ${type.toLowerCase()}${elsewhere}`;
}
function roleOf(assignment, roles) {
  return roles.find(({ id }) => id === assignment.role.id);
}
function isAdministrators(role, scope) {
  if (!role) return false;
  if (role.type === "CUSTOM") return (role.canAssign ?? []).length > 0;
  if (role.name === "Identity Data Admin") return scope.type === "ORGANIZATION";
  return role.name === "Organization Admin" || role.name === "Environment Admin";
}
var populationReaders = ["Identity Data Admin", "Identity Data Read Only", "Environment Admin"];
function canReadPopulations(held, workerScope) {
  const reached = [workerScope.environmentId, workerScope.organizationId];
  return held.some(({ roleName, scope }) => populationReaders.includes(roleName) && reached.includes(scope.id));
}
function missingGrants({ kind }, { assignments, workerScope }, grants) {
  const wanted = kind === "listed" || kind === "default" && assignments.length === 0 ? grants : [];
  return wanted.filter((grant) => holding(grant, assignments, workerScope) === "none").filter((grant, index, all) => !isCovered(grant, all.slice(0, index), all.slice(index + 1), workerScope));
}
function isCovered(grant, earlier, later, workerScope) {
  const held = (grants) => holding(
    grant,
    grants.map(({ roleId, scope }) => ({ id: "", role: { id: roleId }, scope })),
    workerScope
  );
  return held(earlier) !== "none" || held(later) === "broader";
}
function grantWarning({ isAdministrators: isAdministrators2 }) {
  return isAdministrators2 === true ? "this is a role for administrators, and directory synchronization does not need it" : void 0;
}
function roleNotes(desired, observed, grants, roles) {
  const { assignments, workerScope } = observed;
  const hidden = assignments.filter(({ readOnly }) => readOnly === true);
  const broader = grants.filter((grant) => holding(grant, assignments, workerScope) === "broader");
  const held = heldRoles(desired, observed, grants, roles);
  const administrators = held.filter((role) => role.isAdministrators).map(({ label }) => label);
  return {
    unreadableSecret: hidden.length === 0 ? void 0 : unreadable(hidden.map((it) => assignmentLabel(it, roles, workerScope))),
    warnings: administrators.length === 0 ? [] : [
      `The worker holds ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(administrators)}. This is a role for administrators, and directory synchronization does not need it. If nothing else needs it, remove it in PingOne.`
    ],
    notices: broader.map(({ label }) => `${label} is not granted: the worker holds the role at a broader scope.`),
    heldRoles: held
  };
}
function unreadable(labels) {
  return `The worker holds ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(labels)}, but the admin application does not, so PingOne does not let it read the worker's secret. Grant that role to the admin application.`;
}
function heldRoles(desired, { assignments, workerScope }, grants, roles) {
  return assignments.map((assignment) => {
    const role = roleOf(assignment, roles);
    const isAsked = grants.some((grant) => holding(grant, [assignment], workerScope) !== "none");
    return {
      roleName: role?.name ?? "",
      scope: assignment.scope,
      label: assignmentLabel(assignment, roles, workerScope),
      isAdministrators: isAdministrators(role, assignment.scope),
      isBeyond: desired.kind === "listed" && !isAsked
    };
  });
}

// src/reconcile/diff.ts
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
      case "grant-role": {
        const { grant, ...rest } = change;
        return [{ ...rest, to: grant.label }];
      }
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
function imageIdOf(application) {
  const { icon } = application;
  const id = typeof icon === "object" && icon !== null && "id" in icon ? icon.id : void 0;
  return typeof id === "string" ? id : void 0;
}
function iconChanges(desired, application, { canBeRecorded, recorded, isMissing: isMissing2 = false }) {
  const present = application && imageIdOf(application);
  const wanted = desired.icon?.sha256;
  if (wanted === void 0) {
    return desired.clear.has("icon") && present !== void 0 ? [{ kind: "remove-icon" }] : [];
  }
  const isUploaded = recorded?.sha256 === wanted && recorded.imageId === present && !isMissing2;
  const upload = present === void 0 || canBeRecorded && !isUploaded;
  return upload ? [{ kind: "upload-icon", sha256: wanted }] : [];
}
function planChanges(desired, observed, grants) {
  const { application } = observed;
  const icon = iconChanges(desired, application, observed.icon);
  const attributes = application ? [...renaming(desired, application, observed), ...update(desired, application, observed)] : [{ kind: "create-application", fields: fieldChanges({}, attributesOfNew(desired)) }];
  const rotates = application && isRotationDue(desired.rotateSecret, observed.secret);
  const rotation = rotates ? [{ kind: "rotate-secret" }] : [];
  const plan2 = [
    ...icon.filter(({ kind }) => kind === "upload-icon"),
    ...attributes,
    ...icon.filter(({ kind }) => kind === "remove-icon"),
    ...missingGrants(desired.roles, observed, grants).map((grant) => ({ kind: "grant-role", grant })),
    ...rotation
  ];
  return plan2.map((change) => withWarning(change, observed));
}
function renaming({ name }, application, { isNormalized: isNormalized2 }) {
  if (name === void 0 || name === application.name) return [];
  if (isNormalized2?.({ field: "name", from: application.name, to: name })) return [];
  return [{ kind: "rename-application", from: application.name, to: name }];
}
function update(desired, application, { isNormalized: isNormalized2 }) {
  const fields = fieldChanges(application, attributesOfExisting(desired, application)).filter(
    (change) => isNormalized2?.(change) !== true
  );
  return fields.length === 0 ? [] : [{ kind: "update-application", fields }];
}
function fieldChanges(from, to) {
  return Object.entries(to).map(([field, value]) => ({ field, from: from[field] ?? null, to: value ?? null })).filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}
var notCreatedHere = "this repository did not create the worker";
function withWarning(change, observed) {
  if (change.kind === "update-application") {
    return { ...change, fields: change.fields.map((field) => warned(field, fieldWarning(field, observed))) };
  }
  const warning = change.kind === "grant-role" ? grantWarning(change.grant) : observed.application && !observed.createdHere ? othersWarning(change, observed) : void 0;
  return warned(change, warning);
}
function warned(change, warning) {
  return warning === void 0 ? change : { ...change, warning };
}
function othersWarning({ kind }, { application }) {
  switch (kind) {
    case "upload-icon":
    case "remove-icon": {
      const losesIcon = application && imageIdOf(application) !== void 0;
      return losesIcon ? `${notCreatedHere}, and other users may need its current icon` : void 0;
    }
    case "rename-application":
      return `${notCreatedHere}, and other users may find it by its current name`;
    case "rotate-secret":
      return `${notCreatedHere}, and other users of its secret must change to the new one`;
    case "create-application":
    case "update-application":
    case "grant-role":
    case "delete-application":
      return void 0;
  }
}
function fieldWarning({ field, from, to }, { createdHere }) {
  if (from === null) return void 0;
  if (field === "enabled" && to === true) {
    const whose = createdHere ? "" : `${notCreatedHere}, and `;
    return `${whose}somebody disabled the application, maybe on purpose. \`enabled: keep\` does not change it`;
  }
  if (createdHere) return void 0;
  if (field === "tokenEndpointAuthMethod") {
    return `${notCreatedHere}, and its other users must change to this method immediately`;
  }
  return isLess(from, to) ? `${notCreatedHere}, and other users may need the removed value` : void 0;
}
function isLess(from, to) {
  if (to === null) return true;
  return Array.isArray(from) && Array.isArray(to) && from.some((member) => !to.includes(member));
}
function notesOn(desired, observed, grants, roles, plan2) {
  const ofRoles = roleNotes(desired.roles, observed, grants, roles);
  const planned = plan2.flatMap((change) => change.kind === "grant-role" ? [change.grant] : []);
  return {
    ...ofRoles,
    secretAge: observed.application && describeSecretAge(desired.rotateSecret, observed.secret),
    notices: [...ofRoles.notices, ...iconNotices(desired, observed)],
    plannedRoles: [...ofRoles.heldRoles, ...planned]
  };
}
function iconNotices(desired, { application, icon }) {
  const isKept = desired.icon && application && imageIdOf(application) !== void 0 && !icon.canBeRecorded;
  return isKept ? ["The icon is not changed: without a record, the action cannot compare it with the file in `icon`."] : [];
}

// src/reconcile/ownership.ts

var recordKey = "pingone-worker-app";
var ownerSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ server: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), repositoryId: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), repository: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var idsSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["secrets", "variables"]);
var timesSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)());
var storedSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({
  target: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  server: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  repositoryId: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  repository: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  prefix: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  ids: idsSchema,
  old: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ ids: idsSchema, at: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(timesSchema) })),
  version: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  at: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(timesSchema),
  writing: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)())
});
var intentSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), kind: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["rotate", "teardown"]), until: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var recordSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({
  version: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .literal */ .eu)(1),
  owner: ownerSchema,
  origin: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["created", "adopted"]),
  icon: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ sha256: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), imageId: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })),
  secret: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ version: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), since: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })),
  intent: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(intentSchema),
  stored: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)(storedSchema),
  normalized: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({ asked: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), got: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })))
});
function recordState(metadata, owner) {
  const value = metadata[recordKey];
  if (value === void 0) return { kind: "none", metadata };
  const record2 = recordSchema.safeParse(value).data;
  if (!record2) return { kind: "unreadable" };
  return { kind: isOwnedBy(record2, owner) ? "own" : "foreign", metadata, record: record2 };
}
function recordOf(state) {
  return state?.kind === "own" || state?.kind === "foreign" ? state.record : void 0;
}
function isCreatedHere(state) {
  return state.kind === "own" && state.record.origin === "created";
}
function entriesOf(state) {
  return recordOf(state)?.stored ?? [];
}
function isSameEntry(a, b) {
  const identity = ({ server, repositoryId, target, prefix }) => JSON.stringify([server, repositoryId, target, prefix]).toLowerCase();
  return identity(a) === identity(b);
}
function isOwnedBy(record2, owner) {
  return record2.owner.server === owner?.server && record2.owner.repositoryId === owner.repositoryId;
}
function allEdits(...edits) {
  return (record2) => edits.reduce((before, edit) => edit(before), record2);
}
function editedMetadata(state, edit) {
  const before = recordOf(state);
  const after = edit(before);
  return (0,node_util__WEBPACK_IMPORTED_MODULE_3__.isDeepStrictEqual)(before, after) ? void 0 : { ...state.metadata, [recordKey]: after };
}
function noteOwner(owner, { created = false, icon, normalized }) {
  return (record2) => {
    if (record2 && !isOwnedBy(record2, owner)) return record2;
    const before = record2 ?? newRecord(owner);
    const { sha256, imageId } = icon ?? {};
    return withoutUndefined({
      ...before,
      owner: { ...before.owner, ...owner },
      origin: created ? "created" : before.origin,
      icon: icon === void 0 ? before.icon : sha256 && imageId ? { sha256, imageId } : void 0,
      normalized: normalized ? mergedDigests(before.normalized, normalized) : before.normalized
    });
  };
}
function mergedDigests(before, changes) {
  const entries = Object.entries({ ...before, ...changes });
  const kept = entries.flatMap(([field, pair]) => pair ? [[field, pair]] : []);
  return kept.length === 0 ? void 0 : Object.fromEntries(kept);
}
function noteWriting(owner, entries, writing) {
  return (record2) => {
    if (entries.length === 0) return record2;
    const before = record2 ?? newRecord(owner);
    return {
      ...before,
      stored: entries.reduce((stored, entry) => upsert(stored, { ...entry, writing }), before.stored)
    };
  };
}
function upsert(stored, entry) {
  const { version: _version, at: _at, ...bare } = entry;
  const before = stored.find((known) => isSameEntry(known, bare));
  if (!before) return [...stored, bare];
  const old = oldIds(before, bare.ids);
  return stored.map((known) => known === before ? { ...bare, ...old ? { old } : {} } : known);
}
function oldIds({ ids: before, at, old }, ids) {
  return before === ids ? old : { ids: before, ...at ? { at } : {} };
}
function noteStored(owner, entries, writing) {
  return (record2) => {
    if (entries.length === 0) return record2;
    const before = record2 ?? newRecord(owner);
    const stored = entries.reduce((known, entry) => finished(known, entry, writing), before.stored);
    return { ...before, stored: [...stored] };
  };
}
function finished(stored, entry, writing) {
  const { version, at, writing: _writing, old, ...bare } = entry;
  const withOld = (left) => ({ ...bare, ...left ? { old: left } : {} });
  const after = version !== void 0 && at ? { ...withOld(old), version, at } : withOld(old);
  const known = stored.find((other) => isSameEntry(other, entry));
  if (!known) return [...stored, bare];
  const isOurs = known.writing === writing || (0,node_util__WEBPACK_IMPORTED_MODULE_3__.isDeepStrictEqual)(known, after);
  return stored.map((other) => other === known ? isOurs ? after : withOld(known.old) : other);
}
function noteSecret(version, since, seen) {
  return (record2) => {
    if (!record2) return record2;
    const { secret } = record2;
    if (secret?.version === version) {
      if (seen === version) return record2;
      return Date.parse(since) < Date.parse(secret.since) ? { ...record2, secret: { ...secret, since } } : record2;
    }
    return secret?.version === seen ? { ...record2, secret: { version, since } } : record2;
  };
}
function noteIntent(intent, now) {
  return (record2) => {
    const id = validIntent(record2, now)?.id ?? intent.id;
    return record2 && id === intent.id ? { ...record2, intent } : record2;
  };
}
function removeIntent(id) {
  return (record2) => record2?.intent?.id === id ? withoutUndefined({ ...record2, intent: void 0 }) : record2;
}
function validIntent(record2, now) {
  const intent = record2?.intent;
  return intent && now < Date.parse(intent.until) ? intent : void 0;
}
function newRecord(owner) {
  return { version: 1, owner: { ...owner }, origin: "adopted", stored: [] };
}
function withoutUndefined(record2) {
  return Object.fromEntries(Object.entries(record2).filter(([, value]) => value !== void 0));
}
function teardownObstacle(record2, environmentType, options) {
  if (environmentType === "PRODUCTION" && !options.production) return "production";
  if (options.force || isCreatedHere(record2)) return void 0;
  if (record2.kind === "own") return "adopted";
  return record2.kind === "foreign" ? "foreign" : "unrecorded";
}

// src/run/create.ts


// src/pingone/roles.ts
var roleSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY,
  name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
  applicableTo: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)())),
  type: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)()),
  canAssign: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YO)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)()))
});
var scopeSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ type: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY });
var assignmentSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
  id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY,
  role: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY }),
  scope: scopeSchema,
  readOnly: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM)())
});
function listRoles(pingone) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, "/roles", { member: "roles", item: roleSchema });
}
function listCustomRoles(pingone, environmentId) {
  const filter = encodeURIComponent('type eq "CUSTOM"');
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, environmentPath(environmentId, `/roles?filter=${filter}`), {
    member: "roles",
    item: roleSchema
  });
}
function listRoleAssignments(pingone, ref) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .readCollection */ .H7)(pingone, applicationPath(ref, "/roleAssignments"), {
    member: "roleAssignments",
    item: assignmentSchema
  });
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
    if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && error.hasDetail("UNIQUENESS_VIOLATION"))) throw error;
  }
}

// src/run/record.ts
var mostWrites = 8;
var longestJitterMs = 400;
async function observeRecord(run2, pingone, ref) {
  const { settings, runner } = run2;
  try {
    return recordState(await unlessRefused(run2, () => readMetadata(pingone, ref)), settings.run.owner);
  } catch (error) {
    if (!isFinalRefusal(error)) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's metadata");
    runner.notice(`PingOne does not return application metadata here, so there is no record: ${error.message}`);
    return { kind: "unavailable" };
  }
}
var recordPollMs = 1e3;
async function pollRecord({ run: run2, pingone }, ref, until, isAwaited = ({ kind }) => kind !== "none") {
  const { clock, interruption } = run2;
  for (; ; ) {
    const leftMs = until - clock.now();
    const state = await observeRecord(run2, pingone, ref);
    if (isAwaited(state) || leftMs <= 0) return state;
    await clock.sleep(Math.min(recordPollMs, leftMs), interruption.stop);
  }
}
async function updateRecord(context, ref, seen, edit, { isNew: isNew2 = false, patienceMs = 0, onWritten } = {}) {
  const { run: run2, pingone } = context;
  if (!("metadata" in seen) || !editedMetadata(seen, edit)) return { state: seen };
  let state = seen;
  try {
    for (let round = 1; ; round += 1) {
      if (round > 1 || !isNew2) state = await currentRecord(run2, pingone, ref, state);
      const metadata = "metadata" in state && editedMetadata(state, edit);
      if (!metadata || round > mostWrites) return { state };
      await unlessRefused(run2, () => replaceMetadata(pingone, ref, metadata), patienceMs);
      onWritten?.();
      state = recordState(metadata, run2.settings.run.owner);
      if (round > 1) await run2.clock.sleep(run2.random() * longestJitterMs, run2.interruption.stop);
    }
  } catch (error) {
    if (!isFinalRefusal(error)) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "writing the worker's record");
    return { state, refused: error.message, refusal: error };
  }
}
async function currentRecord(run2, pingone, ref, seen) {
  const { clock, interruption, settings } = run2;
  const isEmpty2 = (metadata) => Object.keys(metadata).length === 0;
  const wasEmpty = "metadata" in seen && isEmpty2(seen.metadata);
  for (let reads = 2; ; reads += 1) {
    const metadata = await unlessRefused(run2, () => readMetadata(pingone, ref));
    if (!isEmpty2(metadata)) return recordState(metadata, settings.run.owner);
    if (!wasEmpty || reads === refusalsBelieved) return seen;
    await clock.sleep(betweenRefusalsMs, interruption.requested);
  }
}
var refusalsBelieved = 3;
var betweenRefusalsMs = 250;
async function unlessRefused(run2, call, patienceMs = 0) {
  const { clock, interruption, limits } = run2;
  const startedAt = clock.now();
  for (let refusals2 = 1; ; refusals2 += 1) {
    try {
      return await call();
    } catch (error) {
      const tookMs = clock.now() - startedAt;
      const isFinal = (refusals2 >= refusalsBelieved || tookMs > limits.lookMs) && tookMs >= patienceMs;
      if (!isFinalRefusal(error) || isFinal || interruption.stop.aborted) throw error;
      await clock.sleep(betweenRefusalsMs * Math.min(refusals2, 8), interruption.requested);
    }
  }
}
function isFinalRefusal(error) {
  if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM) || error.isInvalidToken) return false;
  return error.status >= 400 && error.status < 500 && ![408, 429].includes(error.status);
}
var mostClaims = 5;
var mostErased = 2;
async function claim(context, ref, seen, kind) {
  const latest = { record: seen, announced: seen };
  try {
    return await announceAndWait(context, ref, latest, kind);
  } catch (error) {
    await release(context, ref, latest.announced);
    throw error;
  }
}
async function announceAndWait(context, ref, latest, kind) {
  const { run: run2, pingone } = context;
  const { clock, limits, interruption, deadline } = run2;
  let erased = 0;
  for (let attempt = 1; attempt <= mostClaims; attempt += 1) {
    const until = new Date(pingone.now() + Math.max(0, deadline - clock.now())).toISOString();
    const intent = { id: run2.instanceId, kind, until };
    const startedAt = clock.now();
    const edit = announce(intent, pingone.now());
    latest.announced = editedState(run2, latest.record, edit);
    const { state, refused } = await updateRecord(context, ref, latest.record, edit);
    if (!("record" in state) || refused !== void 0) return { kind: "unrecorded" };
    latest.record = state;
    const by = othersIntent(state, intent, pingone.now());
    if (by) return { kind: "taken", by };
    if (clock.now() - startedAt > limits.intentMs) continue;
    await clock.sleep(limits.intentMs, interruption.requested);
    const record2 = await observeRecord(run2, pingone, ref);
    const replacedBy = othersIntent(record2, intent, pingone.now());
    if (replacedBy) return { kind: "taken", by: replacedBy };
    if (isAnnounced(record2, intent, pingone.now())) return { kind: "claimed", record: record2 };
    erased += 1;
    if (erased > mostErased) break;
  }
  throw tooSlow(kind);
}
function editedState({ settings }, state, edit) {
  const metadata = "metadata" in state && editedMetadata(state, edit);
  return metadata ? recordState(metadata, settings.run.owner) : state;
}
function announce(intent, now) {
  const edit = noteIntent(intent, now);
  return (record2) => intent.kind === "teardown" && record2?.intent?.kind === "teardown" ? { ...record2, intent } : edit(record2);
}
function othersIntent(state, own, now) {
  const intent = validIntent(recordOf(state), now);
  if (!intent || intent.id === own.id) return void 0;
  return own.kind === "teardown" && intent.kind === "teardown" ? void 0 : intent;
}
function isAnnounced(state, own, now) {
  const intent = recordOf(state)?.intent;
  if (intent?.id === own.id) return true;
  return own.kind === "teardown" && validIntent(recordOf(state), now)?.kind === "teardown";
}
async function release(context, ref, record2, note = (same) => same) {
  const { instanceId, interruption } = context.run;
  const edit = (now) => now?.intent?.id === instanceId ? note(removeIntent(instanceId)(now)) : now;
  await interruption.cleanUp(() => updateRecord(context, ref, record2, edit)).catch(() => void 0);
}
function refuseIfTearingDown(state, now) {
  const intent = validIntent(recordOf(state), now);
  if (intent?.kind === "teardown") throw tearingDown(intent);
}
function tearingDown({ until }) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "Another run is deleting this worker.",
    cause: "a run with `state: absent` started for the same worker, or such a run was stopped before it finished.",
    fix: `run the workflow again after ${until}. To prevent simultaneous runs for one worker, set a \`concurrency\` group in the workflow.`
  });
}
function tooSlow(kind) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `The action could not announce to other runs that it ${kind === "rotate" ? "rotates the secret" : "deletes the worker"}.`,
    cause: "PingOne responds too slowly, or many runs change the record of this worker simultaneously.",
    fix: "run the workflow again later. Nothing was rotated or deleted."
  });
}

// src/run/find.ts
var duplicatePollMs = 500;
async function chooseAmong(context, environmentId, name, candidates) {
  const { run: run2, pingone } = context;
  const { clock, limits, interruption, runner } = run2;
  const until = clock.now() + limits.lookMs;
  let workers = candidates;
  let isAnnounced2 = false;
  for (; ; ) {
    const records = await Promise.all(
      workers.map(({ id }) => observeRecord(run2, pingone, { environmentId, applicationId: id, isNew: false }))
    );
    const [oldest, ...others] = workers;
    if (oldest && records.every(isCreatedHere)) {
      (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(run2, clientIdOf(oldest));
      runner.warning(
        `${workers.length} workers are named "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}", all created by this repository. This run uses the oldest, ${oldest.id}. Delete ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(others.map(({ id }) => id))} if nobody uses them.`
      );
      return oldest;
    }
    const mayBeRace = workers.some((worker, index) => records[index]?.kind === "none" && isNewWorker(worker, context));
    if (!mayBeRace || clock.now() >= until) throw severalWorkers(name, workers);
    if (!isAnnounced2) runner.info(waitLine(workers.length, until - clock.now()));
    isAnnounced2 = true;
    await clock.sleep(duplicatePollMs, interruption.stop);
    const found = findWorker(await listApplications(pingone, environmentId, name), name);
    if (found.kind !== "several") return found.kind === "one" ? found.application : void 0;
    workers = found.applications;
  }
}
function waitLine(count, leftMs) {
  return `${count} workers have this name, and one is new. Waiting up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)} for its run to remove it`;
}
function isNewWorker({ createdAt }, { run: run2, pingone }) {
  return pingone.now() - Date.parse(createdAt ?? "") < 2 * run2.limits.lookMs;
}
function severalWorkers(name, workers) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`name\`: ${workers.length} workers are named "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}": ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(workers.map(({ id }) => id))}.`,
    cause: "names are not unique in PingOne, and this repository did not create all of these workers.",
    fix: "set `application-id` to the worker that you mean, or delete or rename the others in PingOne."
  });
}
async function findApplication(context, environmentId) {
  const { desired } = context.run.settings;
  if (desired.applicationId !== void 0) return applicationById(context, environmentId, desired.applicationId);
  const name = desired.name ?? "";
  const applications = await listApplications(context.pingone, environmentId, name).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the applications of the environment", cannotManage);
  });
  const found = findWorker(applications, name);
  switch (found.kind) {
    case "none":
      if (found.nearMisses.length > 0) context.run.runner.warning(nearMissWarning(name, found.nearMisses));
      return void 0;
    case "one":
      return found.application;
    case "several":
      return chooseAmong(context, environmentId, name, found.applications);
    case "other-type":
      throw wrongType(`\`name\` "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}"`, found.application);
  }
}
async function applicationById({ run: run2, pingone }, environmentId, applicationId) {
  const { state, desired } = run2.settings;
  const application = await readApplication(pingone, { environmentId, applicationId, isNew: false }).catch(
    (error) => {
      if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the application in `application-id`", cannotManage);
      return void 0;
    }
  );
  if (!application && state === "present") throw noSuchApplication(applicationId);
  if (application && application.type !== "WORKER") throw wrongType("`application-id`", application);
  const isAnother = desired.name !== void 0 && application?.name !== desired.name;
  if (application && state === "absent" && isAnother) throw notThatName(application, desired.name);
  return application;
}
async function refuseTakenName({ run: run2, pingone }, environmentId, application) {
  const { name, applicationId } = run2.settings.desired;
  if (applicationId === void 0 || name === void 0 || name === application.name) return;
  const applications = await listApplications(pingone, environmentId).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the applications of the environment", cannotManage);
  });
  const others = applications.filter((it) => it.type === "WORKER" && it.name === name && it.id !== application.id);
  if (others.length > 0) throw nameTaken(name, others);
}
function refuseAdminApplication({ run: { settings }, connection }, application) {
  const { id } = application;
  if (![clientIdOf(application), id].some((own) => own === connection.adminClientId)) return;
  const input = settings.desired.applicationId === void 0 ? "`name`" : "`application-id`";
  throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `${input} "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" is the admin application itself (${id}).`,
    cause: "the worker and the admin application were mixed up.",
    fix: `set ${input} to another application. The admin application must not be the worker: PingOne does not let it read its own secret.`
  });
}
function cannotManage(error) {
  if (!error.isAccessDenied || error.isFromGateway) return void 0;
  return {
    cause: "the admin application has no role to manage applications in this environment.",
    fix: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .grantAdminRoles */ .jH
  };
}
function nearMissWarning(name, similar) {
  const [wanted = "", ...others] = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .distinguishable */ .W9)([name, ...similar.slice(0, 10)]);
  return `No worker is named ${wanted}, but there is ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(others)}.
Likely cause: a typo. \`name\` is matched exactly, and these names differ only in case, blanks, Unicode form or invisible characters.
What to do: if you mean one of these applications, set \`name\` to its exact name, or set \`application-id\`.`;
}
function notThatName({ id, name }, wanted) {
  const [actual = "", asked = ""] = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .distinguishable */ .W9)([name, wanted], 300);
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`name\` is ${asked}, but the application in \`application-id\` (${id}) is named ${actual}. It was not deleted.`,
    cause: "one of the two inputs belongs to another worker.",
    fix: "correct the wrong input, or remove `name`."
  });
}
function noSuchApplication(applicationId) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`application-id\`: the environment has no application with the ID ${applicationId}.`,
    cause: "the application was deleted, or it belongs to another environment.",
    fix: "copy the application ID from PingOne (Applications > Applications > Overview tab), and check `environment`."
  });
}
function wrongType(which, { id, type }) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `${which} is an application of type ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(type, 40)} (${id}), not a worker.`,
    cause: "the application belongs to another team or tool. PingOne cannot change the type of an application.",
    fix: "choose another `name`, or set `application-id` to a Worker application."
  });
}
function findWorker(applications, name) {
  const named = applications.filter((application) => application.name === name);
  const [first, second, ...rest] = named.filter(({ type }) => type === "WORKER").sort(byAge);
  if (first && second) return { kind: "several", applications: [first, second, ...rest] };
  if (first) return { kind: "one", application: first };
  if (named[0]) return { kind: "other-type", application: named[0] };
  const loose = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseName */ ._V)(name);
  const similar = (other) => other.length < 1e4 && (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseName */ ._V)(other) === loose;
  return { kind: "none", nearMisses: applications.map((application) => application.name).filter(similar) };
}
function byAge(a, b) {
  const difference = Date.parse(a.createdAt ?? "") - Date.parse(b.createdAt ?? "");
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a.id < b.id ? -1 : 1;
}
function nameTaken(name, others) {
  const ids = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(others.map(({ id }) => id));
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`name\`: the application in \`application-id\` cannot be renamed to "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}". Another worker has this name (${ids}).`,
    cause: "`application-id` or `name` belongs to another worker.",
    fix: "correct the wrong input, choose another `name`, or remove `name` to keep the current name."
  });
}

// src/run/create.ts
var firstPollMs = 250;
var longestPollMs = 2e3;
var mostPosts = 3;
async function createWorker(context, environmentId, attributes) {
  const { run: run2, pingone } = context;
  for (let attempt = 1; ; attempt += 1) {
    const notBefore = Math.floor(pingone.now() / 1e3) * 1e3;
    const posted = await postOnce(context, environmentId, attributes);
    if ("application" in posted) {
      (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(run2, clientIdOf(posted.application));
      return newWorker(environmentId, posted.application);
    }
    run2.runner.info("The response to the create request was lost. Looking for the application");
    const lostAt = run2.clock.now();
    const [found, ...others] = await pollList(context, environmentId, (workers) => workers.length > 0);
    if (found) {
      const mayBeOurs = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(posted.unknown) && others.length === 0 && isAsSent(found, attributes, notBefore);
      return mayBeOurs ? unlessRecorded(context, environmentId, found, lostAt) : "superseded";
    }
    if (attempt === mostPosts) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(posted.unknown, "creating the application");
  }
}
function newWorker(environmentId, application) {
  return { ref: { environmentId, applicationId: application.id, isNew: true }, application, isCreated: true };
}
async function postOnce({ pingone }, environmentId, attributes) {
  try {
    return { application: await createApplication(pingone, environmentId, attributes) };
  } catch (error) {
    if ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(error) || isNameTaken(error)) return { unknown: error };
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "creating the application", cannotCreate);
  }
}
function isNameTaken(error) {
  if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM)) return false;
  const isUnique = error.details.some(({ code: code2, target }) => code2 === "UNIQUENESS_VIOLATION" && target === "name");
  return error.status === 409 || isUnique;
}
function isAsSent(application, attributes, notBefore) {
  const { assignActorRoles: _, icon: _icon, ...sent } = attributes;
  return Date.parse(application.createdAt ?? "") >= notBefore && Object.entries(sent).every(([name, value]) => (0,node_util__WEBPACK_IMPORTED_MODULE_3__.isDeepStrictEqual)(application[name], value));
}
async function unlessRecorded(context, environmentId, application, lostAt) {
  const { run: run2 } = context;
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(run2, clientIdOf(application));
  const worker = newWorker(environmentId, application);
  const record2 = await pollRecord(context, worker.ref, lostAt + run2.limits.lookMs);
  return record2.kind === "none" || record2.kind === "unavailable" ? worker : "superseded";
}
async function resolveDuplicate(context, { ref, application: own }) {
  const { runner } = context.run;
  const workers = await pollList(context, ref.environmentId, (listed) => listed.some(({ id }) => id === own.id));
  const [oldest] = [...workers.filter(({ id }) => id !== own.id), own].sort(byAge);
  if (!oldest || oldest.id === own.id) return "resolved";
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(context.run, clientIdOf(oldest));
  runner.info(`Another run created ${oldest.id} with the same name first. Deleting ${own.id} and using the other one`);
  try {
    const [current, assignments] = await Promise.all([
      readApplication(context.pingone, ref),
      listRoleAssignments(context.pingone, ref)
    ]);
    if (current.updatedAt === own.updatedAt && assignments.length === 0) await deleteApplication(context.pingone, ref);
    else
      runner.warning(
        `${own.id} was changed since this run created it, so it is not deleted. Two workers have the same name now.`
      );
  } catch (error) {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the duplicate application that this run created");
  }
  return "superseded";
}
async function pollList({ run: run2, pingone }, environmentId, isEnough) {
  const { clock, limits, interruption, runner, settings } = run2;
  const until = clock.now() + limits.lookMs;
  const backoff = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createBackoff */ .lF)({ clock, interruption, firstMs: firstPollMs, longestMs: longestPollMs, until });
  const announce2 = (leftMs) => runner.info(`The list of applications does not show the worker yet. Retrying for up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)}`);
  for (; ; ) {
    const listed = await listApplications(pingone, environmentId, settings.desired.name).catch((error) => {
      throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the applications of the environment");
    });
    const workers = listed.filter(({ name, type }) => name === settings.desired.name && type === "WORKER");
    if (isEnough(workers) || !await backoff.pause(announce2)) return workers;
  }
}
function cannotCreate(error) {
  if (!error.isAccessDenied || error.isFromGateway) return refusedAttributes(error);
  return {
    cause: "the admin application can read applications in this environment, but not create them.",
    fix: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .grantAdminRoles */ .jH
  };
}
function refusedAttributes(error) {
  const isAbout = (attribute) => error.details.some(({ target }) => target?.includes(attribute));
  if (isAbout("redirectUris")) {
    return {
      cause: "PingOne does not accept one of the addresses in `redirect-uris`.",
      fix: "see PingOne's text above, and correct `redirect-uris`."
    };
  }
  if (!isAbout("description")) return void 0;
  return {
    cause: "PingOne does not accept the characters $ + < = > ^ ` | ~ in a description.",
    fix: "remove these characters from `description`."
  };
}

// src/run/credentials.ts

async function readCredentials(worker) {
  const { run: run2, pingone } = worker.context;
  const secret = await readSecret(pingone, worker.ref).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's client secret", cannotReadSecret);
  });
  return maskedCredentials(run2.runner, worker, secret);
}
async function readSecretAhead({ settings, runner, clock, limits }, pingone, ref, clientId) {
  if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .needsSecret */ .St)(settings)) return void 0;
  try {
    const secret = await readSecret(pingone, ref, clock.now() + limits.requestMs);
    maskSecrets(runner, clientId, secret);
    return secret;
  } catch {
    return void 0;
  }
}
async function readNewSecret({ run: run2, pingone, connection }, { ref, application }, atOnce = false) {
  const [reader, asked] = atOnce ? [(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .pingOneFor */ ._1)(run2, connection.tokens), { ...ref, isNew: false }] : [pingone, ref];
  return readSecretAhead(run2, reader, asked, clientIdOf(application));
}
function maskedCredentials(runner, worker, response) {
  const clientId = clientIdOf(worker.application);
  maskSecrets(runner, clientId, response);
  const { secret, previous } = response;
  return {
    clientId,
    clientSecret: secret,
    environmentId: worker.environment.id,
    version: credentialsVersion(clientId, secret),
    previous: previous ? timesOf(previous) : void 0
  };
}
function credentialsVersion(clientId, clientSecret) {
  return (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update(`${clientId}
${clientSecret}`).digest("hex").slice(0, 12);
}
function timesOf({ expiresAt, lastUsed }) {
  return { expiresAt, lastUsed: Number.isNaN(Date.parse(lastUsed ?? "")) ? void 0 : lastUsed };
}
function awaitedPrevious({ run: run2, pingone }, previous) {
  const isValid = previous && !(Date.parse(previous.expiresAt ?? "") <= pingone.now());
  return isValid && run2.settings.secretOverlapMs > 0 ? previous : void 0;
}
function maskSecrets(runner, clientId, { secret, previous }) {
  for (const clientSecret of previous ? [secret, previous.secret] : [secret]) {
    (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .secretForms */ .eo)({ clientId, clientSecret }).forEach(runner.mask);
  }
}
var firstWaitMs = 500;
var longestWaitMs = 8e3;
async function verifyCredentials(worker, credentials, patience) {
  const { run: run2 } = worker.context;
  const skipped = whyNotVerified(run2, worker);
  if (skipped !== void 0) {
    run2.runner.notice(`The credentials are not verified: ${skipped}.`);
    return { notVerified: skipped };
  }
  const token = await proveByToken(worker, credentials, patience);
  if (worker.roles.length === 0) {
    const outcome = token === void 0 ? "so PingOne does not issue a token to it, and its credentials are not verified" : "but PingOne issues a token to it";
    run2.runner.notice(`The worker holds no role, ${outcome}.`);
  }
  if (token === void 0) return { notVerified: "the worker holds no role, so PingOne does not issue a token to it" };
  if (worker.plan.some(({ kind }) => changesRoles.has(kind))) await tryPopulations(worker, token, patience);
  run2.runner.info("Verified: PingOne issues an access token for the credentials");
  return "verified";
}
function whyNotVerified({ settings }, { application }) {
  if (!settings.verify) return "`verify` is `false`";
  if (application["enabled"] !== true) return "the application is disabled";
  const method = application["tokenEndpointAuthMethod"];
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretAuthMethod */ .Ao)(method) ? void 0 : `the application uses the authentication method ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(String(method), 40)}, not a client secret`;
}
async function proveByToken(worker, credentials, { mayLag, until }) {
  const { run: run2 } = worker.context;
  const { clock, limits, runner, interruption, settings } = run2;
  const method = worker.application["tokenEndpointAuthMethod"];
  const endpoint = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .tokenEndpoint */ .lN)(settings.authUrl, credentials.environmentId);
  const patientUntil = Math.min(until ?? Infinity, clock.now() + (mayLag ? limits.verifyMs : 0));
  const backoff = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createBackoff */ .lF)({
    clock,
    interruption,
    firstMs: firstWaitMs,
    longestMs: longestWaitMs,
    until: patientUntil
  });
  for (; ; ) {
    try {
      const token = await (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .requestToken */ .Fr)(run2.send, endpoint, credentials, method, { trace: run2.trace, until });
      runner.mask(token);
      return token;
    } catch (error) {
      if (error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && worker.roles.length === 0 && error.error === "access_denied") {
        return void 0;
      }
      if (!isTokenRefusal(error)) throw explainVerification(error);
      const { message } = error;
      const announce2 = (leftMs) => runner.info(`PingOne does not accept the credentials yet. Retrying for up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)}: ${message}`);
      if (!await backoff.pause(announce2)) throw explainVerification(error);
    }
  }
}
function isTokenRefusal(error) {
  return error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && [400, 401, 403].includes(error.status);
}
function explainVerification(error) {
  if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5)) return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "verifying the worker's credentials");
  const what = `PingOne did not issue a token for the worker's credentials: ${error.message}`;
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({ what, cause: whyRefused(error), fix: "run the workflow again." }, { cause: error });
}
function whyRefused(error) {
  if (error.isUnsupportedMethod) return "somebody changed the token endpoint authentication method during the run.";
  if (!isTokenRefusal(error)) return "PingOne is unavailable, or its rate limit is reached.";
  return "PingOne has not propagated a change yet, or somebody changed the application during the run.";
}
var changesRoles = /* @__PURE__ */ new Set(["create-application", "grant-role"]);
async function tryPopulations(worker, token, patience) {
  const { run: run2 } = worker.context;
  const { clock, limits, deadline } = run2;
  const { id, organization } = worker.environment;
  if (!canReadPopulations(worker.roles, { environmentId: id, organizationId: organization.id })) return;
  try {
    const until = Math.min(patience.until ?? deadline - limits.storeMs, clock.now() + limits.verifyMs);
    await readOnePopulation((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .pingOneFor */ ._1)(run2, (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .fixedToken */ .WV)(token)), id, until);
  } catch (error) {
    if (error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .cJ) throw error;
    const { what } = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading populations with the worker's token")).explanation;
    run2.runner.warning(
      `The credentials work, but the worker cannot read populations yet. ${what}
PingOne may need more time to propagate its roles. If PingOne refuses the synchronization later, check the worker's roles.`
    );
  }
}
function cannotReadSecret(error) {
  if (!error.isAccessDenied) return void 0;
  return {
    cause: "the worker holds a role that the admin application does not hold at the same or a broader scope, or the admin application lacks *Client Application Developer*.",
    fix: "in PingOne, grant the admin application *Environment Admin* on the environment, or *Client Application Developer* and every role that the worker holds."
  };
}

// src/pingone/images.ts
var imageSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .idSchema */ .fY, targets: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ original: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ href: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }) }) });
async function uploadImage(pingone, environmentId, { bytes, contentType }) {
  const image = await pingone.json(
    {
      kind: "create",
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
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .deleteIfThere */ .lg)(pingone, path);
}
async function isImageGone(pingone, environmentId, imageId) {
  const path = environmentPath(environmentId, `/images/${encodeURIComponent(imageId)}`);
  try {
    await pingone.json({ kind: "read", method: "GET", path, mayBeMissing: true }, (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() }));
    return false;
  } catch (error) {
    if ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) return true;
    throw error;
  }
}

// src/run/icon.ts
async function isImageMissing({ run: run2, pingone }, environmentId, application) {
  const imageId = imageIdOf(application);
  if (run2.settings.desired.icon === void 0 || imageId === void 0) return false;
  return isImageGone(pingone, environmentId, imageId).catch((error) => {
    if (error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM) return false;
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the image of the icon");
  });
}
async function uploadIcon({ run: run2, pingone }, environmentId) {
  const { icon } = run2.settings.desired;
  if (!icon) return void 0;
  const upload = () => uploadImage(pingone, environmentId, icon);
  const image = await upload().catch((error) => {
    if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(error)) throw error;
    run2.runner.info("The response to the icon upload was lost. Uploading the icon again");
    return upload();
  }).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(
      error,
      "uploading the image in `icon`",
      ({ status }) => [400, 413, 415].includes(status) ? { cause: "PingOne cannot read this image.", fix: "save it again as a plain PNG of at most 1 MB." } : void 0
    );
  });
  return { sha256: icon.sha256, imageId: image.id, href: image.href };
}
async function pointsTo({ pingone }, environmentId, application, { imageId }) {
  if (!application) return false;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  return readApplication(pingone, ref).then(
    (current) => imageIdOf(current) === imageId,
    () => true
  );
}
async function removeObsoleteImage(context, environmentId, record2) {
  const imageId = record2.kind === "own" ? record2.record.icon?.imageId : void 0;
  if (imageId !== void 0) await discardUpload(context, environmentId, { imageId });
}
async function discardUpload({ run: run2, pingone }, environmentId, { imageId }) {
  try {
    await deleteImage(pingone, environmentId, imageId);
  } catch (error) {
    const why = error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM ? `: ${error.message}` : ".";
    run2.runner.notice(`An unused icon image could not be deleted and stays in PingOne${why}`);
  }
}
async function isImageDeleted(pingone, environmentId, imageId) {
  try {
    await deleteImage(pingone, environmentId, imageId);
    return true;
  } catch (error) {
    if (error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM) return false;
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the image of the icon");
  }
}

// src/run/plan.ts


// src/run/roles.ts
function observeRoles(pingone) {
  return listRoles(pingone).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the roles");
  });
}
async function knownRoles(pingone, builtIn, desired, held, { environmentId }) {
  const isAsked = !desiredLines(desired).every((line) => findRole(builtIn, line.roleName));
  if (!isAsked && held.every((assignment) => roleOf(assignment, builtIn))) return builtIn;
  const reading = listCustomRoles(pingone, environmentId);
  const custom = isAsked ? await reading.catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the custom roles of the environment");
  }) : (
    // Only for the names in the log.
    await reading.catch(() => [])
  );
  return [...builtIn, ...custom];
}
async function resolveGrants(pingone, roles, desired, workerScope) {
  const lines2 = desiredLines(desired);
  const unknown2 = lines2.filter((line) => !findRole(roles, line.roleName));
  if (unknown2.length > 0) throw unknownRoles(unknown2, roles);
  const grants = [];
  for (const line of lines2) {
    const role = findRole(roles, line.roleName);
    if (!role) continue;
    if (!isApplicable(role, line)) throw notApplicable(role, line);
    grants.push(grantOf(role, line, workerScope, await scopeTarget(pingone, line, workerScope)));
  }
  return grants;
}
function desiredLines(desired) {
  if (desired.kind === "listed") return desired.lines;
  return desired.kind === "default" ? [defaultRoleLine] : [];
}
async function scopeTarget(pingone, { scope, scopeTarget: wanted }, { environmentId }) {
  if (wanted === void 0) return void 0;
  const list = scope === "population" ? listPopulations : listApplications;
  const candidates = await list(pingone, environmentId).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, `reading the ${scope}s of the environment, for \`roles\``);
  });
  const matches = candidates.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
  const [match, ...others] = matches;
  if (!match || others.length > 0) throw noSuchScopeTarget(scope, wanted, matches, candidates);
  return { id: match.id, name: match.name };
}
async function applyGrants({ pingone }, ref, plan2, finish) {
  for (const change of plan2) {
    if (change.kind !== "grant-role") continue;
    const { grant } = change;
    await grantRole(pingone, ref, grant.roleId, grant.scope).catch((error) => {
      throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, `granting ${grant.label}`, (refusal) => cannotGrant(grant, refusal));
    });
    finish(change);
  }
}
function cannotGrant(grant, error) {
  if (!error.isAccessDenied && !error.says("Must have role at the same or broader scope")) return void 0;
  const where = grant.scope.type.toLowerCase();
  return {
    cause: `the admin application holds no role that can grant ${grant.roleName} on this ${where}.`,
    fix: `in PingOne, grant the admin application *Environment Admin* on the ${where}, or another role that can grant *${grant.roleName}*. *Identity Data Admin* can grant itself, *Identity Data Read Only* and *Help Desk Admin*. Or set \`roles\` to roles that the admin application can grant, or to \`none\`.`
  };
}
function unknownRoles(lines2, roles) {
  const names = roles.map(({ name }) => name);
  const named = lines2.map(({ roleName }) => {
    const meant = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .pA)(roleName, names);
    const [wanted = "", near = ""] = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .distinguishable */ .W9)(meant === void 0 ? [roleName] : [roleName, meant]);
    return { wanted, near: meant === void 0 ? "" : `${wanted}: did you mean ${near}?` };
  });
  const isList = lines2.some(({ roleName }) => roleName.split(/[,;]/).some((part) => names.includes(part.trim())));
  const suggestions = named.map(({ near }) => near).filter(Boolean);
  const form = isList ? "write one role per line, without commas. " : "";
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`roles\` contains ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(named.map(({ wanted }) => wanted))}, which PingOne does not have.`,
    cause: isList ? "several roles are in one line." : "a typo, or a custom role of another environment.",
    fix: suggestions.length > 0 ? form + suggestions.join(" ") : `${form || "use the exact name of a role. "}PingOne shows the names on the Roles tab of an application.`
  });
}
function notApplicable(role, line) {
  const scopes = (role.applicableTo ?? []).map((scope) => (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(scope, 40).toLowerCase());
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`roles\` contains ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(role.name, 60)} @ ${line.scope}, but PingOne does not grant this role at this scope.`,
    cause: "PingOne grants each role only at some kinds of scope.",
    fix: `write one of: ${scopes.map((scope) => `\`${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(role.name, 60)} @ ${withTarget(scope)}\``).join(", ")}.`
  });
}
function withTarget(scope) {
  return scope === "population" || scope === "application" ? `${scope}:<ID or name>` : scope;
}
function noSuchScopeTarget(scope, wanted, matches, candidates) {
  const names = candidates.slice(0, 20).map(({ name }) => `"${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}"`);
  const isAmbiguous = matches.length > 1;
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: isAmbiguous ? `\`roles\`: ${matches.length} ${scope}s are named "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(wanted, 60)}".` : `\`roles\`: the environment has no ${scope} "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(wanted, 60)}".`,
    cause: isAmbiguous ? "names are not unique in PingOne." : `a typo (names are matched exactly, including case), or the ${scope} belongs to another environment.`,
    fix: isAmbiguous ? `use one of their IDs: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(matches.map(({ id }) => id))}.` : names.length > 0 ? `use an ID or one of these names: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(names)}.` : `create the ${scope} in PingOne first.`
  });
}

// src/run/observe.ts
var EnvironmentGone = class extends _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ {
};
var EnvironmentDeletePending = class extends EnvironmentGone {
};
var namePollMs = 1e3;
var namePatienceMs = 5e3;
async function observeEnvironment(context, wanted) {
  const environment = "id" in wanted ? await environmentById(context, wanted.id) : await environmentByName(context, wanted.name);
  if (environment.status === "DELETE_PENDING") {
    throw new EnvironmentDeletePending({
      what: `\`environment\`: the PingOne environment "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(environment.name)}" is being deleted.`,
      cause: "somebody deleted it. PingOne keeps it for some days in the status DELETE_PENDING.",
      fix: "restore it in PingOne, or set `environment` to another one."
    });
  }
  return environment;
}
async function environmentById({ pingone }, id) {
  try {
    return await readEnvironment(pingone, id);
  } catch (error) {
    if ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)) {
      throw new EnvironmentGone(environmentNotFound(`no environment with the ID ${id}`), { cause: error });
    }
    const isHidden = error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .PingOneError */ .DM && error.isAccessDenied && !error.isFromGateway;
    if (!isHidden) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the environment in `environment`");
    const what = `\`environment\`: PingOne refused reading the environment with the ID ${id}: ${error.message}`;
    throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({ ...environmentNotFound(""), what }, { cause: error });
  }
}
async function environmentByName({ run: run2, pingone }, name) {
  const { clock, limits, runner, interruption } = run2;
  const until = clock.now() + Math.min(namePatienceMs, limits.lookMs);
  const backoff = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createBackoff */ .lF)({ clock, interruption, firstMs: namePollMs, until });
  const line = `The list of environments does not show "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}" yet. Retrying for up to `;
  for (; ; ) {
    const candidates = await findEnvironments(pingone, name).catch((error) => {
      throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "finding the environment in `environment` by its name");
    });
    const [found, ...others] = candidates.filter((candidate) => candidate.name === name);
    if (found && others.length === 0) return found;
    if (found) throw ambiguousEnvironment(name, [found, ...others]);
    if (!await backoff.pause((leftMs) => runner.info(line + (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)))) {
      throw new EnvironmentGone(await notFoundByName(pingone, name));
    }
  }
}
var mostNames = 10;
async function notFoundByName(pingone, name) {
  const environments = await listEnvironments(pingone).catch(() => []);
  const names = [...new Set(environments.map((environment) => environment.name))].sort();
  const alike = names.filter((other) => (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseName */ ._V)(other) === (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseName */ ._V)(name));
  const near = alike.length > 0 ? alike : [(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .pA)(name, names)].filter((other) => other !== void 0);
  const sorted = [...near, ...names.filter((other) => !near.includes(other))];
  const [wanted = "", ...shown2] = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .distinguishable */ .W9)([name, ...sorted.slice(0, mostNames)]);
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  const { what, cause, fix } = environmentNotFound(`no environment named ${wanted}`);
  if (shown2.length === 0) return { what, cause: noEnvironment, fix };
  const visible = `The admin application sees ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(shown2)}${more}.`;
  if (near.length === 0) return { what, cause, fix: `${fix} ${visible}` };
  const typo = "a typo. Names are matched exactly, including case.";
  return { what, cause: typo, fix: `set \`environment\` to the exact name or to the environment ID. ${visible}` };
}
var noEnvironment = "the admin application has no role on any environment of this region, or `region` is wrong.";
function ambiguousEnvironment(name, environments) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`environment\`: ${environments.length} PingOne environments are named "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name)}".`,
    cause: "the admin application has access to several organizations with an environment of this name.",
    fix: `set \`environment\` to one of their IDs: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(environments.map(({ id }) => id))}.`
  });
}
function environmentNotFound(what) {
  return {
    what: `\`environment\` was not found: the admin application sees ${what}.`,
    cause: "a typo, or another region, or the admin application has no role on the environment.",
    fix: "copy the environment ID from PingOne (Settings > Environment Properties). Then check `region` and the roles of the admin application."
  };
}
async function observe(given) {
  const { run: run2, pingone, connection } = given;
  const wanted = run2.settings.environment;
  const known = "id" in wanted ? void 0 : await observeEnvironment(given, wanted);
  const environmentId = known?.id ?? ("id" in wanted ? wanted.id : "");
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(run2, environmentId);
  const [first, found, listed] = await Promise.allSettled([
    known ?? observeEnvironment(given, wanted),
    observeApplication(given, environmentId),
    observeRoles(pingone)
  ]);
  const environment = valueOf(first);
  run2.progress.reach(environment);
  if (!isYoung(environment, pingone.now())) {
    return { context: given, environment, roles: valueOf(listed), worker: valueOf(found) };
  }
  const context = { ...given, pingone: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .pingOneFor */ ._1)(run2, connection.tokens, true) };
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
async function observeApplication(context, environmentId) {
  const application = await findApplication(context, environmentId);
  if (!application) return void 0;
  refuseAdminApplication(context, application);
  (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .maskId */ .Yt)(context.run, clientIdOf(application));
  return observeParts(context, environmentId, application);
}
async function observeParts(context, environmentId, application) {
  const { run: run2, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const [assignments, record2, secret, isIconMissing] = await Promise.all([
    listRoleAssignments(pingone, ref).catch((error) => {
      throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "reading the worker's role assignments");
    }),
    observeRecord(run2, pingone, ref),
    readSecretAhead(run2, pingone, ref, clientIdOf(application)),
    isImageMissing(context, environmentId, application),
    refuseTakenName(context, environmentId, application)
  ]);
  return { application, assignments, record: record2, secret, isIconMissing };
}

// src/run/plan.ts
var normalizable = /* @__PURE__ */ new Set(["name", "description", "redirectUris"]);
function isNormalized(normalized, { field, from, to }) {
  const pair = normalized?.[field];
  return pair?.asked === digest(to) && pair.got === digest(from);
}
function normalizedBy(plan2, returned) {
  const asked = plan2.flatMap((change) => {
    if (change.kind === "rename-application") return [{ field: "name", to: change.to }];
    return change.kind === "create-application" || change.kind === "update-application" ? change.fields : [];
  });
  const pairs = asked.filter(({ field }) => normalizable.has(field)).map(({ field, to }) => {
    const pair = { asked: digest(to), got: digest(returned[field]) };
    return [field, pair.asked === pair.got ? void 0 : pair];
  });
  return Object.fromEntries(pairs);
}
function digest(value) {
  const canonical = Array.isArray(value) ? value.map(String).sort() : value ?? null;
  return (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update(JSON.stringify(canonical)).digest("hex");
}
var noRecord = { kind: "none", metadata: {} };
async function planWorker(given) {
  const observation = await observe(given);
  const { context, worker, roles } = observation;
  const { desired } = context.run.settings;
  if (worker && desired.clear.has("redirect-uris") && needsRedirectUris(worker.application)) {
    throw implicitNeedsRedirectUris();
  }
  const workerScope = scopeOf(observation);
  const known = await knownRoles(context.pingone, roles, desired.roles, worker?.assignments ?? [], workerScope);
  const grants = await resolveGrants(context.pingone, known, desired.roles, workerScope);
  return decide({ ...observation, roles: known, grants }, worker?.record ?? noRecord);
}
function decide(observation, record2) {
  const { context, worker, roles, grants } = observation;
  const { desired, run: run2 } = context.run.settings;
  const needsRecord = worker !== void 0 && typeof desired.rotateSecret !== "boolean";
  if (needsRecord && !("metadata" in record2)) throw unknownSecretAge(record2.kind);
  const own = record2.kind === "own" ? record2.record : void 0;
  const observed = {
    application: worker?.application,
    assignments: worker?.assignments ?? [],
    createdHere: isCreatedHere(record2),
    icon: {
      canBeRecorded: run2.owner !== void 0 && (record2.kind === "none" || record2.kind === "own"),
      recorded: own?.icon,
      isMissing: worker?.isIconMissing ?? false
    },
    isNormalized: (change) => isNormalized(recordOf(record2)?.normalized, change),
    secret: {
      since: firstSeen(observation, record2),
      now: context.pingone.now(),
      previous: awaitedPrevious(context, worker?.secret?.previous)
    },
    workerScope: scopeOf(observation)
  };
  const plan2 = planChanges(desired, observed, grants);
  return { ...observation, record: record2, plan: plan2, notes: notesOn(desired, observed, grants, roles, plan2) };
}
async function recordFirst(planned) {
  const { context, record: record2, environment, worker, plan: plan2 } = planned;
  if (!worker || record2.kind !== "none") return planned;
  const replacesIcon = imageIdOf(worker.application) && plan2.some(({ kind }) => kind === "upload-icon");
  const rotatesByAge = typeof context.run.settings.desired.rotateSecret !== "boolean";
  if (!replacesIcon && !rotatesByAge) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: false };
  const { owner } = context.run.settings.run;
  if (!owner) return planned;
  const { state, refused } = await updateRecord(context, ref, record2, noteOwner(owner, {}));
  return decide(planned, refused === void 0 ? state : { kind: "unavailable" });
}
function firstSeen({ context, worker }, record2) {
  const noted = recordOf(record2)?.secret;
  const version = worker?.secret && credentialsVersion(clientIdOf(worker.application), worker.secret.secret);
  const isCurrent2 = context.run.settings.dryRun || version === noted?.version;
  const since = isCurrent2 && noted ? Date.parse(noted.since) : NaN;
  return Number.isNaN(since) ? void 0 : since;
}
function scopeOf({ environment }) {
  return { environmentId: environment.id, organizationId: environment.organization.id };
}
function implicitNeedsRedirectUris() {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "`clear` contains `redirect-uris`, but the application has the grant type Implicit, which needs them.",
    cause: "another client uses the application to sign in users.",
    fix: "remove `redirect-uris` from `clear`. If nobody uses the grant type Implicit, remove it in PingOne first."
  });
}
function unknownSecretAge(record2) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "`rotate-secret` is an age, but no record says how old the client secret is. Nothing was changed.",
    cause: record2 === "unreadable" ? "the worker's record was written by a later version of this action, or is damaged." : "PingOne does not store application metadata here: the admin application lacks a permission, or the license does not include it.",
    fix: "set `rotate-secret` to `false`. To rotate by age, set it to `true` in a scheduled workflow."
  });
}

// src/run/apply.ts
async function applyPlan(context, plan2, input) {
  const { runner, progress } = context.run;
  const finish = (change) => {
    progress.finish(describeChange(change));
    runner.info(`Done: ${describeChange(change)}`);
  };
  const upload = plan2.find((change) => change.kind === "upload-icon");
  const icon = upload && await uploadIcon(context, input.environmentId);
  const attributes = plan2.filter((change) => change.kind !== "grant-role" && change.kind !== "rotate-secret");
  const worker = await applyAttributes(context, attributes, input, icon, () => attributes.forEach(finish));
  if (worker === "superseded") {
    attributes.map(describeChange).forEach(progress.drop);
    return worker;
  }
  const ownerFacts = {
    created: worker.isCreated,
    icon: icon ?? (clearsIcon(plan2) ? null : void 0),
    normalized: normalizedBy(plan2, worker.application)
  };
  const noting = startNoting(context, worker, input, ownerFacts);
  await noting.written;
  const ahead = worker.isCreated ? worker.secret ?? readNewSecret(context, worker) : void 0;
  const rest = [applyGrants(context, worker.ref, plan2, finish), noting.update];
  await Promise.allSettled(rest);
  const [, { state, refused }] = await Promise.all(rest);
  if (input.application && (icon || clearsIcon(plan2))) {
    await removeObsoleteImage(context, input.environmentId, input.record);
  }
  return { ...worker, seen: input.record, record: state, recordRefused: refused, ownerFacts, secret: await ahead };
}
function clearsIcon(plan2) {
  return plan2.some(({ kind }) => kind === "remove-icon");
}
function startNoting(context, worker, { record: record2, stored }, facts) {
  const { ref, isCreated } = worker;
  const { run: run2, pingone } = context;
  const { owner } = run2.settings.run;
  if (!owner) {
    run2.runner.notice(
      "The runner does not provide the ID of the repository (GITHUB_REPOSITORY_ID), so there is no record."
    );
    const state = Promise.resolve({ state: record2 });
    return { written: state, update: state };
  }
  const belongsTo = belongsToNotice(record2);
  if (belongsTo !== void 0 && !isCreated) run2.runner.notice(belongsTo);
  const { promise, resolve } = Promise.withResolvers();
  const seen = isCreated ? { kind: "none", metadata: {} } : record2;
  const edit = allEdits(
    noteOwner(owner, facts),
    noteWriting(owner, stored, run2.instanceId),
    notePresentSecret(context, worker)
  );
  const update2 = updateRecord(context, ref, seen, edit, { isNew: isCreated, onWritten: () => resolve(void 0) }).then(
    (updated) => {
      if (stored.length > 0) refuseIfTearingDown(updated.state, pingone.now());
      if (updated.refused !== void 0) run2.runner.notice(refusedNotice(updated));
      return updated;
    }
  );
  return { written: Promise.race([promise, update2]), update: update2 };
}
function notePresentSecret({ pingone }, { application, secret }) {
  if (!secret) return (record2) => record2;
  const version = credentialsVersion(clientIdOf(application), secret.secret);
  return noteSecret(version, new Date(pingone.now()).toISOString(), void 0);
}
function belongsToNotice(record2) {
  if (record2.kind === "unreadable") {
    return "The worker's record was written by a later version of this action, or is damaged. It is not changed.";
  }
  if (record2.kind !== "foreign") return void 0;
  const owner = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(record2.record.owner.repository, 100);
  return `The worker's record belongs to ${owner}. This run only records where it stores the credentials.`;
}
function refusedNotice({ state, refused = "" }) {
  return "metadata" in state && state.kind !== "none" ? `PingOne refused to change the worker's record: ${refused}` : `PingOne does not store application metadata here, so there is no record: ${refused}`;
}
async function applyAttributes(context, changes, { environmentId, application }, icon, finish) {
  const image = icon ? { icon: { id: icon.imageId, href: icon.href } } : {};
  const attributes = Object.fromEntries(
    [image, ...changes.map(attributesOf)].flatMap((part) => Object.entries(part))
  );
  let isUsed = false;
  try {
    if (!application) {
      const worker2 = await createWorker(context, environmentId, attributes);
      if (worker2 === "superseded") return worker2;
      isUsed = true;
      finish();
      const ahead = readNewSecret(context, worker2, true);
      isUsed = await resolveDuplicate(context, worker2) === "resolved";
      return isUsed ? { ...worker2, secret: await Promise.race([ahead, Promise.resolve(void 0)]) } : "superseded";
    }
    const worker = await replaceAttributes(context, environmentId, application, changes, attributes);
    isUsed = true;
    finish();
    return worker;
  } finally {
    const isUnused = icon && !isUsed && !await pointsTo(context, environmentId, application, icon);
    if (isUnused) await discardUpload(context, environmentId, icon);
  }
}
async function replaceAttributes(context, environmentId, application, changes, attributes) {
  const isNew2 = wasJustCreated(application, context.pingone.now());
  const ref = { environmentId, applicationId: application.id, isNew: isNew2 };
  if (changes.length === 0) return { ref, application, isCreated: false };
  try {
    const fresh = await readApplication(context.pingone, ref);
    const body = replacementBody(fresh, attributes);
    return { ref, application: await replaceApplication(context.pingone, ref, body), isCreated: false };
  } catch (error) {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(
      error,
      `updating the application (${changes.map(describeChange).join(", ")})`,
      refusedAttributes
    );
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

// src/run/deliver.ts


// src/github/errors.ts
var GitHubError = class extends Error {
  name = "GitHubError";
  status;
  /** The path of the request; empty if it is not known. */
  path;
  /** The target of a redirect; undefined for any other response. */
  location;
  /** The permissions that GitHub would accept, from `X-Accepted-GitHub-Permissions`; may be empty. */
  acceptedPermissions;
  /** Whether the cause is a rate limit. Its 403 looks like a missing permission otherwise. */
  isRateLimit;
  constructor(status, text, headers, options = {}) {
    super((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(`${status} "${text}"`), options);
    this.status = status;
    this.path = options.path ?? "";
    this.location = status >= 300 && status < 400 ? headers["location"] : void 0;
    this.acceptedPermissions = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(headers["x-accepted-github-permissions"] ?? "");
    this.isRateLimit = status === 429 || status === 403 && (headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== void 0 || isLimitText(text));
  }
  /** The response to `GITHUB_TOKEN`, whatever `permissions:` the workflow declares. */
  get isJobToken() {
    return this.status === 403 && this.message.includes("Resource not accessible by integration");
  }
};
function isLimitText(text) {
  return /rate limit|abuse detection/i.test(text);
}
async function gitHubCall(call) {
  try {
    return await call();
  } catch (error) {
    if (!isRequestError(error)) throw error;
    const { status, request, response, cause } = error;
    if (!response) throw cause;
    const text = response.data?.message;
    const path = new URL(request.url).pathname;
    throw new GitHubError(status, typeof text === "string" ? text : "no message", response.headers, {
      cause: error,
      path
    });
  }
}
async function unlessMissing(call) {
  try {
    return await gitHubCall(call);
  } catch (error) {
    if (isNotFound(error)) return void 0;
    throw error;
  }
}
function isNotFound(error) {
  return error instanceof GitHubError && error.status === 404;
}
function isRequestError(error) {
  return error instanceof Error && error.name === "HttpError";
}
var gitHubService = { name: "GitHub", addresses: "GITHUB_API_URL (which the runner sets)" };
function permissionFor(target, part) {
  if (part === "repository") return 'the repository permission "Metadata: read"';
  if (part === "list") return 'the repository permission "Actions: read"';
  if (part === "creation") return 'the repository permission "Administration: write"';
  const kind = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTarget */ .hu)(target)?.kind;
  if (kind === "github-environment") return 'the repository permission "Environments: write"';
  const owner = kind === "organization" ? "organization" : "repository";
  return `the ${owner} permission "${part === "variable" ? "Variables" : "Secrets"}: write"`;
}
function failedPart(error) {
  const path = error instanceof GitHubError ? error.path : "";
  if (/\/secrets\/public-key$/.test(path)) return "key";
  if (/\/variables(\/[^/]+)?$/.test(path)) return "variable";
  if (/\/environments(\/[^/]+)?$/.test(path)) return "list";
  return "secret";
}
function explainGitHub(error, doing, permission) {
  if (error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr)
    return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainNetwork */ .wO)(error, gitHubService, doing), { cause: error });
  if (!(error instanceof GitHubError)) return error;
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    { what: `GitHub refused ${doing}: ${error.message}`, ...explainRefusal(error, permission) },
    { cause: error }
  );
}
function explainRefusal(error, permission) {
  if (error.isRateLimit) {
    return {
      cause: "`github-token` reached a rate limit of GitHub, and GitHub asks to wait longer than `timeout` allows.",
      fix: "run the workflow again later."
    };
  }
  if (error.status === 403) return explainForbidden(error, permission);
  if (error.status === 401) {
    return {
      cause: "`github-token` has expired or was revoked.",
      fix: "create a new token and store it in the secret that `github-token` is read from."
    };
  }
  if (error.status === 404) {
    return {
      cause: "`github-token` has no access to the repository, or `repository` does not exist.",
      fix: `check the name in \`repository\`. Then check that the token was created for it and has ${permission}.`
    };
  }
  if (error.status < 400) {
    return {
      cause: "the repository was renamed or transferred, or a proxy responds instead of GitHub.",
      fix: "set `repository` to its current name, and check the proxy variables of the runner (https_proxy, no_proxy)."
    };
  }
  if (error.status >= 500) return { cause: "GitHub is unavailable.", fix: "run the workflow again later." };
  return {
    cause: "GitHub does not accept a value in the request.",
    fix: "see GitHub's text above, correct the value, and run the workflow again."
  };
}
var refusals = [
  [
    /IP allow list/i,
    "the organization's IP allow list does not contain the address of this runner.",
    "run the job on a runner whose address is on the list, or ask an owner of the organization to add the address. A token with more permissions does not help."
  ],
  [
    /SAML/i,
    "the organization requires SAML single sign-on, and `github-token` is not authorized for it.",
    "authorize the token for the organization (Configure SSO in the token's settings), or use a GitHub App's token."
  ],
  [
    /archived/i,
    "the repository is archived, so it is read-only.",
    "unarchive it (Settings > General > Danger Zone), or set another `repository`. A token with more permissions does not help."
  ],
  [
    /lifetime/i,
    "the lifetime of `github-token` is longer than the organization allows.",
    "create a token that expires earlier and store it in the secret that `github-token` is read from, or use a GitHub App's token."
  ],
  [
    /personal access tokens? \(classic\)/i,
    "the organization does not accept classic personal access tokens.",
    "use a GitHub App's token or a fine-grained personal access token."
  ],
  [
    /suspended|blocked/i,
    "GitHub has suspended or blocked the account or the repository.",
    "see the repository's page on GitHub, and ask GitHub's support. A token with more permissions does not help."
  ]
];
function explainForbidden(error, permission) {
  const known = refusals.find(([pattern]) => pattern.test(error.message));
  if (known) return { cause: known[1], fix: known[2] };
  const accepted = error.acceptedPermissions ? ` (GitHub would accept: ${error.acceptedPermissions})` : "";
  if (!error.isJobToken) {
    return {
      cause: "`github-token` lacks a permission, or the organization has not approved the token.",
      fix: `give the token ${permission}${accepted}.`
    };
  }
  return {
    cause: "`github-token` is `GITHUB_TOKEN`, which cannot write secrets, or a token of a GitHub App that lacks the permission.",
    fix: `use a token of a GitHub App, or a fine-grained personal access token, with ${permission}${accepted}.`
  };
}

// src/secret-file.ts


var secretFileState = "datasyncSecretFile";
function describeSecretFile(path, digest2) {
  const { dev, ino } = (0,node_fs__WEBPACK_IMPORTED_MODULE_5__.lstatSync)(path, { bigint: true });
  return { path: (0,node_path__WEBPACK_IMPORTED_MODULE_6__.join)((0,node_fs__WEBPACK_IMPORTED_MODULE_5__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_6__.dirname)(path)), (0,node_path__WEBPACK_IMPORTED_MODULE_6__.basename)(path)), device: `${dev}`, inode: `${ino}`, digest: digest2 };
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

// src/github/api.ts
var secondaryLimitMs = 6e4;
var shortestWaitMs = 250;
function askedByGitHub(response, now) {
  const askedMs = askedFor(response, now);
  return askedMs === void 0 ? void 0 : Math.max(shortestWaitMs, askedMs);
}
function askedFor({ status, headers, body }, now) {
  if (status >= 500) return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .Vs)(headers, now);
  if (status !== 403 && status !== 429) return void 0;
  const asked = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .retryAfterMs */ .Vs)(headers, now);
  if (asked !== void 0) return asked;
  const resetMs = Number(headers["x-ratelimit-reset"] || NaN) * 1e3;
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(resetMs)) {
    const from = Date.parse(headers["date"] ?? "");
    return Math.max(0, resetMs - (Number.isNaN(from) ? now : from)) + 1e3;
  }
  return headers["x-ratelimit-remaining"] === "0" || isLimitText(body) ? secondaryLimitMs : void 0;
}
var repositoryPath = "/repos/[^/]+/[^/]+";
var targetPath = `(${repositoryPath}/(actions|environments/[^/]+)|/orgs/[^/]+/actions)`;
var keyBytes = 32;
var base64 = /^[A-Za-z0-9+/]+={0,2}$/;
var listSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ total_count: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)() });
var repositoryOwnerSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)(), login: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), type: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var namedSchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() });
var shapes = [
  [
    new RegExp(`^${targetPath}/secrets/public-key$`),
    (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
      key_id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(),
      key: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .refine */ .YP)((key) => base64.test(key) && Buffer.from(key, "base64").length === keyBytes))
    })
  ],
  [new RegExp(`^${targetPath}/(secrets|variables)$`), listSchema],
  [new RegExp(`^${repositoryPath}/environments$`), listSchema],
  [new RegExp("^/orgs/[^/]+/actions/secrets/[^/]+/repositories$"), listSchema],
  [new RegExp("^/orgs/[^/]+/actions/secrets/[^/]+$"), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ visibility: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["all", "private", "selected"]) })],
  [new RegExp(`^${targetPath}/variables/[^/]+$`), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)(), value: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })],
  [new RegExp(`^${repositoryPath}/environments/[^/]+$`), namedSchema],
  [
    new RegExp(`^(${repositoryPath}|/repositories/[0-9]+)$`),
    (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)(), full_name: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)().check((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._regex */ .Fk)(/^[^/]+\/[^/]+$/)), owner: repositoryOwnerSchema })
  ],
  [new RegExp("^/orgs/[^/]+$"), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ id: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .number */ .ai)(), login: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .string */ .Yj)() })]
];
function expectedStatuses(method, path) {
  switch (method) {
    case "GET":
      return [200];
    case "POST":
      return [201];
    case "PUT":
      return new RegExp(`^${targetPath}/secrets/[^/]+$`).test(path) ? [201, 204] : [200];
    case "PATCH":
    case "DELETE":
      return [204];
  }
}
function checkSuccess(method, path, response) {
  const { status, headers, body } = response;
  if (status >= 300) return;
  if (!expectedStatuses(method, path).includes(status)) {
    throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", `status ${status}, which GitHub does not return here`);
  }
  if (status === 204 || status === 201 && body === "") return;
  if (!/^application\/([\w.-]+\+)?json\b/i.test(headers["content-type"] ?? "")) {
    throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", `status ${status} with a body that is not JSON`);
  }
  if (status === 200) (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJson */ .xO)(response, shapes.find(([pattern]) => pattern.test(path))?.[1] ?? (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H)({}));
}
var apiVersion = "2022-11-28";
async function connectToGitHub({ token, apiUrl }, send) {
  const { getOctokit: create } = await __webpack_require__.e(/* import() */ 184).then(__webpack_require__.bind(__webpack_require__, 184));
  prepareSealing();
  return create(token, {
    baseUrl: apiUrl,
    request: { fetch: fetchThrough(send, apiUrl) },
    // Octokit's own log is dropped: the errors contain everything.
    log: { debug: silent, info: silent, warn: silent, error: silent }
  });
}
function silent() {
}
function fetchThrough(send, apiUrl) {
  const base = new URL(apiUrl);
  return async (url, init) => {
    const { origin, pathname } = new URL(url);
    if (origin !== base.origin) {
      throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", "GitHub's API links to another host, and the action does not follow that");
    }
    const path = pathname.startsWith(base.pathname) ? `/${pathname.slice(base.pathname.length).replace(/^\//, "")}` : "";
    return send(
      {
        kind: init.method === "GET" ? "read" : "write",
        method: init.method,
        url,
        headers: { ...init.headers, "x-github-api-version": apiVersion },
        ...init.body === void 0 ? {} : { body: init.body },
        askedMs: askedByGitHub
      },
      (response) => {
        checkSuccess(init.method, path, response);
        return asFetched(url, pathname, response);
      }
    );
  };
}
function asFetched(url, path, response) {
  if (response.status >= 300 && response.status < 400) {
    throw new GitHubError(response.status, "a redirect, which the action does not follow", response.headers, { path });
  }
  return {
    status: response.status,
    url,
    headers: new Map(Object.entries(response.headers)),
    text: () => Promise.resolve(response.body)
  };
}
var pageSize = 100;
var mostPages = 1e3;
async function readList(gitHub, request, member, toItem) {
  const seen = /* @__PURE__ */ new Set();
  let kept = [];
  let total = 0;
  for (let url = sized(request.url); url !== void 0; ) {
    seen.add(url);
    const { data, headers } = await getPage(gitHub, url);
    const page = data[member];
    if (!Array.isArray(page)) throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", `a page without a list of ${member}`);
    total = Number(data["total_count"]);
    kept = kept.concat(page.flatMap((item) => toList(isRecord(item) ? toItem(item) : void 0)));
    const next = /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
    url = next === void 0 ? void 0 : resolveNext(next, url);
    if (url === void 0 || new URL(url).origin !== new URL(request.url).origin) continue;
    if (page.length === 0 || seen.has(url) || seen.size === mostPages) {
      throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", `the pages of ${member} form a loop`);
    }
  }
  return { total, items: kept };
}
function getPage(gitHub, url) {
  return gitHubCall(() => gitHub.request({ method: "GET", url }));
}
function sized(url) {
  const first = new URL(url);
  first.searchParams.set("per_page", String(pageSize));
  return first.href;
}
function resolveNext(next, base) {
  const url = URL.parse(next, base);
  if (!url) throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", "the link to the next page is not a URL");
  return url.href;
}
function isRecord(value) {
  return typeof value === "object" && value !== null;
}
function toList(item) {
  return item === void 0 ? [] : [item];
}

// src/github/secrets.ts
function repositoryCalls(gitHub, repository) {
  const { actions } = gitHub.rest;
  const base = { owner: repository.owner, repo: repository.repo };
  return {
    limits: { secrets: 100, variables: 500 },
    publicKey: async () => (await actions.getRepoPublicKey(base)).data,
    listSecrets: () => readList(gitHub, actions.listRepoSecrets.endpoint(base), "secrets", toListedSecret),
    putSecret: async (name, sealed) => (await actions.createOrUpdateRepoSecret({ ...base, secret_name: name, ...sealed })).headers.date,
    deleteSecret: (name) => actions.deleteRepoSecret({ ...base, secret_name: name }),
    countVariables: async () => (await actions.listRepoVariables({ ...base, per_page: 1 })).data.total_count,
    readVariable: async (name) => (await actions.getRepoVariable({ ...base, name })).data.value,
    createVariable: (name, value) => actions.createRepoVariable({ ...base, name, value }),
    updateVariable: (name, value) => actions.updateRepoVariable({ ...base, name, value }),
    deleteVariable: (name) => actions.deleteRepoVariable({ ...base, name })
  };
}
function environmentCalls(gitHub, repository, name) {
  const { actions } = gitHub.rest;
  const base = { owner: repository.owner, repo: repository.repo, environment_name: name };
  return {
    limits: { secrets: 100, variables: 100 },
    publicKey: async () => (await actions.getEnvironmentPublicKey(base)).data,
    listSecrets: () => readList(gitHub, actions.listEnvironmentSecrets.endpoint(base), "secrets", toListedSecret),
    putSecret: async (secret, sealed) => (await actions.createOrUpdateEnvironmentSecret({ ...base, secret_name: secret, ...sealed })).headers.date,
    deleteSecret: (secret) => actions.deleteEnvironmentSecret({ ...base, secret_name: secret }),
    countVariables: async () => (await actions.listEnvironmentVariables({ ...base, per_page: 1 })).data.total_count,
    readVariable: async (variable) => (await actions.getEnvironmentVariable({ ...base, name: variable })).data.value,
    createVariable: (variable, value) => actions.createEnvironmentVariable({ ...base, name: variable, value }),
    updateVariable: (variable, value) => actions.updateEnvironmentVariable({ ...base, name: variable, value }),
    deleteVariable: (variable) => actions.deleteEnvironmentVariable({ ...base, name: variable })
  };
}
function toListedSecret({
  name,
  updated_at: updatedAt
}) {
  if (typeof name !== "string") return void 0;
  return { name: name.toUpperCase(), updatedAt: typeof updatedAt === "string" ? updatedAt : void 0 };
}
async function openStore(calls, label, names) {
  const reads = [
    gitHubCall(() => calls.publicKey()),
    readHeld(calls, names),
    names.variables.length > 0 ? gitHubCall(() => calls.countVariables()) : Promise.resolve(0)
  ];
  await Promise.allSettled(reads);
  const [key, { existing, total }, variables] = await Promise.all(reads);
  const totals = { secrets: total, variables };
  for (const kind of ["secrets", "variables"]) {
    const added = names[kind].filter((name) => !existing[kind].has(name));
    if (added.length > 0 && totals[kind] + added.length > calls.limits[kind]) {
      throw noRoom(label, kind, calls.limits[kind], added);
    }
  }
  return {
    label,
    calls,
    existing,
    readExisting: () => readExisting(calls, names),
    prepare: () => Promise.resolve(),
    ...writersOf(calls, key)
  };
}
async function readExisting(calls, names) {
  return (await readHeld(calls, names)).existing;
}
async function readHeld(calls, names) {
  const reads = [
    gitHubCall(() => calls.listSecrets()),
    Promise.all(names.variables.map(async (name) => [name, await readVariable(calls, name)]))
  ];
  await Promise.allSettled(reads);
  const [listed, variables] = await Promise.all(reads);
  const ours = listed.items.filter(({ name }) => names.secrets.includes(name));
  return {
    existing: {
      secrets: new Map(ours.map(({ name, updatedAt }) => [name, updatedAt])),
      variables: new Map(variables.flatMap(([name, value]) => value === void 0 ? [] : [[name, value]]))
    },
    total: listed.total
  };
}
function readVariable(calls, name) {
  return unlessMissing(() => calls.readVariable(name));
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
    return gitHubCall(() => calls.putSecret(name, sealed));
  };
  try {
    return await write(key);
  } catch (error) {
    const isOldKey = error instanceof GitHubError && error.status === 422;
    if (!isOldKey) throw error;
    const current = await gitHubCall(() => calls.publicKey());
    if (current.key_id === key.key_id) throw error;
    return write(current);
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
function noRoom(label, kind, limit, added) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`store-in\`: ${label} has no room for ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(added)}. GitHub stores at most ${limit} ${kind} there.`,
    cause: `the target has ${limit} ${kind} or nearly as many.`,
    fix: `delete unused ${kind} there, or store in a separate GitHub environment (\`github-environment:<name>\`). Nothing was changed.`
  });
}

// src/github/environments.ts
var environmentPollMs = 1e3;
async function isEnvironment(gitHub, { owner, repo }, name) {
  const { repos } = gitHub.rest;
  if (await unlessMissing(() => repos.getEnvironment({ owner, repo, environment_name: name }))) return true;
  const list = await readList(
    gitHub,
    repos.getAllEnvironments.endpoint({ owner, repo }),
    "environments",
    (item) => typeof item["name"] === "string" ? { name: item["name"].toLowerCase() } : void 0
  );
  return list.items.some((environment) => environment.name === name.toLowerCase());
}
function storeToCreate(environment, context) {
  const { gitHub, repository, name, names, label } = environment;
  const calls = environmentCalls(gitHub, repository, name);
  const path = { owner: repository.owner, repo: repository.repo, environment_name: name };
  let writers;
  const prepare = async () => {
    if (writers) return;
    if (!await isEnvironment(gitHub, repository, name)) {
      context.log(`Creating ${label}`);
      await gitHubCall(() => gitHub.rest.repos.createOrUpdateEnvironment(path));
    }
    const retried = retriedCalls(calls, label, context);
    writers = writersOf(retried, await gitHubCall(() => retried.publicKey()));
  };
  const prepared = async () => {
    await prepare();
    if (!writers) throw new Error("a GitHub environment was created without a public key");
    return writers;
  };
  return {
    label,
    calls,
    existing: { secrets: /* @__PURE__ */ new Map(), variables: /* @__PURE__ */ new Map() },
    readExisting: () => readExisting(calls, names),
    prepare,
    writeSecret: async (secret, value) => (await prepared()).writeSecret(secret, value),
    writeVariable: async (variable, value) => (await prepared()).writeVariable(variable, value)
  };
}
function retriedCalls(calls, label, context) {
  const { clock, interruption, patienceMs, log } = context;
  const until = clock.now() + patienceMs;
  const retry = async (call) => {
    const backoff = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createBackoff */ .lF)({ clock, interruption, firstMs: environmentPollMs, until });
    const announce2 = (leftMs) => log(`GitHub does not show ${label} yet. Retrying for up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)}`);
    for (; ; ) {
      try {
        return await gitHubCall(call);
      } catch (error) {
        if (!isNotFound(error) || !await backoff.pause(announce2)) throw error;
      }
    }
  };
  return {
    ...calls,
    publicKey: () => retry(() => calls.publicKey()),
    putSecret: (name, sealed) => retry(() => calls.putSecret(name, sealed)),
    createVariable: (name, value) => retry(() => calls.createVariable(name, value))
  };
}

// src/github/organization.ts
var visibilitySchema = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* ._enum */ .$8)(["all", "private", "selected"]);
function organizationCalls(gitHub, org, repositoryId) {
  const { actions } = gitHub.rest;
  const forOne = { visibility: "selected", selected_repository_ids: [repositoryId] };
  const listed = /* @__PURE__ */ new Map();
  const sharingOf = async (name) => {
    const secret = await unlessMissing(() => actions.getOrgSecret({ org, secret_name: name }));
    const visibility = secret?.data.visibility ?? listed.get(name);
    if (visibility === void 0) return forOne;
    if (visibility !== "selected") return { visibility };
    return { visibility, selected_repository_ids: [...await selectedRepositories(gitHub, org, name)] };
  };
  return {
    limits: { secrets: 1e3, variables: 1e3 },
    publicKey: async () => (await actions.getOrgPublicKey({ org })).data,
    listSecrets: () => readList(gitHub, actions.listOrgSecrets.endpoint({ org }), "secrets", (item) => {
      const secret = toListedSecret(item);
      const visibility = visibilitySchema.safeParse(item["visibility"]).data;
      if (secret && visibility) listed.set(secret.name, visibility);
      return secret;
    }),
    putSecret: async (name, sealed) => {
      const secret = { org, secret_name: name, ...sealed, ...await sharingOf(name) };
      return (await actions.createOrUpdateOrgSecret(secret)).headers.date;
    },
    deleteSecret: (name) => actions.deleteOrgSecret({ org, secret_name: name }),
    countVariables: async () => (await actions.listOrgVariables({ org, per_page: 1 })).data.total_count,
    readVariable: async (name) => (await actions.getOrgVariable({ org, name })).data.value,
    createVariable: (name, value) => actions.createOrgVariable({ org, name, value, ...forOne }),
    // A PATCH does not change the fields that it omits.
    updateVariable: (name, value) => actions.updateOrgVariable({ org, name, value }),
    deleteVariable: (name) => actions.deleteOrgVariable({ org, name })
  };
}
async function selectedRepositories(gitHub, org, name) {
  const request = gitHub.rest.actions.listSelectedReposForOrgSecret.endpoint({ org, secret_name: name });
  const { items } = await readList(gitHub, request, "repositories", ({ id }) => {
    if (typeof id !== "number") throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", "a list of repositories with one without an ID");
    return { id };
  });
  return new Set(items.map(({ id }) => id));
}

// src/github/targets.ts
function openTarget(context, target) {
  const { gitHub, repository, names } = context;
  const label = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .targetLabel */ .Op)(target, repository);
  switch (target.kind) {
    case "repository":
      return openStore(repositoryCalls(gitHub, repository), label, names);
    case "github-environment":
      return openEnvironment(context, target.name, label);
    case "organization":
      return openOrganization(context, label);
  }
}
async function openOrganization({ gitHub, identity, names }, label) {
  const repository = await identity;
  if (!repository.isOwnerOrganization) throw notAnOrganization(repository);
  return openStore(organizationCalls(gitHub, repository.owner, Number(repository.id)), label, names);
}
async function openEnvironment(context, name, label) {
  const { gitHub, repository, identity, names, creation } = context;
  const calls = environmentCalls(gitHub, repository, name);
  try {
    return await openStore(calls, label, names);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await identity;
    if (await isEnvironment(gitHub, repository, name)) throw hiddenEnvironment(label, error);
    if (!creation) throw missingEnvironment(label, name, error);
    return storeToCreate({ gitHub, repository, name, names, label }, creation);
  }
}
function missingEnvironment(label, name, cause) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    {
      what: `\`store-in\`: ${label} does not exist.`,
      cause: "the environment was not created yet, or its name has a typo.",
      fix: `create "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(name, 60)}" in the repository (Settings > Environments), or set \`create-github-environment\` to \`true\` with a \`github-token\` that has the repository permission "Administration: write".`
    },
    { cause }
  );
}
function hiddenEnvironment(label, cause) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ(
    {
      what: `\`store-in\`: ${label} exists, but \`github-token\` has no access to its secrets.`,
      cause: 'the token lacks the permission for secrets of GitHub environments. "Secrets: write" is not enough.',
      fix: 'give the token the repository permission "Environments: write".'
    },
    { cause }
  );
}
function notAnOrganization({ owner, repo }) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`store-in\` names \`organization\`, but ${owner}, the owner of ${owner}/${repo}, is a user.`,
    cause: "only organizations have secrets that several repositories share.",
    fix: "set `store-in` to `repository` or `github-environment:<name>`, and run the action for each repository."
  });
}
async function locateTarget(gitHub, entry, target, names) {
  const found = await resolveTarget(gitHub, entry, target);
  const existing = await unlessMissing(() => readExisting(found.calls, names));
  if (existing) return { ...found, existing };
  const isGone = target.kind === "github-environment" && !await isEnvironment(gitHub, found.repository, target.name);
  if (!isGone) throw new GitHubError(404, "Not Found", {});
  return { ...found, existing: { secrets: /* @__PURE__ */ new Map(), variables: /* @__PURE__ */ new Map() } };
}
async function resolveTarget(gitHub, entry, target) {
  const name = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryNameOf */ .fy)(entry.repository);
  if (!name) throw new GitHubError(404, "not the name of a repository", {});
  if (target.kind === "organization") {
    const org = await identifyOrganization(gitHub, name, entry.repositoryId);
    const repository2 = { owner: org, repo: name.repo };
    return { entry, repository: repository2, calls: organizationCalls(gitHub, org, 0), label: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .targetLabel */ .Op)(target, repository2) };
  }
  const repository = await identifyRepository(gitHub, name, entry.repositoryId);
  const calls = target.kind === "repository" ? repositoryCalls(gitHub, repository) : environmentCalls(gitHub, repository, target.name);
  return { entry, repository, calls, label: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .targetLabel */ .Op)(target, repository) };
}
async function deleteStored(calls, names) {
  const heldSecrets = async (open2) => {
    const listed = await unlessMissing(() => calls.listSecrets());
    return open2.filter((name) => listed?.items.some((secret) => secret.name === name));
  };
  const heldVariables = async (open2) => {
    const values = await Promise.all(open2.map((name) => readVariable(calls, name)));
    return open2.filter((_, index) => values[index] !== void 0);
  };
  return {
    secrets: await deleteAll(names.secrets, (name) => calls.deleteSecret(name), heldSecrets),
    variables: await deleteAll(names.variables, (name) => calls.deleteVariable(name), heldVariables)
  };
}
async function deleteAll(names, remove, held) {
  const deleted = [];
  for (const name of names) if (await unlessMissing(() => remove(name)) !== void 0) deleted.push(name);
  const missing = names.filter((name) => !deleted.includes(name));
  const hidden = missing.length > 0 ? await held(missing) : [];
  for (const name of hidden) await gitHubCall(() => remove(name));
  return [...deleted, ...hidden];
}
async function identifyRepository(gitHub, name, expectedId) {
  if (expectedId === void 0) return repositoryByName(gitHub, name);
  const named = await unlessMissing(() => repositoryByName(gitHub, name));
  if (named?.id === expectedId) return named;
  if (!/^[0-9]+$/.test(expectedId)) throw new GitHubError(404, "not the ID of a repository", {});
  return repositoryById(gitHub, `/repositories/${expectedId}`, expectedId);
}
async function repositoryByName(gitHub, { owner, repo }) {
  try {
    return toRepository((await gitHubCall(() => gitHub.rest.repos.get({ owner, repo }))).data);
  } catch (error) {
    const location = error instanceof GitHubError ? error.location : void 0;
    const id = /\/repositories\/([0-9]+)$/.exec(location ?? "")?.[1];
    if (location === void 0 || id === void 0) throw error;
    return repositoryById(gitHub, location, id);
  }
}
async function repositoryById(gitHub, url, id) {
  const { data } = await gitHubCall(() => gitHub.request({ method: "GET", url }));
  if (String(data.id) !== id) throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .NetworkError */ .Dr("garbled", `another repository than the one with the ID ${id}`);
  return toRepository(data);
}
function toRepository({ id, full_name, owner }) {
  const repo = full_name.slice(full_name.indexOf("/") + 1);
  const isOwnerOrganization = owner.type === "Organization";
  return { id: String(id), owner: owner.login, repo, ownerId: String(owner.id), isOwnerOrganization };
}
async function identifyOrganization(gitHub, name, id) {
  const repository = await unlessMissing(() => repositoryByName(gitHub, name));
  if (repository?.ownerId === id) return repository.owner;
  const { data } = await gitHubCall(() => gitHub.rest.orgs.get({ org: name.owner }));
  if (String(data.id) === id) return data.login;
  throw new GitHubError(404, `the organization ${name.owner} does not have the ID ${id}`, {});
}
function fullName({ owner, repo }) {
  return `${owner}/${repo}`;
}

// src/run/targets.ts
function storedEntries({ store }) {
  if (!store) return [];
  const { prefix, idsAs: ids } = store;
  return store.targets.map((secretTarget) => ({
    target: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .formatTarget */ .P4)(secretTarget),
    repository: fullName(store.repository),
    prefix,
    ids
  }));
}
async function identifyEntries(run2) {
  const { store, gitHub } = run2.settings;
  if (!store) return [];
  requireToken(run2, storedEntries(run2.settings));
  const repository = await identifyStoreRepository(run2, await connectToGitHub(gitHub, run2.send), store);
  return store.targets.map((target) => entryOf(run2, repository, store, target));
}
async function identifyStoreRepository(run2, gitHub, { repository }) {
  const { owner, repository: own } = run2.settings.run;
  const isOwn = fullName(repository).toLowerCase() === own.toLowerCase();
  try {
    return await identifyRepository(gitHub, repository, isOwn ? owner?.repositoryId : void 0);
  } catch (error) {
    throw explainGitHub(error, `reading the repository ${fullName(repository)}`, permissionFor("", "repository"));
  }
}
function entryOf(run2, repository, store, secretTarget) {
  return {
    target: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .formatTarget */ .P4)(secretTarget),
    server: run2.settings.run.server,
    repositoryId: secretTarget.kind === "organization" ? repository.ownerId : repository.id,
    repository: fullName(repository),
    prefix: store.prefix,
    ids: store.idsAs
  };
}
async function preflight(run2) {
  const { store } = run2.settings;
  if (!store) return [];
  const gitHub = await connectToGitHub(run2.settings.gitHub, run2.send);
  const identity = identifyStoreRepository(run2, gitHub, store);
  const openAll = async (repository) => {
    const context = targetContext(run2, gitHub, store, repository, identity);
    const opened = store.targets.map((target) => open(run2, context, store, target));
    await Promise.allSettled(opened);
    return Promise.all(opened);
  };
  const [found, early] = await Promise.allSettled([identity, openAll(store.repository)]);
  if (found.status === "rejected") throw found.reason;
  if (fullName(found.value).toLowerCase() !== fullName(store.repository).toLowerCase()) {
    run2.runner.info(`The repository ${fullName(store.repository)} was renamed to ${fullName(found.value)}`);
    return openAll(found.value);
  }
  if (early.status === "rejected") throw early.reason;
  return early.value;
}
var partNames = {
  key: "public key",
  secret: "secrets",
  variable: "variables",
  list: "existence",
  creation: "existence",
  repository: "description"
};
async function open(run2, context, store, secretTarget) {
  const target = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .formatTarget */ .P4)(secretTarget);
  try {
    const opened = await openTarget(context, secretTarget);
    return { store: opened, entry: entryOf(run2, await context.identity, store, secretTarget) };
  } catch (error) {
    const part = failedPart(error);
    const doing = `reading the ${partNames[part]} of ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .targetLabel */ .Op)(secretTarget, context.repository)}`;
    throw explainGitHub(error, doing, permissionFor(target, part));
  }
}
function targetContext(run2, gitHub, store, repository, identity) {
  const { clock, interruption, limits, runner } = run2;
  const creation = { patienceMs: 2 * limits.lookMs, clock, interruption, log: runner.info };
  return {
    gitHub,
    repository,
    identity,
    names: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(store.prefix, store.idsAs),
    creation: store.createEnvironments ? creation : void 0
  };
}
async function prepareTargets(targets) {
  for (const { store, entry } of targets) {
    try {
      await store.prepare();
    } catch (error) {
      const part = failedPart(error);
      const needed = permissionFor(entry.target, part === "list" ? "creation" : part);
      throw explainGitHub(error, `creating ${store.label}`, needed);
    }
  }
}
async function readAgain({ store, entry }) {
  const existing = await store.readExisting().catch((error) => {
    throw explainGitHub(error, `reading the secrets of ${store.label}`, permissionFor(entry.target, failedPart(error)));
  });
  return { store: { ...store, existing }, entry };
}
function holdsForeignSecrets({ settings: { store } }, target, recorded) {
  return store?.overwrite === false && foreignNames(target, recorded).length > 0;
}
function refuseForeignSecrets(run2, targets, recorded) {
  const foreign = targets.find((target) => holdsForeignSecrets(run2, target, recorded));
  if (foreign) throw foreignSecrets(foreignNames(foreign, recorded), foreign.store.label);
}
function foreignNames({ store, entry }, recorded) {
  if (recorded.some((known) => isSameEntry(known, entry))) return [];
  return [...store.existing.secrets.keys(), ...store.existing.variables.keys()];
}
function foreignSecrets(taken, label) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`store-in\`: ${label} already has ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(taken)}, and this worker's record does not list them.`,
    cause: "another worker or a person stored credentials with these names, or this worker has no record.",
    fix: "set another `secret-prefix`, or store in a separate GitHub environment. To replace these secrets, set `overwrite-secrets: true`."
  });
}
function describeEntry(entry) {
  const { secrets, variables } = namesOf(entry);
  return describeNames([...secrets, ...variables], entry);
}
function describeNames(names, entry) {
  return `${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)([...new Set(names)])} in ${describeEntryTarget(entry)}`;
}
function describeEntryTarget({ target, repository }) {
  const secretTarget = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTarget */ .hu)(target);
  if (secretTarget?.kind === "repository") return `the repository ${repository}`;
  if (secretTarget?.kind === "github-environment") {
    return `the GitHub environment "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(secretTarget.name, 60)}" of ${repository}`;
  }
  return secretTarget ? `the organization ${repository.replace(/\/.*/, "")}` : `${target} (${repository})`;
}
function namesOf({ prefix, ids, old }) {
  const [now, before] = [(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(prefix, ids), (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(prefix, old?.ids ?? ids)];
  return {
    secrets: [.../* @__PURE__ */ new Set([...now.secrets, ...before.secrets])],
    variables: [.../* @__PURE__ */ new Set([...now.variables, ...before.variables])]
  };
}
function heldNames(entry, existing, ids) {
  const names = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .secretNames */ .XG)(entry.prefix);
  const values = { [names.clientId]: ids.clientId, [names.environmentId]: ids.environmentId };
  const stored = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(entry.prefix, entry.ids).secrets;
  const isOthers = (name) => (existing.variables.get(name) ?? values[name]) !== values[name];
  const stateOf = (kind, name) => {
    if (kind === "variables") return isOthers(name) || isOthers(names.clientId) ? "changed" : "own";
    const times = stored.includes(name) ? entry.at : entry.old?.at;
    if (!times) return "unknown";
    return existing.secrets.get(name) === (times[name] ?? "") ? "own" : "changed";
  };
  const all = namesOf(entry);
  return ["secrets", "variables"].flatMap((kind) => {
    const held = all[kind].filter((name) => existing[kind].has(name));
    return held.map((name) => ({ kind, name, state: stateOf(kind, name) }));
  });
}
function requireToken({ settings }, entries) {
  if (entries.length > 0 && settings.gitHub.token === "") throw tokenMissing(entries);
}
function tokenMissing(entries) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`github-token\` is missing, so the worker's secrets in ${entries.map(describeEntryTarget).join(", ")} could not be deleted.`,
    cause: "the step does not set `github-token`, or the secret that it is read from is not set.",
    fix: "set `github-token` to the token that stored the secrets, or to one with the same permissions. Nothing was deleted."
  });
}

// src/run/deliver.ts
function deliverDataSyncFiles({ settings, runner }, { clientId, clientSecret, environmentId }, isLogged = true) {
  if (!settings.dataSync) return [];
  const { workspace, directory, prefix, keep } = settings.dataSync;
  const files = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .dataSyncFiles */ .tM)(prefix, {
    apiUrl: settings.apiUrl,
    tokenEndpoint: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .deliveredAddresses */ .Tj)(settings, environmentId).tokenEndpoint,
    environmentId,
    clientId,
    clientSecret
  });
  if ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .replacesAnotherWorker */ .Pl)(directory, files)) {
    runner.warning(
      `The files for PingDataSync in ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(directory, 100)} belong to another worker and are replaced.
Likely cause: two steps have the same \`datasync-dir\` and \`datasync-prefix\`, or the worker was created again.
What to do: if you need both workers, set another \`datasync-prefix\` in each step, e.g. PING_ONE_SOURCE_.`
    );
  }
  const paths = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .writeDataSyncFiles */ .qx)(workspace, directory, files);
  const secret = paths[files.findIndex(({ isSecret }) => isSecret)];
  if (!keep && secret !== void 0) removeAfterJob(runner, secret, clientSecret);
  if (!isLogged) return paths;
  const names = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(files.map(({ name }) => name));
  const end = keep ? "" : ". The post step removes the file with the client secret (`datasync-keep`)";
  runner.info(`Wrote for PingDataSync: ${names} in ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(directory)}${end}`);
  return paths;
}
function removeAfterJob(runner, path, content) {
  try {
    const digest2 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_4__.createHash)("sha256").update(content).digest("hex");
    runner.saveState(secretFileState, JSON.stringify(describeSecretFile(path, digest2)));
  } catch (error) {
    runner.warning(
      `\`datasync-keep\`: the file with the client secret stays after the job: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(String(error), 200)}
Likely cause: the file that GITHUB_STATE names cannot be written.
What to do: remove the file in a later step.`
    );
  }
}
var nothingDelivered = { stored: [], written: /* @__PURE__ */ new Map(), dataSyncFiles: [] };
async function deliver(worker, targets, credentials, rewrites = false) {
  const { run: run2 } = worker.context;
  const open2 = rewrites ? targets : targetsToWrite(targets, entriesOf(worker.seen), credentials);
  if (rewrites === false || rewrites === "check") warnOfChanges(worker, open2, credentials);
  if (rewrites !== "rotated") await noteUnnoted(worker, open2);
  const { written, failures } = await writeToAll(run2, open2, credentials);
  const stored = targets.flatMap((target) => {
    if (open2.includes(target) && !written.has(target)) return [];
    const report2 = reportOf(target, credentials, written.has(target));
    const names = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)([...report2.secrets, ...report2.variables]);
    const did = report2.written ? "Stored in" : "Unchanged in";
    run2.runner.info(
      `${rewrites === "check" ? "Checked that this run can write to" : did} ${target.store.label}: ${names}`
    );
    return [report2];
  });
  try {
    const paths = deliverDataSyncFiles(run2, credentials, rewrites !== "check");
    if (paths.length > 0) run2.progress.finish(fileStep);
    if (failures.length === 0) return { stored, written, dataSyncFiles: paths };
  } catch (error) {
    failures.push(error);
  }
  throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .allFailures */ .ZJ)(failures);
}
function targetsToWrite(targets, recorded, values) {
  return targets.filter((target) => {
    const entry = recorded.find((known) => isSameEntry(known, target.entry));
    return entry === void 0 || !isCurrent(target, entry, values);
  });
}
function isCurrent({ store, entry: wanted }, entry, values) {
  const { version, ids, writing } = entry;
  if (writing !== void 0 || version !== values.version || ids !== wanted.ids) return false;
  const own = heldNames({ ...entry, old: void 0 }, store.existing, values).filter(({ state }) => state === "own");
  return own.length === valuesFor(wanted, values).length;
}
function warnOfChanges({ seen, context }, open2, ids) {
  for (const { store, entry: wanted } of open2) {
    const entry = entriesOf(seen).find((known) => isSameEntry(known, wanted));
    if (entry?.at === void 0) continue;
    const held = heldNames({ ...entry, old: void 0 }, store.existing, ids);
    const names = held.filter(({ state }) => state === "changed").map(({ name }) => name);
    if (names.length === 0) continue;
    context.run.runner.warning(
      `\`store-in\`: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(names)} in ${store.label} changed after this worker stored them, and are stored again.
Likely cause: another worker or a person uses the same names, or two runs for this worker ran simultaneously.
What to do: if another worker stores its credentials there, set another \`secret-prefix\` for one of them.`
    );
  }
}
async function noteUnnoted(worker, open2) {
  const { context, ref, record: record2 } = worker;
  const { settings, instanceId } = context.run;
  const isNoted = ({ entry }) => entriesOf(record2).some((known) => isSameEntry(known, entry) && known.writing === instanceId);
  const unnoted = open2.filter((target) => !isNoted(target)).map(({ entry }) => entry);
  if (unnoted.length === 0 || !settings.run.owner) return;
  const { state } = await updateRecord(context, ref, record2, noteWriting(settings.run.owner, unnoted, instanceId));
  refuseIfTearingDown(state, context.pingone.now());
}
async function writeToAll(run2, open2, credentials) {
  const writes = [];
  for (const target of open2) {
    const write = writeTo(run2, target, credentials);
    writes.push(write);
    if (target !== open2.at(-1)) await noLongerThan(run2, run2.limits.storeMs / open2.length, Promise.allSettled([write]));
  }
  const written = /* @__PURE__ */ new Map();
  const failures = [];
  for (const [index, result] of (await Promise.allSettled(writes)).entries()) {
    const target = open2[index];
    if (result.status === "rejected") failures.push(result.reason);
    else if (target) written.set(target, result.value);
  }
  return { written, failures };
}
async function noLongerThan({ clock }, ms, work) {
  const done = new AbortController();
  const ended = work.then(() => {
    done.abort();
  });
  await Promise.race([ended, clock.sleep(ms, done.signal)]);
}
async function writeTo({ progress }, target, credentials) {
  const dates = /* @__PURE__ */ new Map();
  for (const write of writesTo(target, credentials)) {
    const { kind, name, value } = write;
    try {
      if (kind === "variable") await target.store.writeVariable(name, value);
      else dates.set(name, await target.store.writeSecret(name, value));
    } catch (error) {
      throw explain(error, write);
    }
    progress.finish(stepOf(write));
  }
  return dates;
}
function writesTo(target, credentials) {
  return valuesFor(target.entry, credentials).map((part) => ({
    target,
    ...part,
    value: part.value ?? credentials.clientSecret
  }));
}
function valuesFor({ prefix, ids }, { clientId, environmentId }) {
  const names = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .secretNames */ .XG)(prefix);
  const kind = ids === "variables" ? "variable" : "secret";
  return [
    { kind, name: names.clientId, value: clientId },
    { kind: "secret", name: names.clientSecret, value: void 0 },
    { kind, name: names.environmentId, value: environmentId }
  ];
}
function deliverySteps({ settings }, targets) {
  const nothing = { clientId: "", environmentId: "", version: "" };
  const writes = targets.flatMap(
    (target) => valuesFor(target.entry, nothing).map((part) => stepOf({ target, ...part }))
  );
  return [...writes, ...settings.dataSync ? [fileStep] : []];
}
var fileStep = "write the files for PingDataSync";
function stepOf({ target: { store, entry }, kind, name }) {
  return { target: entry.target, label: store.label, kind, name };
}
function explain(error, { target: { store, entry }, kind, name }) {
  return explainGitHub(error, `writing ${name} to ${store.label}`, permissionFor(entry.target, kind));
}
function reportOf(target, credentials, written) {
  const namesOf2 = (kind) => valuesFor(target.entry, credentials).filter((part) => part.kind === kind).map(({ name }) => name);
  return { target: target.entry.target, secrets: namesOf2("secret"), variables: namesOf2("variable"), written };
}

// src/run/delete-secrets.ts
async function deleteSecrets(run2, entries, ids) {
  const deletions = await planDeletions(run2, entries, ids);
  for (const deletion of deletions) await deleteIn(run2, deletion);
  return deletions;
}
async function planDeletions(run2, entries, ids) {
  if (entries.length === 0) return [];
  requireToken(run2, entries);
  const known = entries.map((entry) => ({ entry, target: knownTarget(entry) }));
  const gitHub = await connectToGitHub(run2.settings.gitHub, run2.send);
  const found = await Promise.all(known.map(({ entry, target }) => locate(run2, gitHub, entry, target)));
  const unreached = found.flatMap((target) => "reason" in target ? [target] : []);
  if (unreached.length > 0 && !run2.settings.teardown.force) throw outOfReach(unreached);
  for (const entry of unreached) {
    run2.runner.notice(
      `Not deleted: ${describeUnreached(entry)}. If its repository was deleted, they are gone with it.`
    );
  }
  return found.flatMap(
    (target) => "calls" in target ? [{ ...deletionOf(target.entry, target.existing, ids), target }] : []
  );
}
function deletionOf(entry, existing, ids) {
  const held = existing && ids ? heldNames(entry, existing, ids) : [];
  const changed = held.filter(({ state }) => state === "changed");
  const leave = (kind) => namesOf(entry)[kind].filter((name) => !changed.some((other) => other.kind === kind && other.name === name));
  return {
    entry,
    names: { secrets: leave("secrets"), variables: leave("variables") },
    kept: changed.map(({ name }) => name)
  };
}
async function locate(run2, gitHub, entry, target) {
  if (entry.server !== run2.settings.run.server) return { entry, reason: `they are on ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(entry.server, 100)}` };
  try {
    return await locateTarget(gitHub, entry, target, namesOf(entry));
  } catch (error) {
    const isRefused = error instanceof GitHubError && [403, 404, 451].includes(error.status) && !error.isRateLimit;
    const isOwn = target.kind !== "organization" && entry.repositoryId === run2.settings.run.owner?.repositoryId;
    if (isRefused && !isOwn) return { entry, reason: `GitHub returns ${error.message}` };
    const permission = permissionFor(entry.target, failedPart(error));
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(
      explainGitHub(error, `reading the secrets of ${describeEntryTarget(entry)}`, permission)
    ).withAdvice("Nothing was deleted.");
  }
}
function knownTarget(entry) {
  const target = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTarget */ .hu)(entry.target);
  const isEnvironment2 = target?.kind === "github-environment";
  const isAccepted = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isSecretPrefix */ .TB)(entry.prefix) && (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .clashesWithAdminNames */ .rk)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .secretNames */ .XG)(entry.prefix)).length === 0 && !(isEnvironment2 && (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .environmentNameProblem */ .QP)(target.name) !== void 0);
  if (target && isAccepted) return target;
  const shown2 = `target ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(entry.target, 100)}, prefix ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(entry.prefix, 100)}`;
  throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `The worker's record lists secrets that this version of the action does not accept: ${shown2} (${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(entry.repository, 100)}).`,
    cause: "a later version of the action stored them, or somebody edited the record.",
    fix: "use the latest version of the action. If somebody edited the record, delete the worker and its secrets by hand. Nothing was deleted."
  });
}
async function deleteIn(run2, deletion) {
  const { entry, target, names: wanted } = deletion;
  if (isEmpty(deletion)) return;
  try {
    const { secrets, variables } = await deleteStored(target.calls, wanted);
    const names = [...secrets, ...variables].join(", ");
    describeDeleted(deletion).map(forgetStep).forEach(run2.progress.finish);
    run2.runner.info(`Deleted in ${target.label}: ${names || "nothing, they did not exist"}`);
  } catch (error) {
    const permission = permissionFor(entry.target, failedPart(error));
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(explainGitHub(error, `deleting secrets in ${target.label}`, permission)).withAdvice(
      "The application in PingOne is not deleted yet. Run the workflow again to continue."
    );
  }
}
function isEmpty({ names }) {
  return names.secrets.length + names.variables.length === 0;
}
function describeDeleted(deletion) {
  const { secrets, variables } = deletion.names;
  return isEmpty(deletion) ? [] : [describeNames([...secrets, ...variables], deletion.entry)];
}
function describeKept({ entry, kept }) {
  return kept.length === 0 ? [] : [describeNames(kept, entry)];
}
function forgetStep(names) {
  return `delete ${names}`;
}
function describeUnreached({ entry, reason }) {
  return `${describeEntry(entry)} (${reason})`;
}
function outOfReach(unreached) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`github-token\` has no access to some of the worker's secrets: ${unreached.map(describeUnreached).join("; ")}.`,
    cause: "the token is for other repositories, or the repository was deleted with its secrets.",
    fix: "set `github-token` to a token that can write the secrets there. If they no longer exist or can stay, set `force-delete` to `true`. Nothing was deleted."
  });
}

// src/run/stored.ts
async function storedEntriesOf(written, { version }) {
  return Promise.all(
    [...written].map(async ([{ store, entry }, dates]) => {
      const existing = await store.readExisting().catch(() => void 0);
      const at = existing ? timesOfOwnWrites(existing.secrets, dates) : {};
      return Object.keys(at).length === dates.size ? { ...entry, version, at } : entry;
    })
  );
}
function timesOfOwnWrites(updatedAt, dates) {
  const times = [...dates].flatMap(([name, date]) => {
    const time = updatedAt.get(name);
    return time !== void 0 && Date.parse(time) <= Date.parse(date ?? "") ? [[name, time]] : [];
  });
  return Object.fromEntries(times);
}
async function deleteOldIds({ context, seen }, { written, credentials }, entries) {
  const after = [];
  for (const entry of entries) {
    const known = entriesOf(seen).find((other) => isSameEntry(other, entry));
    const target = [...written.keys()].find((other) => isSameEntry(other.entry, entry));
    const old = known && oldIds(known, entry.ids);
    const mayDelete = entry.target !== "organization" || context.run.settings.teardown.force;
    const isLeft = old && target && !(mayDelete && await areDeleted(context.run, target, old, credentials));
    after.push(isLeft ? { ...entry, old } : entry);
  }
  return after;
}
async function areDeleted({ runner }, { store: { calls, label }, entry }, old, ids) {
  const { clientId, environmentId } = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .secretNames */ .XG)(entry.prefix);
  const names = { secrets: [], variables: [], [old.ids]: [clientId, environmentId] };
  const where = `${clientId} and ${environmentId} in the ${old.ids} of ${label}`;
  try {
    const held = heldNames({ ...entry, old }, await readExisting(calls, names), ids);
    const isUnknown = held.some(({ state }) => state === "unknown");
    const ours = held.filter(({ state }) => state === "own").map(({ name }) => name);
    await deleteStored(calls, { secrets: [], variables: [], [old.ids]: ours });
    if (ours.length > 0) runner.info(`Deleted from the ${old.ids} of ${label}: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(ours)}`);
    if (ours.length < held.length) {
      runner.notice(
        `Not deleted, because somebody may have changed them: ${where}. This run stores the IDs as ${entry.ids}.`
      );
    }
    return !isUnknown;
  } catch (error) {
    const permission = permissionFor(entry.target, old.ids === "secrets" ? "secret" : "variable");
    const failure = explainGitHub(error, `deleting ${where}`, permission);
    if (!(failure instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ)) throw failure;
    runner.warning(failure.withAdvice(`The IDs are stored as ${entry.ids} already.`).message);
    return false;
  }
}
var missesBelieved = 3;
var betweenMissesMs = 500;
async function takeBackIfDeleted(worker, { written }, error) {
  const cause = error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ ? error.cause : error;
  if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(cause) || !await isDeleted(worker)) return;
  const advice = await takeBack(worker, written, "The worker was deleted in the meantime");
  throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "The worker was deleted while this run stored its credentials.",
    cause: "another run with `state: absent` ran simultaneously, or somebody deleted the worker in PingOne.",
    fix: `run the workflow again to create it again. ${advice}`
  });
}
async function takeBackIfTearingDown(worker, { written }, state) {
  const intent = validIntent(recordOf(state), worker.context.pingone.now());
  if (written.size === 0 || intent?.kind !== "teardown") return;
  const advice = await takeBack(worker, written, "Another run is deleting the worker");
  throw tearingDown(intent).withAdvice(advice);
}
async function takeBack({ context, application, ref }, written, why) {
  const entries = await withOwnTimes(written);
  const ids = { clientId: clientIdOf(application), environmentId: ref.environmentId };
  const deletions = await deleteSecrets(context.run, entries, ids).catch((failure) => {
    const stored = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(entries.map(describeEntry));
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(failure).withAdvice(`${why}, so ${stored} no longer work.`);
  });
  const [deleted, kept] = [deletions.flatMap(describeDeleted), deletions.flatMap(describeKept)];
  return [
    deleted.length > 0 ? `Deleted again: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(deleted)}.` : "",
    kept.length > 0 ? `Not deleted, because they were changed since: ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(kept)}.` : ""
  ].filter(Boolean).join(" ");
}
async function isDeleted({ context, ref, application }) {
  const { pingone, run: run2 } = context;
  for (let misses = 1; misses <= missesBelieved; misses += 1) {
    const isThere = await readApplication(pingone, { ...ref, isNew: false }).then(
      () => true,
      (error) => !(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error)
    );
    if (isThere) return false;
    await run2.clock.sleep(betweenMissesMs, run2.interruption.stop);
  }
  const listed = await listApplications(pingone, ref.environmentId);
  return !listed.some(({ id, name }) => id === application.id || name === application.name);
}
async function withOwnTimes(written) {
  return Promise.all(
    [...written].map(async ([{ store, entry }, dates]) => {
      const { secrets } = await store.readExisting();
      return { ...entry, at: timesOfOwnWrites(secrets, dates) };
    })
  );
}
function warnOfOtherTargets({ context: { run: run2 } }, targets, record2, newVersion) {
  const isOwn = (entry) => targets.some((target) => isSameEntry(target.entry, entry));
  const others = entriesOf(record2).filter((entry) => entry.version !== newVersion && !isOwn(entry));
  if (others.length === 0) return;
  const when = run2.settings.secretOverlapMs === 0 ? "now" : "when the previous secret expires";
  run2.runner.warning(
    `This run does not store the new secret in ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(others.map(describeEntry))}, where the record lists this worker's credentials. Unless another run stores it there, they stop working ${when}. Run the action for each of them.`
  );
}

// src/run/rotate.ts
var mostOverlapMs = 30 * 864e5 - 5 * 6e4;
async function rotateSecret(worker, targets, present) {
  const { run: run2 } = worker.context;
  const overlapMs = run2.settings.secretOverlapMs;
  if (awaitedPrevious(worker.context, present.previous)) return notRotated(worker, present.previous?.expiresAt);
  if (isYoungSecret(worker, present)) return notDue(worker);
  await deliver(worker, targets, present, "check");
  return run2.interruption.critical(async () => {
    const announced = await announceRotation(worker, present, overlapMs);
    if ("notRotated" in announced) return { ...announced, isStored: true };
    const claimed = { ...worker, record: announced.record };
    let version;
    try {
      if (run2.interruption.requested.aborted) throw new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .Cancelled */ .cJ("before the secret was rotated");
      if (run2.deadline - run2.clock.now() < run2.limits.rotationMs) throw noTimeLeft();
      const credentials = await replaceSecret(worker, present, overlapMs);
      version = credentials.version;
      run2.progress.finish("rotate the secret");
      run2.progress.plan(deliverySteps(run2, targets));
      run2.runner.info("Done: rotate the secret");
      return await deliverRotated(claimed, targets, credentials);
    } catch (error) {
      if (version !== void 0) warnOfOtherTargets(claimed, targets, claimed.record, version);
      throw error;
    } finally {
      const note = version === void 0 ? void 0 : noteVersion(claimed, version);
      await release(worker.context, worker.ref, claimed.record, note);
    }
  });
}
function isYoungSecret({ seen, context }, { version }) {
  return typeof context.run.settings.desired.rotateSecret !== "boolean" && version !== recordOf(seen)?.secret?.version;
}
async function announceRotation(worker, present, overlapMs) {
  if (overlapMs === 0 && worker.context.run.settings.desired.rotateSecret === true) return { record: worker.record };
  const { context, ref, record: record2 } = worker;
  const claimed = await claim(context, ref, record2, "rotate");
  if (claimed.kind === "taken") {
    if (claimed.by.kind === "teardown") throw tearingDown(claimed.by);
    return notRotated(worker, void 0);
  }
  const announced = claimed.kind === "claimed" ? claimed.record : record2;
  let isRotated = true;
  let previousExpiresAt;
  try {
    const now = await readCredentials(worker);
    isRotated = now.version !== present.version || awaitedPrevious(context, now.previous) !== void 0;
    previousExpiresAt = now.previous?.expiresAt;
  } finally {
    if (isRotated) await release(context, ref, announced);
  }
  return isRotated ? notRotated(worker, previousExpiresAt) : { record: announced };
}
function notRotated({ context }, previousExpiresAt) {
  const why = previousExpiresAt === void 0 ? "another run is rotating it now, or the previous secret is still valid" : `the previous secret is still valid until ${previousExpiresAt}`;
  context.run.progress.drop("rotate the secret");
  const { runner, settings } = context.run;
  const annotate = typeof settings.desired.rotateSecret === "boolean" ? runner.warning : runner.notice;
  annotate(
    `The secret was not rotated: ${why}. The next rotation is possible after that. With \`secret-overlap: 0\` it is possible now, and every older secret stops working.`
  );
  return { notRotated: why };
}
function notDue({ context }) {
  context.run.progress.drop("rotate the secret");
  context.run.runner.notice("The secret was not rotated: it was replaced after this run read it.");
  return { notRotated: "another run or a person replaced it during this run" };
}
function noteVersion({ context, record: record2 }, version) {
  return noteSecret(version, new Date(context.pingone.now()).toISOString(), recordOf(record2)?.secret?.version);
}
async function replaceSecret(worker, present, overlapMs) {
  const { run: run2, pingone } = worker.context;
  const until = pingone.now() + Math.min(overlapMs, mostOverlapMs);
  const expiresAt = overlapMs === 0 ? void 0 : new Date(until).toISOString();
  const response = await regenerateSecret(pingone, worker.ref, expiresAt).catch(
    (error) => readAfterLostRotation(worker, present, error)
  );
  return maskedCredentials(run2.runner, worker, response);
}
async function cutOffPrevious(worker, credentials) {
  const { run: run2, pingone } = worker.context;
  if (run2.settings.secretOverlapMs > 0 || !credentials.previous) return credentials;
  try {
    await deletePreviousSecret(pingone, worker.ref, run2.clock.now() + run2.limits.storeMs);
    return { ...credentials, previous: void 0 };
  } catch (error) {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the previous secret");
  }
}
async function readAfterLostRotation(worker, present, error) {
  const { run: run2, pingone } = worker.context;
  if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isOutcomeUnknown */ .B1)(error)) throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "rotating the secret", cannotReadSecret);
  run2.runner.info("Whether the secret was rotated is unknown; reading it");
  const secret = await readSecret(pingone, worker.ref).catch((unread) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(unread, "reading the secret after a rotation with a lost response")).withAdvice(
      "Run the workflow again without `rotate-secret`: it delivers the current secret."
    );
  });
  if (secret.secret !== present.clientSecret) return secret;
  throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "rotating the secret")).withAdvice(
    "The secret was not rotated, and the stored one still works."
  );
}
async function deliverRotated(worker, targets, credentials) {
  const failures = [];
  const fail = (error) => {
    failures.push(error);
  };
  const proof = await proveUnlessStopped(worker, credentials);
  if (proof.failure) fail(proof.failure);
  const delivered = proof.isRefused ? void 0 : await deliver(worker, targets, credentials, "rotated").catch(fail);
  const left = proof.isRefused ? void 0 : await cutOffPrevious(worker, credentials).catch(fail);
  if (failures.length === 0 && delivered && left) {
    return { credentials: left, verification: proof.verification, record: worker.record, ...delivered };
  }
  throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .allFailures */ .ZJ)(failures)).withAdvice(whatStillWorks(worker, left ?? credentials, delivered));
}
async function proveUnlessStopped(worker, credentials) {
  const { interruption, deadline, limits } = worker.context.run;
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
    const failure = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error);
    const isRefused = failure.cause instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .OAuthError */ .W5 && failure.cause.error === "invalid_client";
    return { verification: { notVerified: "the token endpoint gave no clear response" }, failure, isRefused };
  }
}
function whatStillWorks({ context }, { previous }, delivered) {
  const isStored = delivered !== void 0 && delivered.stored.length + delivered.dataSyncFiles.length > 0;
  const rotated = `The secret was rotated${isStored ? ", and the new one is stored" : ""}.`;
  if (!previous) {
    const then = isStored ? "" : " Run the workflow again without `rotate-secret` to deliver the new one.";
    return `${rotated} The previous secret no longer works.${then}`;
  }
  const until = previous.expiresAt === void 0 ? "" : ` until ${previous.expiresAt}`;
  if (context.run.settings.secretOverlapMs > 0) return `${rotated} The previous secret works${until}.`;
  return `${rotated} The previous secret still works${until}. To revoke it, run the workflow again with \`rotate-secret: true\` and \`secret-overlap: 0\`, or delete it in PingOne.`;
}
function noTimeLeft() {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "The secret was not rotated: the time in `timeout` is not enough to verify and store a new one.",
    cause: "PingOne or GitHub was slow.",
    fix: "run the workflow again, or raise `timeout`. The stored secret still works."
  });
}

// src/run/deliver-credentials.ts
async function deliverCredentials(worker, targets) {
  const { run: run2 } = worker.context;
  run2.runner.section("Deliver");
  if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .needsSecret */ .St)(run2.settings)) {
    run2.runner.info("No input needs the client secret, so it is not read");
    const verification = { notVerified: "no input needs the client secret" };
    return { credentials: void 0, verification, rotated: false, ...nothingDelivered };
  }
  const present = worker.secret ? maskedCredentials(run2.runner, worker, worker.secret) : await readCredentials(worker);
  const isPlanned = worker.plan.some(({ kind }) => kind === "rotate-secret");
  const rotation = isPlanned ? await rotateSecret(worker, targets, present) : void 0;
  if (!rotation || "notRotated" in rotation) {
    const current = rotation ? await readCredentials(worker) : present;
    const proven = await confirm(worker, targets, await verifyAndDeliver(worker, targets, current, rotation?.isStored));
    const previousUse = describePreviousUse(worker, proven.credentials);
    return { ...proven, previousUse, rotated: false, ...rotation ? { notRotated: rotation.notRotated } : {} };
  }
  const rotated = { ...worker, record: rotation.record };
  let last = rotation;
  try {
    const confirmed = await confirm(rotated, targets, rotation);
    last = confirmed;
    return { ...confirmed, previousUse: describePreviousUse(worker, confirmed.credentials), rotated: true };
  } catch (error) {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice(whatStillWorks(rotated, rotation.credentials, rotation));
  } finally {
    warnOfOtherTargets(worker, targets, last.record, last.credentials.version);
  }
}
function describePreviousUse({ seen, context }, { previous, version }) {
  if (previous?.lastUsed === void 0) return void 0;
  const usedAt = Date.parse(previous.lastUsed);
  const used = `The previous secret was last used ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .timeSpan */ .wL)(context.pingone.now() - usedAt)} ago`;
  const noted = recordOf(seen)?.secret;
  if (noted?.version !== version) return `${used}.`;
  const isStored = entriesOf(seen).some((entry) => entry.version === version);
  const since = isStored ? "the new one was stored" : "a run first saw the new one";
  if (usedAt <= Date.parse(noted.since)) return `${used}, before ${since}.`;
  return `${used}, after ${since}: a consumer still uses it.`;
}
async function verifyAndDeliver(worker, targets, credentials, rewrites) {
  const patience = { mayLag: worker.plan.length > 0 };
  const verification = await verifyCredentials(worker, credentials, patience).catch((error) => {
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)(error).withAdvice("No credentials were delivered. Secrets of an earlier run are still stored.");
  });
  return { credentials, verification, ...await deliver(worker, targets, credentials, rewrites) };
}
async function confirm(worker, targets, proven, rounds = mostRounds, until = waitsUntil(worker.context.run)) {
  if (proven.written.size === 0) return { ...proven, record: await noteDelivery(worker, proven, []) };
  const reads = [readBack(worker, proven), storedEntriesOf(proven.written, proven.credentials)];
  await Promise.allSettled(reads);
  const [credentials, entries] = await Promise.all(reads);
  const { clock, runner } = worker.context.run;
  const isOld = credentials.version !== proven.credentials.version;
  if (isOld && rounds > 0) {
    runner.notice("Another run rotated the secret in the meantime. Delivering the new secret.");
    const verification = await verifyCredentials(worker, credentials, { mayLag: true });
    const again = { credentials, verification, ...await deliver(worker, targets, credentials, true) };
    return confirm(worker, targets, again, rounds - 1, until);
  }
  const record2 = await noteDelivery(worker, proven, entries);
  const isRotating = rotatesElsewhere(worker, record2);
  if (!isOld && !isRotating && !notesAnother(worker, record2, credentials)) return { ...proven, record: record2 };
  if (rounds === 0 || isRotating && clock.now() >= until) {
    runner.warning(mayBeOutdated(entries));
    return { ...proven, record: record2 };
  }
  if (isRotating)
    runner.info(`Waiting for up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(until - clock.now())}: another run is rotating the secret`);
  const settled = await pollRecord(worker.context, worker.ref, until, (state) => !rotatesElsewhere(worker, state));
  return confirm({ ...worker, record: settled }, targets, proven, rounds - 1, until);
}
var mostRounds = 4;
function waitsUntil({ clock, deadline, limits }) {
  return Math.min(clock.now() + limits.rotationMs, deadline - limits.rotationMs);
}
function rotatesElsewhere({ context }, state) {
  const intent = validIntent(recordOf(state), context.pingone.now());
  return intent?.kind === "rotate" && intent.id !== context.run.instanceId;
}
function notesAnother({ record: record2 }, state, { version }) {
  const noted = recordOf(state)?.secret?.version;
  return noted !== void 0 && noted !== version && noted !== recordOf(record2)?.secret?.version;
}
function mayBeOutdated(entries) {
  return `Another run is rotating the secret, so ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(entries.map(describeEntry))} may not have the new one.
Likely cause: the other run is slow, or it was stopped before it finished.
What to do: run this workflow again after the other run. To prevent simultaneous runs for one worker, set a \`concurrency\` group in the workflow.`;
}
async function readBack(worker, delivered, ref = { ...worker.ref, isNew: false }) {
  try {
    return await readCredentials({ ...worker, ref });
  } catch (error) {
    await takeBackIfDeleted(worker, delivered, error);
    const mayLag = worker.ref.isNew && !ref.isNew && error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ && (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isMissing */ .b2)(error.cause);
    if (!mayLag) throw error;
    return readBack(worker, delivered, worker.ref);
  }
}
async function noteDelivery(worker, proven, entries) {
  const { context, record: record2 } = worker;
  const { settings, runner } = context.run;
  const { owner } = settings.run;
  if (!owner || !("metadata" in record2)) {
    if (entries.length > 0) runner.warning(unrecordedWarning);
    return record2;
  }
  const updated = await updateDelivered(worker, owner, proven, await deleteOldIds(worker, proven, entries));
  if (!updated) return record2;
  await takeBackIfTearingDown(worker, proven, updated.state);
  if (updated.refused !== void 0 && entries.length > 0) {
    await takeBackIfDeleted(worker, proven, updated.refusal);
    runner.warning(`${unrecordedWarning} PingOne's response: ${updated.refused}`);
  }
  return updated.state;
}
async function updateDelivered(worker, owner, { credentials: { version } }, entries) {
  const { context, ref, record: record2, recordRefused, ownerFacts } = worker;
  const { instanceId, limits, runner } = context.run;
  const edit = allEdits(
    ...recordRefused === void 0 ? [] : [noteOwner(owner, ownerFacts)],
    noteStored(owner, entries, instanceId),
    // Another run may have written back the intent that this run removed.
    removeIntent(instanceId),
    noteVersion(worker, version)
  );
  const patienceMs = recordRefused !== void 0 && entries.length > 0 ? limits.lookMs : 0;
  try {
    return await updateRecord(context, ref, record2, edit, { patienceMs });
  } catch (error) {
    if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ)) throw error;
    runner.warning(
      `The record of this worker could not be updated, so the next run stores the credentials again: ${error.explanation.what}`
    );
    return void 0;
  }
}
var unrecordedWarning = "No record lists the secrets that this run stored in GitHub. Later runs refuse to overwrite them unless `overwrite-secrets` is `true`, and a teardown does not delete them.";

// src/run/report.ts


// src/github/stored-values.ts
function plainText(value, limit) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(value), limit)).replace(
    /[&<>"'`*_~|[\](){}#+\-.!\\:@/$=^]/g,
    (character) => `&#${character.charCodeAt(0)};`
  );
}
function code(value) {
  return `<code>${plainText(value)}</code>`;
}
function table(head, rows) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row), ""];
}
function codeBlock(language, lines2) {
  const longest = Math.max(0, ...lines2.flatMap((line) => [...line.matchAll(/`+/g)].map(([run2]) => run2.length)));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, ...lines2, fence, ""];
}
function deliveredRows({ stored, files, outputs }) {
  return [
    ...stored.map((storedTarget) => [
      targetCell(storedTarget.target),
      namesCell(storedTarget),
      readableCell(storedTarget.target)
    ]),
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
  const secretTarget = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTarget */ .hu)(target);
  return secretTarget?.kind === "github-environment" ? secretTarget.name : void 0;
}
function targetCell(target) {
  const environment = environmentIn(target);
  return environment === void 0 ? `Secrets of the ${target}` : `GitHub environment ${code(environment)}`;
}
function namesCell({ secrets, variables, written = true }) {
  const names = [...secrets.map(code), ...variables.map((name) => `${code(name)} (variable)`)];
  return [...names, ...written ? [] : ["unchanged"]].join("<br>");
}
function readableCell(target) {
  if (environmentIn(target) !== void 0) return "by jobs that **start** from now on, in this run too";
  const whose = target === "organization" ? " in the repositories that may see them" : "";
  return `by runs that are **queued** from now on${whose}; not by other jobs of this run`;
}
function nextSteps({ stored, files, outputs }, job) {
  const environment = stored.find(({ target }) => environmentIn(target) !== void 0);
  const storedTarget = environment ?? stored[0];
  if (storedTarget) return storedSteps(storedTarget, job);
  if (files.length > 0) return fileSteps(files);
  return outputs === "none" ? [] : outputSteps(outputs);
}
function storedSteps(stored, job) {
  const environment = environmentIn(stored.target);
  const expression = (ending) => {
    const variable = stored.variables.find((name) => name.endsWith(ending));
    const secret = stored.secrets.find((name) => name.endsWith(ending)) ?? "";
    return variable === void 0 ? `\${{ secrets.${secret} }}` : `\${{ vars.${variable} }}`;
  };
  return [
    environment !== void 0 ? "A later job, of this run or another, can read them if it names the GitHub environment:" : "Jobs of later runs can read them:",
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
  const [env = "", secret = ""] = files.map((file) => `'${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(file)).replaceAll("'", `'\\''`)}'`);
  return [
    "A later step of this job can create the Kubernetes resources for PingDataSync from the files:",
    "",
    ...codeBlock("sh", [
      `kubectl create configmap ping-one --from-env-file=${env}`,
      `kubectl create secret generic ping-one --from-file=${secret}`
    ])
  ];
}
function outputSteps(outputs) {
  return [
    "Later steps of this job can read them, if this step has `id: worker`. For another job, set `store-in` to a GitHub environment.",
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
  const line = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(value));
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(line) && !/^(null|true|false|yes|no|on|off|y|n)$/i.test(line);
  return isPlain ? line : JSON.stringify(line);
}

// src/github/summary.ts
var words = {
  created: { did: "Created", would: "Would create" },
  updated: { did: "Updated", would: "Would update" },
  rotated: { did: "Rotated", would: "Would rotate" },
  "not-rotated": { did: "Not rotated", would: "Would not rotate" },
  unchanged: { did: "Unchanged", would: "Would not change" },
  deleted: { did: "Deleted", would: "Would delete" },
  absent: { did: "Already absent", would: "Already absent" }
};
function summaryOf(facts) {
  const { outcome, isPlan, warnings } = facts;
  const details = [
    ...changesSection(facts),
    ...rolesSection(facts),
    ...secretsSection(facts),
    ...credentialsSection(facts),
    ...links(facts.consoleUrl)
  ];
  const isFolded = outcome === "unchanged" && details.length > 0;
  const { did, would } = words[outcome];
  return markdown([
    heading(sign(facts), isPlan ? would : did, facts.name),
    sentence(facts),
    "",
    ...warningsSection(warnings),
    ...isFolded ? ["<details><summary>Details</summary>", "", ...details, "</details>"] : details
  ]);
}
function failureSummaryOf(facts) {
  const { name, environment, what, cause, fix, done, left, delivered } = facts;
  const rows = deliveredRows(delivered);
  return markdown([
    heading("\u274C", "Failed", name),
    lines(what),
    "",
    `**Likely cause:** ${lines(cause)}`,
    "",
    `**What to do:** ${lines(fix)}`,
    "",
    ...environment === "" ? [] : [`PingOne environment: **${plainText(environment)}**`, ""],
    ...warningsSection(facts.warnings),
    ...listSection("Done before the failure", done),
    ...listSection("Not done", left),
    ...rows.length > 0 ? credentialsTable(rows) : [],
    ...rows.length === 0 && done.length > 0 ? ["This run did not store the credentials anywhere.", ""] : [],
    ...links(facts.consoleUrl, facts.troubleshootingUrl)
  ]);
}
function markdown(all) {
  return `${all.join("\n")}
`;
}
function heading(mark, outcome, name) {
  return `### ${mark} ${outcome}: PingOne worker${name === "" ? "" : ` ${plainText(name)}`}
`;
}
function sign({ outcome, isPlan, verification }) {
  if (isPlan) return "\u{1F4DD}";
  if (outcome === "deleted") return "\u{1F5D1}\uFE0F";
  if (outcome === "not-rotated") return "\u26A0\uFE0F";
  const isProven = verification === "verified" && outcome !== "unchanged" && outcome !== "absent";
  return isProven ? "\u2705" : "\u2611\uFE0F";
}
function sentence(facts) {
  const { name, environment, outcome, isPlan, verification } = facts;
  const where = environment === "" ? "" : ` in the PingOne environment **${plainText(environment)}**`;
  const worker = `the worker **${plainText(name)}**${where}`;
  const isProven = verification === "verified";
  if (outcome === "absent") return `Nothing to delete in PingOne: ${worker} does not exist.`;
  if (outcome === "unchanged") {
    const proof2 = isProven ? " Its credentials work." : notVerified(facts);
    return `${isPlan ? "No changes planned" : "No changes needed"}: ${worker} matches the inputs.${proof2}`;
  }
  if (outcome === "not-rotated") return `The client secret of ${worker} was **not rotated**.${notVerified(facts)}`;
  const [verb, did] = {
    created: ["create", "Created"],
    updated: ["update", "Updated"],
    rotated: ["rotate the client secret of", "Rotated the client secret of"],
    deleted: ["delete", "Deleted"]
  }[outcome];
  if (isPlan) return `A run without \`dry-run\` would ${verb} ${worker}. **Nothing was changed.**`;
  const proof = isProven ? " Its credentials work: PingOne issued an access token for them." : notVerified(facts);
  return `${did} ${worker}.${proof}`;
}
function notVerified({ verification }) {
  if (verification === void 0 || verification === "verified") return "";
  return ` Its credentials were **not verified**: ${plainText(verification.notVerified)}.`;
}
function warningsSection(warnings) {
  if (warnings.length === 0) return [];
  return ["#### Warnings", "", ...warnings.map((warning) => `- \u26A0\uFE0F ${lines(warning)}`), ""];
}
function listSection(title, items) {
  return items.length === 0 ? [] : [`#### ${title}`, "", ...items.map((item) => `- ${lines(item)}`), ""];
}
function changesSection({ changes, isPlan, outcome }) {
  if (changes.length === 0) return [];
  const value = (cell) => cell === void 0 ? "none" : plainText(cell, 120);
  const rows = changes.map(({ setting, before, after }) => [plainText(setting), value(before), value(after)]);
  const [columns, cells] = outcome === "created" ? [["Setting", "Value"], rows.map(([setting = "", , after = ""]) => [setting, after])] : [["Setting", "Before", "After"], rows];
  return [isPlan ? "#### Planned changes" : "#### Changes", "", ...table(columns, cells)];
}
function rolesSection({ roles, isPlan, outcome }) {
  if (isPlan || outcome === "deleted" || outcome === "absent") return [];
  const items = roles.map(({ label, isAdministrators: isAdministrators2, isBeyond }) => {
    const marks = [...isAdministrators2 ? ["for administrators"] : [], ...isBeyond ? ["not in `roles`"] : []];
    const mark = marks.length === 0 ? "" : ` (${marks.join(", ")})`;
    return `- ${isAdministrators2 ? "\u26A0\uFE0F " : ""}${plainText(label)}${mark}`;
  });
  return ["#### Roles", "", ...items.length > 0 ? items : ["- none (PingOne may not issue a token)"], ""];
}
function secretsSection({ secrets, isPlan, outcome }) {
  if (secrets.length === 0) return [];
  const isDeletion = outcome === "deleted" || outcome === "absent";
  const verb = isDeletion ? "deleted" : "written";
  const rows = secrets.map(({ target, names }) => [plainText(target), names.map(code).join("<br>")]);
  return [
    isPlan ? `#### Would be ${verb} in GitHub` : `#### ${isDeletion ? "Deleted" : "Written"} in GitHub`,
    "",
    ...table(["Where", "What"], rows)
  ];
}
function credentialsSection(facts) {
  const { delivered, job, isPlan } = facts;
  const rows = isPlan ? [] : deliveredRows(delivered);
  const secret = secretLines(facts);
  if (rows.length === 0) return secret;
  return [...credentialsTable(rows), ...secret, "#### Next", "", ...nextSteps(delivered, job)];
}
function secretLines(facts) {
  const { secretAge, previousSecretExpiresAt: expiry, previousSecretUse } = facts;
  const works = expiry === void 0 ? void 0 : `The previous client secret works until **${plainText(expiry)}**.`;
  const texts = [secretAge && plainText(secretAge), works, previousSecretUse && plainText(previousSecretUse)];
  return texts.flatMap((line) => line === void 0 ? [] : [line, ""]);
}
function credentialsTable(rows) {
  return ["#### Where the credentials are", "", ...table(["Where", "What", "Readable"], rows)];
}
function links(consoleUrl2, troubleshootingUrl2) {
  return [
    ...consoleUrl2 === void 0 ? [] : [`[Open the environment in the PingOne console](${consoleUrl2})`, ""],
    ...troubleshootingUrl2 === void 0 ? [] : [`[Look up the message in Troubleshooting](${troubleshootingUrl2})`, ""]
  ];
}
function lines(message) {
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(message).replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(\.\d+)?Z/g, "$1 $2 UTC").split("\n").map((line) => plainText(line, 2e3)).join("<br>");
}

// src/run/report.ts
function outputsOf({ settings, runner }, outcome) {
  const { environment, application, plan: plan2, result } = outcome;
  const addresses = environment && (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .deliveredAddresses */ .Tj)(settings, environment.id);
  const isPresent = application !== void 0 && (settings.dryRun || result !== "deleted");
  return {
    ...isPresent ? { "client-id": clientIdOf(application) } : {},
    ...secretOutputs(settings.outputSecret, outcome.delivered),
    ...environment ? { "environment-id": environment.id } : {},
    ...isPresent ? { "application-id": application.id } : {},
    result,
    changed: String(plan2.length > 0),
    changes: JSON.stringify(withoutIds(runner.redactAll(reportedChanges(plan2)), outcome)),
    "api-url": settings.apiUrl,
    "auth-url": addresses?.authUrl ?? settings.authUrl,
    ...addresses ? { "token-endpoint": addresses.tokenEndpoint } : {},
    stored: JSON.stringify(outcome.delivered?.stored ?? []),
    "datasync-files": JSON.stringify(outcome.delivered?.dataSyncFiles ?? [])
  };
}
function withoutIds(changes, { environment, application }) {
  const ids = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createRedactor */ .lY)();
  for (const id of [environment?.id, application?.id, application && clientIdOf(application)]) ids.add(id ?? "");
  return ids.redactAll(changes);
}
function secretOutputs(outputSecret, delivered) {
  const { credentials, rotated = false } = delivered ?? {};
  return {
    ...outputSecret && credentials ? { "client-secret": credentials.clientSecret } : {},
    "credentials-version": credentials?.version ?? "",
    "secret-rotated": String(rotated),
    "previous-secret-expires-at": credentials?.previous?.expiresAt ?? "",
    "previous-secret-last-used": credentials?.previous?.lastUsed ?? ""
  };
}
function logPlan({ runner, settings }, plan2, notes) {
  const found = plan2.length === 0 ? "matches the inputs: no changes" : `${isNew(plan2) ? "does not exist" : "differs"}; changes:`;
  runner.section("Plan");
  runner.info(`Worker "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" ${found}`);
  if (notes.secretAge !== void 0) runner.info(notes.secretAge);
  for (const change of reportedChanges(plan2)) {
    runner.info(`  ${changeLine(change)}`);
    if (change.warning !== void 0) runner.warning(`${subjectOf(change)}: ${change.warning}.`);
  }
  if (notes.unreadableSecret !== void 0) {
    (settings.dryRun ? runner.notice : runner.warning)(notes.unreadableSecret);
  }
  notes.warnings.forEach(runner.warning);
  notes.notices.forEach(runner.notice);
  const beyond = notes.heldRoles.filter(({ isBeyond }) => isBeyond).map(({ label }) => label);
  if (beyond.length > 0) runner.info(`Roles that \`roles\` does not list (not changed): ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .sentenceList */ .MT)(beyond)}`);
  runner.section("Apply");
}
function isNew(plan2) {
  return resultOf(plan2) === "created";
}
function subjectOf({ kind, field, to }) {
  if (kind === "grant-role") return `Role ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(String(to), 100)}`;
  if (field !== void 0) return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .consoleLabel */ .Gq)(field) ?? field;
  const words2 = kind.replaceAll("-", " ");
  return words2.charAt(0).toUpperCase() + words2.slice(1);
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
  return (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(JSON.stringify(value), 200);
}
function report(run2, outcome) {
  const { runner, settings } = run2;
  const name = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings);
  if (outcome.delivered?.previousUse !== void 0) runner.info(outcome.delivered.previousUse);
  const where = outcome.environment ? ` in "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(outcome.environment.name, 100)}"` : "";
  runner.section(void 0);
  const rotated = outcome.delivered?.rotated ? ", client secret rotated" : "";
  runner.info(`Worker "${name}"${where}: ${settings.dryRun ? "would be " : ""}${outcome.result}${rotated}`);
  runner.summarize(summaryFacts(run2, outcome), summaryOf);
}
function reportFailure({ runner, env }, { explanation }, run2) {
  const { settings, progress } = run2 ?? {};
  const { id, name = "" } = { ...settings?.environment, ...progress?.environment() };
  const facts = {
    ...explanation,
    name: settings ? settings.desired.name ?? settings.desired.applicationId ?? "" : "",
    environment: name,
    done: progress?.done() ?? [],
    left: progress?.left() ?? [],
    warnings: progress?.warnings ?? [],
    delivered: { stored: progress?.stored() ?? [], files: [], outputs: "none" },
    consoleUrl: settings && id !== void 0 ? consoleLink(settings, id) : void 0,
    troubleshootingUrl: troubleshootingUrl(env)
  };
  runner.summarize(facts, failureSummaryOf);
}
function troubleshootingUrl(env) {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  const path = `${repository ?? ""}/blob/${ref ?? ""}`;
  if (!server || !/^[\w.-]+\/[\w.-]+\/blob\/[\w./-]+$/.test(path)) return void 0;
  return URL.parse(`${path}/docs/troubleshooting.md`, server)?.href;
}
function summaryFacts({ settings, progress }, outcome) {
  const { environment, delivered, application } = outcome;
  const workspace = settings.dataSync?.workspace ?? "";
  const expiry = delivered?.credentials?.previous?.expiresAt;
  return {
    name: settings.desired.name ?? application?.name ?? settings.desired.applicationId ?? "",
    environment: environment?.name ?? ("name" in settings.environment ? settings.environment.name : ""),
    outcome: summaryOutcome(outcome),
    isPlan: settings.dryRun,
    changes: reportedChanges(outcome.plan).flatMap(changeRow),
    warnings: progress.warnings,
    roles: outcome.roles ?? [],
    verification: delivered?.verification,
    delivered: {
      stored: delivered?.stored ?? [],
      files: (delivered?.dataSyncFiles ?? []).map((path) => (0,node_path__WEBPACK_IMPORTED_MODULE_6__.relative)(workspace, path)),
      outputs: !delivered ? "none" : settings.outputSecret && delivered.credentials ? "all" : "without-secret"
    },
    secrets: outcome.deleted ?? plannedSecrets(settings),
    secretAge: outcome.secretAge,
    previousSecretExpiresAt: expiry === void 0 ? void 0 : (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .toMinute */ .y_)(expiry),
    previousSecretUse: delivered?.previousUse,
    consoleUrl: environment && consoleLink(settings, environment.id),
    job: settings.run.job
  };
}
function summaryOutcome({ result, plan: plan2, delivered }) {
  if (result === "unchanged" && delivered?.notRotated !== void 0) return "not-rotated";
  return result === "updated" && plan2.every(({ kind }) => kind === "rotate-secret") ? "rotated" : result;
}
function changeRow({ kind, field = "", from, to }) {
  const setting = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .consoleLabel */ .Gq)(kind === "rename-application" ? "name" : field);
  switch (kind) {
    case "create-application":
    case "update-application":
    case "rename-application":
      if (setting === void 0) return [];
      return [{ setting, before: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .consoleValue */ .hB)(field, from), after: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .consoleValue */ .hB)(field, to) }];
    case "upload-icon":
      return [{ setting: "Icon", before: "old image, if any", after: "new image" }];
    case "remove-icon":
      return [{ setting: "Icon", before: "image", after: void 0 }];
    case "grant-role":
      return [{ setting: "Role", before: void 0, after: String(to) }];
    case "rotate-secret":
      return [{ setting: "Client secret", before: "old secret", after: "new secret" }];
    case "delete-application":
      return [];
  }
}
function plannedSecrets({ dryRun, state, store }) {
  if (!dryRun || state === "absent" || !store) return [];
  const { secrets, variables } = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .namesFor */ .GT)(store.prefix, store.idsAs);
  return store.targets.map((target) => ({
    target: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .targetLabel */ .Op)(target, store.repository),
    names: [...secrets, ...variables]
  }));
}
function consoleLink({ maskIds, apiUrl }, environmentId) {
  return maskIds ? void 0 : (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .consoleUrl */ .B9)(apiUrl, environmentId);
}

// src/run/teardown.ts

async function deleteWorker(context, environmentId, { application, record: record2 }, chosen) {
  const { run: run2, pingone } = context;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const ids = idsToCompare(run2, { environmentId, clientId: clientIdOf(application) });
  const imageId = recordOf(record2)?.icon?.imageId;
  const releaseAndThrow = async (error) => {
    await release(context, ref, record2);
    throw error;
  };
  const deletions = await deleteAllSecrets(context, ref, record2, { chosen, ids }).catch(releaseAndThrow);
  const isImageLeft = imageId !== void 0 && !await isImageDeleted(pingone, environmentId, imageId).catch(releaseAndThrow);
  await deleteApplication(pingone, ref).catch(async (error) => {
    if (!(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .isCancelledInFlight */ .J8)(error)) await release(context, ref, record2);
    throw (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explained */ .to)((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .explainPingOne */ .eM)(error, "deleting the application")).withAdvice(
      deletions.flatMap(describeDeleted).length > 0 ? "Its secrets in GitHub are already deleted. Run the workflow again to delete the application." : ""
    );
  });
  run2.progress.finish("delete the application");
  run2.runner.info("Done: delete the application");
  if (isImageLeft) await discardUpload(context, environmentId, { imageId });
  return deletions;
}
async function deleteAllSecrets({ run: run2, pingone }, ref, record2, { chosen, ids }) {
  let state = record2;
  let deletions = [];
  const done = [];
  for (; ; ) {
    const open2 = chosen(state).filter((entry) => !done.some((other) => (0,node_util__WEBPACK_IMPORTED_MODULE_3__.isDeepStrictEqual)(other, entry)));
    if (open2.length === 0) return deletions;
    const others = deletions.filter(({ entry }) => !open2.some((other) => isSameEntry(other, entry)));
    deletions = [...others, ...await deleteSecrets(run2, open2, ids)];
    done.push(...open2);
    state = await observeRecord(run2, pingone, ref);
  }
}
function idsToCompare({ settings }, ids) {
  return settings.teardown.force ? void 0 : ids;
}
var plan = [{ kind: "delete-application" }];
async function tearDown(context) {
  const { run: run2 } = context;
  let observation;
  try {
    observation = await observe(context);
  } catch (error) {
    if (!(error instanceof EnvironmentGone)) throw error;
    const isPending = error instanceof EnvironmentDeletePending;
    if ("name" in run2.settings.environment && !isPending) throw error;
    run2.runner.notice(error.explanation.what);
    return absent(run2, void 0, await provesThatWorkerIsGone(context, error));
  }
  const { environment, worker } = observation;
  if (!worker) return absent(run2, environment, run2.settings.desired.applicationId !== void 0);
  return deletePresent(observation, worker);
}
async function provesThatWorkerIsGone({ run: run2, pingone }, error) {
  const { environment, desired } = run2.settings;
  if (error instanceof EnvironmentDeletePending) return "id" in environment || desired.applicationId !== void 0;
  return (await listEnvironments(pingone).catch(() => [])).length > 0;
}
async function deletePresent({ context, environment }, worker) {
  const { run: run2 } = context;
  const { teardown, dryRun } = run2.settings;
  const obstacle = teardownObstacle(worker.record, environment.type, teardown);
  if (obstacle) throw mayNotDelete(run2, obstacle, worker.record);
  const planned = await planSecrets(run2, environment.id, worker);
  const steps = planned.flatMap(describeDeleted).map(forgetStep);
  run2.runner.section("Plan");
  run2.runner.info(`Worker "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(run2.settings)}" exists; changes:`);
  for (const step of steps) run2.runner.info(`  ${step}`);
  for (const entry of entriesToKeep(run2.settings, worker.record)) run2.runner.notice(keptNotice(entry));
  for (const kept of planned.flatMap(describeKept)) run2.runner.notice(changedNotice(kept));
  run2.runner.info("  delete application");
  run2.runner.section("Apply");
  run2.progress.plan([...steps, "delete the application"]);
  let deletions = planned;
  if (!dryRun) {
    const record2 = await announceTeardown(context, environment.id, worker);
    const chosen = (state) => entriesToDelete(run2, state);
    deletions = await deleteWorker(context, environment.id, { ...worker, record: record2 }, chosen);
    for (const kept of deletions.flatMap(describeKept)) run2.runner.notice(changedNotice(kept));
  }
  return { environment, application: worker.application, result: "deleted", plan, deleted: deletions.flatMap(rowOf) };
}
async function planSecrets(run2, environmentId, { application, record: record2 }) {
  const { dryRun, gitHub } = run2.settings;
  const entries = entriesToDelete(run2, record2);
  entries.forEach(knownTarget);
  const planned = planDeletions(run2, entries, idsToCompare(run2, { environmentId, clientId: clientIdOf(application) }));
  if (!dryRun) return planned;
  return planned.catch((error) => {
    if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ)) throw error;
    if (gitHub.token !== "") run2.runner.notice(`The secrets could not be checked: ${error.explanation.what}`);
    else run2.runner.info("Without `github-token`, GitHub is not checked. Secrets that another client changed are kept");
    return entries.map((entry) => deletionOf(entry, void 0, void 0));
  });
}
var rotationPollMs = 1e3;
async function announceTeardown(context, environmentId, { application, record: record2 }) {
  const { clock, limits, interruption, runner } = context.run;
  const ref = { environmentId, applicationId: application.id, isNew: false };
  const until = clock.now() + limits.lookMs;
  const backoff = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .createBackoff */ .lF)({ clock, interruption, firstMs: rotationPollMs, until });
  for (; ; ) {
    const claimed = await claim(context, ref, record2, "teardown");
    if (claimed.kind === "claimed") return claimed.record;
    if (claimed.kind === "unrecorded") return record2;
    const announce2 = (leftMs) => runner.info(`Another run is rotating the secret of this worker. Waiting for up to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inSeconds */ .F7)(leftMs)}`);
    if (!await backoff.pause(announce2)) throw rotating(claimed.by);
  }
}
function rotating({ until }) {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "`state: absent`: another run is rotating the secret of this worker, so the worker was not deleted.",
    cause: "both runs started simultaneously, or a run was stopped during a rotation.",
    fix: `run the workflow again after ${until}. Nothing was deleted.`
  });
}
async function absent(run2, environment, isProven) {
  const { runner, settings } = run2;
  runner.info(`Worker "${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(settings)}" does not exist: nothing to delete in PingOne`);
  const entries = storedEntries(settings);
  const isForced = settings.teardown.force && isProven;
  if (entries.length > 0 && isForced && !settings.dryRun)
    await deleteSecrets(run2, await identifyEntries(run2), void 0);
  else if (entries.length > 0) runner.notice(leftNotice(settings, entries, isForced));
  const deleted = isForced ? entries.flatMap((entry) => rowOf({ entry, names: namesOf(entry) })) : [];
  return { environment, application: void 0, result: "absent", plan: [], deleted };
}
function rowOf({ entry, names }) {
  const all = [.../* @__PURE__ */ new Set([...names.secrets, ...names.variables])];
  return all.length === 0 ? [] : [{ target: describeEntryTarget(entry), names: all }];
}
function leftNotice({ teardown }, entries, isForced) {
  const targets = entries.map(describeEntry).join("; ");
  if (isForced) return `Would delete ${targets}.`;
  const remedy = teardown.force ? "A name does not prove that the worker was deleted. To delete them with `force-delete`, set `application-id`." : "To delete them, set `force-delete` to `true` and `application-id` to the ID of the deleted worker.";
  return `GitHub was not checked: secrets that are still there may belong to another worker: ${targets}. ${remedy}`;
}
function entriesToDelete({ settings }, record2) {
  const kept = entriesToKeep(settings, record2);
  return entriesOf(record2).filter((entry) => !kept.includes(entry));
}
function entriesToKeep({ teardown }, record2) {
  return teardown.force ? [] : entriesOf(record2).filter(({ target }) => target === "organization");
}
var howToDelete = "`force-delete` deletes them as well. After the worker is deleted, it also needs `store-in`, and `application-id` with the ID of the deleted worker.";
function keptNotice(entry) {
  return `The secrets with the prefix ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(entry.prefix)} in ${describeEntryTarget(entry)} are not deleted, because other repositories may use them. ${howToDelete}`;
}
function changedNotice(kept) {
  return `Not deleted, because another client, e.g. another worker, changed them after this worker stored them: ${kept}. ${howToDelete}`;
}
var reasons = {
  adopted: "somebody created it in PingOne, or a run of this action created it and was stopped before it wrote the record.",
  foreign: "another repository created it, or used it first.",
  unrecorded: "it has no record that this action can read, so its origin is unknown."
};
function mayNotDelete(run2, obstacle, record2) {
  const name = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .shownName */ .HD)(run2.settings);
  if (obstacle === "production") {
    return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
      what: `\`state: absent\`: the worker "${name}" belongs to a PingOne environment of type PRODUCTION, so it was not deleted.`,
      cause: "`environment` is the wrong environment, or `allow-production-delete` is not set.",
      fix: "check `environment`. If it is right, set `allow-production-delete` to `true`."
    });
  }
  const owner = obstacle === "foreign" ? recordOf(record2)?.owner.repository : void 0;
  const why = owner === void 0 ? "nothing shows that this repository created it" : `its record belongs to ${(0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .inline */ .mG)(owner, 100)}`;
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: `\`state: absent\`: the worker "${name}" was not deleted: ${why}.`,
    cause: obstacle === "foreign" && !run2.settings.run.owner ? "the runner does not provide the ID of this repository (GITHUB_REPOSITORY_ID is not set)." : reasons[obstacle],
    fix: "if nobody else uses it, set `force-delete` to `true`, or delete it in PingOne."
  });
}

// src/run/run.ts
var mostRounds2 = 5;
async function ensureWorker(context, reading) {
  const { clock, limits, runner } = context.run;
  let othersRecordUntil = 0;
  for (let round = 1; round <= mostRounds2; round += 1) {
    const [first, targets] = await Promise.all([planOnceRecorded(context, othersRecordUntil), reading]);
    const planned = await refuseOthersSecrets(first, targets);
    const ensured = await ensureOnce(planned, targets);
    if (ensured !== "superseded") return ensured;
    runner.info("Another run created a worker with this name. Planning again");
    othersRecordUntil = clock.now() + limits.lookMs;
  }
  throw tooManyDuplicates();
}
async function planOnceRecorded(context, until) {
  const planned = await planWorker(context);
  const { environment, worker } = planned;
  if (worker?.record.kind !== "none" || context.run.clock.now() >= until) return planned;
  const ref = { environmentId: environment.id, applicationId: worker.application.id, isNew: true };
  const record2 = await pollRecord(planned.context, ref, until);
  return record2.kind === "none" ? planned : planWorker(context);
}
async function ensureOnce(planned, targets) {
  const { context, environment, worker } = planned;
  const { plan: plan2, notes, record: record2 } = await recordFirst(planned);
  logPlan(context.run, plan2, notes);
  const stored = targetsToNote(planned, targets);
  context.run.progress.plan([...plan2.map(describeChange), ...deliverySteps(context.run, stored)]);
  await prepareTargets(targets);
  const applied = await applyPlan(context, plan2, {
    environmentId: environment.id,
    application: worker?.application,
    record: record2,
    stored: stored.map(({ entry }) => entry)
  });
  if (applied === "superseded") return applied;
  return {
    ...applied,
    context,
    environment,
    plan: plan2,
    result: resultOf(plan2),
    secretAge: notes.secretAge,
    roles: notes.plannedRoles,
    // A secret that was read before a change may be outdated.
    secret: plan2.length === 0 ? worker?.secret : applied.secret
  };
}
async function refuseOthersSecrets(planned, targets) {
  const { context, worker } = planned;
  const inQuestion = targets.filter((target) => holdsForeignSecrets(context.run, target, entriesOf(worker?.record)));
  if (inQuestion.length === 0) return planned;
  const again = await planWorker(context);
  refuseIfTearingDown(again.record, context.pingone.now());
  refuseForeignSecrets(context.run, await Promise.all(inQuestion.map(readAgain)), entriesOf(again.worker?.record));
  return again;
}
function targetsToNote({ context, environment, worker, plan: plan2 }, targets) {
  if (!worker?.secret) return targets;
  const isPlanned = plan2.some(({ kind }) => kind === "rotate-secret");
  if (isPlanned && !awaitedPrevious(context, worker.secret.previous)) return targets;
  const clientId = clientIdOf(worker.application);
  const version = credentialsVersion(clientId, worker.secret.secret);
  const values = { clientId, environmentId: environment.id, version };
  return targetsToWrite(targets, entriesOf(worker.record), values);
}
function tooManyDuplicates() {
  return new _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ({
    what: "`name`: other runs created and deleted workers with this name again and again.",
    cause: "many runs started simultaneously.",
    fix: "run the workflow again. To prevent simultaneous runs, set a `concurrency` group in the workflow."
  });
}
async function run(runContext, connecting) {
  const { settings } = runContext;
  const reading = (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .delivers */ .xn)(settings) ? preflight(runContext) : Promise.resolve([]);
  const [connection] = await Promise.race([Promise.all([connecting]), failureOf(reading)]);
  const context = { run: runContext, pingone: (0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .pingOneFor */ ._1)(runContext, connection.tokens), connection };
  const outcome = settings.state === "absent" ? await tearDown(context) : await ((0,_chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .delivers */ .xn)(settings) ? reconcileWorker : planOnly)(context, reading);
  report(runContext, outcome);
  return outputsOf(runContext, outcome);
}
function failureOf(promise) {
  return new Promise((_, reject) => void promise.catch(reject));
}
async function reconcileWorker(context, reading) {
  const worker = await ensureWorker(context, reading);
  const targets = await reading;
  const delivered = await deliverCredentials(worker, targets);
  const plan2 = worker.plan.filter(({ kind }) => kind !== "rotate-secret" || delivered.rotated);
  const secretAge = delivered.rotated ? void 0 : worker.secretAge;
  return { ...worker, plan: plan2, result: resultOf(plan2), delivered, secretAge };
}
async function planOnly(context) {
  const planned = await planWorker(context);
  const { environment, worker, plan: plan2, notes } = planned;
  logPlan(context.run, plan2, notes);
  await checkTargets(planned);
  return {
    environment,
    application: worker?.application,
    plan: plan2,
    result: resultOf(plan2),
    roles: notes.heldRoles,
    secretAge: notes.secretAge
  };
}
async function checkTargets(planned) {
  const { run: run2 } = planned.context;
  const { store, gitHub } = run2.settings;
  if (!store || gitHub.token === "") return;
  const targets = await preflight(run2).catch((error) => {
    if (!(error instanceof _chunk_KJ6SOPLJ_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .lZ)) throw error;
    run2.runner.notice(`The targets could not be checked: ${error.explanation.what}`);
    return [];
  });
  await refuseOthersSecrets(planned, targets);
}



/***/ })

};
